/** The tables of batches: what is still to be verified, and what came of the rest, each chunk sealed. */
import { type ColumnType, type Generated, type Kysely, type RawBuilder, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** 64-bit integers: PostgreSQL's driver reads them as texts, PGlite as numbers. */
type Wide = ColumnType<string | number, number, number>
type WideOrNone = ColumnType<string | number, number | undefined, number>

/** One row for each batch. */
interface BatchTable {
  readonly number: string
  /** Who gave it. */
  readonly client: string
  readonly person: string | null
  /** Whether whoever gave it may have licences found. */
  readonly finds: boolean
  /** Codes of the regions that the person may ask for, with commas between them; `null`: those of the client. */
  readonly narrowed_to: string | null
  /** Unix seconds. */
  readonly received_at: Wide
  /** While it is received: a moment after its last chunk. */
  readonly expires_at: Wide
  readonly state: 'receiving' | 'running' | 'cancelled'
  /** How many there are, and how many of them ended how. */
  readonly items: Generated<number>
  readonly done: Generated<number>
  readonly accepted: Generated<number>
  readonly refer: Generated<number>
  readonly rejected: Generated<number>
  readonly undetermined: Generated<number>
  readonly refused: Generated<number>
  /** Name of the key that the batch's own key is sealed under. */
  readonly sealed_under: string
  /** Empty once it was cancelled: whatever may still stand elsewhere is opened by nobody. */
  readonly sealed_key: Uint8Array
}

/** Items that follow one another, from `first` on. */
interface ItemsTable {
  readonly batch: string
  readonly first: number
  readonly count: number
  readonly sealed: Uint8Array
}

/** Items that are not done. */
interface BatchChunkTable extends ItemsTable {
  /** Who has taken them, until when by the database's clock. */
  readonly lease: string | null
  readonly leased_until: WideOrNone
  /** How often they were taken by one who did not give them back. */
  readonly tries: Generated<number>
}

export interface BatchSchema {
  readonly batch: BatchTable
  readonly batch_chunk: BatchChunkTable
  /** What came of items that are done. */
  readonly batch_result: ItemsTable
}

export const batches: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('batch')
      .addColumn('number', 'text', (column) => column.primaryKey())
      .addColumn('client', 'text', (column) => column.notNull())
      .addColumn('person', 'text')
      .addColumn('finds', 'boolean', (column) => column.notNull())
      .addColumn('received_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('items', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('done', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('accepted', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('refer', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('rejected', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('undetermined', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('refused', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('sealed_under', 'text', (column) => column.notNull())
      .addColumn('sealed_key', 'bytea', (column) => column.notNull())
      .execute()
    for (const column of ['client', 'expires_at'])
      await db.schema.createIndex(`batch_${column}`).on('batch').column(column).execute()
    await createItems(db, 'batch_chunk')
      .addColumn('lease', 'text')
      .addColumn('leased_until', 'bigint', (column) => column.notNull().defaultTo(0))
      .addColumn('tries', 'integer', (column) => column.notNull().defaultTo(0))
      .execute()
    // Whose turn it is: the earliest items of all batches.
    await db.schema.createIndex('batch_chunk_first').on('batch_chunk').columns(['first', 'batch']).execute()
    await createItems(db, 'batch_result').execute()
  },
}

function createItems(db: Kysely<unknown>, name: string) {
  return db.schema
    .createTable(name)
    .addColumn('batch', 'text', (column) => column.notNull().references('batch.number').onDelete('cascade'))
    .addColumn('first', 'integer', (column) => column.notNull())
    .addColumn('count', 'integer', (column) => column.notNull())
    .addColumn('sealed', 'bytea', (column) => column.notNull())
    .addPrimaryKeyConstraint(`${name}_items`, ['batch', 'first'])
}

/** Of the database: the clocks of processes differ. Unix seconds. */
export const DATABASE_NOW: RawBuilder<number> = sql<number>`extract(epoch from clock_timestamp())::bigint`
