/** Logs that were asked for, and no others: what else a node says shows that it is not to be believed. */
import { type Hex, LedgerUnavailableError } from '@hefu/protocol'
import type { BlockLog, LogRange, NodeReader } from './node-reader.ts'

/**
 * @returns logs of these addresses in this range, each once, in the order of the chain
 * @throws {LedgerUnavailableError} `inconsistent` when the node answers any other
 */
export async function readAskedLogs(
  reader: NodeReader,
  addresses: readonly Hex[],
  range: LogRange,
): Promise<readonly BlockLog[]> {
  const logs = await reader.logs(addresses, range)
  let before: BlockLog | null = null
  for (const log of logs) {
    if (!addresses.includes(log.address))
      throw unasked(log, `one of ${log.address}, which was not asked about`)
    if (!isIn(log, range)) throw unasked(log, 'one of a block that was not asked about')
    if (before !== null && !isBehind(log, before)) throw unasked(log, 'one twice')
    before = log
  }
  return logs
}

function isIn({ blockNumber, blockHash }: BlockLog, range: LogRange): boolean {
  if ('blockHash' in range) return blockHash === range.blockHash
  return range.from <= blockNumber && blockNumber <= range.to
}

function isBehind(log: BlockLog, before: BlockLog): boolean {
  if (log.blockNumber !== before.blockNumber) return log.blockNumber > before.blockNumber
  return log.logIndex > before.logIndex
}

function unasked({ blockNumber, logIndex }: BlockLog, what: string): LedgerUnavailableError {
  const message = `read log ${logIndex} of block ${blockNumber}: the node answered ${what}`
  return new LedgerUnavailableError('inconsistent', message)
}
