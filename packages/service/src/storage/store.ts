/** A store: tables in a schema of their own, brought up to date when it is opened, and written by one process at a time or by several. */
import { type Kysely, sql, type Transaction } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import type { Database, StoreName } from './database.ts'
import { databaseReason } from './database-reason.ts'
import { whenFree } from './folder-turn.ts'
import { StorageError } from './storage-error.ts'

export interface StoreDefinition extends StoreName {
  /** In the order of their names; one that was released is never changed. They see the store's schema alone. */
  readonly migrations: Readonly<Record<string, Migration>>
  /** The tables of a store that stood in the schema `public` before stores had schemas of their own. */
  readonly formerTables?: readonly string[]
}

export interface Store<Tables> {
  readonly db: Kysely<Tables>
  /** Returns when everything committed so far would survive a loss of power. */
  flush(): Promise<void>
  /** Gives the store back; the database stays open. */
  close(): Promise<void>
}

/**
 * Takes a store and brings its tables up to date, in one transaction: a process that is killed meanwhile leaves them
 * as they were.
 *
 * @throws {StorageError} `store-in-use`, `store-newer`, `database-unreachable`
 */
export async function openStore<Tables>(
  { db, hold, flush }: Database,
  definition: StoreDefinition,
): Promise<Store<Tables>> {
  const release = await explained(definition, () => hold(definition))
  try {
    await explained(definition, () => db.transaction().execute((trx) => bringUpToDate(trx, definition)))
    await flush()
  } catch (error) {
    await release()
    throw error
  }
  const own = db.withSchema(definition.schema) as unknown as Kysely<Tables>
  return { db: own, flush, close: release }
}

/**
 * Whether a store has this program's tables, all of them: for who only reads it, while another process holds it.
 *
 * @throws {StorageError} `store-newer`
 */
export async function hasOwnTables({ db }: Database, definition: StoreDefinition): Promise<boolean> {
  const executed = await migrationsIn(db, definition.schema)
  assertNoneNewer(executed, definition)
  return executed.length === Object.keys(definition.migrations).length
}

function assertNoneNewer(executed: readonly string[], { title, migrations }: StoreDefinition): void {
  const unknown = executed.filter((name) => !Object.hasOwn(migrations, name))
  if (unknown.length > 0) throw new StorageError('store-newer', title, unknown.join(', '))
}

/** Bringing tables up to date takes no longer; whoever starts beside another waits for it. */
const UP_TO_DATE_WITHIN_MS = 60_000

/**
 * A store that several processes write at once: it is held while its tables are brought up to date, and by nobody
 * afterwards. Whoever writes it keeps what belongs together in one statement or transaction.
 *
 * @throws {StorageError} `store-in-use` where one process holds it for itself, `store-newer`, `database-unreachable`
 */
export async function openSharedStore<Tables>(
  database: Database,
  definition: StoreDefinition,
): Promise<Store<Tables>> {
  const held = await whenFree(UP_TO_DATE_WITHIN_MS, () => openStore<Tables>(database, definition))
  await held.close()
  return { ...held, close: async () => undefined }
}

async function explained<T>({ title }: StoreName, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof StorageError) throw error
    throw new StorageError('database-unreachable', title, databaseReason(error), { cause: error })
  }
}

async function bringUpToDate(trx: Transaction<unknown>, definition: StoreDefinition): Promise<void> {
  const { schema, migrations } = definition
  await adoptFormerTables(trx, definition)
  assertNoneNewer(await migrationsIn(trx, schema), definition)
  await makeSchema(trx, schema)
  const { error } = await new Migrator({
    db: trx.withSchema(schema),
    migrationTableSchema: schema,
    provider: { getMigrations: async () => migrations },
  }).migrateToLatest()
  if (error !== undefined) throw error
}

/** Here, and not by the migrator, which tries again after a refusal, and then knows of no reason any more. */
async function makeSchema(trx: Transaction<unknown>, schema: string): Promise<void> {
  if (!(await hasSchema(trx, schema))) await trx.schema.createSchema(schema).execute()
}

async function hasSchema(db: Kysely<unknown>, schema: string): Promise<boolean> {
  const { rows } = await sql`select 1 from pg_catalog.pg_namespace where nspname = ${schema}`.execute(db)
  return rows.length > 0
}

/**
 * Whether this role could bring a store up to date and write it; nothing is changed.
 *
 * @throws the driver's own error (`25006`, `42501`) where it could not
 */
export async function assertWritableStore(database: Database, definition: StoreDefinition): Promise<void> {
  const { db } = database
  const { rows } = await sql<{ readonly: string; creates: boolean }>`
    select current_setting('transaction_read_only') as readonly,
      has_database_privilege(current_database(), 'CREATE') as creates`.execute(db)
  if (rows[0]?.readonly === 'on') throw refusedBy('25006')
  if (!(await hasSchema(db, definition.schema))) {
    if (rows[0]?.creates !== true) throw refusedBy('42501')
    return
  }
  const { rows: others } = await sql`
    select 1 from pg_catalog.pg_tables where schemaname = ${definition.schema}
      and not (has_table_privilege(format('%I.%I', schemaname, tablename), 'SELECT')
        and has_table_privilege(format('%I.%I', schemaname, tablename), 'INSERT'))`.execute(db)
  const { rows: use } = await sql<{ may: boolean }>`
    select has_schema_privilege(${definition.schema}, 'USAGE') as may`.execute(db)
  if (others.length > 0 || use[0]?.may !== true) throw refusedBy('42501')
}

/** As the database itself would say it. */
function refusedBy(code: string): Error {
  return Object.assign(new Error('ask the database: it would refuse'), { code })
}

const MIGRATION_TABLES = ['kysely_migration', 'kysely_migration_lock']
/** The lock by which earlier programs held a whole database. */
const FORMER_LOCK = 0x6865_6675

/** Moves a store's tables, and the list of migrations that made them, out of `public`. */
async function adoptFormerTables(trx: Transaction<unknown>, definition: StoreDefinition): Promise<void> {
  const { schema, title, migrations, formerTables = [] } = definition
  if (formerTables.length === 0 || (await hasTables(trx, schema, MIGRATION_TABLES))) return
  const tables = [...formerTables, ...MIGRATION_TABLES]
  if (!(await hasTables(trx, 'public', tables))) return
  const executed = await migrationsIn(trx, 'public')
  // Another program's tables, which happen to have these names, stay where they are.
  if (!executed.every((name) => Object.hasOwn(migrations, name))) return
  const { rows } = await sql<{
    locked: boolean
  }>`select pg_try_advisory_xact_lock(${FORMER_LOCK}) as locked`.execute(trx)
  if (rows[0]?.locked !== true) throw new StorageError('store-in-use', title, EARLIER_PROGRAM)
  await trx.schema.createSchema(schema).ifNotExists().execute()
  for (const table of tables) {
    await sql`alter table ${sql.table(`public.${table}`)} set schema ${sql.id(schema)}`.execute(trx)
  }
}

const EARLIER_PROGRAM = { zh: '旧版本程序', en: 'an earlier version of this program' }

async function hasTables(db: Kysely<unknown>, schema: string, tables: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ found: number }>`
    select count(*)::int as found from pg_catalog.pg_tables
    where schemaname = ${schema} and tablename in (${sql.join([...tables])})`.execute(db)
  return rows[0]?.found === tables.length
}

/** The migrations that were executed in a schema; none where it has no list of them. */
async function migrationsIn(db: Kysely<unknown>, schema: string): Promise<readonly string[]> {
  if (!(await hasTables(db, schema, MIGRATION_TABLES))) return []
  const list = sql.table(`${schema}.kysely_migration`)
  const { rows } = await sql<{ name: string }>`select name from ${list} order by name`.execute(db)
  return rows.map(({ name }) => name)
}
