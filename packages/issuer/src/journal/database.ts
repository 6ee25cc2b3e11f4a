/** Where a journal is kept: PGlite in the agency's folder, or PostgreSQL. One process at a time in both. */
import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect, PostgresDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import pg from 'pg'
import { reasonOf } from '../durable-file.ts'
import { IssuerError } from '../issuer-error.ts'
import { type JournalSchema, migrations } from './schema.ts'

export interface Database {
  readonly db: Kysely<JournalSchema>
  /** Returns when everything committed so far would survive a loss of power. */
  flush(): Promise<void>
  close(): Promise<void>
}

/**
 * A database in a folder, made when missing.
 *
 * @throws {IssuerError} `journal-unreachable`
 */
export async function openFolderDatabase(folder: string): Promise<Database> {
  return opened(async () => {
    const pglite = await PGlite.create({ dataDir: folder })
    const db = new Kysely<JournalSchema>({ dialect: new PGliteDialect({ pglite }) })
    const flush = createFolderFlush(folder)
    return { db, flush, close: () => db.destroy() }
  })
}

/**
 * A PostgreSQL database, held by an advisory lock while it is open.
 *
 * @throws {IssuerError} `journal-unreachable`, `journal-in-use`
 */
export async function openPostgresDatabase(url: string): Promise<Database> {
  return opened(async () => {
    const pool = new pg.Pool({ connectionString: url })
    // A lost idle connection is replaced at the next query; without a listener it would end the process.
    pool.on('error', () => undefined)
    const db = new Kysely<JournalSchema>({ dialect: new PostgresDialect({ pool }) })
    const close = (): Promise<void> => db.destroy()
    try {
      const holder = await lockDatabase(pool)
      return {
        db,
        flush: async () => undefined,
        close: async () => {
          holder.release(true)
          await close()
        },
      }
    } catch (error) {
      await close()
      throw error
    }
  })
}

/** A number that only this service's journals lock. */
const ADVISORY_LOCK = 0x6865_6675

async function lockDatabase(pool: pg.Pool): Promise<pg.PoolClient> {
  const client = await pool.connect()
  client.on('error', () => undefined)
  const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [
    ADVISORY_LOCK,
  ])
  if (rows[0]?.locked === true) return client
  client.release(true)
  throw new IssuerError('journal-in-use', { pid: '?', host: 'PostgreSQL' })
}

async function opened(connect: () => Promise<Database>): Promise<Database> {
  try {
    const database = await connect()
    await migrate(database)
    return database
  } catch (error) {
    if (error instanceof IssuerError) throw error
    throw new IssuerError('journal-unreachable', { reason: reasonOf(error) }, { cause: error })
  }
}

async function migrate(database: Database): Promise<void> {
  const { error } = await new Migrator({ db: database.db, provider: migrations }).migrateToLatest()
  if (error === undefined) return
  await database.close()
  throw error
}

/** PGlite leaves flushing to the system: this flushes the files that changed since the last time. */
function createFolderFlush(folder: string): () => Promise<void> {
  let flushedUntilMs = 0
  return async () => {
    const startedMs = Date.now()
    for (const name of await readdir(folder, { recursive: true })) {
      const path = join(folder, name)
      const about = await stat(path).catch(() => null)
      if (about === null || about.mtimeMs < flushedUntilMs) continue
      const file = await open(path, 'r')
      await file.sync().finally(() => file.close())
    }
    // Time stamps of files are coarse: a second is looked at twice rather than not at all.
    flushedUntilMs = startedMs - 1000
  }
}
