/** The tables of the verifier service's own store, and how they come to be. */
import type { StoreDefinition } from '@hefu/service'
import { type ColumnType, type Generated, type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { type BatchSchema, batches } from './batch-tables.ts'
import { type SessionSchema, sessions } from './session-tables.ts'

/** 64-bit integers: PostgreSQL's driver reads them as texts, PGlite as numbers. */
type Wide = ColumnType<string | number, number, number>

/**
 * One row for each time that somebody was told something of a licence, or sought one and was told that there is none;
 * never changed. The rows are in the order of `number`, in which they can be chained: a link refers to the row, and
 * stands in a table of its own.
 */
interface ReadingTable {
  readonly number: Generated<string | number>
  /** Unix seconds. */
  readonly at: Wide
  /**
   * `replayed`: an answer was given once more; `report`: a client fetched a report of its own; `recheck`: somebody had
   * number and code of a sheet; `sought`: a licence that was looked for, and not found; `unanswered`: of a reading that
   * is alike in all else nobody was answered, and it may stand.
   */
  readonly kind:
    | 'verification'
    | 'unmasking'
    | 'retrieval'
    | 'replayed'
    | 'report'
    | 'recheck'
    | 'sought'
    | 'unanswered'
  /** `null`: whoever has a sheet in hand is asked for no name. */
  readonly client: string | null
  /** As the issuer of tokens names them; `null`: a system asked for itself. */
  readonly person: string | null
  readonly region: string
  readonly case_no: string | null
  readonly service_item: string | null
  readonly use_cause: string | null
  /** Digest of what the issuer signed; `null`: no credential could be read. */
  readonly credential: string | null
  readonly shown: 'verdict' | 'report' | 'explanation' | 'plain' | 'bundle' | 'sheet' | 'nothing'
  /** Names of the fields that the answer told of, as JSON: those compared, or those shown in plain. */
  readonly fields: string
  /** With `report`, `null` of what was not found. */
  readonly verdict: string | null
  readonly report: string | null
}

/** A report that was answered; never changed. */
interface ReportTable {
  readonly number: string
  readonly at: Wide
  readonly client: string
  /** Digest of number and code: whoever has not both finds nothing. */
  readonly lookup: Uint8Array
  readonly attestation: string
}

/** A series of numbers, of one run of one process. */
interface SeriesTable {
  readonly series: string
  readonly begun_at: Wide
}

/** Reports verify with one of these. */
interface VerifierKeyTable {
  readonly kid: string
  /** JSON. */
  readonly public_jwk: string
  readonly valid_from: Wide
  /** The first second in which nothing is signed with it any more; `null`: no end is set. */
  readonly valid_until: Wide | null
}

/** A request that its sender may send again, and what it was answered. */
interface ReplayTable {
  /** Digest of the client and its key. */
  readonly key: Uint8Array
  readonly fingerprint: Uint8Array
  /** Of who answers it. */
  readonly claim: string
  readonly begun_at: Wide
  /** Sealed by what was sent and a secret of the service; `null`: it is under way. */
  readonly answer: Uint8Array | null
  /** Names that secret; `null`: an earlier version sealed without one. */
  readonly sealed_by: string | null
}

/** A text that was deposited, sealed under a key of its own. */
interface DepositTable {
  /** Of the text, as references name it: random salts stand in it. */
  readonly digest: string
  /** USCC. */
  readonly issuer: string
  /** Keyed hash of the licence identifier, which may hold a credit code or a number that leads to a person. */
  readonly licence: Uint8Array
  readonly depositor: 'agency' | 'holder'
  /** Who deposited it. */
  readonly client: string
  /** Unix seconds. */
  readonly signed_at: Wide
  readonly deposited_at: Wide
  readonly expires_at: Wide
  /** Name of the key that the deposit's own key is sealed under. */
  readonly sealed_under: string
  readonly sealed_key: Uint8Array
  readonly sealed_text: Uint8Array
}

/** How many deposits a client has. */
interface DepositCountTable {
  readonly client: string
  readonly held: Wide
}

/** The key of the keyed hashes: one row. */
interface DepositIndexTable {
  readonly one: number
  readonly sealed_under: string
  readonly sealed_key: Uint8Array
}

export interface VerifierSchema extends BatchSchema, SessionSchema {
  readonly reading: ReadingTable
  readonly report: ReportTable
  readonly series: SeriesTable
  readonly verifier_key: VerifierKeyTable
  readonly replay: ReplayTable
  readonly deposit: DepositTable
  readonly deposit_count: DepositCountTable
  readonly deposit_index: DepositIndexTable
}

/** In which all its tables stand. */
export const SCHEMA = 'hefu_verifier'

/** No record is given up before: 等保 demands half a year. */
export const LEAST_RETENTION_DAYS = 180

const tables: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('reading')
      .addColumn('number', 'bigint', (column) => column.primaryKey().generatedAlwaysAsIdentity())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('client', 'text', (column) => column.notNull())
      .addColumn('person', 'text')
      .addColumn('region', 'text', (column) => column.notNull())
      .addColumn('case_no', 'text')
      .addColumn('service_item', 'text')
      .addColumn('use_cause', 'text')
      .addColumn('credential', 'text')
      .addColumn('shown', 'text', (column) => column.notNull())
      .addColumn('fields', 'text', (column) => column.notNull())
      .addColumn('verdict', 'text', (column) => column.notNull())
      .addColumn('report', 'text', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('reading_at').on('reading').column('at').execute()
    await db.schema.createIndex('reading_credential').on('reading').column('credential').execute()
    await db.schema
      .createTable('report')
      .addColumn('number', 'text', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('client', 'text', (column) => column.notNull())
      .addColumn('lookup', 'bytea', (column) => column.notNull().unique())
      .addColumn('attestation', 'text', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('report_at').on('report').column('at').execute()
    await db.schema
      .createTable('series')
      .addColumn('series', 'text', (column) => column.primaryKey())
      .addColumn('begun_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('verifier_key')
      .addColumn('kid', 'text', (column) => column.primaryKey())
      .addColumn('public_jwk', 'text', (column) => column.notNull())
      .addColumn('valid_from', 'bigint', (column) => column.notNull())
      .addColumn('valid_until', 'bigint')
      .execute()
    await db.schema
      .createTable('replay')
      .addColumn('key', 'bytea', (column) => column.primaryKey())
      .addColumn('fingerprint', 'bytea', (column) => column.notNull())
      .addColumn('claim', 'text', (column) => column.notNull())
      .addColumn('begun_at', 'bigint', (column) => column.notNull())
      .addColumn('answer', 'bytea')
      .execute()
    await db.schema.createIndex('replay_begun_at').on('replay').column('begun_at').execute()
  },
}

/** By the database's own clock: no setting of the service gives a record up too early. */
const asWritten: Migration = {
  up: async (db: Kysely<unknown>) => {
    const refuse = sql.id(SCHEMA, 'keep_as_written')
    await sql`
      create function ${refuse}() returns trigger language plpgsql as $$
      begin
        if tg_op = 'DELETE' then
          if old.at < extract(epoch from now()) - ${sql.lit(LEAST_RETENTION_DAYS * 86_400)} then
            return old;
          end if;
        end if;
        raise exception 'change %: its rows are kept as they were written', tg_table_name
          using errcode = 'restrict_violation';
      end $$`.execute(db)
    for (const table of ['reading', 'report']) {
      const kept = sql.id(SCHEMA, table)
      await sql`create trigger as_written before update or delete on ${kept}
        for each row execute function ${refuse}()`.execute(db)
      await sql`create trigger never_emptied before truncate on ${kept}
        for each statement execute function ${refuse}()`.execute(db)
    }
  },
}

const deposits: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('deposit')
      .addColumn('digest', 'text', (column) => column.primaryKey())
      .addColumn('issuer', 'text', (column) => column.notNull())
      .addColumn('licence', 'bytea', (column) => column.notNull())
      .addColumn('depositor', 'text', (column) => column.notNull())
      .addColumn('client', 'text', (column) => column.notNull())
      .addColumn('signed_at', 'bigint', (column) => column.notNull())
      .addColumn('deposited_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('sealed_under', 'text', (column) => column.notNull())
      .addColumn('sealed_key', 'bytea', (column) => column.notNull())
      .addColumn('sealed_text', 'bytea', (column) => column.notNull())
      .execute()
    for (const column of ['licence', 'expires_at', 'sealed_under'])
      await db.schema.createIndex(`deposit_${column}`).on('deposit').column(column).execute()
    await db.schema
      .createTable('deposit_count')
      .addColumn('client', 'text', (column) => column.primaryKey())
      .addColumn('held', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('deposit_index')
      .addColumn('one', 'integer', (column) => column.primaryKey())
      .addColumn('sealed_under', 'text', (column) => column.notNull())
      .addColumn('sealed_key', 'bytea', (column) => column.notNull())
      .execute()
  },
}

/** Readings of whom no name is asked, and of what was not found; and by which secret a replay is sealed. */
const everyReading: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const column of ['client', 'verdict', 'report'])
      await db.schema
        .alterTable('reading')
        .alterColumn(column, (altered) => altered.dropNotNull())
        .execute()
    await db.schema.alterTable('replay').addColumn('sealed_by', 'text').execute()
  },
}

export const VERIFIER_STORE: StoreDefinition = {
  schema: SCHEMA,
  title: { zh: '核验库', en: 'the verifier’s store' },
  migrations: {
    '001-tables': tables,
    '002-as-written': asWritten,
    '003-deposits': deposits,
    '004-every-reading': everyReading,
    '005-batches': batches,
    '006-sessions': sessions,
  },
}
