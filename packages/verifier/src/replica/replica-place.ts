/** Where a replica is kept: a folder, or PostgreSQL. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { NamedLedger } from '@hefu/ledger/registry'
import {
  type Database,
  holdFolder,
  isPostgresUrl,
  openFolderDatabase,
  openPostgresDatabase,
  type StoreDefinition,
} from '@hefu/service'
import { VerifierStartError } from '../error/start-error.ts'
import { POSTGRES_PATIENCE } from '../store/open-store.ts'
import { closeAll } from './closing.ts'
import { REPLICA_SCHEMA } from './schema.ts'

/** No replica: the nodes are asked at each verification. */
export const NONE = 'none'

/** A database, and what has to be given back with it. */
export interface OpenPlace {
  readonly database: Database
  close(): Promise<void>
}

/** Where one replica is: a folder or a database, and the schema in that. */
export interface ReplicaPlace {
  readonly place: string
  readonly schema: StoreDefinition['schema']
}

/** A folder or a database in which there is one replica. */
export function onlyPlace(place: string): ReplicaPlace {
  return { place, schema: REPLICA_SCHEMA }
}

/** The place of one of several ledgers: of each chain there may be one at the same address. */
export function registeredPlace(place: string, { chainId, ledger }: NamedLedger): ReplicaPlace {
  return isPostgresUrl(place)
    ? { place, schema: `hefu_${chainId}_${ledger.slice(2)}` }
    : onlyPlace(join(place, `${chainId}-${ledger}`))
}

/** Of the database in the folder of a replica. */
export const REPLICA_FOLDER = 'replica'

/**
 * Opens the PostgreSQL database at a URL, or one in a folder, which is made when missing.
 *
 * @throws {StorageError}
 * @throws {VerifierStartError} `replica-place` for a URL of anything else, which is not repeated: it may hold a password
 */
export async function openPlace(place: string): Promise<OpenPlace> {
  if (isPostgresUrl(place)) {
    const database = openPostgresDatabase(place, POSTGRES_PATIENCE)
    return { database, close: () => database.close() }
  }
  assertPlace(place)
  return await openFolder(place)
}

/** @throws {VerifierStartError} `replica-place` for a URL of anything but a PostgreSQL database */
export function assertPlace(place: string): void {
  if (place.includes('://') && !isPostgresUrl(place)) throw new VerifierStartError('replica-place', '')
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
