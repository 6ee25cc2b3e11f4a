/** A replica in a database: what is final, page by page, and the block up to which it is. */
import type { BlockHeader, CompactFacts, ReplicaStore } from '@hefu/ledger/replica'
import type { Hex, LedgerIdentity } from '@hefu/protocol'
import type { Store } from '@hefu/service'
import type { Kysely } from 'kysely'
import { VerifierStartError } from '../error/start-error.ts'
import { findCheckpoint, MOST_UNREAD, readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { measurePages, type PageExtent, readChanges } from './page-log.ts'
import type { ReplicaSchema } from './schema.ts'

/** What is saved is not what this process saved last: another one went on with it, or took it away. */
export class ReplicaContinuedError extends Error {
  override readonly name = 'ReplicaContinuedError'
  readonly code = 'replica-continued'

  constructor(found: BlockHeader | null, kept: BlockHeader | null) {
    super(`save the replica: it stands at ${positionText(found)}, and was left at ${positionText(kept)}`)
  }
}

/**
 * The store as it stands when it is opened. Each save is made again, perhaps up to another block, where nobody heard
 * that it had come through.
 *
 * @param mostUnread after how much that changed another checkpoint is written
 * @throws {VerifierStartError} `replica-foreign` when it was kept for another ledger
 */
export async function createReplicaStore(
  { db, flush }: Store<ReplicaSchema>,
  ledger: LedgerIdentity,
  mostUnread: PageExtent = MOST_UNREAD,
): Promise<ReplicaStore> {
  let position = await db.transaction().execute(async (trx) => {
    await assertOwn(trx, ledger)
    await awaitSaves(trx)
    return await readPosition(trx)
  })
  await flush()
  /** Hashes of the blocks up to which was saved since, of which nobody heard whether it came through. */
  const unheard = new Set<string | undefined>()
  const notingUnheard = async (block: BlockHeader, write: () => Promise<void>): Promise<void> => {
    try {
      await write()
      await flush()
    } catch (error) {
      if (!(error instanceof ReplicaContinuedError)) unheard.add(block.hash)
      throw error
    }
  }
  let saved = position?.number ?? -1
  let unread = await measurePages(db, (await findCheckpoint(db)) ?? -1)
  return {
    position: async () => position,
    restore: (facts) => restoreFacts(db, facts, saved),
    save: async (changes, block, before) => {
      const page = changes.length === 0 ? null : JSON.stringify(changes)
      const isDue = unread.pages >= mostUnread.pages || unread.characters >= mostUnread.characters
      await notingUnheard(block, () =>
        db.transaction().execute(async (trx) => {
          await awaitSaves(trx)
          const found = await readPosition(trx)
          // Who has lost the store, and does not know it yet, writes nothing behind what another process saved.
          if (found?.hash !== position?.hash && !unheard.has(found?.hash))
            throw new ReplicaContinuedError(found, position)
          await trx.deleteFrom('page').where('number', '>', saved).execute()
          if (isDue) await writeCheckpoint(trx, before, saved)
          if (page !== null)
            await trx
              .insertInto('page')
              .values({ number: block.number, changes: page, after: saved })
              .execute()
          await writePosition(trx, block)
        }),
      )
      unheard.clear()
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

async function assertOwn(db: Kysely<ReplicaSchema>, ledger: LedgerIdentity): Promise<void> {
  if (await isOwn(db, ledger)) return
  await db.insertInto('subject').values({ chain_id: ledger.chainId, ledger: ledger.address }).execute()
}

/**
 * Whether it is kept for this ledger; `false`: for none yet.
 *
 * @throws {VerifierStartError} `replica-foreign` when it is kept for another
 */
export async function isOwn(
  db: Kysely<ReplicaSchema>,
  { chainId, address }: LedgerIdentity,
): Promise<boolean> {
  const kept = await db.selectFrom('subject').selectAll().executeTakeFirst()
  if (kept === undefined) return false
  if (Number(kept.chain_id) === chainId && kept.ledger === address) return true
  throw new VerifierStartError('replica-foreign', `${kept.ledger} (${kept.chain_id})`)
}

/**
 * The last save of a process that was killed may still be under way in the server, which ends it: it has this row until
 * then, and no save is made beside another.
 */
async function awaitSaves(trx: Kysely<ReplicaSchema>): Promise<void> {
  await trx.selectFrom('subject').select('ledger').forUpdate().execute()
}

export async function readPosition(db: Kysely<ReplicaSchema>): Promise<BlockHeader | null> {
  const kept = await db.selectFrom('position').selectAll().executeTakeFirst()
  if (kept === undefined) return null
  return {
    number: Number(kept.number),
    hash: kept.hash as Hex,
    parentHash: kept.parent_hash as Hex,
    time: Number(kept.block_time),
  }
}

function positionText(block: BlockHeader | null): string {
  return block === null ? 'no block' : `block ${block.number}`
}

async function writePosition(db: Kysely<ReplicaSchema>, block: BlockHeader): Promise<void> {
  const { number, hash, parentHash, time } = block
  await db.deleteFrom('position').execute()
  await db
    .insertInto('position')
    .values({ number, hash, parent_hash: parentHash, block_time: time })
    .execute()
}
