/** What one node answers, on its own word. */
import { type Hex, LedgerUnavailableError } from '@hefu/protocol'
import { numberToHex } from 'viem'
import { NodeRefusalError, NodeSilenceError } from '../../chain/node-error.ts'
import type { RpcLedgerViewOptions } from '../../chain/node-post.ts'
import { createChainCheck } from '../../chain/served-chain.ts'
import { isBlockMissing, toUnavailable } from '../../chain/unavailable.ts'
import { askEach } from '../blocks/bounded-asking.ts'
import type { BlockLog, LogRange, ReadBlock } from '../blocks/node-reader.ts'
import { type Ask, createBatchedAsking } from './batched-asking.ts'
import { type HashOf, parseBlock } from './block-header.ts'
import {
  type HeldBlock,
  parseEventLog,
  parseReceipt,
  parseReceipts,
  type Receipt,
  readHeldLogs,
  sizeOfReceipt,
} from './block-receipts.ts'
import { malformedAnswer, parseBytes, parseCount, parseList, parseMembers } from './node-answer.ts'
import { NodeFaultError } from './node-fault.ts'
import { connectLine } from './node-line.ts'
import { isRangeRefused } from './refused-range.ts'

/** A node, asked by itself. Every function throws {@link LedgerUnavailableError}. */
export interface SingleNode {
  newest(): Promise<ReadBlock>
  /** `null`: its chain is not so long. */
  block(number: number): Promise<ReadBlock | null>
  /** The newest block that it calls final. */
  finalBlock(): Promise<ReadBlock>
  logs(addresses: readonly Hex[], range: LogRange): Promise<readonly BlockLog[]>
  /** All logs of a block whose header holds them. */
  blockLogs(block: HeldBlock): Promise<readonly BlockLog[]>
}

/** What a node has to tell of. */
export interface NodeChain {
  readonly chainId: number
  /** By the rule of its engine; absent: not known. */
  readonly hashOf?: HashOf | undefined
}

export function connectSingleNode(
  rpcUrl: string,
  { chainId, hashOf }: NodeChain,
  options: RpcLedgerViewOptions,
): SingleNode {
  const line = connectLine(rpcUrl, options)
  const assertChain = createChainCheck(chainId, 'ledger')
  const ask = line.alone
  const askTogether = createBatchedAsking(line)
  const receiptsOf = createReceiptReading(ask)
  const asked = async <Answer>(question: () => Promise<Answer>): Promise<Answer> => {
    try {
      await assertChain(line.client).catch(namedChainError)
      return await question()
    } catch (error) {
      throw toNodeError(error)
    }
  }
  const tagged = async (tag: string): Promise<ReadBlock> =>
    parseBlock(await ask('eth_getBlockByNumber', [tag, false]), hashOf)
  return {
    newest: () => asked(() => tagged('latest')),
    finalBlock: () => asked(() => tagged('finalized')),
    block: (number) =>
      asked(async () => {
        const answer = await findBlock(askTogether, number)
        return answer === null ? null : numbered(parseBlock(answer, hashOf), number)
      }),
    logs: (addresses, range) => asked(() => readLogs(ask, addresses, range)),
    blockLogs: (block) => asked(async () => readHeldLogs(await receiptsOf(block.hash), block)),
  }
}

/** What is no answer at all shows a fault; that none came does not. */
function toNodeError(error: unknown): LedgerUnavailableError {
  if (error instanceof NodeSilenceError && error.silence === 'no-json')
    return new NodeFaultError('malformed', 'read the node’s answer: it is no JSON', { cause: error })
  return toUnavailable(error, 'ledger')
}

/** What is no number of a chain shows a fault; another chain is one that the node may well serve. */
function namedChainError(error: unknown): never {
  const isUnread = error instanceof LedgerUnavailableError && error.code === 'inconsistent'
  throw isUnread ? malformedAnswer('the number of its chain') : error
}

async function findBlock(ask: Ask, number: number): Promise<unknown> {
  try {
    return await ask('eth_getBlockByNumber', [numberToHex(number), false])
  } catch (error) {
    if (isBlockMissing(error)) return null
    throw error
  }
}

function numbered(block: ReadBlock, number: number): ReadBlock {
  if (block.number === number) return block
  const message = `read block ${number}: the node answered block ${block.number}`
  throw new NodeFaultError('wrong-header', message)
}

async function readLogs(ask: Ask, addresses: readonly Hex[], range: LogRange): Promise<readonly BlockLog[]> {
  const where =
    'blockHash' in range
      ? { blockHash: range.blockHash }
      : { fromBlock: numberToHex(range.from), toBlock: numberToHex(range.to) }
  const answer = await ask('eth_getLogs', [{ address: [...addresses], ...where }]).catch((error: unknown) => {
    if (!isRangeRefused(error)) throw error
    const message = 'read the logs: the node finds the range too long'
    throw new LedgerUnavailableError('answer-too-large', message, { cause: error })
  })
  return parseList(answer, 'the list of logs')
    .map(parseBlockLog)
    .toSorted((one, other) => one.blockNumber - other.blockNumber || one.logIndex - other.logIndex)
}

function parseBlockLog(answer: unknown): BlockLog {
  const { blockNumber, blockHash, logIndex, removed = false } = parseMembers(answer, 'a log')
  if (removed !== false) throw malformedAnswer('a log of no block')
  return {
    ...parseEventLog(answer),
    blockNumber: parseCount(blockNumber, 'the block of a log'),
    blockHash: parseBytes(blockHash, 'the block of a log', 32),
    logIndex: parseCount(logIndex, 'the place of a log'),
  }
}

/** JSON-RPC 2.0 and EIP-1474: no such method, none with such parameters, or one that is not supported. */
const NO_SUCH_METHOD: readonly number[] = [-32_601, -32_602, -32_004]

/** The receipts of a block: all at once, or one by one from a node that has no such question or finds them too many. */
function createReceiptReading(ask: Ask): (hash: Hex) => Promise<readonly Receipt[]> {
  let isOneByOne = false
  let gathered: Promise<unknown> = Promise.resolve()
  return async (hash) => {
    if (!isOneByOne) {
      try {
        return parseReceipts(await ask('eth_getBlockReceipts', [hash]))
      } catch (error) {
        if (isMethodMissing(error)) isOneByOne = true
        else if (!isRefusedAtOnce(error)) throw error
      }
    }
    // One block behind the other: what is gathered of one node at once is no more than of one block.
    const receipts = gathered.then(() => gatherReceipts(ask, hash))
    gathered = receipts.catch(() => undefined)
    return await receipts
  }
}

/** Digits of all receipts of a block: one of 30 million gas has no more, as every byte of a log costs 8. */
const MOST_DIGITS = 8 * 1024 * 1024

/** Each is read as it comes, so that what is none, or too much, ends it before the others are asked for. */
async function gatherReceipts(ask: Ask, hash: Hex): Promise<readonly Receipt[]> {
  const { transactions } = parseMembers(await ask('eth_getBlockByHash', [hash, false]), 'a block')
  let digits = 0
  return await askEach(parseList(transactions, 'the transactions of a block'), async (transaction) => {
    const named = parseBytes(transaction, 'the hash of a transaction', 32)
    const receipt = parseReceipt(await ask('eth_getTransactionReceipt', [named]))
    digits += sizeOfReceipt(receipt)
    if (digits <= MOST_DIGITS) return receipt
    const message = `read the receipts of block ${hash}: more than ${MOST_DIGITS} digits`
    throw new NodeFaultError('malformed', message)
  })
}

function isMethodMissing(error: unknown): boolean {
  return error instanceof NodeRefusalError && NO_SUCH_METHOD.includes(error.code)
}

/**
 * Whether each by itself may be answered all the same: engines and those who serve them refuse a question that they do
 * not have in words and by codes of their own.
 */
function isRefusedAtOnce(error: unknown): boolean {
  if (toUnavailable(error, 'ledger').code === 'answer-too-large') return true
  return error instanceof NodeRefusalError && !isBlockMissing(error)
}
