/** The ordered log of all that changed: a page for each save, by the number of the block up to which it was. */
import type { Change } from '@hefu/ledger/replica'
import { type Kysely, sql } from 'kysely'
import { ReplicaDamagedError } from './replica-damaged.ts'
import { NO_PAGES, pageDigest } from './row-digests.ts'
import type { ReplicaSchema } from './schema.ts'

/** Pages whose lengths are asked for at once. */
const PAGES_AT_ONCE = 256
/** Characters of pages that are read at once, or one page: a page of a full ledger has a million and more. */
const CHARACTERS_AT_ONCE = 4 * 1024 * 1024

/** Where a page is among the others. */
export interface PageMark {
  readonly number: number
  /** Of it and all before it. */
  readonly digest: string
}

/** Before the first page. */
export const BEFORE_PAGES: PageMark = { number: -1, digest: NO_PAGES }

/** What changed up to a block, since the page before it. */
export interface LogPage extends PageMark {
  /** Of the block. */
  readonly hash: string
  /** In their order. */
  readonly changes: readonly Change[]
}

/** The newest page up to a block; {@link BEFORE_PAGES}: there is none. */
export async function findMarkUpTo(
  db: Kysely<ReplicaSchema>,
  block: number,
): Promise<PageMark & { hash: string }> {
  const found = await db
    .selectFrom('page')
    .select(['number', 'digest', 'hash'])
    .where('number', '<=', block)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (found === undefined) return { ...BEFORE_PAGES, hash: '' }
  return { ...found, number: Number(found.number) }
}

/** The first page that goes beyond a block, and where that begins; `null`: there is none yet. */
export async function findMarkAfter(
  db: Kysely<ReplicaSchema>,
  block: number,
): Promise<(PageMark & { readonly after: number }) | null> {
  const found = await db
    .selectFrom('page')
    .select(['number', 'digest', 'after'])
    .where('number', '>', block)
    .orderBy('number')
    .limit(1)
    .executeTakeFirst()
  return found === undefined
    ? null
    : { digest: found.digest, number: Number(found.number), after: Number(found.after) }
}

/** How much there is. */
export interface PageExtent {
  readonly pages: number
  readonly characters: number
}

/** What the pages behind a block have. */
export async function measurePages(db: Kysely<ReplicaSchema>, after: number): Promise<PageExtent> {
  const found = await db
    .selectFrom('page')
    .select([
      sql<string | number>`count(*)`.as('pages'),
      sql<string | number>`coalesce(sum(char_length(changes)), 0)`.as('characters'),
    ])
    .where('number', '>', after)
    .executeTakeFirstOrThrow()
  return { pages: Number(found.pages), characters: Number(found.characters) }
}

/**
 * The pages behind one and up to a block, in their order: each as it was saved behind the one before it.
 *
 * @throws {ReplicaDamagedError}
 */
export async function* readPages(
  db: Kysely<ReplicaSchema>,
  behind: PageMark,
  last: number,
): AsyncIterable<LogPage> {
  for (let read = behind; ; ) {
    const upTo = await findStretch(db, read.number, last)
    if (upTo === null) return
    const rows = await db
      .selectFrom('page')
      .selectAll()
      .where('number', '>', read.number)
      .where('number', '<=', upTo)
      .orderBy('number')
      .execute()
    for (const { hash, changes, digest, ...row } of rows) {
      const [number, after] = [Number(row.number), Number(row.after)]
      if (pageDigest(read.digest, { number, hash, after, changes }) !== digest)
        throw new ReplicaDamagedError(`page ${number}`)
      read = { number, digest }
      yield { ...read, hash, changes: JSON.parse(changes) as Change[] }
    }
  }
}

/** Up to which page behind this one is read at once, so that no more is held than it has to be; `null`: there is none. */
async function findStretch(db: Kysely<ReplicaSchema>, after: number, last: number): Promise<number | null> {
  const pages = await db
    .selectFrom('page')
    .select(['number', sql<number>`char_length(changes)`.as('length')])
    .where('number', '>', after)
    .where('number', '<=', last)
    .orderBy('number')
    .limit(PAGES_AT_ONCE)
    .execute()
  let upTo: number | null = null
  let characters = 0
  for (const { number, length } of pages) {
    characters += length
    if (upTo !== null && characters > CHARACTERS_AT_ONCE) break
    upTo = Number(number)
  }
  return upTo
}
