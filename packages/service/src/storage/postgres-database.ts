/** PostgreSQL. Each store is held by an advisory lock of its own, on a connection that is kept for that. */
import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import type { Bilingual } from '@hefu/protocol'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Database, StoreName } from './database.ts'
import { StorageError } from './storage-error.ts'

/** First half of the keys that stores are locked by; other programs' advisory locks have others. */
const LOCK_SPACE = 0x6865_6675

/** The database at a URL; it is connected to when it is first asked. */
export function openPostgresDatabase(url: string): Database {
  const pool = new pg.Pool({ connectionString: url, application_name: `hefu ${process.pid} ${hostname()}` })
  // A lost idle connection is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => undefined)
  // So would one that is lost while it is taken or given back.
  pool.on('connect', (client) => client.on('error', () => undefined))
  let ended: Promise<void> | undefined
  const end = (): Promise<void> => (ended ??= pool.end())
  const dialect = new PostgresDialect({ pool: { connect: () => pool.connect(), end, options: pool.options } })
  const db = new Kysely<unknown>({ dialect })
  const holders = new Map<pg.PoolClient, StoreName>()
  const release = async (client: pg.PoolClient): Promise<void> => {
    const store = holders.get(client)
    if (store === undefined) return
    holders.delete(client)
    client.release(!(await unlock(client, store)))
  }
  return {
    db,
    hold: async (store) => {
      const client = await connectHolder(pool, store)
      holders.set(client, store)
      const lost = (): void => {
        // The lock went with its connection: another process may have the store now, and this one writes no more.
        if (!holders.delete(client)) return
        client.release(true)
        void end()
      }
      client.on('error', lost)
      return async () => {
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

async function connectHolder(pool: pg.Pool, store: StoreName): Promise<pg.PoolClient> {
  const client = await pool.connect()
  try {
    if (await tryLock(client, store)) return client
    throw new StorageError('store-in-use', store.title, await holderOf(client, store))
  } catch (error) {
    client.release(true)
    throw error
  }
}

async function tryLock(client: pg.PoolClient, { schema }: StoreName): Promise<boolean> {
  const query = 'select pg_try_advisory_lock($1, $2) as locked'
  const { rows } = await client.query<{ locked: boolean }>(query, [LOCK_SPACE, keyOf(schema)])
  return rows[0]?.locked === true
}

/** Gives the lock back at once: of a connection that ends, the server would free it only a moment later. */
async function unlock(client: pg.PoolClient, { schema }: StoreName): Promise<boolean> {
  return client.query('select pg_advisory_unlock($1, $2)', [LOCK_SPACE, keyOf(schema)]).then(
    () => true,
    () => false,
  )
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
