/** What the service asks: a replica that follows the ledger, or the nodes. */
import type { Network } from '@hefu/ledger'
import type { RegistryNetwork } from '@hefu/ledger/registry'
import { StorageError } from '@hefu/service'
import type { Logger } from 'pino'
import { VerifierStartError } from './error/start-error.ts'
import { listPinned } from './ledger/listed-ledgers.ts'
import { openReplica } from './replica/open-replica.ts'
import { openRegistryReplicas } from './replica/registry-replicas.ts'
import { NONE } from './replica/replica-place.ts'
import type { LedgerSource } from './service.ts'

/** A source, and what has to be given back once nothing is asked any more. */
export interface OpenSource {
  readonly source: LedgerSource
  readonly release: () => Promise<void>
}

/**
 * Where the replica is kept unless it is said: beside the key file and named after it, so that two verifiers with keys
 * of their own never meet.
 */
export function beside(keyPath: string): string {
  return `${keyPath.replace(/\.json$/, '')}.replica`
}

/**
 * @param place of the replica, or of those of a registry's ledgers: a folder, the URL of a PostgreSQL database, or
 *   {@link NONE}
 * @throws {VerifierStartError} `replica-in-use`, `replica-foreign`, `replica-place`
 * @throws {StorageError}
 */
export async function openSource(
  network: Network | RegistryNetwork,
  place: string,
  logger: Logger,
): Promise<OpenSource> {
  if (place === NONE) return { source: { network }, release: async () => undefined }
  if ('registry' in network) {
    const { directory, agreement, listed, states, close } = await openRegistryReplicas(
      place,
      network,
      logger,
    ).catch(explainInUse)
    return { source: { directory, agreement, listed, replicaStates: states }, release: close }
  }
  const { view, agreement, queries, state, close } = await openReplica(place, network, logger).catch(
    explainInUse,
  )
  return {
    source: {
      view,
      agreement: (_, blockHash) => agreement(blockHash),
      listed: listPinned(view.ledger, () => ({ state: state(), reader: { queries, agreement } })),
      replicaStates: () => [state()],
    },
    release: close,
  }
}

/** Of a replica it is no use to wait until the other process has ended: the way out is said. */
function explainInUse(error: unknown): never {
  const isInUse =
    error instanceof StorageError && (error.code === 'folder-in-use' || error.code === 'store-in-use')
  throw isInUse ? new VerifierStartError('replica-in-use', error.says, { cause: error }) : error
}
