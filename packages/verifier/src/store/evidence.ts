/** What is kept of every answer: that somebody read, and the report. It is durable before the answer is given. */
import type { Store } from '@hefu/service'
import type { Insertable, Transaction } from 'kysely'
import { type Commit, createGroupCommit, type GroupCommit } from './group-commit.ts'
import type { VerifierSchema } from './schema.ts'
import { createUnansweredReadings } from './unanswered-readings.ts'

/** A replay whose answer is known now. */
export interface SettledReplay {
  readonly key: Uint8Array
  readonly fingerprint: Uint8Array
  readonly claim: string
  readonly begunAt: number
  /** Name of the secret that it is sealed with. */
  readonly sealedBy: string
  /** Sealed. */
  readonly answer: Uint8Array
}

export interface Evidence {
  readonly reading: Insertable<VerifierSchema['reading']>
  /** `null`: one that was kept before is told of once more, or none was made. */
  readonly report: Insertable<VerifierSchema['report']> | null
  /** `null`: the request bears no idempotency key. */
  readonly replay: SettledReplay | null
}

/** The rest of a transaction: what it throws ends the transaction, with all that it did. */
export type Rest = (trx: Transaction<VerifierSchema>) => Promise<void>

export interface EvidenceLog extends GroupCommit<Evidence> {
  /** Returns when all of these are durable, and what belongs to them with them; none of it where anything of it fails. */
  addTogether(entries: readonly Evidence[], rest: Rest): Promise<void>
}

/** Does a commit, and hears how it ended. */
export type AroundCommit = (commit: () => Promise<void>) => Promise<void>

/**
 * Writes the evidence of many answers in one transaction. A group that is given up before the store is told to commit it
 * is undone; of one that the store was told to commit, and did not answer for, it is written with the next that nobody
 * was answered, whatever stands of it.
 *
 * @param patienceMs how long a group may take; default: as a group commit waits
 */
export function createEvidenceLog(
  { db, flush }: Store<VerifierSchema>,
  around: AroundCommit = (commit) => commit(),
  patienceMs?: number,
): EvidenceLog {
  const unanswered = createUnansweredReadings()
  const commit = (entries: readonly Evidence[], rest: Rest): Promise<void> =>
    around(async () => {
      await db.transaction().execute(async (trx) => {
        await writeEvidence(trx, entries)
        await rest(trx)
      })
      await flush()
    })
  const commitGroup: Commit<Evidence> = (entries, givenUp) =>
    unanswered.during(
      entries.map(({ reading }) => reading),
      givenUp,
      (told, tellSent) =>
        commit(entries, async (trx) => {
          if (told.length > 0) await trx.insertInto('reading').values(told).execute()
          // It cannot be taken back any more once this has returned.
          givenUp.throwIfAborted()
          tellSent()
        }),
    )
  return { ...createGroupCommit(commitGroup, patienceMs), addTogether: commit }
}

async function writeEvidence(trx: Transaction<VerifierSchema>, entries: readonly Evidence[]): Promise<void> {
  const reports = entries.flatMap(({ report }) => report ?? [])
  if (reports.length > 0) await trx.insertInto('report').values(reports).execute()
  if (entries.length === 0) return
  await trx
    .insertInto('reading')
    .values(entries.map(({ reading }) => reading))
    .execute()
  await settleReplays(
    trx,
    entries.flatMap(({ replay }) => (replay === null ? [] : [replay])),
  )
}

/** Only of who still has the claim: another may have taken it over. */
export async function settleReplays(
  trx: Transaction<VerifierSchema>,
  settled: readonly SettledReplay[],
): Promise<void> {
  if (settled.length === 0) return
  await trx
    .insertInto('replay')
    .values(
      settled.map(({ begunAt, sealedBy, ...row }) => ({ ...row, begun_at: begunAt, sealed_by: sealedBy })),
    )
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet((row) => ({ answer: row.ref('excluded.answer') }))
        .whereRef('replay.claim', '=', 'excluded.claim'),
    )
    .execute()
}
