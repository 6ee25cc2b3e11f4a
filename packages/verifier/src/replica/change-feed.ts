/** Everything that became final since a cursor: in order, at least once. */
import { createHash } from 'node:crypto'
import { type Change, encodeCursor, parseCursor } from '@hefu/ledger/replica'
import type { LedgerIdentity } from '@hefu/protocol'
import type { Kysely } from 'kysely'
import { findMarkAfter, findPageAfter, type LogPage, type PageMark } from './page-log.ts'
import type { ReplicaSchema } from './schema.ts'

/** Changes of a batch at most. */
export const MOST_CHANGES = 10_000

export interface ChangeBatch {
  /** None: there is nothing more for now. */
  readonly changes: readonly Change[]
  /** Number of the block up to which they became final; `null`: there are none. */
  readonly block: number | null
  /** Where the next batch begins: for whoever has done all that these changes ask for. */
  readonly cursor: string
}

/**
 * What reliance and webhooks go by. Whoever keeps the cursor of the last batch that was dealt with, and goes on from it,
 * is told of every change, each behind those before it, and after a restart or a repeated save of some of them again.
 */
export interface ChangeFeed {
  /**
   * @param cursor `null`: from the ledger's deployment on
   * @param most changes at most, from 1 to {@link MOST_CHANGES}
   * @throws {MalformedError} for a text that is no cursor of this ledger's changes
   * @throws {RangeError} for a batch of no size that there is
   */
  read(cursor: string | null, most: number): Promise<ChangeBatch>
}

/**
 * The place of a reader. A page that was saved unheard is written again, cut otherwise: with more blocks or fewer, and
 * where a rulebook was named, in another order. Whatever pages there are, those beyond a block hold all changes of the
 * blocks beyond it; so the block of the last page that was read whole is where a reader goes on, and if what it had read
 * of the page behind that is there no more as it was, from that page's beginning.
 */
interface FeedPlace {
  /** Number of the last page that was read whole. */
  readonly block: number
  /** Changes read of the page behind it. */
  readonly read: number
  /** Digest of these changes. */
  readonly mark: string
}

/** The feed of a ledger whose replica is kept in these tables. */
export function createChangeFeed(
  db: Kysely<ReplicaSchema>,
  { chainId, address }: LedgerIdentity,
): ChangeFeed {
  const list = `changes/${chainId}/${address}`
  const pageAfter = createPageReading(db)
  return {
    read: async (cursor, most) => {
      assertMost(most)
      const from = cursor === null ? BEGINNING : parsePlace(parseCursor(list, cursor))
      const page = await pageAfter(from.block)
      if (page === null) return { changes: [], block: null, cursor: encodeCursor(list, placeText(from)) }
      const stands = from.read <= page.changes.length && markOf(page.changes, from.read) === from.mark
      const begun = stands ? from.read : 0
      const upTo = Math.min(begun + most, page.changes.length)
      const next =
        upTo === page.changes.length
          ? { ...BEGINNING, block: page.number }
          : { block: from.block, read: upTo, mark: markOf(page.changes, upTo) }
      return {
        changes: page.changes.slice(begun, upTo),
        block: page.number,
        cursor: encodeCursor(list, placeText(next)),
      }
    },
  }
}

/**
 * Reads a page once for all batches of it: the one that was read last is kept, until there is another or it was written
 * again.
 */
function createPageReading(db: Kysely<ReplicaSchema>): (block: number) => Promise<LogPage | null> {
  // Ours alone. What is written between the two questions has another mark at the next batch.
  let kept: { readonly mark: PageMark; readonly page: LogPage } | null = null
  return async (block) => {
    const mark = await findMarkAfter(db, block)
    if (mark === null) return null
    if (kept?.mark.number === mark.number && kept.mark.digest === mark.digest) return kept.page
    const page = await findPageAfter(db, block)
    kept = page && { mark, page }
    return page
  }
}

function markOf(changes: readonly Change[], count: number): string {
  const digest = createHash('sha256')
    .update(JSON.stringify(changes.slice(0, count)))
    .digest('base64url')
  return count === 0 ? '' : digest
}

const BEGINNING: FeedPlace = { block: -1, read: 0, mark: '' }

function placeText({ block, read, mark }: FeedPlace): string {
  return [block, read, mark].join('/')
}

/** What the feed itself put into a cursor. */
function parsePlace(text: string): FeedPlace {
  const [block = '', read = '', mark = ''] = text.split('/')
  return { block: Number(block), read: Number(read), mark }
}

/** @throws {RangeError} */
function assertMost(most: number): void {
  if (Number.isSafeInteger(most) && most >= 1 && most <= MOST_CHANGES) return
  throw new RangeError(`feed a batch of ${most}: expected 1 to ${MOST_CHANGES} changes`)
}
