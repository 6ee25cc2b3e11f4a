/** What the journal asks of its tables and writes to them. */
import { DIGEST_BYTES, type Hex } from '@hefu/protocol'
import { type Kysely, type Selectable, sql } from 'kysely'
import { IssuerError } from '../error/issuer-error.ts'
import type { Batch, RecordedLicence, RecoveredBatch } from './records.ts'
import type { BatchTable, JournalSchema, LicenceTable } from './schema.ts'

type Db = Kysely<JournalSchema>
type Range = Pick<Batch, 'firstIndex' | 'size'>

/** Rows held at once. */
const PAGE = 2000

export async function findLicences(
  db: Db,
  licenceIds: readonly string[],
): Promise<ReadonlyMap<string, RecordedLicence>> {
  if (licenceIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('licence')
    .selectAll()
    .where('id', 'in', [...licenceIds])
    .execute()
  return new Map(rows.map((row) => [row.id, licenceOf(row)]))
}

/** Where a licence stands that is the same as another. */
export type SameLicence = Pick<RecordedLicence, 'licenceId' | 'statusIndex' | 'sameness'>

/** The recorded licences that are one of these. */
export async function findSame(db: Db, samenesses: readonly Uint8Array[]): Promise<readonly SameLicence[]> {
  if (samenesses.length === 0) return []
  const rows = await db
    .selectFrom('licence')
    .select(['id', 'status_index', 'sameness'])
    .where('sameness', 'in', [...samenesses])
    .orderBy('status_index')
    .execute()
  return rows.map((row) => ({
    licenceId: row.id,
    statusIndex: Number(row.status_index),
    sameness: row.sameness,
  }))
}

/** Where a version of a licence stands. */
export type LicenceVersion = Pick<RecordedLicence, 'licenceId' | 'statusIndex'>

/** The part of an identifier that all versions of one licence have. */
export function versionlessOf(licenceId: string): string {
  return licenceId.slice(0, -'.001.X'.length)
}

/** The recorded versions of the licences with these identifiers. */
export async function findVersions(
  db: Db,
  licenceIds: readonly string[],
): Promise<readonly LicenceVersion[]> {
  if (licenceIds.length === 0) return []
  const rows = await db
    .selectFrom('licence')
    .select(['id', 'status_index'])
    .where(sql<string>`left(id, -6)`, 'in', [...new Set(licenceIds.map(versionlessOf))])
    .execute()
  return rows.map((row) => ({ licenceId: row.id, statusIndex: Number(row.status_index) }))
}

export async function insertLicences(db: Db, licences: readonly RecordedLicence[]): Promise<void> {
  const rows = licences.map(({ licenceId, statusIndex, type, credential, leafHash, sameness }) => ({
    id: licenceId,
    status_index: statusIndex,
    type,
    credential,
    leaf_hash: leafHash,
    sameness,
  }))
  await db.insertInto('licence').values(rows).execute()
}

/** The status index that the next licence gets. */
export async function nextStatusIndex(db: Db): Promise<number> {
  const { last } = await db
    .selectFrom('licence')
    .select(({ fn }) => fn.max('status_index').as('last'))
    .executeTakeFirstOrThrow()
  return Math.max(last === null ? 0 : Number(last) + 1, await endOfGaps(db))
}

/** The first status index that no batch holds, and no gap. */
export async function endOfBatches(db: Db): Promise<number> {
  const last = await lastBatchUpTo(db, Number.MAX_SAFE_INTEGER)
  return Math.max(last === null ? 0 : last.firstIndex + last.size, await endOfGaps(db))
}

async function endOfGaps(db: Db): Promise<number> {
  const last = await db
    .selectFrom('gap')
    .selectAll()
    .orderBy('first_index', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last === undefined ? 0 : Number(last.first_index) + Number(last.size)
}

/** Notes which indexes below `used` no batch holds, and returns how many they are. */
export async function replaceGaps(db: Db, used: number): Promise<number> {
  const batches = await db
    .selectFrom('batch')
    .select(['first_index', 'size'])
    .orderBy('first_index')
    .execute()
  const gaps: { first_index: number; size: number }[] = []
  let next = 0
  for (const { firstIndex, size } of [...batches.map(rangeOf), { firstIndex: used, size: 0 }]) {
    const end = Math.min(firstIndex, used)
    if (end > next) gaps.push({ first_index: next, size: end - next })
    next = Math.max(next, firstIndex + size)
  }
  await db.deleteFrom('gap').execute()
  if (gaps.length > 0) await db.insertInto('gap').values(gaps).execute()
  return gaps.reduce((sum, { size }) => sum + size, 0)
}

/**
 * Writes a licence and its batch as the ledger has them, where they are not written yet; its bundle file is there.
 *
 * @returns whether the licence was not there
 * @throws {IssuerError} `recover-conflict` when another licence, or another batch, has the place
 */
export async function insertRecovered(
  db: Db,
  licence: RecordedLicence,
  batch: RecoveredBatch,
  at: number,
): Promise<boolean> {
  await insertRecoveredBatch(db, batch, at)
  const { licenceId, statusIndex: index } = licence
  const rows = await db
    .selectFrom('licence')
    .select(['id', 'status_index'])
    .where((row) => row.or([row('id', '=', licenceId), row('status_index', '=', index)]))
    .execute()
  if (rows.length === 0) {
    await insertLicences(db, [licence])
    return true
  }
  if (rows.every((row) => row.id === licenceId && Number(row.status_index) === index)) return false
  throw new IssuerError('recover-conflict', { index })
}

async function insertRecoveredBatch(db: Db, batch: RecoveredBatch, at: number): Promise<void> {
  const { firstIndex, size, root, anchoredAt, blockNumber } = batch
  const row = { first_index: firstIndex, size, root, sealed_at: at, bundled_at: at }
  const anchor = { anchored_at: anchoredAt, block_number: blockNumber }
  const known = await db
    .selectFrom('batch')
    .select('root')
    .where('first_index', '=', firstIndex)
    .executeTakeFirst()
  if (known === undefined)
    await db
      .insertInto('batch')
      .values({ ...row, ...anchor })
      .execute()
  else if (known.root !== root) throw new IssuerError('recover-conflict', { index: firstIndex })
}

/** The last batch that begins at this status index or before it. */
export async function lastBatchUpTo(db: Db, statusIndex: number): Promise<Batch | null> {
  const row = await db
    .selectFrom('batch')
    .selectAll()
    .where('first_index', '<=', statusIndex)
    .orderBy('first_index', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : batchOf(row)
}

export async function insertBatch(
  db: Db,
  { firstIndex, size, root, sealedAt }: Pick<Batch, 'firstIndex' | 'size' | 'root' | 'sealedAt'>,
): Promise<void> {
  const row = { first_index: firstIndex, size, root, sealed_at: sealedAt }
  await db.insertInto('batch').values(row).execute()
}

/** The leaf hashes of a range, one after another. */
export async function leafHashesOf(db: Db, range: Range): Promise<Uint8Array> {
  const hashes = new Uint8Array(range.size * DIGEST_BYTES)
  for await (const { statusIndex, leafHash } of leavesOf(db, range)) {
    hashes.set(leafHash, (statusIndex - range.firstIndex) * DIGEST_BYTES)
  }
  return hashes
}

async function* leavesOf(
  db: Db,
  range: Range,
): AsyncGenerator<Pick<RecordedLicence, 'statusIndex' | 'leafHash'>> {
  yield* inOrder(range, async (from, to) => {
    const rows = await db
      .selectFrom('licence')
      .select(['status_index', 'leaf_hash'])
      .where('status_index', '>=', from)
      .where('status_index', '<', to)
      .orderBy('status_index')
      .execute()
    return rows.map((row) => ({ statusIndex: Number(row.status_index), leafHash: row.leaf_hash }))
  })
}

/** The licences of a range, in the order of their status indexes; each page is a step of its own. */
export async function* licencesOf(
  use: <T>(step: (db: Db) => Promise<T>) => Promise<T>,
  range: Range,
): AsyncGenerator<RecordedLicence> {
  yield* inOrder(range, (from, to) =>
    use(async (db) => {
      const rows = await db
        .selectFrom('licence')
        .selectAll()
        .where('status_index', '>=', from)
        .where('status_index', '<', to)
        .orderBy('status_index')
        .execute()
      return rows.map(licenceOf)
    }),
  )
}

/**
 * Reads a range page by page.
 *
 * @throws {IssuerError} `journal-damaged` when a status index is missing
 */
async function* inOrder<T extends Pick<RecordedLicence, 'statusIndex'>>(
  { firstIndex, size }: Range,
  page: (from: number, to: number) => Promise<readonly T[]>,
): AsyncGenerator<T> {
  const end = firstIndex + size
  let next = firstIndex
  while (next < end) {
    const to = Math.min(next + PAGE, end)
    for (const item of await page(next, to)) {
      if (item.statusIndex !== next) break
      next++
      yield item
    }
    if (next < to) throw new IssuerError('journal-damaged', { reason: `the status index ${next} is missing` })
  }
}

/** Batches that have not reached their last step, oldest first. */
export async function unfinishedBatches(db: Db): Promise<readonly Batch[]> {
  const rows = await db
    .selectFrom('batch')
    .selectAll()
    .where(({ or, eb }) => or([eb('bundled_at', 'is', null), eb('anchored_at', 'is', null)]))
    .where('passed_over_at', 'is', null)
    .orderBy('first_index')
    .execute()
  return rows.map(batchOf)
}

/** How many licences of batches stand alike. */
export interface BatchedLicences {
  readonly anchored: boolean
  readonly bundled: boolean
  readonly givenUp: boolean
  readonly licences: number
}

/** Licences in batches that are anchored or not, bundled or not, given up or not. */
export async function countLicences(db: Db): Promise<readonly BatchedLicences[]> {
  const rows = await db
    .selectFrom('batch')
    .select(({ eb, fn }) => [
      eb('anchored_at', 'is not', null).as('anchored'),
      eb('bundled_at', 'is not', null).as('bundled'),
      eb('given_up_at', 'is not', null).as('givenUp'),
      fn.sum('size').as('licences'),
    ])
    .groupBy(['anchored', 'bundled', 'givenUp'])
    .execute()
  return rows.map(({ anchored, bundled, givenUp, licences }) => ({
    anchored: Boolean(anchored),
    bundled: Boolean(bundled),
    givenUp: Boolean(givenUp),
    licences: Number(licences),
  }))
}

/** The ranges of the batches that were given up. */
export async function givenUpRanges(db: Db): Promise<readonly Range[]> {
  const rows = await db
    .selectFrom('batch')
    .select(['first_index', 'size'])
    .where('given_up_at', 'is not', null)
    .orderBy('first_index')
    .execute()
  return rows.map(rangeOf)
}

/** The newest anchored batch that begins before an index. */
export async function lastAnchoredBefore(db: Db, firstIndex: number): Promise<Batch | null> {
  const row = await db
    .selectFrom('batch')
    .selectAll()
    .where('anchored_at', 'is not', null)
    .where('first_index', '<', firstIndex)
    .orderBy('first_index', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : batchOf(row)
}

/** The newest batch that was passed over. */
export async function lastPassedOver(db: Db): Promise<Batch | null> {
  const row = await db
    .selectFrom('batch')
    .selectAll()
    .where('passed_over_at', 'is not', null)
    .orderBy('first_index', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : batchOf(row)
}

export type BatchStep =
  | { readonly anchored_at: null; readonly block_number: null }
  | { readonly passed_over_at: null }
  | { readonly anchored_at: number; readonly block_number: number; readonly given_up_at: null }
  | { readonly bundled_at: number }
  | { readonly given_up_at: number }
  | { readonly passed_over_at: number }

/** Notes when a batch reached a step. */
export async function updateBatch(db: Db, { firstIndex }: Batch, step: BatchStep): Promise<void> {
  await db.updateTable('batch').set(step).where('first_index', '=', firstIndex).execute()
}

function rangeOf({ first_index, size }: Pick<Selectable<BatchTable>, 'first_index' | 'size'>): Range {
  return { firstIndex: Number(first_index), size: Number(size) }
}

function licenceOf(row: Selectable<LicenceTable>): RecordedLicence {
  return {
    licenceId: row.id,
    statusIndex: Number(row.status_index),
    type: row.type,
    credential: row.credential,
    leafHash: row.leaf_hash,
    sameness: row.sameness,
  }
}

function batchOf(row: Selectable<BatchTable>): Batch {
  return {
    ...rangeOf(row),
    root: row.root as Hex,
    sealedAt: Number(row.sealed_at),
    anchoredAt: row.anchored_at === null ? null : Number(row.anchored_at),
    blockNumber: row.block_number === null ? null : Number(row.block_number),
    bundledAt: row.bundled_at === null ? null : Number(row.bundled_at),
    givenUpAt: row.given_up_at === null ? null : Number(row.given_up_at),
    passedOverAt: row.passed_over_at === null ? null : Number(row.passed_over_at),
  }
}
