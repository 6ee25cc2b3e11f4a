/** Chunks of batches, each done by one process at a time: whoever takes one and is no more has it no longer after a while. */
import { randomUUID } from 'node:crypto'
import { type Kysely, sql, type Transaction, type UpdateObject } from 'kysely'
import { DATABASE_NOW } from '../store/batch-tables.ts'
import type { DepositKeys } from '../store/deposit-seal.ts'
import type { Evidence, EvidenceLog } from '../store/evidence.ts'
import { VERIFIER_STORE, type VerifierSchema } from '../store/schema.ts'
import type { BatchItem, BatchSender, ItemResult } from './batch-items.ts'
import { openBatchSeal } from './batch-seal.ts'

/** Renewed several times meanwhile by who is at work. */
export const LEASE_SECONDS = 10

/** Another process has these items now, or nobody shall do them any more. Nothing of them was kept. */
export class SupersededError extends Error {
  override readonly name = 'SupersededError'
}

/** Items that this process has taken. */
export interface TakenChunk {
  readonly sender: BatchSender
  readonly items: readonly BatchItem[]
  /** How often they were taken, this time included, and not given back. */
  readonly tries: number
  renew(): Promise<void>
  /** Others may take them at once. */
  release(): Promise<void>
  /**
   * Keeps what came of them, and the evidence of it, in one transaction: once, whoever else did the same.
   *
   * @throws {SupersededError}
   */
  complete(log: EvidenceLog, evidence: readonly Evidence[], results: readonly ItemResult[]): Promise<void>
}

export interface Leases {
  /** The earliest items of all batches of these clients that nobody has; `null`: there are none. */
  take(clients: readonly string[]): Promise<TakenChunk | null>
}

/** `clock`: Unix seconds. */
export function createLeases(db: Kysely<VerifierSchema>, keys: DepositKeys, clock: () => number): Leases {
  return {
    take: async (clients) => {
      const lease = randomUUID()
      const taken = await takeOne(db, clients, lease, clock())
      if (taken === undefined) return null
      const { batch: number, first } = taken
      const batch = await db.selectFrom('batch').selectAll().where('number', '=', number).executeTakeFirst()
      // Given up in this moment.
      if (batch === undefined || batch.state !== 'running') return null
      const seal = openBatchSeal(number, batch, keys)
      const mine = { number, first, lease }
      return {
        sender: {
          client: batch.client,
          person: batch.person,
          finds: batch.finds,
          narrowedTo: batch.narrowed_to?.split(',') ?? [],
        },
        items: seal.openItems(first, taken.sealed),
        tries: taken.tries,
        renew: () => setLease(db, mine, { leased_until: sql<number>`${DATABASE_NOW} + ${LEASE_SECONDS}` }),
        release: () =>
          setLease(db, mine, { lease: null, leased_until: 0, tries: sql<number>`greatest(tries - 1, 0)` }),
        complete: (log, evidence, results) =>
          log.addTogether(evidence, (trx) =>
            keepResults(trx, mine, results, seal.sealResults(first, results)),
          ),
      }
    },
  }
}

interface Taken {
  readonly batch: string
  readonly first: number
  readonly sealed: Uint8Array
  readonly tries: number
}

/** Who comes at the same time takes the next: nobody waits. The least of each batch comes first, so that a small one does not wait for a large one. */
async function takeOne(
  db: Kysely<VerifierSchema>,
  clients: readonly string[],
  lease: string,
  now: number,
): Promise<Taken | undefined> {
  if (clients.length === 0) return undefined
  const chunk = sql.id(VERIFIER_STORE.schema, 'batch_chunk')
  const batch = sql.id(VERIFIER_STORE.schema, 'batch')
  const { rows } = await sql<Taken>`
    update ${chunk} as mine
    set lease = ${lease}, leased_until = ${DATABASE_NOW} + ${LEASE_SECONDS}, tries = mine.tries + 1
    from (
      select free.batch, free.first from ${chunk} as free join ${batch} as kept on kept.number = free.batch
      where free.leased_until <= ${DATABASE_NOW} and kept.state = 'running' and kept.expires_at > ${now}
        and kept.client in (${sql.join([...clients])})
      order by free.first, free.batch limit 1 for update of free skip locked
    ) as next
    where mine.batch = next.batch and mine.first = next.first
    returning mine.batch, mine.first, mine.sealed, mine.tries`.execute(db)
  return rows[0]
}

interface Mine {
  readonly number: string
  readonly first: number
  readonly lease: string
}

/** Of who still has it. */
async function setLease(
  db: Kysely<VerifierSchema>,
  { number, first, lease }: Mine,
  to: UpdateObject<VerifierSchema, 'batch_chunk', 'batch_chunk'>,
): Promise<void> {
  await db
    .updateTable('batch_chunk')
    .set(to)
    .where('batch', '=', number)
    .where('first', '=', first)
    .where('lease', '=', lease)
    .execute()
}

async function keepResults(
  trx: Transaction<VerifierSchema>,
  { number, first, lease }: Mine,
  results: readonly ItemResult[],
  sealed: Uint8Array,
): Promise<void> {
  await countDone(trx, number, results)
  const { numDeletedRows } = await trx
    .deleteFrom('batch_chunk')
    .where('batch', '=', number)
    .where('first', '=', first)
    .where('lease', '=', lease)
    .executeTakeFirst()
  if (numDeletedRows !== 1n) throw new SupersededError('keep what came of a chunk: others have it')
  await trx
    .insertInto('batch_result')
    .values({ batch: number, first, count: results.length, sealed })
    .execute()
}

const ENDS = ['accepted', 'refer', 'rejected', 'undetermined', 'refused'] as const

async function countDone(
  trx: Transaction<VerifierSchema>,
  number: string,
  results: readonly ItemResult[],
): Promise<void> {
  const ends = Map.groupBy(results, (result) => ('problem' in result ? 'refused' : result.verdict))
  const more = Object.fromEntries(
    ENDS.map((end) => [end, sql<number>`${sql.ref(end)} + ${sql.lit(ends.get(end)?.length ?? 0)}`]),
  )
  const { numUpdatedRows } = await trx
    .updateTable('batch')
    .set({ ...more, done: sql<number>`done + ${sql.lit(results.length)}` })
    .where('number', '=', number)
    .where('state', '=', 'running')
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) throw new SupersededError('keep what came of a chunk: its batch is no more')
}
