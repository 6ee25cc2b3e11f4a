/** The table of browsers’ sessions, and what a batch keeps of whom it was given for. */
import type { ColumnType, Generated, Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** 64-bit integers: PostgreSQL's driver reads them as texts, PGlite as numbers. */
type Wide = ColumnType<string | number, number, number>

/** One row for each session. Times in Unix seconds. */
interface ConsoleSessionTable {
  /** Digest of what stands in the cookie: whoever reads this table can show no session. */
  readonly id: Uint8Array
  /** Keyed hash of whom the issuer names. */
  readonly person: Uint8Array
  readonly begun_at: Wide
  readonly ends_at: Wide
  /** When the person last did something. */
  readonly seen_at: Wide
  /** Only signing in again helps. */
  readonly locked: Generated<boolean>
  /** Until when another process may be having its token renewed, by the database's clock. */
  readonly renewing_until: ColumnType<string | number, number | undefined, number>
  /** Name and tokens, bound to the columns that do not change. */
  readonly sealed: Uint8Array
  /** Names the secret. */
  readonly sealed_by: string
}

export interface SessionSchema {
  readonly console_session: ConsoleSessionTable
}

export const sessions: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('console_session')
      .addColumn('id', 'bytea', (column) => column.primaryKey())
      .addColumn('person', 'bytea', (column) => column.notNull())
      .addColumn('begun_at', 'bigint', (column) => column.notNull())
      .addColumn('ends_at', 'bigint', (column) => column.notNull())
      .addColumn('seen_at', 'bigint', (column) => column.notNull())
      .addColumn('locked', 'boolean', (column) => column.notNull().defaultTo(false))
      .addColumn('renewing_until', 'bigint', (column) => column.notNull().defaultTo(0))
      .addColumn('sealed', 'bytea', (column) => column.notNull())
      .addColumn('sealed_by', 'text', (column) => column.notNull())
      .execute()
    for (const column of ['person', 'begun_at', 'ends_at'])
      await db.schema.createIndex(`console_session_${column}`).on('console_session').column(column).execute()
    await db.schema.alterTable('batch').addColumn('narrowed_to', 'text').execute()
  },
}
