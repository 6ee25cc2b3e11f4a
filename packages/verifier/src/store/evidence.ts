/** What is kept of every answer: that somebody read, and the report. It is durable before the answer is given. */
import type { Store } from '@hefu/service'
import { type Insertable, sql, type Transaction } from 'kysely'
import { type Commit, createGroupCommit, type GroupCommit } from './group-commit.ts'
import { SCHEMA, type VerifierSchema } from './schema.ts'
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
  if (entries.length === 0) return
  await writeRows(
    trx,
    entries.map(({ reading }) => reading),
    entries.flatMap(({ report }) => report ?? []),
  )
  await settleReplays(
    trx,
    entries.flatMap(({ replay }) => (replay === null ? [] : [replay])),
  )
}

const TABLES = { report: sql.id(SCHEMA, 'report'), reading: sql.id(SCHEMA, 'reading') } as const
/** What a report and a reading are made of, in the order in which they are written. */
const REPORT = sql.raw('number text, at bigint, client text, lookup text, attestation text')
const READING = sql.raw(
  `at bigint, kind text, client text, person text, region text, case_no text, service_item text, use_cause text,
   credential text, shown text, fields text, verdict text, report text`,
)

/**
 * All in one statement, and the rows of each table in one text: neither a parameter for each value of each row, nor a
 * statement that is made anew for each group, nor a way to the database for each table. JSON is told alike to every
 * database, which lists are not.
 */
async function writeRows(
  trx: Transaction<VerifierSchema>,
  readings: readonly Evidence['reading'][],
  reports: readonly Insertable<VerifierSchema['report']>[],
): Promise<void> {
  const kept = reports.map(({ lookup, ...row }) => ({ ...row, lookup: Buffer.from(lookup).toString('hex') }))
  await sql`
    with kept as (
      insert into ${TABLES.report} (number, at, client, lookup, attestation)
      select number, at, client, decode(lookup, 'hex'), attestation
      from json_to_recordset(${JSON.stringify(kept)}::json) as given(${REPORT})
    )
    insert into ${TABLES.reading} (
      at, kind, client, person, region, case_no, service_item, use_cause, credential, shown, fields, verdict, report
    )
    select given.* from json_to_recordset(${JSON.stringify(readings)}::json) as given(${READING})`.execute(
    trx,
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
