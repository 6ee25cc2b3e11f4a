/** A ledger by one node of its chain: which block is asked about, and why nothing could be told. */
import { type LedgerBlock, type LedgerQuery, LedgerUnavailableError } from '@hefu/protocol'
import type { Client } from 'viem'
import type { LedgerNode } from '../network/network.ts'
import {
  askTogether,
  type ConnectedNode,
  clientUntil,
  connectBatchingNode,
  type RpcLedgerViewOptions,
} from './node-client.ts'
import { askBlock } from './node-questions.ts'
import { type ChainCheck, createChainCheck } from './served-chain.ts'
import { isBlockMissing, toUnavailable } from './unavailable.ts'

/** A ledger by a node of its chain. */
export interface LedgerSource {
  readonly node: ConnectedNode
  readonly assertChain: ChainCheck
}

/** Nothing is asked yet. */
export function connectLedger(network: LedgerNode, options: RpcLedgerViewOptions): LedgerSource {
  const node = connectBatchingNode(network.rpcUrl, options)
  return { node, assertChain: createChainCheck(network.chainId, 'ledger') }
}

/** The same source, whose questions end once nobody waits for their answers. */
export function endingWith(source: LedgerSource, signal: AbortSignal | undefined): LedgerSource {
  const { client, batching } = source.node
  const node = { client: clientUntil(client, signal), batching: clientUntil(batching, signal) }
  return { ...source, node }
}

/**
 * What was asked, or why it could not be told.
 *
 * @throws {LedgerUnavailableError} and nothing else
 */
export async function answering<Answer>(
  { block }: Pick<LedgerQuery, 'block'>,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await ask()
  } catch (cause) {
    if (block === undefined || !isBlockMissing(cause)) throw toUnavailable(cause, 'ledger')
    const message = `read the ledger at block ${block.number}: the node has it no more, an archive node would`
    throw new LedgerUnavailableError('block-unavailable', message, { cause })
  }
}

/** The newest block, or the one that a re-check names, of the chain that is trusted: in one round trip. */
export async function findBlock(
  { node, assertChain }: LedgerSource,
  { block }: Pick<LedgerQuery, 'block'>,
): Promise<LedgerBlock> {
  const ask = async (by: Client): Promise<LedgerBlock> => {
    const [found] = await Promise.all([askBlock(by, block?.hash), assertChain(by)])
    return found
  }
  const found = await (assertChain.isDue() ? askTogether(node, ask) : ask(node.client))
  if (block === undefined || (found.number === block.number && found.hash === block.hash)) return found
  throw new LedgerUnavailableError(
    'inconsistent',
    `read the ledger at block ${block.number}: the node has another of that hash`,
  )
}
