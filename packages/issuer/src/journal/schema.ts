/** The journal's tables, and how they come to be. Nothing in them is ever deleted. */
import type { StoreDefinition } from '@hefu/service'
import type { ColumnType, Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** 64-bit integers: PostgreSQL's driver reads them as texts, PGlite as numbers. */
type Wide = ColumnType<string | number, number, number>

/** Whose journal it is: one row. */
interface OwnerTable {
  readonly agency: string
  readonly chain_id: Wide
  readonly ledger: string
}

/**
 * Every accepted licence. The status index counts up from 0 in the order of acceptance, so a batch is a range
 * of it and the place in the tree is the distance from the range's start.
 */
export interface LicenceTable {
  readonly id: string
  readonly status_index: number
  readonly type: string
  /** Compact form with all disclosures: personal data. */
  readonly credential: string
  /** RFC 9162 leaf hash of the signing input, 32 bytes. */
  readonly leaf_hash: Uint8Array
}

/**
 * A sealed batch; `anchored_at` and `bundled_at` are set once, in this order, or `given_up_at` and `passed_over_at`.
 * A batch that was given up and turns out to be anchored is given up no more. Times in Unix seconds.
 */
export interface BatchTable {
  readonly first_index: number
  readonly size: number
  readonly root: string
  readonly sealed_at: Wide
  readonly anchored_at: Wide | null
  readonly block_number: Wide | null
  readonly bundled_at: Wide | null
  readonly given_up_at: Wide | null
  readonly passed_over_at: Wide | null
}

export interface JournalSchema {
  readonly owner: OwnerTable
  readonly licence: LicenceTable
  readonly batch: BatchTable
}

const tables: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('owner')
      .addColumn('agency', 'text', (column) => column.primaryKey())
      .addColumn('chain_id', 'bigint', (column) => column.notNull())
      .addColumn('ledger', 'text', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('licence')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('status_index', 'integer', (column) => column.notNull().unique())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('credential', 'text', (column) => column.notNull())
      .addColumn('leaf_hash', 'bytea', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('batch')
      .addColumn('first_index', 'integer', (column) => column.primaryKey())
      .addColumn('size', 'integer', (column) => column.notNull())
      .addColumn('root', 'text', (column) => column.notNull().unique())
      .addColumn('sealed_at', 'bigint', (column) => column.notNull())
      .addColumn('anchored_at', 'bigint')
      .addColumn('block_number', 'bigint')
      .addColumn('bundled_at', 'bigint')
      .execute()
  },
}

const givenUpBatches: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable('batch').addColumn('given_up_at', 'bigint').execute()
    await db.schema.alterTable('batch').addColumn('passed_over_at', 'bigint').execute()
  },
}

export const JOURNAL: StoreDefinition = {
  schema: 'hefu_journal',
  title: { zh: '签发台账', en: 'the journal' },
  migrations: { '001-tables': tables, '002-given-up-batches': givenUpBatches },
  formerTables: ['owner', 'licence', 'batch'],
}
