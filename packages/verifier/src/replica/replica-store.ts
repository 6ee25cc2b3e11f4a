/** A replica in a database: what is final, page by page, and the block up to which it is. */
import type { BlockHeader, CompactFacts, ReplicaStore } from '@hefu/ledger/replica'
import type { LedgerIdentity } from '@hefu/protocol'
import type { Store } from '@hefu/service'
import type { Kysely } from 'kysely'
import { VerifierStartError } from '../error/start-error.ts'
import { findCheckpoint, MOST_UNREAD, readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { type Holding, keepBy, ONE_NODE } from './holding.ts'
import {
  BEFORE_PAGES,
  findMarkUpTo,
  measurePages,
  type PageExtent,
  type PageMark,
  readPages,
} from './page-log.ts'
import { readPosition, writePosition } from './position.ts'
import { ReplicaDamagedError } from './replica-damaged.ts'
import { NO_PAGES, pageDigest, type SavedPosition } from './row-digests.ts'
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
 * @param holding by whose word it is saved from now on; what was saved by a weaker one is read anew
 * @throws {VerifierStartError} `replica-foreign` when it was kept for another ledger
 * @throws {ReplicaDamagedError} when what is kept is not what was saved, as far as that shows without reading all of it
 */
export async function createReplicaStore(
  { db, flush }: Store<ReplicaSchema>,
  ledger: LedgerIdentity,
  mostUnread: PageExtent = MOST_UNREAD,
  holding: Holding = ONE_NODE,
): Promise<ReplicaStore> {
  let position = await db.transaction().execute(async (trx) => {
    await assertOwn(trx, ledger, holding)
    await awaitSaves(trx)
    await keepBy(trx, holding)
    return (await readPosition(trx)) ?? (await assertNothingSaved(trx))
  })
  await flush()
  /** Hashes of the blocks up to which was saved since, of which nobody heard whether it came through. */
  const unheard = new Set<string | undefined>()
  const notingUnheard = async (
    block: BlockHeader,
    write: () => Promise<SavedPosition>,
  ): Promise<SavedPosition> => {
    try {
      const written = await write()
      await flush()
      return written
    } catch (error) {
      if (!(error instanceof ReplicaContinuedError)) unheard.add(block.hash)
      throw error
    }
  }
  let unread = await measurePages(db, (await findCheckpoint(db))?.number ?? BEFORE_PAGES.number)
  return {
    position: async () => position?.block ?? null,
    restore: (facts) => restoreFacts(db, facts, position),
    save: async (changes, block, before) => {
      const page = changes.length === 0 ? null : JSON.stringify(changes)
      const isDue = unread.pages >= mostUnread.pages || unread.characters >= mostUnread.characters
      position = await notingUnheard(block, () =>
        db.transaction().execute(async (trx) => {
          await awaitSaves(trx)
          const found = await readPosition(trx)
          // Who has lost the store, and does not know it yet, writes nothing behind what another process saved.
          if (found?.block.hash !== position?.block.hash && !unheard.has(found?.block.hash))
            throw new ReplicaContinuedError(found?.block ?? null, position?.block ?? null)
          const last = {
            number: position?.block.number ?? BEFORE_PAGES.number,
            digest: position?.pages ?? NO_PAGES,
          }
          await trx.deleteFrom('page').where('number', '>', last.number).execute()
          await assertLastPage(trx, last)
          if (isDue) await writeCheckpoint(trx, before, last)
          const pages = page === null ? last.digest : await writePage(trx, page, block, last)
          return await writePosition(trx, { block, pages, beginning: found?.beginning })
        }),
      )
      unheard.clear()
      const { pages, characters } = isDue ? NOTHING : unread
      if (page === null) unread = { pages, characters }
      else unread = { pages: pages + 1, characters: characters + page.length }
    },
  }
}

const NOTHING: PageExtent = { pages: 0, characters: 0 }

/** @returns the digest of all pages */
async function writePage(
  trx: Kysely<ReplicaSchema>,
  changes: string,
  { number, hash }: BlockHeader,
  last: PageMark,
): Promise<string> {
  const row = { number, hash, after: last.number, changes }
  const digest = pageDigest(last.digest, row)
  await trx
    .insertInto('page')
    .values({ ...row, digest })
    .execute()
  return digest
}

/** Saved is whatever has a position. */
async function assertNothingSaved(db: Kysely<ReplicaSchema>): Promise<null> {
  for (const table of ['page', 'checkpoint'] as const) {
    const [row] = await db.selectFrom(table).select('number').limit(1).execute()
    if (row !== undefined) throw new ReplicaDamagedError('position')
  }
  return null
}

/** What pages there were does not show in the one that comes next. */
async function assertLastPage(db: Kysely<ReplicaSchema>, { number, digest }: PageMark): Promise<void> {
  if ((await findMarkUpTo(db, number)).digest !== digest) throw new ReplicaDamagedError(`page ${number}`)
}

/**
 * Fills facts that are empty with what is kept up to a position: the checkpoint, and the pages behind it.
 *
 * @throws {ReplicaDamagedError} when that is not what was saved
 */
export async function restoreFacts(
  db: Kysely<ReplicaSchema>,
  facts: CompactFacts,
  position: SavedPosition | null,
): Promise<void> {
  if (position === null) return
  const checkpoint = await findCheckpoint(db)
  if (checkpoint !== null) await facts.load(readCheckpoint(db))
  let read: PageMark = checkpoint ?? BEFORE_PAGES
  for await (const page of readPages(db, read, position.block.number)) {
    for (const change of page.changes) facts.put(change)
    read = page
  }
  if (read.digest !== position.pages) throw new ReplicaDamagedError('page')
}

/**
 * Whether all pages are those that were saved, also where a start reads none of them.
 *
 * @throws {ReplicaDamagedError}
 */
export async function assertPages(db: Kysely<ReplicaSchema>, position: SavedPosition): Promise<void> {
  let read: PageMark = BEFORE_PAGES
  for await (const page of readPages(db, read, position.block.number)) read = page
  if (read.digest !== position.pages) throw new ReplicaDamagedError('page')
}

async function assertOwn(
  db: Kysely<ReplicaSchema>,
  { chainId, address }: LedgerIdentity,
  { needed, logsHeldBy }: Holding,
): Promise<void> {
  if (await isOwn(db, { chainId, address })) return
  await db
    .insertInto('subject')
    .values({ chain_id: chainId, ledger: address, needed, logs_held_by: logsHeldBy })
    .execute()
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

function positionText(block: BlockHeader | null): string {
  return block === null ? 'no block' : `block ${block.number}`
}
