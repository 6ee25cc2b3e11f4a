/** Quotas of several processes, counted in one PostgreSQL. */
import type { Bilingual } from '@hefu/protocol'
import pg from 'pg'
import { RateLimiterPostgres } from 'rate-limiter-flexible'
import { databaseReason, isOutage } from '../../storage/database-reason.ts'
import { openPostgresDatabase } from '../../storage/postgres-database.ts'
import { StorageError } from '../../storage/storage-error.ts'
import { assertWritableStore } from '../../storage/store.ts'
import { createMemoryCounter, createQuota, MOST_COUNTED, QUOTA_SECONDS, type Quota } from './quota.ts'

const SCHEMA = 'hefu_access'
const TABLE = 'quota'
/** Nobody waits longer for a count: then each process counts alone. */
const PATIENCE_MS = 1_000

/** So long after a try that failed the table is made again. */
const BETWEEN_TRIES_MS = 10_000
const TITLE: Bilingual = { zh: '请求计数的数据库', en: 'the database that requests are counted in' }

/**
 * Counts in the database at a URL; while it is away, also from the start on, each process counts alone and nobody is
 * turned away for that. Its role needs `CREATE` on the database, or the schema and table from who has.
 *
 * @param onFault hears why it is away at the start
 * @throws {StorageError} `database-unreachable` where it is there, and does not let this role in or count
 */
export async function openSharedQuota(url: string, onFault: (fault: unknown) => void): Promise<Quota> {
  const pool = openPool(url)
  let isMade = false
  let triedAtMs = Number.NEGATIVE_INFINITY
  const make = async (): Promise<void> => {
    triedAtMs = performance.now()
    await makeTable(pool)
    isMade = true
  }
  try {
    await make()
  } catch (error) {
    if (!isOutage(error)) {
      await pool.end()
      throw new StorageError('database-unreachable', TITLE, databaseReason(error), { cause: error })
    }
    onFault(error)
  }
  const counter = new RateLimiterPostgres({
    storeClient: pool,
    storeType: 'pool',
    schemaName: SCHEMA,
    tableName: TABLE,
    tableCreated: true,
    points: MOST_COUNTED,
    duration: QUOTA_SECONDS,
    insuranceLimiter: createMemoryCounter(),
  })
  const quota = createQuota(counter, () => pool.end())
  return {
    ...quota,
    use: (client) => {
      // Nobody waits for it: meanwhile this process counts alone.
      if (!isMade && performance.now() - triedAtMs >= BETWEEN_TRIES_MS) void make().catch(() => undefined)
      return quota.use(client)
    },
  }
}

/**
 * Looks whether requests could be counted in the database at a URL, and changes nothing.
 *
 * @throws {StorageError} `database-unreachable`
 */
export async function lookIntoSharedQuota(url: string): Promise<void> {
  const database = openPostgresDatabase(url)
  try {
    await assertWritableStore(database, { schema: SCHEMA, title: TITLE, migrations: {} })
  } catch (cause) {
    throw new StorageError('database-unreachable', TITLE, databaseReason(cause), { cause })
  } finally {
    await database.close()
  }
}

function openPool(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'hefu quota',
    connectionTimeoutMillis: PATIENCE_MS,
    query_timeout: PATIENCE_MS,
    max: 4,
    allowExitOnIdle: true,
  })
  // A lost idle connection is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** Several processes may start at once: one makes it, the others wait. */
async function makeTable(pool: pg.Pool): Promise<void> {
  const client = await pool.connect()
  let isUsable = false
  try {
    await client.query('begin')
    await client.query(`select pg_advisory_xact_lock(hashtext('${SCHEMA}'))`)
    // Where they are there, no right to make them is asked for.
    if (!(await hasTable(client))) {
      await client.query(`create schema if not exists ${SCHEMA}`)
      await client.query(`create table ${SCHEMA}.${TABLE} (
        key varchar(255) primary key, points integer not null default 0, expire bigint
      )`)
    }
    await client.query('commit')
    isUsable = true
  } finally {
    client.release(!isUsable)
  }
}

async function hasTable(client: pg.PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ is: boolean }>(
    `select to_regclass('${SCHEMA}.${TABLE}') is not null as is`,
  )
  return rows[0]?.is === true
}
