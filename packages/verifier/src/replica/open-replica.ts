/** The replica of a service: kept in a folder or in PostgreSQL, and followed. */
import { identityOf, type Network } from '@hefu/ledger'
import {
  connectNodes,
  type LedgerQueries,
  type NodeState,
  Replica,
  ReplicaStoppedError,
  ReplicaUnsavedError,
} from '@hefu/ledger/replica'
import type { LedgerView } from '@hefu/protocol'
import { describeFailure, readClock } from '@hefu/service'
import type { Logger } from 'pino'
import type { NodesBehind } from '../ledger/ledger-reader.ts'
import type { FollowingState } from '../ledger/listed-ledgers.ts'
import type { ChangeFeed } from './change-feed.ts'
import { closeAll } from './closing.ts'
import { codeOf, followLedger, isPassing } from './follow-ledger.ts'
import type { PageExtent } from './page-log.ts'
import { onlyPlace, openPlace, type ReplicaPlace } from './replica-place.ts'
import { replicaStore } from './schema.ts'
import { openReplicaStore } from './shared-store.ts'
import { createToldNodes, isWell } from './told-nodes.ts'

/** How often it is looked how the nodes are, while a step takes long: more than a node has to answer. */
const NODES_LOOKED_AT_MS = 5_000

export interface OpenReplica {
  readonly state: () => FollowingState
  readonly view: LedgerView
  /** How the nodes are that it follows, and how many of them tell the same. */
  readonly agreement: NodesBehind
  /**
   * Lists as of the newest block that was read.
   *
   * @throws {LedgerUnavailableError} `unreachable` before the first, `inconsistent` once the replica has stopped
   */
  readonly queries: () => LedgerQueries
  /** Everything that became final, as it is saved. */
  readonly changes: ChangeFeed
  close(): Promise<void>
}

/** How often and how much; what is absent is as is usual. */
export interface ReplicaPace {
  /** Between two steps. */
  readonly intervalMs?: number
  /** After how much that changed another checkpoint is written. */
  readonly mostUnread?: PageExtent
}

/**
 * Opens the replica, and follows the ledger until it is closed. The nodes need not answer yet.
 *
 * @param where a folder, made when missing, or the URL of a PostgreSQL database, which several processes may share; with a
 *   schema of its own or without
 * @throws {StorageError} when it cannot be opened
 * @throws {VerifierStartError} `replica-foreign`, `replica-place`, `replica-weaker`
 * @throws {ReplicaDamagedError} when what is kept there is not what was saved
 */
export async function openReplica(
  where: string | ReplicaPlace,
  network: Network,
  logger: Logger,
  { intervalMs, mostUnread }: ReplicaPace = {},
): Promise<OpenReplica> {
  const { place, schema } = typeof where === 'string' ? onlyPlace(where) : where
  const ending = new AbortController()
  const nodes = connectNodes(network, { clock: readClock, signal: ending.signal })
  const kept = await openReplicaStore({
    open: () => openPlace(place),
    definition: replicaStore(schema),
    ledger: identityOf(network),
    holding: nodes.agreement(),
    mostUnread,
    onTurn: (isOurs) =>
      logger.info(isOurs ? 'the replica is saved here' : 'another process saves the replica'),
  })
  try {
    const tellNodes = createToldNodes((node) => logNode(logger, node))
    const lookAtNodes = (): void => {
      if (!ending.signal.aborted) tellNodes(nodes.agreement().nodes)
    }
    const replica = await Replica.open(network, nodes, kept.store)
    let state: FollowingState = 'following'
    const { view, queries, stop } = followLedger(
      replica,
      (fault) => {
        state = stateAfter(fault)
        logFault(logger, fault)
      },
      intervalMs,
      lookAtNodes,
    )
    const looking = setInterval(lookAtNodes, NODES_LOOKED_AT_MS)
    return {
      view,
      queries,
      changes: kept.changes,
      state: () => state,
      agreement: nodes.agreement,
      close: () =>
        closeAll([
          kept.close,
          async () => {
            clearInterval(looking)
            const stopped = stop()
            // What was asked of a node that stalls is waited for no more.
            ending.abort()
            await stopped
          },
        ]),
    }
  } catch (error) {
    await kept.close().catch(() => undefined)
    throw error
  }
}

function stateAfter(fault: Error | null): FollowingState {
  if (fault === null) return 'following'
  if (isPassing(fault)) return fault instanceof ReplicaUnsavedError ? 'unsaved' : 'waiting'
  return 'stopped'
}

/**
 * Names and codes; sentences of the replica's own alone, which hold nothing but what the ledger made public. Of a fault of
 * the program itself where it arose.
 */
function logFault(logger: Logger, fault: Error | null): void {
  if (fault === null) logger.info('the ledger is followed')
  else if (fault instanceof ReplicaUnsavedError)
    logger.warn({ fault: fault.name, code: codeOf(fault.cause) }, 'the replica is not saved')
  else if (fault instanceof ReplicaStoppedError)
    logger.error({ fault: fault.name, code: fault.code, reason: fault.message }, 'the replica has stopped')
  else if (isPassing(fault))
    logger.warn({ fault: fault.name, code: codeOf(fault) }, 'the ledger is not followed')
  else logger.error({ failure: describeFailure(fault) }, 'the replica has stopped')
}

/** By host and port: the rest of a URL may be a secret. */
function logNode(logger: Logger, state: NodeState): void {
  const { node, state: is, fault } = state
  if (isWell(state)) logger.info({ node }, 'a node tells the same as others again')
  else logger.warn({ node, state: is, ...(fault === null ? {} : { fault }) }, 'a node is silent or set aside')
}
