/** What following a ledger asks of a node. */
import { type Hex, LedgerUnavailableError } from '@hefu/protocol'
import { type Client, numberToHex } from 'viem'
import { getBlock } from 'viem/actions'
import { connectNode, type RpcLedgerViewOptions } from '../chain/node-client.ts'
import { createChainCheck } from '../chain/served-chain.ts'
import { isBlockMissing, toUnavailable } from '../chain/unavailable.ts'
import { findFinalBlock } from '../network/finality.ts'
import type { Network } from '../network/network.ts'
import type { EventLog } from './decode-event.ts'
import type { BlockRange } from './pages.ts'
import { isRangeRefused } from './refused-range.ts'

export interface BlockHeader {
  readonly number: number
  readonly hash: Hex
  readonly parentHash: Hex
  /** Unix seconds. */
  readonly time: number
}

/** A block as a node tells it. */
export interface ReadBlock extends BlockHeader {
  /** Whose logs it may hold; `null`: the node does not say. */
  readonly logsBloom: Hex | null
}

/** A log, and the block that it stands in. */
export interface BlockLog extends EventLog {
  readonly blockNumber: number
  readonly blockHash: Hex
  /** Its place among all logs of the block. */
  readonly logIndex: number
}

/** Where logs are looked for: all of one block, or of blocks that stay. */
export type LogRange = { readonly blockHash: Hex } | BlockRange

/** A node's chain. Every function throws {@link LedgerUnavailableError}. */
export interface NodeReader {
  newest(): Promise<BlockHeader>
  /** `null`: the chain is not so long. */
  block(number: number): Promise<ReadBlock | null>
  /** Number of the newest block that stays; below zero: none yet. */
  finalNumber(): Promise<number>
  /**
   * In the order of the chain, whatever order the node answers in.
   *
   * @throws {LedgerUnavailableError} `answer-too-large`: a shorter range may be answered
   */
  logs(addresses: readonly Hex[], range: LogRange): Promise<readonly BlockLog[]>
}

/** A reader of the chain that the network names, by its node. */
export function connectReader(
  network: Omit<Network, 'deploymentBlock'>,
  options: RpcLedgerViewOptions = {},
): NodeReader {
  const client = connectNode(network.rpcUrl, options)
  const assertChain = createChainCheck(client, network.chainId, 'ledger')
  const ask = async <Answer>(question: () => Promise<Answer>): Promise<Answer> => {
    try {
      await assertChain()
      return await question()
    } catch (error) {
      throw toUnavailable(error, 'ledger')
    }
  }
  return {
    newest: () => ask(async () => toBlock(await getBlock(client))),
    block: (number) => ask(() => findBlock(client, number)),
    finalNumber: () => ask(() => findFinalBlock(client, network.finality ?? 'finalized')),
    logs: (addresses, range) => ask(() => readLogs(client, addresses, range)),
  }
}

async function findBlock(client: Client, number: number): Promise<ReadBlock | null> {
  try {
    return toBlock(await getBlock(client, { blockNumber: BigInt(number) }))
  } catch (error) {
    if (isBlockMissing(error)) return null
    throw error
  }
}

interface AbiBlock {
  readonly number: bigint | null
  readonly hash: Hex | null
  readonly parentHash: Hex
  readonly timestamp: bigint
  readonly logsBloom?: Hex | null
}

function toBlock({ number, hash, parentHash, timestamp, logsBloom }: AbiBlock): ReadBlock {
  if (number === null || hash === null)
    throw new LedgerUnavailableError('inconsistent', 'read a block: the node answered one that is pending')
  return { number: Number(number), hash, parentHash, time: Number(timestamp), logsBloom: toBloom(logsBloom) }
}

/** What is no bloom says nothing. */
function toBloom(answer: unknown): Hex | null {
  return typeof answer === 'string' && /^0x[0-9a-f]{512}$/i.test(answer) ? (answer as Hex) : null
}

async function readLogs(
  client: Client,
  addresses: readonly Hex[],
  range: LogRange,
): Promise<readonly BlockLog[]> {
  const where =
    'blockHash' in range ? range : { fromBlock: numberToHex(range.from), toBlock: numberToHex(range.to) }
  const logs = await client
    .request({ method: 'eth_getLogs', params: [{ address: [...addresses], ...where }] })
    .catch((error: unknown) => {
      if (!isRangeRefused(error)) throw error
      const message = 'read the logs: the node finds the range too long'
      throw new LedgerUnavailableError('answer-too-large', message, { cause: error })
    })
  const inOrder = logs.toSorted(
    (one, other) =>
      Number(one.blockNumber) - Number(other.blockNumber) || Number(one.logIndex) - Number(other.logIndex),
  )
  return inOrder.map(({ address, topics, data, blockNumber, blockHash, logIndex, removed }) => {
    if (blockNumber === null || blockHash === null || removed)
      throw new LedgerUnavailableError('inconsistent', 'read the logs: the node answered one of no block')
    return {
      address: address.toLowerCase() as Hex,
      topics,
      data,
      blockNumber: Number(blockNumber),
      blockHash,
      logIndex: Number(logIndex),
    }
  })
}
