/** The replica of a service: kept in a folder or in PostgreSQL, and followed. */
import { mkdir } from 'node:fs/promises'
import { identityOf, type Network } from '@hefu/ledger'
import { connectReader, Replica } from '@hefu/ledger/replica'
import type { LedgerView } from '@hefu/protocol'
import { type Database, holdFolder, openFolderDatabase, openPostgresDatabase, openStore } from '@hefu/service'
import type { Logger } from 'pino'
import { followLedger } from './follow-ledger.ts'
import { createReplicaStore } from './replica-store.ts'
import { REPLICA, type ReplicaSchema } from './schema.ts'

export interface OpenReplica {
  readonly view: LedgerView
  close(): Promise<void>
}

/** PostgreSQL is named by its URL; anything else is a folder. */
const POSTGRES = /^postgres(ql)?:\/\//

/**
 * Opens the replica, and follows the ledger until it is closed. The node need not answer yet.
 *
 * @param place a folder, made when missing, or the URL of a PostgreSQL database
 * @throws {StorageError} when it cannot be opened
 * @throws {VerifierStartError} `replica-foreign`
 */
export async function openReplica(place: string, network: Network, logger: Logger): Promise<OpenReplica> {
  const { database, release } = await openPlace(place)
  const ends = [release, () => database.close()]
  const close = async (): Promise<void> => {
    for (const end of ends.toReversed()) await end()
  }
  try {
    const store = await openStore<ReplicaSchema>(database, REPLICA)
    ends.push(() => store.close())
    const kept = await createReplicaStore(store, identityOf(network))
    const replica = await Replica.open(network, connectReader(network), kept)
    const { view, stop } = followLedger(replica, (fault) => {
      if (fault === null) logger.info('the ledger is followed')
      else logger.warn({ fault: fault.name, reason: fault.message }, 'the ledger is not followed')
    })
    ends.push(stop)
    return { view, close }
  } catch (error) {
    await close()
    throw error
  }
}

interface Place {
  readonly database: Database
  readonly release: () => Promise<void>
}

async function openPlace(place: string): Promise<Place> {
  if (POSTGRES.test(place))
    return { database: await openPostgresDatabase(place), release: async () => undefined }
  // What keeps it from being made keeps it from being held, which says so.
  await mkdir(place, { recursive: true, mode: 0o700 }).catch(() => undefined)
  const held = await holdFolder(place)
  try {
    return { database: await openFolderDatabase(held, 'replica'), release: held.release }
  } catch (error) {
    await held.release()
    throw error
  }
}
