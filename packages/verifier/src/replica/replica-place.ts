/** Where a replica is kept: a folder, or PostgreSQL. */
import { mkdir } from 'node:fs/promises'
import { type Database, holdFolder, openFolderDatabase, openPostgresDatabase } from '@hefu/service'
import { VerifierStartError } from '../error/start-error.ts'
import { closeAll } from './closing.ts'

/** A database, and what has to be given back with it. */
export interface OpenPlace {
  readonly database: Database
  close(): Promise<void>
}

const POSTGRES = /^postgres(ql)?:\/\//i

/** Of the database in the folder of a replica. */
export const REPLICA_FOLDER = 'replica'

/** Whether a place is a database, and no folder. */
export function isPostgresUrl(place: string): boolean {
  return POSTGRES.test(place)
}

/**
 * Opens the PostgreSQL database at a URL, or one in a folder, which is made when missing.
 *
 * @throws {StorageError}
 * @throws {VerifierStartError} `replica-place` for a URL of anything else, which is not repeated: it may hold a password
 */
export async function openPlace(place: string): Promise<OpenPlace> {
  if (POSTGRES.test(place)) {
    const database = openPostgresDatabase(place.replace(POSTGRES, 'postgres://'))
    return { database, close: () => database.close() }
  }
  if (place.includes('://')) throw new VerifierStartError('replica-place', '')
  return await openFolder(place)
}

async function openFolder(path: string): Promise<OpenPlace> {
  // What keeps it from being made keeps it from being held, which says so.
  await mkdir(path, { recursive: true, mode: 0o700 }).catch(() => undefined)
  const held = await holdFolder(path)
  try {
    const database = await openFolderDatabase(held, REPLICA_FOLDER)
    return { database, close: () => closeAll([held.release, () => database.close()]) }
  } catch (error) {
    await held.release()
    throw error
  }
}
