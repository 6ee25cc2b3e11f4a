/** PGlite in a folder. It admits one process, which holds the folder around it. */
import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect } from 'kysely'
import { reasonOf } from '../process/explained-error.ts'
import type { Database } from './database.ts'
import type { HeldFolder } from './held-folder.ts'
import { StorageError } from './storage-error.ts'

/**
 * The database in the folder `name` of a folder that this process holds; made when missing.
 *
 * @throws {StorageError} `database-unreachable`
 */
export async function openFolderDatabase(held: HeldFolder, name: string): Promise<Database> {
  const folder = join(held.path, name)
  const pglite = await PGlite.create({ dataDir: folder }).catch((error: unknown) => {
    throw new StorageError('database-unreachable', folder, reasonOf(error), { cause: error })
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

const OWN_PROCESS = { zh: `本进程 ${process.pid}`, en: `this process, ${process.pid},` }

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
