/** The way to a chain, by all nodes that its network names: no one of them can add, drop or alter anything. */
import type { Hex } from '@hefu/protocol'
import type { RpcLedgerViewOptions } from '../../chain/node-post.ts'
import { agreementOf, type ReadNetwork, rpcUrlsOf, takeReadNetwork } from '../../network/network.ts'
import type { NodeReader, ReadBlock } from '../blocks/node-reader.ts'
import { AgreedChain } from './agreed-chain.ts'
import { AgreeingNodes } from './agreeing-nodes.ts'
import { HashedHeaders } from './hashed-headers.ts'
import { NodeStanding } from './node-standing.ts'
import type { NodesAgreement } from './node-state.ts'
import { connectSingleNode } from './single-node.ts'

export interface NodesOptions extends RpcLedgerViewOptions {
  /** Unix seconds: since when a node is as it is. */
  readonly clock: () => number
  /** Pause before a node that failed or was caught is tried again; each later one is twice as long. Default: 1,000. */
  readonly retryAfterMs?: number
  /**
   * A node that has not answered for so long is silent, and waited for only while too few answer, or tell the same; five
   * times as long while too few tell the same. Default: 2,000.
   */
  readonly patienceMs?: number
}

/** A chain, and how its nodes are. */
export interface AgreedReader extends NodeReader {
  /** @param blockHash of which is said how many told of it; absent: the newest that is agreed on */
  agreement(blockHash?: Hex): NodesAgreement
}

const DEFAULT_RETRY_MS = 1_000
const DEFAULT_PATIENCE_MS = 2_000
/**
 * A reader of the chain that the network names, by all its nodes. One node alone is believed.
 *
 * What is read for what: a header of every block, by each node. Where the engine is known, its hash is made again from
 * it, and it holds its bloom and its receipts: of a block whose bloom has none of the asked addresses nothing else is
 * read, of every other one its receipts, by one node, whichever it is. Where it is not known, each node is asked for
 * its logs.
 *
 * @throws {MalformedError} for a network that no network file could say
 */
export function connectNodes(given: ReadNetwork, options: NodesOptions): AgreedReader {
  const network = takeReadNetwork(given)
  const { clock, retryAfterMs = DEFAULT_RETRY_MS, patienceMs = DEFAULT_PATIENCE_MS } = options
  const times = { clock, retryAfterMs, patienceMs }
  const { chainId, engine } = network
  const hashOf = engine && new HashedHeaders(engine).hashOf
  const standings = rpcUrlsOf(network).map(
    (url) => new NodeStanding(url, connectSingleNode(url, { chainId, hashOf }, options), times),
  )
  const chain = new AgreedChain(network, new AgreeingNodes(standings, agreementOf(network), patienceMs))
  return {
    newest: () => chain.newest(),
    block: (number) => chain.block(number),
    finalNumber: () => chain.finalNumber(),
    logs: (addresses, range) => chain.logs(addresses, range),
    agreement: (blockHash) => chain.agreement(blockHash),
    ...(network.engine === undefined
      ? {}
      : { heldLogs: (addresses: readonly Hex[], block: ReadBlock) => chain.heldLogs(addresses, block) }),
  }
}
