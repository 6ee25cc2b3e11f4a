/** The tables of a replica, and how they come to be. */
import type { StoreDefinition } from '@hefu/service'
import type { ColumnType, Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** 64-bit integers: PostgreSQL's driver reads them as texts, PGlite as numbers. */
type Wide = ColumnType<string | number, number, number>

/** Which ledger it is of: one row. */
interface SubjectTable {
  readonly chain_id: Wide
  readonly ledger: string
  /** Nodes that had to tell the same. */
  readonly needed: number
  /** What held their logs. */
  readonly logs_held_by: string
}

/** Up to which block it is: one row, `block_time` in Unix seconds. */
interface PositionTable {
  readonly number: Wide
  readonly hash: string
  readonly parent_hash: string
  readonly block_time: Wide
  /** Digest of the newest page, and so of all. */
  readonly pages: string
  /** Another for each time that the store was begun anew. */
  readonly beginning: string
  /** Digest of the others of this row. */
  readonly seal: string
}

/** What changed up to a block, since the page before it. */
interface PageTable {
  readonly number: Wide
  /** JSON. */
  readonly changes: string
  /** The block behind which it begins. */
  readonly after: Wide
  /** Of the block up to which it is. */
  readonly hash: string
  /** Of this page and all before it. */
  readonly digest: string
}

/** Up to which block the chunks are: one row. */
interface CheckpointTable {
  readonly number: Wide
  /** Of the rows: a version reads its own. */
  readonly layout: number
  /** Digest of the newest page up to there. */
  readonly pages: string
  /** Digest of the others of this row and of all chunks. */
  readonly seal: string
}

/** Rows of a log of the facts, next in its order. */
interface ChunkTable {
  readonly log: string
  readonly number: Wide
  /** Of 32 bits, in the order of the machine. */
  readonly words: Uint8Array
  readonly digest: string
}

export interface ReplicaSchema {
  readonly subject: SubjectTable
  readonly position: PositionTable
  readonly page: PageTable
  readonly checkpoint: CheckpointTable
  readonly chunk: ChunkTable
}

const tables: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('subject')
      .addColumn('chain_id', 'bigint', (column) => column.notNull())
      .addColumn('ledger', 'text', (column) => column.primaryKey())
      .execute()
    await db.schema
      .createTable('position')
      .addColumn('number', 'bigint', (column) => column.primaryKey())
      .addColumn('hash', 'text', (column) => column.notNull())
      .addColumn('parent_hash', 'text', (column) => column.notNull())
      .addColumn('block_time', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('page')
      .addColumn('number', 'bigint', (column) => column.primaryKey())
      .addColumn('changes', 'text', (column) => column.notNull())
      .execute()
  },
}

const checkpoints: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('checkpoint')
      .addColumn('number', 'bigint', (column) => column.primaryKey())
      .addColumn('layout', 'integer', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('chunk')
      .addColumn('log', 'text', (column) => column.notNull())
      .addColumn('number', 'bigint', (column) => column.notNull())
      .addColumn('words', 'bytea', (column) => column.notNull())
      .addPrimaryKeyConstraint('chunk_place', ['log', 'number'])
      .execute()
  },
}

const beginnings: Migration = {
  up: (db: Kysely<unknown>) => db.schema.alterTable('page').addColumn('after', 'bigint').execute(),
}

/** The ledger is read anew, from its deployment on. */
export async function beginAnew(db: Kysely<unknown>): Promise<void> {
  const tablesOf = db as Kysely<ReplicaSchema>
  for (const table of ['page', 'position', 'checkpoint', 'chunk'] as const)
    await tablesOf.deleteFrom(table).execute()
}

/** What waits for a second key was not kept before. */
const waits: Migration = { up: beginAnew }

/** Nothing was kept before by which it shows that rows are others than were saved. */
const digests: Migration = {
  up: async (db: Kysely<unknown>) => {
    await beginAnew(db)
    const columns = {
      page: ['hash', 'digest'],
      position: ['pages', 'beginning', 'seal'],
      checkpoint: ['pages', 'seal'],
      chunk: ['digest'],
    }
    for (const [table, names] of Object.entries(columns)) {
      for (const name of names)
        await db.schema
          .alterTable(table)
          .addColumn(name, 'text', (column) => column.notNull())
          .execute()
    }
    await db.schema
      .alterTable('page')
      .alterColumn('after', (column) => column.setNotNull())
      .execute()
  },
}

/** By whose word it was kept was not kept before. */
const holdings: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .alterTable('subject')
      .addColumn('needed', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('logs_held_by', 'text', (column) => column.notNull().defaultTo(''))
      .execute()
  },
}

/** Of a database in which there is one replica. */
export const REPLICA_SCHEMA = 'hefu_replica' as const

/** @param schema in which the tables are */
export function replicaStore(schema: StoreDefinition['schema'] = REPLICA_SCHEMA): StoreDefinition {
  return {
    schema,
    title: { zh: '互认链副本', en: 'the replica' },
    migrations: {
      '001-tables': tables,
      '002-checkpoints': checkpoints,
      '003-beginnings': beginnings,
      '004-waits': waits,
      '005-digests': digests,
      '006-holdings': holdings,
    },
  }
}
