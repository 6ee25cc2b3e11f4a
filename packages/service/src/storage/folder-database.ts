/** PGlite in a folder. It admits one process, which holds the folder around it. */
import { close, fsync, open, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { PGlite } from '@electric-sql/pglite'
import type { Bilingual } from '@hefu/protocol'
import { Kysely, PGliteDialect } from 'kysely'
import { reasonOf } from '../process/explained-error.ts'
import type { Database } from './database.ts'
import type { HeldFolder } from './held-folder.ts'
import { DISK_FULL, hasRoom } from './room.ts'
import { StorageError } from './storage-error.ts'

/**
 * The database in the folder `name` of a folder that this process holds; made when missing.
 *
 * @throws {StorageError} `database-unreachable`
 */
export async function openFolderDatabase(held: HeldFolder, name: string): Promise<Database> {
  const folder = join(held.path, name)
  const pglite = await PGlite.create({ dataDir: folder }).catch(async (error: unknown) => {
    throw new StorageError('database-unreachable', folder, await whyNotOpened(held.path, error), {
      cause: error,
    })
  })
  const db = new Kysely<unknown>({ dialect: new PGliteDialect({ pglite }) })
  const schemas = new Set<string>()
  return {
    db,
    hold: async ({ schema, title }) => {
      if (schemas.has(schema)) throw new StorageError('store-in-use', title, OWN_PROCESS)
      schemas.add(schema)
      return async () => void schemas.delete(schema)
    },
    flush: createFolderFlush(folder),
    close: () => db.destroy(),
  }
}

/** PGlite says that it does not start, and not why. */
async function whyNotOpened(path: string, error: unknown): Promise<Bilingual> {
  if (!(await hasRoom(path))) return DISK_FULL
  return {
    zh: `其中的数据库无法打开：文件可能已损坏，或由另一版本的程序写成；请改用写成它的版本，或从备份恢复（${reasonOf(error)}）`,
    en: `the database in it does not open: files may be damaged, or another version of this program wrote them; take the version that wrote it, or restore a backup (${reasonOf(error)})`,
  }
}

const OWN_PROCESS = { zh: `本进程 ${process.pid}`, en: `this process, ${process.pid},` }

/** Such a database is a thousand files, and a disk flushes several at once. */
const FLUSHED_AT_ONCE = 4
/** By its number, since a handle of its own for each file takes twice as long. */
const [openFile, flushFile, closeFile] = [promisify(open), promisify(fsync), promisify(close)]

/** PGlite leaves flushing to the system: this flushes the files that changed since the last time. */
function createFolderFlush(folder: string): () => Promise<void> {
  let flushedUntilMs = 0
  return async () => {
    const startedMs = Date.now()
    const changed = changedSince(folder, flushedUntilMs).values()
    const flushNext = async (): Promise<void> => {
      for (const path of changed) await flush(path)
    }
    await Promise.all(Array.from({ length: FLUSHED_AT_ONCE }, flushNext))
    // Time stamps of files are coarse: a second is looked at twice rather than not at all.
    flushedUntilMs = startedMs - 1000
  }
}

/** A thousand looks at what the system has in memory take a quarter of the time when nobody is waited for in between. */
function changedSince(folder: string, sinceMs: number): readonly string[] {
  return readdirSync(folder, { encoding: 'utf8', recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -1) >= sinceMs)
}

/** What was deleted meanwhile has nothing that could be lost. */
async function flush(path: string): Promise<void> {
  const file = await openFile(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (file === null) return
  await flushFile(file).finally(() => closeFile(file))
}
