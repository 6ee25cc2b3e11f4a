/** A replica in a database: what is final, page by page, and the block up to which it is. */
import type { BlockHeader, CompactFacts, ReplicaStore } from '@hefu/ledger/replica'
import type { Hex, LedgerIdentity } from '@hefu/protocol'
import type { Store } from '@hefu/service'
import type { Kysely } from 'kysely'
import { VerifierStartError } from '../error/start-error.ts'
import { findCheckpoint, MOST_UNREAD, readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { measurePages, type PageExtent, readChanges } from './page-log.ts'
import type { ReplicaSchema } from './schema.ts'

/**
 * @param known the newest block that this process knows to be saved; `undefined`: what is found
 * @param mostUnread after how much that changed another checkpoint is written
 * @throws {VerifierStartError} `replica-foreign` when it was kept for another ledger
 */
export async function createReplicaStore(
  { db, flush }: Store<ReplicaSchema>,
  ledger: LedgerIdentity,
  known?: BlockHeader | null,
  mostUnread: PageExtent = MOST_UNREAD,
): Promise<ReplicaStore> {
  await assertOwn(db, ledger)
  await flush()
  // What a save wrote of which nobody heard that it had come through is read and saved again, perhaps up to another block.
  let position = known === undefined ? await readPosition(db) : known
  let saved = position?.number ?? -1
  let unread = await measurePages(db, (await findCheckpoint(db)) ?? -1)
  return {
    // A server may end the last save of a process that was killed after this one has begun: that is read again, too.
    position: async () => position,
    restore: (facts) => restoreFacts(db, facts, saved),
    save: async (changes, block, before) => {
      const page = changes.length === 0 ? null : JSON.stringify(changes)
      const isDue = unread.pages >= mostUnread.pages || unread.characters >= mostUnread.characters
      await db.transaction().execute(async (trx) => {
        await trx.deleteFrom('page').where('number', '>', saved).execute()
        if (isDue) await writeCheckpoint(trx, before, saved)
        if (page !== null)
          await trx.insertInto('page').values({ number: block.number, changes: page }).execute()
        await writePosition(trx, block)
      })
      await flush()
      saved = block.number
      position = block
      const { pages, characters } = isDue ? NOTHING : unread
      if (page === null) unread = { pages, characters }
      else unread = { pages: pages + 1, characters: characters + page.length }
    },
  }
}

const NOTHING: PageExtent = { pages: 0, characters: 0 }

/** Fills facts that are empty with what is kept up to a block: the checkpoint, and the pages behind it. */
export async function restoreFacts(
  db: Kysely<ReplicaSchema>,
  facts: CompactFacts,
  upTo: number = Number.MAX_SAFE_INTEGER,
): Promise<void> {
  const checkpoint = await findCheckpoint(db)
  if (checkpoint !== null) await facts.load(readCheckpoint(db))
  for await (const changes of readChanges(db, checkpoint ?? -1, upTo)) {
    for (const change of changes) facts.put(change)
  }
}

async function assertOwn(db: Kysely<ReplicaSchema>, { chainId, address }: LedgerIdentity): Promise<void> {
  const kept = await db.selectFrom('subject').selectAll().executeTakeFirst()
  if (kept === undefined) {
    await db.insertInto('subject').values({ chain_id: chainId, ledger: address }).execute()
    return
  }
  if (Number(kept.chain_id) === chainId && kept.ledger === address) return
  throw new VerifierStartError('replica-foreign', `${kept.ledger} (${kept.chain_id})`)
}

async function readPosition(db: Kysely<ReplicaSchema>): Promise<BlockHeader | null> {
  const kept = await db.selectFrom('position').selectAll().executeTakeFirst()
  if (kept === undefined) return null
  return {
    number: Number(kept.number),
    hash: kept.hash as Hex,
    parentHash: kept.parent_hash as Hex,
    time: Number(kept.block_time),
  }
}

async function writePosition(db: Kysely<ReplicaSchema>, block: BlockHeader): Promise<void> {
  const { number, hash, parentHash, time } = block
  await db.deleteFrom('position').execute()
  await db
    .insertInto('position')
    .values({ number, hash, parent_hash: parentHash, block_time: time })
    .execute()
}
