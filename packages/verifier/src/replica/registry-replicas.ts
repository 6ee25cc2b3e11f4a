/** The ledgers of a registry, a replica for each: from when the registry first names it, and also once it is closed. */
import { mkdir } from 'node:fs/promises'
import { identityOf, type Network } from '@hefu/ledger'
import { createRegistryDirectory, type RegistryNetwork } from '@hefu/ledger/registry'
import { type LedgerDirectory, type LedgerIdentity, LedgerUnavailableError } from '@hefu/protocol'
import { holdFolder, isPostgresUrl } from '@hefu/service'
import type { Logger } from 'pino'
import type { NodesOf } from '../ledger/ledger-health.ts'
import { type FollowingState, type ListedLedgers, listRegistered } from '../ledger/listed-ledgers.ts'
import { closeAll } from './closing.ts'
import { codeOf } from './follow-ledger.ts'
import { type LateReplica, openLateReplica } from './late-replica.ts'
import { openReplica } from './open-replica.ts'
import { type ReplicaPlace, registeredPlace } from './replica-place.ts'

/** How often the registry is asked what ledgers there are, though nobody verifies. */
const INTERVAL_MS = 30_000

export interface RegistryReplicas {
  /** Of the ledgers that the registry names, each answering from its replica. */
  readonly directory: LedgerDirectory
  /** How the nodes of a ledger are; `undefined`: it has no replica that is open. */
  readonly agreement: NodesOf
  /** What may be listed of each. */
  readonly listed: ListedLedgers
  /** Of each replica. */
  states(): readonly FollowingState[]
  close(): Promise<void>
}

/**
 * Opens a replica for each ledger that the registry names now, and for each that it names later. Neither the registry nor
 * a ledger need answer yet. A ledger on a chain without a node has none.
 *
 * @param place a folder, in which each has its own, or the URL of a PostgreSQL database, in which each has a schema
 * @throws {StorageError} {VerifierStartError} when one that is named already cannot be opened
 */
export async function openRegistryReplicas(
  place: string,
  network: RegistryNetwork,
  logger: Logger,
  intervalMs: number = INTERVAL_MS,
): Promise<RegistryReplicas> {
  const release = await holdPlace(place)
  // Ours alone: the directory makes each once, when it is first named.
  const replicas = new Map<string, LateReplica>()
  const directory = createRegistryDirectory(network, {
    keepMs: intervalMs,
    viewOf: (of) => {
      const replica = openNamed(registeredPlace(place, of), of, logger)
      replicas.set(nameOf(identityOf(of)), replica)
      return replica.view
    },
  })
  const timer = setInterval(() => void listOnce(directory), intervalMs)
  const close = async (): Promise<void> => {
    clearInterval(timer)
    await closeAll([release, ...[...replicas.values()].map((replica) => () => replica.close())])
  }
  await listOnce(directory)
  const faults = await Promise.all([...replicas.values()].map(({ begun }) => begun))
  const fault = faults.find((found) => found !== null)
  if (fault !== undefined) {
    await close()
    throw fault
  }
  return {
    directory,
    agreement: (ledger, blockHash) => replicas.get(nameOf(ledger))?.agreement(blockHash),
    listed: listRegistered(directory, (ledger) => replicas.get(nameOf(ledger))?.reading() ?? null),
    states: () => [...replicas.values()].map(({ state }) => state()),
    close,
  }
}

function openNamed(where: ReplicaPlace, network: Network, logger: Logger): LateReplica {
  const ledger = identityOf(network)
  const own = logger.child({ ledger: nameOf(ledger) })
  return openLateReplica(
    ledger,
    () => openReplica(where, network, own),
    (fault) => own.error({ fault: fault.name, code: codeOf(fault) }, 'the replica cannot be opened'),
  )
}

/** Whoever verifies is told why there is no answer: here is nobody to tell. */
async function listOnce(directory: LedgerDirectory): Promise<void> {
  try {
    await directory.list({ notBefore: 0 })
  } catch (error) {
    if (!(error instanceof LedgerUnavailableError)) throw error
  }
}

/** Of a folder that holds others: a second process is refused before it knows which ledgers there are. */
async function holdPlace(place: string): Promise<() => Promise<void>> {
  if (isPostgresUrl(place) || place.includes('://')) return async () => undefined
  await mkdir(place, { recursive: true, mode: 0o700 }).catch(() => undefined)
  return (await holdFolder(place)).release
}

function nameOf({ chainId, address }: LedgerIdentity): string {
  return `${chainId}/${address}`
}
