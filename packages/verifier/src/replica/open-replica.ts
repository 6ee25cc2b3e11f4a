/** The replica of a service: kept in a folder or in PostgreSQL, and followed. */
import { identityOf, type Network } from '@hefu/ledger'
import {
  type BlockHeader,
  connectNodes,
  type LedgerQueries,
  type NodesAgreement,
  Replica,
  ReplicaStoppedError,
  ReplicaUnsavedError,
} from '@hefu/ledger/replica'
import type { LedgerView } from '@hefu/protocol'
import { openStore, readClock } from '@hefu/service'
import type { Logger } from 'pino'
import { closeAll } from './closing.ts'
import { codeOf, followLedger } from './follow-ledger.ts'
import { type HeldStore, openLastingStore } from './lasting-store.ts'
import { onlyPlace, openPlace, type ReplicaPlace } from './replica-place.ts'
import { createReplicaStore } from './replica-store.ts'
import { type ReplicaSchema, replicaStore } from './schema.ts'

export interface OpenReplica {
  readonly view: LedgerView
  /** How the nodes are that it follows, and how many of them tell the same. */
  readonly agreement: () => NodesAgreement
  /**
   * Lists as of the newest block that was read.
   *
   * @throws {LedgerUnavailableError} `unreachable` before the first, `inconsistent` once the replica has stopped
   */
  readonly queries: () => LedgerQueries
  close(): Promise<void>
}

/**
 * Opens the replica, and follows the ledger until it is closed. The nodes need not answer yet.
 *
 * @param where a folder, made when missing, or the URL of a PostgreSQL database, with a schema of its own or without
 * @throws {StorageError} when it cannot be opened
 * @throws {VerifierStartError} `replica-foreign`, `replica-place`
 */
export async function openReplica(
  where: string | ReplicaPlace,
  network: Network,
  logger: Logger,
): Promise<OpenReplica> {
  const place = typeof where === 'string' ? onlyPlace(where) : where
  const kept = await openLastingStore((saved) => openHeldStore(place, network, saved))
  try {
    const nodes = connectNodes(network, { clock: readClock })
    const replica = await Replica.open(network, nodes, kept.store)
    const { view, queries, stop } = followLedger(replica, (fault) => logFault(logger, fault))
    return { view, queries, agreement: nodes.agreement, close: () => closeAll([kept.close, stop]) }
  } catch (error) {
    await kept.close().catch(() => undefined)
    throw error
  }
}

async function openHeldStore(
  { place, schema }: ReplicaPlace,
  network: Network,
  saved: BlockHeader | null | undefined,
): Promise<HeldStore> {
  const { database, close } = await openPlace(place)
  const ends = [close]
  try {
    const opened = await openStore<ReplicaSchema>(database, replicaStore(schema))
    ends.push(() => opened.close())
    const store = await createReplicaStore(opened, identityOf(network), saved)
    return { store, close: () => closeAll(ends) }
  } catch (error) {
    await closeAll(ends).catch(() => undefined)
    throw error
  }
}

/** Names and codes; sentences of the replica's own alone, which hold nothing but what the ledger made public. */
function logFault(logger: Logger, fault: Error | null): void {
  if (fault === null) logger.info('the ledger is followed')
  else if (fault instanceof ReplicaUnsavedError)
    logger.warn({ fault: fault.name, code: codeOf(fault.cause) }, 'the replica is not saved')
  else if (fault instanceof ReplicaStoppedError)
    logger.error({ fault: fault.name, code: fault.code, reason: fault.message }, 'the replica has stopped')
  else logger.warn({ fault: fault.name, code: codeOf(fault) }, 'the ledger is not followed')
}
