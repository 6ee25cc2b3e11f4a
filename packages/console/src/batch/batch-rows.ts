/** The rows of a batch in the order in which they were given, and how many came to what: they always add up to all. */
import type { Bilingual, Verdict } from '@hefu/protocol'

/**
 * `waiting`: no result yet · a verdict · `refused`: the service did not verify it, or its answer is not to be relied on ·
 * `unread`: nothing could be read here, and nothing was sent.
 */
export type Outcome = 'waiting' | Verdict | 'refused' | 'unread'

export const OUTCOMES: readonly Outcome[] = [
  'rejected',
  'refer',
  'undetermined',
  'refused',
  'unread',
  'waiting',
  'accepted',
]

/** Small, for there may be a hundred thousand; what else is known of a result is asked for when somebody looks. */
export interface BatchRow {
  /** From 1. */
  readonly row: number
  /** `null`: not known since the page was loaded anew. */
  readonly name: string | null
  readonly outcome: Outcome
  /** Key of {@link BatchRows.reasons}; `null`: there is nothing to say. */
  readonly reason: string | null
  readonly nextStep: Bilingual | null
  readonly resultCode: number | null
  /** Number of the report. */
  readonly number: string | null
  /** SHA-256 of what was presented, base64url; `null`: it is not known. */
  readonly digest: string | null
  /** Identifier or reference by which the service looked for the licence; `null`: the licence itself was presented. */
  readonly sought: string | null
  /** What a report says of the licence; `null`: there is none, or its issuer did not sign it. */
  readonly licence: RowLicence | null
  /** Where its result stands: in which part, and at which place. */
  readonly place: { readonly part: number; readonly item: number } | null
}

export interface RowLicence {
  /** As it may be shown. */
  readonly id: string
  /** Code. */
  readonly type: string
  /** USCC. */
  readonly issuer: string
  /** As the ledger has it. */
  readonly issuerName: string | null
}

export type OutcomeCounts = Readonly<Record<Outcome, number>>

/** Owns the rows; whoever changes one does it by `put`. */
export interface BatchRows {
  readonly all: () => readonly BatchRow[]
  readonly at: (row: number) => BatchRow | undefined
  readonly counts: () => OutcomeCounts
  /** Why, by its key; kept once, however many rows say it. */
  readonly reasons: ReadonlyMap<string, Bilingual>
  put(row: BatchRow): void
  /** The key of a reason that is kept. */
  keep(key: string, says: Bilingual): string
  forget(): void
}

/** Sentences that are kept: of findings with what they add there may be as many as rows, and of these the kind is said. */
const MOST_REASONS = 2_000

export function createBatchRows(): BatchRows {
  // Sparse: after a reload rows are known as their results come.
  let rows: BatchRow[] = []
  let sorted: readonly BatchRow[] | null = null
  let counts = noCounts()
  const reasons = new Map<string, Bilingual>()
  return {
    all: () => {
      sorted ??= rows.filter((row) => row !== undefined)
      return sorted
    },
    at: (row) => rows[row],
    counts: () => counts,
    reasons,
    put: (row) => {
      const before = rows[row.row]
      const next = { ...counts }
      if (before !== undefined) next[before.outcome] -= 1
      next[row.outcome] += 1
      counts = next
      rows[row.row] = row
      sorted = null
    },
    keep: (key, says) => {
      if (!reasons.has(key) && reasons.size < MOST_REASONS) reasons.set(key, says)
      return key
    },
    forget: () => {
      rows = []
      sorted = null
      counts = noCounts()
      reasons.clear()
    },
  }
}

function noCounts(): Record<Outcome, number> {
  return { waiting: 0, accepted: 0, refer: 0, rejected: 0, undetermined: 0, refused: 0, unread: 0 }
}
