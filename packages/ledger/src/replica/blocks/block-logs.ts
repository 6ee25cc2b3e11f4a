/** All that contracts told in blocks that are known, however little of them the asked node has. */
import { type Hex, LedgerUnavailableError } from '@hefu/protocol'
import { readAskedLogs } from './asked-logs.ts'
import { askEach } from './bounded-asking.ts'
import { twoChains } from './chain-blocks.ts'
import { bloomTest } from './log-bloom.ts'
import type { BlockLog, NodeReader, ReadBlock } from './node-reader.ts'

/** Characters of data in the logs of several blocks, as many as a node is heard to the end with: a page is held whole. */
const MOST_CHARACTERS = 4 * 1024 * 1024

/** A log, and the chain's block that it stands in. */
export interface PlacedLog {
  readonly log: BlockLog
  readonly block: ReadBlock
}

/**
 * All that these addresses told in blocks that stand one behind the other: by their headers where these hold it, and
 * otherwise by what is told of the range.
 *
 * @throws {LedgerUnavailableError} `answer-too-large`: fewer blocks may be answered
 */
export async function readBlockLogs(
  reader: NodeReader,
  addresses: readonly Hex[],
  blocks: readonly ReadBlock[],
): Promise<readonly PlacedLog[]> {
  if (reader.heldLogs === undefined) return await readRangeLogs(reader, addresses, blocks)
  let characters = 0
  const read = async (block: ReadBlock): Promise<readonly PlacedLog[]> => {
    const logs = await readLogsOf(reader, addresses, block)
    for (const { log } of logs) characters += log.data.length
    if (characters > MOST_CHARACTERS && blocks.length > 1) throw tooMuch(blocks)
    return logs
  }
  return (await askEach(blocks, read)).flat()
}

/**
 * All that these addresses told in one block.
 *
 * @throws {LedgerUnavailableError}
 */
export async function readLogsOf(
  reader: NodeReader,
  addresses: readonly Hex[],
  block: ReadBlock,
): Promise<readonly PlacedLog[]> {
  const { hash: blockHash, number } = block
  const logs =
    (await reader.heldLogs?.(addresses, block)) ??
    (await readAskedLogs(reader, addresses, { blockHash, number }))
  return placeLogs(logs, [block])
}

/**
 * A node that is behind the one that was asked before answers a range short and says nothing of it. So whatever block
 * may hold a log by its header, and had none in the answer, is asked for by its hash, which such a node does not know.
 *
 * @param blocks one behind the other
 * @throws {LedgerUnavailableError}
 */
async function readRangeLogs(
  reader: NodeReader,
  addresses: readonly Hex[],
  blocks: readonly ReadBlock[],
): Promise<readonly PlacedLog[]> {
  const [first, last] = [blocks[0], blocks.at(-1)]
  if (first === undefined || last === undefined) return []
  const logs = placeLogs(
    await readAskedLogs(reader, addresses, { from: first.number, to: last.number }),
    blocks,
  )
  const told = new Set(logs.map(({ block }) => block))
  const mayHold = bloomTest(addresses)
  const silent = blocks.filter((block) => !told.has(block) && mayHold(block.logsBloom))
  const missing = await askEach(silent, (block) => readLogsOf(reader, addresses, block))
  // Stable: within a block they stay in the order of the chain.
  return [...logs, ...missing.flat()].toSorted((one, other) => one.block.number - other.block.number)
}

function tooMuch(blocks: readonly ReadBlock[]): LedgerUnavailableError {
  const [first, last] = [blocks[0]?.number, blocks.at(-1)?.number]
  const message = `read the logs of the blocks ${first} to ${last}: more than are held together`
  return new LedgerUnavailableError('answer-too-large', message)
}

/**
 * Each log with its block.
 *
 * @throws {LedgerUnavailableError} when the chain has no such block, or another
 */
export function placeLogs(logs: readonly BlockLog[], blocks: readonly ReadBlock[]): readonly PlacedLog[] {
  const byNumber = new Map(blocks.map((block) => [block.number, block]))
  return logs.map((log) => {
    const block = byNumber.get(log.blockNumber)
    if (block?.hash !== log.blockHash) throw twoChains(log.blockNumber)
    return { log, block }
  })
}
