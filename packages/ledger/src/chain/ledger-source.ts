/** A ledger by one node of its chain: which block is asked about, and why nothing could be told. */
import { type Hex, type LedgerBlock, type LedgerQuery, LedgerUnavailableError } from '@hefu/protocol'
import type { LedgerNode } from '../network/network.ts'
import { connectNode, type NodeClient } from './node-client.ts'
import type { RpcLedgerViewOptions } from './node-post.ts'
import { blockQuestion, toBlock } from './node-questions.ts'
import { CHAIN_QUESTION, type ChainCheck, createChainCheck } from './served-chain.ts'
import { isBlockMissing, toUnavailable } from './unavailable.ts'

/** A ledger by a node of its chain. */
export interface LedgerSource {
  readonly client: NodeClient
  readonly assertChain: ChainCheck
}

/** Nothing is asked yet. */
export function connectLedger(network: LedgerNode, options: RpcLedgerViewOptions): LedgerSource {
  const client = connectNode(network.rpcUrl, options)
  return { client, assertChain: createChainCheck(network.chainId, 'ledger') }
}

/** The same source, whose questions end once nobody waits for their answers. */
export function endingWith(source: LedgerSource, signal: AbortSignal | undefined): LedgerSource {
  return { ...source, client: source.client.until(signal) }
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
  source: LedgerSource,
  { block }: Pick<LedgerQuery, 'block'>,
): Promise<LedgerBlock> {
  const found = await askBlock(source, block?.hash)
  if (block === undefined || (found.number === block.number && found.hash === block.hash)) return found
  throw new LedgerUnavailableError(
    'inconsistent',
    `read the ledger at block ${block.number}: the node has another of that hash`,
  )
}

async function askBlock(
  { client, assertChain }: LedgerSource,
  blockHash: Hex | undefined,
): Promise<LedgerBlock> {
  const question = blockQuestion(blockHash)
  if (!assertChain.isDue()) return toBlock(await client.ask(question))
  const [chain, block] = await client.askTogether([CHAIN_QUESTION, question])
  assertChain.take(chain)
  return toBlock(block)
}
