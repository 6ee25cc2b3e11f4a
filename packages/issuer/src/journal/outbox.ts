/** The outbox of an operator's account in the journal. */
import type { Dispatch, Outbox, Settlement, SignedAttempt } from '@hefu/ledger'
import type { Hex } from '@hefu/protocol'
import type { Kysely, Selectable, Updateable } from 'kysely'
import type { JournalSchema, OutboxTable } from './schema.ts'
import type { SharedStore } from './shared-store.ts'

type Db = Kysely<JournalSchema>

/** What one account sends. `alone` runs a step that no other process, and no other step of this one, comes between. */
export function createOutbox({ use }: SharedStore, account: Hex, alone: Outbox['alone']): Outbox {
  // What is settled and not on disk is settled again: only what is about to be sent must outlive a loss of power.
  const write = (work: (db: Db) => Promise<unknown>): Promise<void> =>
    use(async ({ db }) => void (await work(db)))
  const find = (id: string): Promise<Selectable<OutboxTable> | undefined> =>
    use(({ db }) =>
      db
        .selectFrom('outbox')
        .selectAll()
        .where('account', '=', account)
        .where('id', '=', id)
        .executeTakeFirst(),
    )
  const update = (id: string, values: Updateable<OutboxTable>): Promise<void> =>
    write((db) =>
      db.updateTable('outbox').set(values).where('account', '=', account).where('id', '=', id).execute(),
    )
  return {
    alone,
    find: async (id) => {
      const row = await find(id)
      return row === undefined ? null : dispatchOf(row)
    },
    findSettlement: async (id) => {
      const row = await find(id)
      return row === undefined ? null : settlementOf(row)
    },
    open: async () => {
      const rows = await use(({ db }) =>
        db
          .selectFrom('outbox')
          .selectAll()
          .where('account', '=', account)
          .where('transaction_hash', 'is', null)
          .orderBy('nonce')
          .execute(),
      )
      return rows.map(dispatchOf)
    },
    save: (dispatch) => {
      const { id, call, nonce, attempts } = dispatch
      const values = { contract: call.to, data: call.data, nonce, attempts: JSON.stringify(attempts) }
      const row = { account, id, ...values, ...NOT_SETTLED }
      return use(async ({ db, flush }) => {
        await db
          .insertInto('outbox')
          .values(row)
          .onConflict((conflict) =>
            conflict.columns(['account', 'id']).doUpdateSet({ ...values, ...NOT_SETTLED }),
          )
          .execute()
        await flush()
      })
    },
    settle: (id, { transactionHash, blockNumber, blockHash, reverted }) =>
      update(id, {
        transaction_hash: transactionHash,
        block_number: blockNumber,
        block_hash: blockHash,
        reverted,
      }),
    reopen: (id) => update(id, NOT_SETTLED),
    drop: (id) =>
      write((db) => db.deleteFrom('outbox').where('account', '=', account).where('id', '=', id).execute()),
    settledBackwards: () => settledBackwards(use, account),
  }
}

const NOT_SETTLED = {
  transaction_hash: null,
  block_number: null,
  block_hash: null,
  reverted: null,
} as const satisfies Updateable<OutboxTable>

/** One at a time: who asks stops at the first that stands. */
async function* settledBackwards(use: SharedStore['use'], account: Hex) {
  for (let before = Number.MAX_SAFE_INTEGER; ; ) {
    const row = await use(({ db }) =>
      db
        .selectFrom('outbox')
        .selectAll()
        .where('account', '=', account)
        .where('transaction_hash', 'is not', null)
        .where('nonce', '<', Math.min(before, MOST_NONCE))
        .orderBy('nonce', 'desc')
        .limit(1)
        .executeTakeFirst(),
    )
    const settlement = row && settlementOf(row)
    if (row === undefined || !settlement) return
    yield { dispatch: dispatchOf(row), settlement }
    before = row.nonce
  }
}

/** The greatest 32-bit integer of PostgreSQL. */
const MOST_NONCE = 2_147_483_647

function dispatchOf({ id, contract, data, nonce, attempts }: Selectable<OutboxTable>): Dispatch {
  const call = { to: contract as Hex, data: data as Hex }
  return { id, call, nonce, attempts: JSON.parse(attempts) as readonly SignedAttempt[] }
}

/** `null`: not settled. */
export function settlementOf(
  row: Pick<
    { [Name in keyof OutboxTable]: Selectable<OutboxTable>[Name] | null },
    'transaction_hash' | 'block_number' | 'block_hash' | 'reverted'
  >,
): Settlement | null {
  if (row.transaction_hash === null) return null
  return {
    transactionHash: row.transaction_hash as Hex,
    blockNumber: Number(row.block_number),
    blockHash: row.block_hash as Hex,
    reverted: row.reverted === true,
  }
}
