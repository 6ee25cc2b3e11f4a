/**
 * The facts as they were at a block, in the rows in which they are held: a start reads these, and what changed since.
 * Rows are never changed, so that each checkpoint writes what came since the one before it, and the last chunks anew.
 */
import { COMPACT_LAYOUT, type CompactFacts, type LoggedRows } from '@hefu/ledger/replica'
import { type Kysely, sql } from 'kysely'
import type { PageExtent } from './page-log.ts'
import type { ReplicaSchema } from './schema.ts'

/** Chunks that are read at once: 8 MiB. */
const CHUNKS_AT_ONCE = 32

/** After how much that changed another checkpoint is due: a start reads that, and a page more. */
export const MOST_UNREAD: PageExtent = { pages: 1_000, characters: 4 * 1024 * 1024 }

/** Number of the block up to which the checkpoint is; `null`: there is none that this version reads. */
export async function findCheckpoint(db: Kysely<ReplicaSchema>): Promise<number | null> {
  const kept = await db
    .selectFrom('checkpoint')
    .select('number')
    .where('layout', '=', COMPACT_LAYOUT)
    .executeTakeFirst()
  return kept === undefined ? null : Number(kept.number)
}

/** The rows of the checkpoint, those of each log in their order. */
export async function* readCheckpoint(db: Kysely<ReplicaSchema>): AsyncIterable<LoggedRows> {
  for (let last = { log: '', number: -1 }; ; ) {
    const chunks = await db
      .selectFrom('chunk')
      // PGlite reads bytes as slowly as texts of them are quick.
      .select(['log', 'number', sql<string>`encode(words, 'base64')`.as('words')])
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
    for (const { log, words } of chunks) yield { log, words: wordsOf(words) }
    const end = chunks.at(-1)
    if (end === undefined) return
    last = { log: end.log, number: Number(end.number) }
  }
}

/**
 * Within the transaction that it is given.
 *
 * @param facts as they are at the block of this number: those of the checkpoint before, and more
 */
export async function writeCheckpoint(
  db: Kysely<ReplicaSchema>,
  facts: CompactFacts,
  number: number,
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
  await db.insertInto('checkpoint').values({ number, layout: COMPACT_LAYOUT }).execute()
}

async function writeChunk(
  db: Kysely<ReplicaSchema>,
  log: string,
  number: number,
  { buffer, byteOffset, byteLength }: Uint32Array,
): Promise<void> {
  const text = Buffer.from(buffer, byteOffset, byteLength).toString('base64')
  const words = sql<Uint8Array>`decode(${text}, 'base64')`
  await db
    .insertInto('chunk')
    .values({ log, number, words })
    .onConflict((conflict) => conflict.columns(['log', 'number']).doUpdateSet({ words }))
    .execute()
}

function wordsOf(base64: string): Uint32Array {
  // A copy: where a buffer begins is no place for words.
  return new Uint32Array(new Uint8Array(Buffer.from(base64, 'base64')).buffer)
}
