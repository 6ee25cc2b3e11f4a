/**
 * The facts as they were at a block, in the rows in which they are held: a start reads these, and what changed since.
 * Rows are never changed, so that each checkpoint writes what came since the one before it, and the last chunks anew.
 */
import { COMPACT_LAYOUT, type CompactFacts, type LoggedRows } from '@hefu/ledger/replica'
import { type Kysely, sql } from 'kysely'
import type { PageExtent, PageMark } from './page-log.ts'
import { ReplicaDamagedError } from './replica-damaged.ts'
import { checkpointSeal, chunkDigest } from './row-digests.ts'
import type { ReplicaSchema } from './schema.ts'

/** Chunks that are read at once: 8 MiB. */
const CHUNKS_AT_ONCE = 32

/** After how much that changed another checkpoint is due: a start reads that, and a page more. */
export const MOST_UNREAD: PageExtent = { pages: 1_000, characters: 4 * 1024 * 1024 }

/**
 * The block up to which the checkpoint is, and the digest of the newest page up to there; `null`: there is none that this
 * version reads.
 *
 * @throws {ReplicaDamagedError} when its chunks are not those that were saved
 */
export async function findCheckpoint(db: Kysely<ReplicaSchema>): Promise<PageMark | null> {
  const kept = await db
    .selectFrom('checkpoint')
    .selectAll()
    .where('layout', '=', COMPACT_LAYOUT)
    .executeTakeFirst()
  if (kept === undefined) return null
  const { layout, pages, seal } = kept
  const number = Number(kept.number)
  if (checkpointSeal({ number, layout, pages }, await digestsOfChunks(db)) !== seal)
    throw new ReplicaDamagedError('checkpoint')
  return { number, digest: pages }
}

/** Each says of which place its chunk is; databases differ in how they order logs by their names. */
async function digestsOfChunks(db: Kysely<ReplicaSchema>): Promise<readonly string[]> {
  const chunks = await db.selectFrom('chunk').select('digest').execute()
  return chunks.map(({ digest }) => digest).sort()
}

/**
 * The rows of the checkpoint, those of each log in their order.
 *
 * @throws {ReplicaDamagedError}
 */
export async function* readCheckpoint(db: Kysely<ReplicaSchema>): AsyncIterable<LoggedRows> {
  for (let last = { log: '', number: -1 }; ; ) {
    const chunks = await db
      .selectFrom('chunk')
      // PGlite reads bytes as slowly as texts of them are quick.
      .select(['log', 'number', 'digest', sql<string>`encode(words, 'base64')`.as('words')])
      .where((where) =>
        where.or([
          where('log', '>', last.log),
          where.and([where('log', '=', last.log), where('number', '>', last.number)]),
        ]),
      )
      .orderBy('log')
      .orderBy('number')
      .limit(CHUNKS_AT_ONCE)
      .execute()
    for (const { log, number, words, digest } of chunks) {
      const bytes = new Uint8Array(Buffer.from(words, 'base64'))
      if (chunkDigest(log, Number(number), bytes) !== digest)
        throw new ReplicaDamagedError(`chunk ${number} of ${log}`)
      yield { log, words: new Uint32Array(bytes.buffer) }
    }
    const end = chunks.at(-1)
    if (end === undefined) return
    last = { log: end.log, number: Number(end.number) }
  }
}

/**
 * Within the transaction that it is given.
 *
 * @param facts as they are at the end of this page: those of the checkpoint before, and more
 * @throws {ReplicaDamagedError} when the checkpoint before is not what was saved
 */
export async function writeCheckpoint(
  db: Kysely<ReplicaSchema>,
  facts: CompactFacts,
  { number, digest: pages }: PageMark,
): Promise<void> {
  if ((await findCheckpoint(db)) === null) await db.deleteFrom('chunk').execute()
  const newest = await db
    .selectFrom('chunk')
    .select(({ fn }) => ['log', fn.max('number').as('number')])
    .groupBy('log')
    .execute()
  const begun = new Map(newest.map((chunk) => [chunk.log, Number(chunk.number)]))
  for (const [log, rows] of facts.logs) {
    for (const chunk of rows.chunksFrom(begun.get(log) ?? 0))
      await writeChunk(db, log, chunk.number, chunk.words)
  }
  await db.deleteFrom('checkpoint').execute()
  const checkpoint = { number, layout: COMPACT_LAYOUT, pages }
  const seal = checkpointSeal(checkpoint, await digestsOfChunks(db))
  await db
    .insertInto('checkpoint')
    .values({ ...checkpoint, seal })
    .execute()
}

async function writeChunk(
  db: Kysely<ReplicaSchema>,
  log: string,
  number: number,
  { buffer, byteOffset, byteLength }: Uint32Array,
): Promise<void> {
  const bytes = Buffer.from(buffer, byteOffset, byteLength)
  const digest = chunkDigest(log, number, bytes)
  const words = sql<Uint8Array>`decode(${bytes.toString('base64')}, 'base64')`
  await db
    .insertInto('chunk')
    .values({ log, number, words, digest })
    .onConflict((conflict) => conflict.columns(['log', 'number']).doUpdateSet({ words, digest }))
    .execute()
}
