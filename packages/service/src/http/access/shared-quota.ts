/** Quotas of several processes, counted in one PostgreSQL. */
import pg from 'pg'
import { RateLimiterPostgres } from 'rate-limiter-flexible'
import { createMemoryCounter, createQuota, MOST_COUNTED, QUOTA_SECONDS, type Quota } from './quota.ts'

const SCHEMA = 'hefu_access'
const TABLE = 'quota'
/** Nobody waits longer for a count: then each process counts alone. */
const PATIENCE_MS = 1_000

/**
 * Counts in the database at a URL; while it is away, each process counts alone and nobody is turned away for that.
 * Its role needs `CREATE` on the database, or the schema and table from who has.
 *
 * @throws {Error} the driver's own, when the table cannot be made
 */
export async function openSharedQuota(url: string): Promise<Quota> {
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
  try {
    await makeTable(pool)
  } catch (error) {
    await pool.end()
    throw error
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
  return createQuota(counter, () => pool.end())
}

/** Several processes may start at once: one makes it, the others wait. */
async function makeTable(pool: pg.Pool): Promise<void> {
  await pool.query(`
    begin;
    select pg_advisory_xact_lock(hashtext('${SCHEMA}'));
    create schema if not exists ${SCHEMA};
    create table if not exists ${SCHEMA}.${TABLE} (
      key varchar(255) primary key, points integer not null default 0, expire bigint
    );
    commit`)
}
