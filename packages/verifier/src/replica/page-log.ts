/** The ordered log of all that changed: a page for each save, by the number of the block up to which it was. */
import type { Change } from '@hefu/ledger/replica'
import { type Kysely, sql } from 'kysely'
import type { ReplicaSchema } from './schema.ts'

/** Pages whose lengths are asked for at once. */
const PAGES_AT_ONCE = 256
/** Characters of pages that are read at once, or one page: a page of a full ledger has a million and more. */
const CHARACTERS_AT_ONCE = 4 * 1024 * 1024

/** What changed up to a block, since the page before it. */
export interface LogPage {
  readonly number: number
  /** In their order. */
  readonly changes: readonly Change[]
}

/** The first page that goes beyond a block; `null`: there is none yet. */
export async function findPageAfter(db: Kysely<ReplicaSchema>, block: number): Promise<LogPage | null> {
  const found = await db
    .selectFrom('page')
    .selectAll()
    .where('number', '>', block)
    .orderBy('number')
    .limit(1)
    .executeTakeFirst()
  return found === undefined
    ? null
    : { number: Number(found.number), changes: JSON.parse(found.changes) as Change[] }
}

/** A page that there is, without what it holds. */
export interface PageMark {
  readonly number: number
  /** Another for other changes. */
  readonly digest: string
}

/** Of {@link findPageAfter}. */
export async function findMarkAfter(db: Kysely<ReplicaSchema>, block: number): Promise<PageMark | null> {
  const found = await db
    .selectFrom('page')
    .select(['number', sql<string>`md5(changes)`.as('digest')])
    .where('number', '>', block)
    .orderBy('number')
    .limit(1)
    .executeTakeFirst()
  return found === undefined ? null : { number: Number(found.number), digest: found.digest }
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

/** The changes of the pages behind a block and up to another, page by page in their order. */
export async function* readChanges(
  db: Kysely<ReplicaSchema>,
  after: number,
  last: number = Number.MAX_SAFE_INTEGER,
): AsyncIterable<readonly Change[]> {
  for (let read = after; ; ) {
    const upTo = await findStretch(db, read, last)
    if (upTo === null) return
    const pages = await db
      .selectFrom('page')
      .selectAll()
      .where('number', '>', read)
      .where('number', '<=', upTo)
      .orderBy('number')
      .execute()
    for (const { changes } of pages) yield JSON.parse(changes) as Change[]
    read = upTo
  }
}

/** Where the first page behind a block begins; `null`: there is no such page, or it does not say. */
export async function findBeginning(db: Kysely<ReplicaSchema>, block: number): Promise<number | null> {
  const found = await db
    .selectFrom('page')
    .select('after')
    .where('number', '>', block)
    .orderBy('number')
    .limit(1)
    .executeTakeFirst()
  return found === undefined || found.after === null ? null : Number(found.after)
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
