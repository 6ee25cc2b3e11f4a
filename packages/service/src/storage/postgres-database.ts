/** PostgreSQL. Each store is held by an advisory lock of its own, on a connection that is kept for that. */
import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import type { Bilingual } from '@hefu/protocol'
import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely'
import pg from 'pg'
import type { Database, StoreName } from './database.ts'
import { StorageError } from './storage-error.ts'

/** First half of the keys that stores are locked by; other programs' advisory locks have others. */
const LOCK_SPACE = 0x6865_6675

/** How long a database is waited for, in milliseconds: one that is silent has failed. */
export interface PostgresPatience {
  /** A statement; bringing tables up to date is many. */
  readonly statementMs: number
  /** So long a store stays held for a process that is not heard any more. */
  readonly leaseMs: number
}

export const DEFAULT_POSTGRES_PATIENCE: PostgresPatience = { statementMs: 60_000, leaseMs: 15_000 }

/** To be connected, or for another query's connection. */
const CONNECTED_WITHIN_MS = 5_000
/** Of a statement that it ended the server says so, a moment later. */
const HEARD_WITHIN_MS = 1_000
/** A holder says so many times in a lease that it is there. */
const BEATS = 5

/** The database at a URL; it is connected to when it is first asked. */
export function openPostgresDatabase(
  url: string,
  { statementMs, leaseMs }: PostgresPatience = DEFAULT_POSTGRES_PATIENCE,
): Database {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: `hefu ${process.pid} ${hostname()}`,
    connectionTimeoutMillis: CONNECTED_WITHIN_MS,
    statement_timeout: statementMs,
    query_timeout: statementMs + HEARD_WITHIN_MS,
    // Who vanished between two statements keeps no row from others.
    idle_in_transaction_session_timeout: statementMs,
  })
  // A lost idle connection is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => undefined)
  // So would one that is lost while it is taken or given back.
  pool.on('connect', (client) => client.on('error', () => undefined))
  let ended: Promise<void> | undefined
  const end = (): Promise<void> => (ended ??= pool.end())
  const connect = async (): Promise<PostgresPoolClient> => {
    if (ended !== undefined) throw new HoldLostError()
    return lend(await pool.connect())
  }
  const dialect = new PostgresDialect({ pool: { connect, end, options: pool.options } })
  const db = new Kysely<unknown>({ dialect })
  const holders = new Map<pg.PoolClient, StoreName>()
  const release = async (client: pg.PoolClient): Promise<void> => {
    const store = holders.get(client)
    if (store === undefined) return
    holders.delete(client)
    await unlock(client, store)
    // Its session has a lease, which no other has.
    client.release(true)
  }
  return {
    db,
    hold: async (store) => {
      const client = await connectHolder(pool, store, leaseMs)
      holders.set(client, store)
      const lost = (): void => {
        // The lock went with its connection: another process may have the store now, and this one writes no more.
        endBeats()
        if (!holders.delete(client)) return
        client.release(true)
        void end()
      }
      const endBeats = startBeats(client, leaseMs, lost)
      client.on('error', lost)
      return async () => {
        endBeats()
        client.off('error', lost)
        await release(client)
      }
    },
    flush: async () => undefined,
    close: async () => {
      // The pool would wait for its holders for ever.
      await Promise.all([...holders.keys()].map(release))
      await db.destroy()
      await end()
    },
  }
}

/** The connection by which a store was held has ended, and every other with it: nothing more is written. */
class HoldLostError extends Error {
  override readonly name = 'HoldLostError'
  readonly code = 'HOLD_LOST'

  constructor() {
    super('ask the database: the connection by which it was held has ended')
  }
}

/** A connection on which something was not answered is given up: whatever is asked behind it would wait, too. */
function lend(client: pg.PoolClient): PostgresPoolClient {
  let isLost = false
  const query = async (...asked: Parameters<PostgresPoolClient['query']>): Promise<unknown> => {
    if (isLost) throw new Error('ask the database: it did not answer before')
    try {
      return await (client.query as (...asked: unknown[]) => Promise<unknown>).apply(client, asked)
    } catch (error) {
      isLost = !(error instanceof pg.DatabaseError)
      throw error
    }
  }
  return Object.assign(Object.create(client) as PostgresPoolClient, {
    query,
    release: (isUnusable?: boolean) => client.release(isLost || isUnusable === true),
  })
}

async function connectHolder(pool: pg.Pool, store: StoreName, leaseMs: number): Promise<pg.PoolClient> {
  const client = await pool.connect()
  try {
    if (!(await tryLock(client, store)))
      throw new StorageError('store-in-use', store.title, await holderOf(client, store))
    await client.query(`select set_config('idle_session_timeout', $1, false)`, [String(leaseMs)])
    return client
  } catch (error) {
    client.release(!(error instanceof StorageError))
    throw error
  }
}

/**
 * Keeps a session from ending. The server hears nothing of a machine that vanished, and would keep its session, and the
 * store with it, for hours. Who is not answered takes it as lost, before the server gives it to another.
 */
function startBeats(client: pg.PoolClient, leaseMs: number, onLost: () => void): () => void {
  const everyMs = leaseMs / BEATS
  const answeredWithin = leaseMs - 2 * everyMs
  let isUnderWay = false
  const beat = async (): Promise<void> => {
    if (isUnderWay) return
    isUnderWay = true
    await client.query(answered('select 1', [], answeredWithin)).catch(onLost)
    isUnderWay = false
  }
  const timer = setInterval(() => void beat(), everyMs).unref()
  return () => clearInterval(timer)
}

/** A query that fails when it is not answered within so many milliseconds. */
function answered(text: string, values: readonly unknown[], withinMs: number): pg.QueryConfig {
  return { text, values: [...values], query_timeout: withinMs } as pg.QueryConfig
}

async function tryLock(client: pg.PoolClient, { schema }: StoreName): Promise<boolean> {
  const query = 'select pg_try_advisory_lock($1, $2) as locked'
  const { rows } = await client.query<{ locked: boolean }>(query, [LOCK_SPACE, keyOf(schema)])
  return rows[0]?.locked === true
}

/** Gives the lock back at once: of a connection that ends, the server would free it only a moment later. */
async function unlock(client: pg.PoolClient, { schema }: StoreName): Promise<void> {
  const query = 'select pg_advisory_unlock($1, $2)'
  await client.query(answered(query, [LOCK_SPACE, keyOf(schema)], HEARD_WITHIN_MS)).catch(() => undefined)
}

/** Who holds a store, as far as the server tells this role. */
async function holderOf(client: pg.PoolClient, { schema }: StoreName): Promise<Bilingual> {
  const { rows } = await client.query<{ name: string | null; pid: number }>(
    `select a.application_name as name, l.pid from pg_locks l left join pg_stat_activity a on a.pid = l.pid
     where l.locktype = 'advisory' and l.granted and l.classid = $1::int and l.objid = $2::int and l.objsubid = 2
       and l.database = (select oid from pg_database where datname = current_database())`,
    [LOCK_SPACE, keyOf(schema)],
  )
  const [session] = rows
  if (session === undefined) return { zh: '刚结束的会话', en: 'a session that has just ended' }
  const [, pid, host] = /^hefu ([0-9]+) (.+)$/.exec(session.name ?? '') ?? []
  if (pid !== undefined) return { zh: `进程 ${pid}，${host}`, en: `process ${pid} on ${host}` }
  return { zh: `PostgreSQL 会话 ${session.pid}`, en: `the PostgreSQL session ${session.pid}` }
}

/** Second half of a store's key: 31 bits of its schema's digest. */
function keyOf(schema: string): number {
  return createHash('sha256').update(schema).digest().readUInt32BE() >>> 1
}
