/** Batches as they are received, done in chunks, read and given up. Several processes may do all of it at once. */
import { randomUUID } from 'node:crypto'
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { VerifierClient } from '../access/verifier-client.ts'
import { VerifierStartError } from '../error/start-error.ts'
import type { DepositKeys } from '../store/deposit-seal.ts'
import { type SettledReplay, settleReplays } from '../store/evidence.ts'
import type { VerifierStore } from '../store/open-store.ts'
import type { VerifierSchema } from '../store/schema.ts'
import { type BatchItem, type BatchSender, type ItemResult, MOST_OF_CHUNK } from './batch-items.ts'
import { type BatchSeal, createBatchKey, openBatchSeal } from './batch-seal.ts'
import { createLeases, type Leases } from './chunk-leases.ts'

/** How long a batch is kept from when it was given, with what came of it. */
export const BATCH_SECONDS = 86_400
/** So long one is kept of which nothing more comes: whoever received it is no more. */
const RECEIVED_WITHIN_SECONDS = 300
const RENEWED_AFTER_SECONDS = 60

/** A batch that is being received. Nobody else knows of it. */
export interface ReceivedBatch {
  readonly number: string
  /** Keeps so many more, the first of which is the next. */
  add(items: readonly BatchItem[]): Promise<void>
  /** It is whole: durable until it expires (Unix seconds), with what its sender may send again, and done from now on. */
  settle(items: number, expiresAt: number, replay: SettledReplay | null): Promise<void>
  /** It will never be whole. */
  discard(): Promise<void>
}

/** How far a batch is. Times in Unix seconds. */
export interface BatchState
  extends Pick<
    Selectable<VerifierSchema['batch']>,
    'number' | 'items' | 'done' | 'accepted' | 'refer' | 'rejected' | 'undetermined' | 'refused'
  > {
  readonly state: 'running' | 'done' | 'cancelled'
  readonly receivedAt: number
  readonly expiresAt: number
}

/** Who asks for a batch: a client for a person of some regions finds those that were given for the same alone. */
export type BatchReader = Pick<VerifierClient, 'id' | 'narrowedTo'>

export interface KeptBatches extends Leases {
  /** `full`: the client has as many as may be. */
  begin(sender: BatchSender, most: number): Promise<ReceivedBatch | 'full'>
  /** A client's own; `undefined`: it has none of this number. */
  find(number: string, reader: BatchReader): Promise<BatchState | undefined>
  /** Ends it and gives up what is kept of it; one that is ended stays so. */
  cancel(number: string, reader: BatchReader): Promise<BatchState | undefined>
  /** What comes next after an item, as far as all before is done; empty: nothing yet, or nothing more. */
  resultsAfter(number: string, item: number): Promise<readonly ItemResult[]>
  /** Items that nobody has done, of all batches. */
  countWaiting(): Promise<number>
}

/**
 * `clock`: Unix seconds.
 *
 * @throws {VerifierStartError} `deposit-key-missing` where a batch is sealed under a key that is not among these
 */
export async function createKeptBatches(
  store: VerifierStore,
  keys: DepositKeys,
  clock: () => number,
): Promise<KeptBatches> {
  const { db } = store
  await assertNoneSealedOtherwise(db, keys, clock())
  const own = (number: string, { id, narrowedTo = [] }: BatchReader) => {
    const ofClient = db
      .selectFrom('batch')
      .selectAll()
      .where('number', '=', number)
      .where('client', '=', id)
      .where('state', '<>', 'receiving')
      .where('expires_at', '>', clock())
    const found =
      narrowedTo.length === 0 ? ofClient : ofClient.where('narrowed_to', '=', narrowedTo.join(','))
    return found.executeTakeFirst()
  }
  const find: KeptBatches['find'] = async (number, reader) => {
    const found = await own(number, reader)
    return found && stateOf(found)
  }
  return {
    ...createLeases(db, keys, clock),
    begin: async (sender, most) => {
      const number = randomUUID()
      const { sealed, seal } = createBatchKey(number, keys)
      const [received_at, expires_at] = [clock(), clock() + RECEIVED_WITHIN_SECONDS]
      const { narrowedTo, ...of } = sender
      const narrowed_to = narrowedTo.length === 0 ? null : narrowedTo.join(',')
      const row = {
        number,
        ...of,
        narrowed_to,
        ...sealed,
        state: 'receiving' as const,
        received_at,
        expires_at,
      }
      await db.insertInto('batch').values(row).execute()
      const batch = createReceived(store, number, seal, clock)
      // Of two that come at once each sees the other: rather none of them than one too many.
      if ((await countKept(db, sender.client, clock())) <= most) return batch
      await batch.discard()
      return 'full'
    },
    find,
    cancel: async (number, reader) => {
      if ((await own(number, reader)) === undefined) return undefined
      await db.transaction().execute((trx) => cancel(trx, number))
      return find(number, reader)
    },
    resultsAfter: async (number, item) => {
      const found = await findResults(db, number, item)
      if (found === undefined) return []
      const results = openBatchSeal(number, found, keys).openResults(found.first, found.sealed)
      return results.filter((result) => result.item > item)
    },
    countWaiting: async () => {
      const { waiting } = await db
        .selectFrom('batch_chunk')
        .select((is) => is.fn.sum<string | number | null>('count').as('waiting'))
        .executeTakeFirstOrThrow()
      return Number(waiting ?? 0)
    },
  }
}

function createReceived(
  { db, flush }: VerifierStore,
  number: string,
  seal: BatchSeal,
  clock: () => number,
): ReceivedBatch {
  let renewedAt = clock()
  const renew = async (): Promise<void> => {
    if (clock() - renewedAt < RENEWED_AFTER_SECONDS) return
    renewedAt = clock()
    await db
      .updateTable('batch')
      .set({ expires_at: renewedAt + RECEIVED_WITHIN_SECONDS })
      .where('number', '=', number)
      .execute()
  }
  return {
    number,
    add: async (items) => {
      const { item: first } = items[0] ?? { item: 1 }
      const row = { batch: number, first, count: items.length, sealed: seal.sealItems(first, items) }
      await db.insertInto('batch_chunk').values(row).execute()
      await renew()
    },
    settle: async (items, expiresAt, replay) => {
      await db.transaction().execute(async (trx) => {
        await trx
          .updateTable('batch')
          .set({ state: 'running', items, expires_at: expiresAt })
          .where('number', '=', number)
          .executeTakeFirst()
        await settleReplays(trx, replay === null ? [] : [replay])
      })
      await flush()
    },
    discard: async () => {
      await db.deleteFrom('batch').where('number', '=', number).execute()
    },
  }
}

async function countKept(db: Kysely<VerifierSchema>, client: string, now: number): Promise<number> {
  const { kept } = await db
    .selectFrom('batch')
    .select((is) => is.fn.countAll<string | number>().as('kept'))
    .where('client', '=', client)
    .where('state', '<>', 'cancelled')
    .where('expires_at', '>', now)
    .executeTakeFirstOrThrow()
  return Number(kept)
}

/** The batch first, as whoever completes a chunk of it does: neither waits for the other. */
async function cancel(trx: Transaction<VerifierSchema>, number: string): Promise<void> {
  await trx
    .updateTable('batch')
    .set({ state: 'cancelled', sealed_key: new Uint8Array() })
    .where('number', '=', number)
    .execute()
  await trx.deleteFrom('batch_chunk').where('batch', '=', number).execute()
  await trx.deleteFrom('batch_result').where('batch', '=', number).execute()
}

function stateOf(row: Selectable<VerifierSchema['batch']>): BatchState {
  const { number, items, done, accepted, refer, rejected, undetermined, refused } = row
  return {
    ...{ number, items, done, accepted, refer, rejected, undetermined, refused },
    state: row.state === 'cancelled' ? 'cancelled' : done === items ? 'done' : 'running',
    receivedAt: Number(row.received_at),
    expiresAt: Number(row.expires_at),
  }
}

/** The chunk in which the next item is, unless something before it is still to be done. */
function findResults(db: Kysely<VerifierSchema>, number: string, item: number) {
  return db
    .selectFrom('batch_result as kept')
    .innerJoin('batch', 'batch.number', 'kept.batch')
    .select(['kept.first', 'kept.sealed', 'batch.sealed_under', 'batch.sealed_key'])
    .where('kept.batch', '=', number)
    .where('batch.state', '=', 'running')
    .where('kept.first', '>', item + 1 - MOST_OF_CHUNK)
    .where('kept.first', '<=', item + 1)
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom('batch_chunk as waiting')
            .select('waiting.first')
            .where('waiting.batch', '=', number)
            .whereRef('waiting.first', '<', 'kept.first'),
        ),
      ),
    )
    .orderBy('kept.first', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** @throws {VerifierStartError} `deposit-key-missing` */
async function assertNoneSealedOtherwise(
  db: Kysely<VerifierSchema>,
  keys: DepositKeys,
  now: number,
): Promise<void> {
  const other = await db
    .selectFrom('batch')
    .select('sealed_under')
    .where('expires_at', '>', now)
    .where('state', '<>', 'cancelled')
    .where(
      'sealed_under',
      'not in',
      keys.map(({ name }) => name),
    )
    .limit(1)
    .executeTakeFirst()
  if (other !== undefined) throw new VerifierStartError('deposit-key-missing', other.sealed_under)
}
