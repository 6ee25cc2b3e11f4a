/** The journal's tables, and how they come to be. Nothing is deleted of licences, batches and entries. */
import type { StoreDefinition } from '@hefu/service'
import { type ColumnType, type Kysely, type Selectable, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { faceOf, samenessOf } from './sameness.ts'

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
  readonly status_index: Wide
  readonly type: string
  /** Compact form with all disclosures: personal data. */
  readonly credential: string
  /** RFC 9162 leaf hash of the signing input, 32 bytes. */
  readonly leaf_hash: Uint8Array
  /** What it has in common with a licence that is the same, 32 bytes. */
  readonly sameness: Uint8Array
}

/**
 * A sealed batch; `anchored_at` and `bundled_at` are set in this order, or `given_up_at` and `passed_over_at`, and taken
 * back when the chain has lost what they tell of. A batch that was given up and turns out to be anchored is given up no more. Times in Unix seconds.
 */
export interface BatchTable {
  readonly first_index: Wide
  readonly size: number
  readonly root: string
  readonly sealed_at: Wide
  readonly anchored_at: Wide | null
  readonly block_number: Wide | null
  readonly bundled_at: Wide | null
  readonly given_up_at: Wide | null
  readonly passed_over_at: Wide | null
}

/** What the operator's account sends, written down before it is sent; see `Outbox` of @hefu/ledger. */
export interface OutboxTable {
  readonly account: string
  readonly id: string
  readonly contract: string
  readonly data: string
  readonly nonce: number
  /** Signed transactions as JSON, the oldest first. */
  readonly attempts: string
  /** The settlement; not there until it is final, and taken back when the chain has it no more. */
  readonly transaction_hash: string | null
  readonly block_number: ColumnType<string | number | null, number | null, number | null>
  readonly block_hash: string | null
  readonly reverted: boolean | null
}

/**
 * What the agency decided to enter, in its order. It stands once its row of the outbox (`entry:<number>`) is settled.
 */
export interface EntryTable {
  readonly number: number
  /** SHA-256 of what was asked for: who asks for the same again is answered by this. */
  readonly digest: string
  /** `EntryCall` as JSON. */
  readonly call: string
  /** Identifiers as JSON. */
  readonly licences: string
  /** Unix seconds by this machine's clock. */
  readonly entered_at: Wide
  /** Unix seconds; not there while the ledger, whose now is meant, could not be asked. */
  readonly effective_at: Wide | null
  /** What the ledger refused it with, as JSON. */
  readonly refusal: string | null
}

/** Status indexes that the ledger has used and the journal knows nothing of: never given out again. */
export interface GapTable {
  readonly first_index: Wide
  readonly size: Wide
}

export interface JournalSchema {
  readonly gap: GapTable
  readonly owner: OwnerTable
  readonly licence: LicenceTable
  readonly batch: BatchTable
  readonly outbox: OutboxTable
  readonly entry: EntryTable
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

const outboxEntriesAndGaps: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('outbox')
      .addColumn('account', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('contract', 'text', (column) => column.notNull())
      .addColumn('data', 'text', (column) => column.notNull())
      .addColumn('nonce', 'integer', (column) => column.notNull())
      .addColumn('attempts', 'text', (column) => column.notNull())
      .addColumn('transaction_hash', 'text')
      .addColumn('block_number', 'bigint')
      .addColumn('block_hash', 'text')
      .addColumn('reverted', 'boolean')
      .addPrimaryKeyConstraint('outbox_key', ['account', 'id'])
      .execute()
    await db.schema
      .createTable('entry')
      .addColumn('number', 'integer', (column) => column.primaryKey())
      .addColumn('digest', 'text', (column) => column.notNull())
      .addColumn('call', 'text', (column) => column.notNull())
      .addColumn('licences', 'text', (column) => column.notNull())
      .addColumn('entered_at', 'bigint', (column) => column.notNull())
      .addColumn('effective_at', 'bigint')
      .addColumn('refusal', 'text')
      .execute()
    await db.schema.createIndex('entry_digest').on('entry').column('digest').execute()
    await db.schema
      .createTable('gap')
      .addColumn('first_index', 'integer', (column) => column.primaryKey())
      .addColumn('size', 'integer', (column) => column.notNull())
      .execute()
  },
}

/** The ledger keeps indices in 48 bits, and whoever once had the operator's key may have passed over many. */
const wideIndexes: Migration = {
  up: async (db: Kysely<unknown>) => {
    const widen = (table: string, column: string): Promise<unknown> =>
      db.schema
        .alterTable(table)
        .alterColumn(column, (altered) => altered.setDataType('bigint'))
        .execute()
    await widen('licence', 'status_index')
    await widen('batch', 'first_index')
    await widen('gap', 'first_index')
    await widen('gap', 'size')
  },
}

/** Rows read at once. */
const PAGE = 1_000

const sameness: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable('licence').addColumn('sameness', 'bytea').execute()
    const journal = db as Kysely<JournalSchema>
    let next = 0
    for (
      let rows = await licencesFrom(journal, next);
      rows.length > 0;
      rows = await licencesFrom(journal, next)
    ) {
      for (const { id, type, credential, status_index } of rows) {
        const same = samenessOf(type, faceOf(credential))
        await journal.updateTable('licence').set({ sameness: same }).where('id', '=', id).execute()
        next = Number(status_index) + 1
      }
    }
    await db.schema
      .alterTable('licence')
      .alterColumn('sameness', (column) => column.setNotNull())
      .execute()
    await db.schema.createIndex('licence_sameness').on('licence').column('sameness').execute()
  },
}

/** Of one licence: equal for all its versions, which `versionlessOf` tells. */
const versions: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.createIndex('licence_versions').on('licence').expression(sql`left(id, -6)`).execute()
  },
}

function licencesFrom(
  db: Kysely<JournalSchema>,
  next: number,
): Promise<readonly Pick<Selectable<LicenceTable>, 'id' | 'type' | 'credential' | 'status_index'>[]> {
  return db
    .selectFrom('licence')
    .select(['id', 'type', 'credential', 'status_index'])
    .where('status_index', '>=', next)
    .orderBy('status_index')
    .limit(PAGE)
    .execute()
}

export const JOURNAL: StoreDefinition = {
  schema: 'hefu_journal',
  title: { zh: '签发台账', en: 'the journal' },
  migrations: {
    '001-tables': tables,
    '002-given-up-batches': givenUpBatches,
    '003-outbox-entries-gaps': outboxEntriesAndGaps,
    '004-wide-indexes': wideIndexes,
    '005-sameness': sameness,
    '006-versions': versions,
  },
  formerTables: ['owner', 'licence', 'batch'],
}
