/** What became of a licence in law: statuses, acts, and where each act leads (contracts/types/Status.sol). */

/** The legal statuses of a licence, in the order of the ledger's codes. */
export const LEGAL_STATUSES = [
  'valid',
  'suspended',
  'revoked',
  'restricted',
  'restricted-suspended',
  'inactive',
  'annulled',
  'withdrawn',
  'deregistered',
  'revoked-deregistered',
  'annulled-deregistered',
  'withdrawn-deregistered',
  'superseded',
  'transferred-out',
  'transferred',
] as const

/** Legal status of a licence; which acts lead to it: {@link statusAfter}. */
export type LegalStatus = (typeof LEGAL_STATUSES)[number]

/**
 * Where each act leads from each status, in the order of the ledger's codes: one hexadecimal digit a status,
 * `f` for unlawful. No acts of the issuer are a transfer-in, which the ledger makes when another agency takes over, and
 * a dissolution, by two keys.
 */
const TRANSITIONS = {
  /** 暂扣 */
  suspend: '1ff4fffffffff1f',
  /** 发还 */
  reinstate: 'f0ff3ffffffffff',
  /** 吊销 */
  revoke: '22f222fffffff2f',
  /** 受限使用 */
  restrict: '34fffffffffffff',
  /** 解除限制 */
  lift: 'fff01ffffffffff',
  /** 撤销 */
  annul: '666666f6aafa666',
  /** 撤回 */
  withdraw: '77f777fffffff7f',
  /** 注销 */
  deregister: '889888abfffff8f',
  /** 换证、补证、变更、延续 */
  supersede: 'ccfccffffffffff',
  /** 转出 */
  'transfer-out': 'dffffffffffffff',
  /** 取消转出 */
  'cancel-transfer-out': 'fffffffffffff0f',
  /** 暂缓生效 */
  defer: '5ffffffffffffff',
  /** 激活 */
  activate: 'fffff0fffffffff',
  /** 转入（于他处） */
  'transfer-in': 'fffffffffffffef',
  /** 解除接替: of the licence and of the one whose place it was said to have taken; each stays what it is. */
  dissolve: '0123456789abcde',
} as const

/** What leads from one status to another by the table. */
export type StatusTransition = keyof typeof TRANSITIONS

/** What names the status that it leads to: a correction 更正, or a re-made licence that stays restricted or suspended. */
export type StatusSetting = 'correct' | 'inherit'

/** What changes a status. */
export type StatusChange = StatusTransition | StatusSetting

/** A legal act of the issuer. */
export type StatusAct = Exclude<StatusTransition, 'transfer-in' | 'dissolve'>

/** The issuer's acts, in the order of the ledger's codes. */
export const STATUS_ACTS: readonly StatusAct[] = (Object.keys(TRANSITIONS) as StatusTransition[]).filter(
  (change) => change !== 'transfer-in' && change !== 'dissolve',
)

/** All changes, in the order of the ledger's codes. */
export const STATUS_CHANGES: readonly StatusChange[] = [
  ...STATUS_ACTS,
  'transfer-in',
  'dissolve',
  'correct',
  'inherit',
]

/** As what an account acted on the licences of an agency. */
export type Capacity = 'operator' | 'successor' | 'custodian' | 'superior'

/** What every entry of a licence's history has. */
interface StatusDecision {
  /** Unix seconds. */
  readonly effectiveAt: number
  /** When a suspension or restriction ends (Unix seconds). Absent: no end is set. */
  readonly endsAt?: number
  readonly capacity?: Capacity
  /** Number of the decision 决定书文号; public. */
  readonly decisionNumber?: string
  /** Code of the provision it rests on. */
  readonly legalBasis?: string
}

/** One entry of a licence's history. */
export type StatusEntry = StatusDecision &
  (
    | { readonly act: StatusTransition }
    | {
        readonly act: StatusSetting
        /** From `effectiveAt` on, whatever the acts before said. */
        readonly status: LegalStatus
      }
  )

/**
 * The status that an act leads to; `null`: the law knows no such act on such a licence.
 *
 * @example
 * ```ts
 * statusAfter('suspend', 'valid') // 'suspended'
 * statusAfter('reinstate', 'valid') // null
 * ```
 */
export function statusAfter(act: StatusTransition, from: LegalStatus): LegalStatus | null {
  const digit = TRANSITIONS[act].charAt(LEGAL_STATUSES.indexOf(from))
  return LEGAL_STATUSES[Number.parseInt(digit, 16)] ?? null
}

/** Whether an entry counts at a time: annulment is void from the start, all else from its effective time on. */
export function countsAt({ act, effectiveAt }: StatusEntry, at: number): boolean {
  return act === 'annul' || effectiveAt <= at
}

/**
 * The status in force at a time (Unix seconds), from all acts in the order of the ledger. Where an act that
 * had taken effect stands on one that had not yet (their effective times are crossed), what the ledger
 * recorded after it holds. A correction holds from its effective time on, whatever the acts before it said;
 * before that time those hold.
 *
 * @throws {RangeError} for acts that the ledger cannot have taken in this order
 * @example
 * ```ts
 * const acts = [{ act: 'suspend', effectiveAt: 100 }, { act: 'reinstate', effectiveAt: 200 }]
 * statusAt(acts, 150) // 'suspended'
 * statusAt(acts, 200) // 'valid'
 * statusAt([{ act: 'reinstate', effectiveAt: 0 }], 1) // throws RangeError
 * ```
 */
export function statusAt(acts: readonly StatusEntry[], at: number): LegalStatus {
  let recorded: LegalStatus = 'valid'
  let inForce: LegalStatus = 'valid'
  for (const entry of acts) {
    const next = leadsTo(entry, recorded)
    if (next === null) throw new RangeError(`read the legal acts: ${entry.act} cannot follow ${recorded}`)
    recorded = next
    if (countsAt(entry, at)) inForce = leadsTo(entry, inForce) ?? recorded
  }
  return inForce
}

function leadsTo(entry: StatusEntry, from: LegalStatus): LegalStatus | null {
  return 'status' in entry ? entry.status : statusAfter(entry.act, from)
}

/** What begins a status that may have an end: of a licence both restricted and suspended the suspension decides. */
const BEGINNINGS: Readonly<Partial<Record<LegalStatus, StatusTransition>>> = {
  suspended: 'suspend',
  'restricted-suspended': 'suspend',
  restricted: 'restrict',
}

/** Statuses that may be for a term. */
export const STATUSES_WITH_TERM: readonly LegalStatus[] = LEGAL_STATUSES.filter(
  (status) => status in BEGINNINGS,
)

/**
 * When the suspension or restriction in force at a time ends (both Unix seconds); `null`: there is none, or no end
 * is set. An end belongs to the act that set it: a later act of its kind, and a correction, replace it.
 *
 * @throws {RangeError} for acts that the ledger cannot have taken in this order
 * @example
 * ```ts
 * endAt([{ act: 'suspend', effectiveAt: 100, endsAt: 200 }], 150) // 200
 * endAt([{ act: 'suspend', effectiveAt: 100, endsAt: 200 }], 50) // null
 * endAt([{ act: 'reinstate', effectiveAt: 0 }], 1) // throws RangeError
 * ```
 */
export function endAt(acts: readonly StatusEntry[], at: number): number | null {
  const beginning = BEGINNINGS[statusAt(acts, at)]
  if (beginning === undefined) return null
  const begun = acts.findLast((entry) => begins(entry, beginning) && countsAt(entry, at))
  return begun?.endsAt ?? null
}

/** A correction begins whatever it names; what is inherited is a restriction first, and then a suspension. */
function begins(entry: StatusEntry, beginning: StatusTransition): boolean {
  if (entry.act === 'inherit') return BEGINNINGS[entry.status] === beginning
  return entry.act === beginning || entry.act === 'correct'
}
