/** Everything that became final since a cursor: in order, at least once. */
import { createHash } from 'node:crypto'
import { type Change, CursorUndoneError, encodeCursor, parseCursor } from '@hefu/ledger/replica'
import { type LedgerIdentity, malformed } from '@hefu/protocol'
import type { Kysely } from 'kysely'
import { findMarkAfter, findMarkUpTo, type LogPage, type PageMark, readPages } from './page-log.ts'
import { readPosition } from './position.ts'
import { ReplicaDamagedError } from './replica-damaged.ts'
import type { SavedPosition } from './row-digests.ts'
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
   * @throws {CursorUndoneError} when the replica was begun anew, or has another block where the reader was
   * @throws {ReplicaDamagedError} when the changes are not those that were saved: none is passed over
   * @throws {RangeError} for a batch of no size that there is
   */
  read(cursor: string | null, most: number): Promise<ChangeBatch>
}

/** Reads what is saved, as of one moment; `null`: nothing is. */
export type ReadSaved = <Answer>(
  read: (db: Kysely<ReplicaSchema>) => Promise<Answer>,
) => Promise<Answer | null>

/**
 * The place of a reader. A page that was saved unheard is written again, cut otherwise: with more blocks or fewer, and
 * where a rulebook was named, in another order; and so are those that a backup had not. Whatever pages there are, those
 * beyond a block hold all changes of the blocks beyond it; so the block of the last page that was read whole is where a
 * reader goes on, and if what it had read of the page behind that is there no more as it was, from that page's beginning.
 */
interface FeedPlace {
  /** Of the store: another one, though it is of the same ledger, has other blocks or other kinds of changes. */
  readonly beginning: string
  /** Number of the last page that was read whole; -1: none was. */
  readonly block: number
  /** Hash of its block. */
  readonly hash: string
  /** Changes read of the page behind it. */
  readonly read: number
  /** Digest of these changes. */
  readonly mark: string
}

/** The feed of a ledger whose replica is kept where this reads. */
export function createChangeFeed(readSaved: ReadSaved, { chainId, address }: LedgerIdentity): ChangeFeed {
  const list = `changes/${chainId}/${address}`
  const find = createPageReading(readSaved)
  return {
    read: async (cursor, most) => {
      assertMost(most)
      const from = cursor === null ? BEGINNING : parsePlace(parseCursor(list, cursor))
      const found = await find(from.block)
      if (found === null) return { changes: [], block: null, cursor: encodeCursor(list, placeText(from)) }
      assertStands(list, from, found)
      const { beginning } = found.position
      const { page } = found
      if (page === null) {
        // The last page is the one of the position, or pages are gone.
        if (found.before.digest !== found.position.pages) throw new ReplicaDamagedError('page')
        return { changes: [], block: null, cursor: encodeCursor(list, placeText({ ...from, beginning })) }
      }
      const stands = from.read <= page.changes.length && markOf(page.changes, from.read) === from.mark
      const begun = stands ? from.read : 0
      const upTo = Math.min(begun + most, page.changes.length)
      const next =
        upTo === page.changes.length
          ? { ...BEGINNING, beginning, block: page.number, hash: page.hash }
          : { ...from, beginning, read: upTo, mark: markOf(page.changes, upTo) }
      return {
        changes: page.changes.slice(begun, upTo),
        block: page.number,
        cursor: encodeCursor(list, placeText(next)),
      }
    },
  }
}

/** What is saved at a place: of one moment. */
interface SavedAt {
  readonly position: SavedPosition
  /** The last page up to there. */
  readonly before: PageMark & { readonly hash: string }
  /** The one behind it; `null`: there is none yet. */
  readonly page: LogPage | null
}

/** @throws {CursorUndoneError} */
function assertStands(list: string, from: FeedPlace, { position, before }: SavedAt): void {
  // Nothing was read: there is nothing that could be another.
  if (from.block === BEGINNING.block && from.read === 0) return
  const isOfStore = from.beginning === position.beginning
  if (!isOfStore || (before.number === from.block && before.hash !== from.hash))
    throw new CursorUndoneError(list)
}

/**
 * Reads a page once for all batches of it: the one that was read last is kept, until there is another or it was written
 * again.
 */
function createPageReading(readSaved: ReadSaved): (block: number) => Promise<SavedAt | null> {
  // Ours alone.
  let kept: LogPage | null = null
  return async (block) => {
    const found = await readSaved(async (db) => {
      const position = await readPosition(db)
      if (position === null) return null
      const before = await findMarkUpTo(db, block)
      const next = await findMarkAfter(db, block)
      const isKept = next !== null && kept?.number === next.number && kept.digest === next.digest
      return { position, before, page: isKept ? kept : await readPage(db, before, next) }
    })
    kept = found?.page ?? kept
    return found
  }
}

async function readPage(
  db: Kysely<ReplicaSchema>,
  before: PageMark,
  next: PageMark | null,
): Promise<LogPage | null> {
  if (next === null) return null
  for await (const page of readPages(db, before, next.number)) return page
  return null
}

function markOf(changes: readonly Change[], count: number): string {
  const digest = createHash('sha256')
    .update(JSON.stringify(changes.slice(0, count)))
    .digest('base64url')
  return count === 0 ? '' : digest
}

const BEGINNING: FeedPlace = { beginning: '', block: -1, hash: '', read: 0, mark: '' }

function placeText({ beginning, block, hash, read, mark }: FeedPlace): string {
  return [beginning, block, hash, read, mark].join('/')
}

const PLACE =
  /^([0-9a-f-]{36}|)\/(-1|0|[1-9][0-9]{0,14})\/(0x[0-9a-f]{64}|)\/(0|[1-9][0-9]{0,8})\/([A-Za-z0-9_-]{43}|)$/

/**
 * A cursor comes from outside, and may be one that the feed never gave.
 *
 * @throws {MalformedError}
 */
function parsePlace(text: string): FeedPlace {
  const [, beginning = '', block = '', hash = '', read = '', mark = ''] = PLACE.exec(text) ?? []
  const place = { beginning, block: Number(block), hash, read: Number(read), mark }
  if (block !== '' && (place.block === -1) === (hash === '') && (place.read === 0) === (mark === ''))
    return place
  throw malformed('wrong-value', 'cursor', 'a cursor that this feed gave', 'another text')
}

/** @throws {RangeError} */
function assertMost(most: number): void {
  if (Number.isSafeInteger(most) && most >= 1 && most <= MOST_CHANGES) return
  throw new RangeError(`feed a batch of ${most}: expected 1 to ${MOST_CHANGES} changes`)
}
