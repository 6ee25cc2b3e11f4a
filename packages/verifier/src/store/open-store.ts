/** The verifier service's own store: in a folder of one process, or in a PostgreSQL that several share. */
import { mkdir } from 'node:fs/promises'
import {
  assertWritableStore,
  type Database,
  databaseReason,
  ExplainedError,
  hasOwnTables,
  holdFolder,
  isPostgresUrl,
  openFolderDatabase,
  openPostgresDatabase,
  openSharedStore,
  type PostgresPatience,
  StorageError,
  type Store,
  type StoreDefinition,
} from '@hefu/service'
import type { Kysely } from 'kysely'
import { VerifierStartError } from '../error/start-error.ts'
import { VERIFIER_STORE, type VerifierSchema } from './schema.ts'

export interface VerifierStore extends Store<VerifierSchema> {
  /** Closes the database, too. */
  close(): Promise<void>
}

/** Of the database in the folder of a store. */
const FOLDER = 'store'

/** Of the databases of this service: its statements are short. */
export const POSTGRES_PATIENCE: PostgresPatience = { statementMs: 15_000, leaseMs: 15_000 }

/**
 * Looks into a store in the PostgreSQL database at a URL, beside whoever writes it, whether it could be written, and
 * changes nothing.
 *
 * @param look is asked where the store is there, with all its tables
 * @throws {StorageError} `database-unreachable`, with a reason and nothing of the URL, which may hold a password;
 *   `store-newer`
 * @throws what `look` throws
 */
export async function lookIntoPostgres(
  url: string,
  definition: StoreDefinition,
  look: (db: Kysely<unknown>) => Promise<void> = async () => undefined,
): Promise<void> {
  const database = openPostgresDatabase(url, POSTGRES_PATIENCE)
  try {
    await assertWritableStore(database, definition)
    if (await hasOwnTables(database, definition)) await look(database.db.withSchema(definition.schema))
  } catch (cause) {
    if (cause instanceof ExplainedError) throw cause
    throw new StorageError('database-unreachable', definition.title, databaseReason(cause), { cause })
  } finally {
    await database.close()
  }
}

/**
 * @param place the URL of a PostgreSQL database, or a folder, which is made when missing
 * @throws {StorageError}
 * @throws {VerifierStartError} `store-in-use` where another process has the folder
 */
export async function openVerifierStore(place: string): Promise<VerifierStore> {
  return openStoreIn(
    isPostgresUrl(place) ? openPostgresDatabase(place, POSTGRES_PATIENCE) : await openFolder(place),
  )
}

/**
 * The store in a database, which is closed with it.
 *
 * @throws {StorageError}
 */
export async function openStoreIn(database: Database): Promise<VerifierStore> {
  try {
    const store = await openSharedStore<VerifierSchema>(database, VERIFIER_STORE)
    return { ...store, close: () => database.close() }
  } catch (error) {
    await database.close().catch(() => undefined)
    throw error
  }
}

async function openFolder(path: string): Promise<Database> {
  // What keeps it from being made keeps it from being held, which says so.
  await mkdir(path, { recursive: true, mode: 0o700 }).catch(() => undefined)
  const held = await holdFolder(path).catch(explainInUse)
  try {
    const database = await openFolderDatabase(held, FOLDER)
    return { ...database, close: () => database.close().finally(held.release) }
  } catch (error) {
    await held.release()
    throw error
  }
}

function explainInUse(error: unknown): never {
  const isInUse = error instanceof StorageError && error.code === 'folder-in-use'
  throw isInUse ? new VerifierStartError('store-in-use', error.says, { cause: error }) : error
}
