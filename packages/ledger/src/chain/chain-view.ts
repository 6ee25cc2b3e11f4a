/** A ledger view over JSON-RPC: every fact of one answer at one block, named by its hash. */
import type { LedgerView } from '@hefu/protocol'
import {
  identityOf,
  type LedgerNode,
  type Network,
  rpcUrlsOf,
  takeNetwork,
  takeNode,
} from '../network/network.ts'
import { answering, connectLedger, endingWith, findBlock } from './ledger-source.ts'
import { readFacts } from './node-lookup.ts'
import type { RpcLedgerViewOptions } from './node-post.ts'

export type { Network } from '../network/network.ts'
export { parseNetwork } from '../network/network.ts'
export type { RpcLedgerViewOptions } from './node-post.ts'

/**
 * A view that trusts this network's chain id, contract address and the one node of its `rpcUrl`: two round trips an
 * answer, and one more for each block with entries that it has to follow.
 *
 * @throws {MalformedError} for a network that no network file could say
 */
export function createRpcLedgerView(given: LedgerNode, options: RpcLedgerViewOptions = {}): LedgerView {
  const network = takeNode(given)
  const source = connectLedger(network, options)
  return {
    ledger: identityOf(network),
    lookup: (query, signal) =>
      answering(query, async () => {
        const ending = endingWith(source, signal)
        return readFacts(ending.client, network, query, await findBlock(ending, query))
      }),
  }
}

/**
 * A view by all nodes that the network names: by its one node, or by what so many tell alike as it demands
 * (quorum-view.ts, which is loaded when it is first asked, so that a page that trusts one node loads none of it).
 *
 * @throws {MalformedError} for a network that no network file could say
 */
export function createNetworkView(given: Network, options: RpcLedgerViewOptions = {}): LedgerView {
  const network = takeNetwork(given)
  if (rpcUrlsOf(network).length === 1) return createRpcLedgerView(network, options)
  // Ours alone: made once, by whoever asks first.
  let made: LedgerView | null = null
  return {
    ledger: identityOf(network),
    lookup: async (query, signal) => {
      const { createQuorumLedgerView } = await import('./quorum-view.ts')
      made ??= createQuorumLedgerView(network, options)
      return await made.lookup(query, signal)
    },
  }
}
