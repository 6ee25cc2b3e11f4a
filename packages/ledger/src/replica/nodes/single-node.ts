/** What one node answers, on its own word. */
import { type Hex, LedgerUnavailableError } from '@hefu/protocol'
import { numberToHex } from 'viem'
import { BlockUnknownError, type NodeSilence, NodeSilenceError } from '../../chain/node-error.ts'
import type { RpcLedgerViewOptions } from '../../chain/node-post.ts'
import { createChainCheck } from '../../chain/served-chain.ts'
import { isBlockMissing, toUnavailable } from '../../chain/unavailable.ts'
import type { BlockLog, LogRange, ReadBlock } from '../blocks/node-reader.ts'
import { type Ask, createBatchedAsking } from './batched-asking.ts'
import { type HashOf, parseBlock } from './block-header.ts'
import { type HeldBlock, parseEventLog, readHeldLogs } from './block-receipts.ts'
import { malformedAnswer, parseBytes, parseCount, parseList, parseMembers } from './node-answer.ts'
import { NodeFaultError } from './node-fault.ts'
import { connectLine } from './node-line.ts'
import { bytesOfReceipts, OverlongAnswerError } from './overlong-answer.ts'
import { createReceiptReading } from './receipt-reading.ts'
import { isRangeRefused } from './refused-range.ts'

/** All logs of a block, and the bytes that an answer of its receipts has at most. */
export interface ProvenLogs {
  readonly logs: readonly BlockLog[]
  readonly bytes: number
}

/**
 * A node, asked by itself. Every function throws {@link LedgerUnavailableError}: `block-unavailable` where it says that
 * it has no such block, which is no fault, for a block is replaced; a `NodeFaultError` for what is no answer; an
 * `OverlongAnswerError` of logs.
 */
export interface SingleNode {
  newest(): Promise<ReadBlock>
  /** `null`: its chain is not so long. */
  block(number: number): Promise<ReadBlock | null>
  /** The newest block that it calls final. */
  finalBlock(): Promise<ReadBlock>
  logs(addresses: readonly Hex[], range: LogRange): Promise<readonly BlockLog[]>
  /** All logs of a block whose header holds them. */
  blockLogs(block: HeldBlock): Promise<ProvenLogs>
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
  /** Of a block that it may not have. */
  const askedOf = <Answer>(question: () => Promise<Answer>): Promise<Answer> =>
    asked(() => question().catch(namedBlockError))
  const tagged = (tag: string): Promise<unknown> => ask('eth_getBlockByNumber', [tag, false])
  return {
    newest: () => asked(async () => parseBlock(await tagged('latest'), hashOf)),
    finalBlock: () =>
      askedOf(async () => {
        const answer = await tagged('finalized')
        // Of a chain that has just begun nothing is final.
        if (answer === null) throw new BlockUnknownError()
        return parseBlock(answer, hashOf)
      }),
    block: (number) =>
      asked(async () => {
        const answer = await findBlock(askTogether, number)
        return answer === null ? null : numbered(parseBlock(answer, hashOf), number)
      }),
    logs: (addresses, range) => askedOf(() => readLogs(ask, addresses, range).catch(orOverlong)),
    blockLogs: (block) =>
      askedOf(async () => {
        const receipts = await receiptsOf(block.hash).catch(orOverlong)
        return { logs: await readHeldLogs(receipts, block), bytes: bytesOfReceipts(receipts) }
      }),
  }
}

/** What is no answer at all shows a fault; that none came does not. */
function toNodeError(error: unknown): LedgerUnavailableError {
  const fault = noAnswer(error)
  if (fault === null) return toUnavailable(error, 'ledger')
  return new NodeFaultError('malformed', `read the node’s answer: ${fault}`, { cause: error })
}

/** In words; `null`: it may be one, or none came. */
function noAnswer(error: unknown): string | null {
  // Of what is nested deeper than anything that is read.
  if (error instanceof RangeError) return 'it cannot be read'
  if (!(error instanceof NodeSilenceError)) return null
  return NO_ANSWERS[error.silence] ?? null
}

const NO_ANSWERS: Readonly<Partial<Record<NodeSilence, string>>> = {
  'no-json': 'it is no JSON',
  'too-large': 'it is longer than any true one',
  redirected: 'it names another address, which is not asked',
}

/** Of logs alone a true answer may be so long. */
function orOverlong(error: unknown): never {
  const isOverlong = error instanceof NodeSilenceError && error.silence === 'too-large'
  throw isOverlong ? new OverlongAnswerError({ cause: error }) : error
}

/** What is no number of a chain shows a fault; another chain is one that the node may well serve. */
function namedChainError(error: unknown): never {
  const isUnread = error instanceof LedgerUnavailableError && error.code === 'inconsistent'
  throw isUnread ? malformedAnswer('the number of its chain') : error
}

/** That it has no such block shows none either: it was replaced, or has not come to this node. */
function namedBlockError(error: unknown): never {
  if (!isBlockMissing(error)) throw error
  const message = 'ask the node: it knows no such block'
  throw new LedgerUnavailableError('block-unavailable', message, { cause: error })
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
