/** What a contract told before the ledger named it. */
import type { Hex } from '@hefu/protocol'
import { readAskedLogs } from './asked-logs.ts'
import { type PlacedLog, placeLogs, readBlockLogs } from './block-logs.ts'
import { readBlocks, readEach, twoChains } from './chain-blocks.ts'
import type { BlockLog, NodeReader, ReadBlock } from './node-reader.ts'
import { type BlockRange, PAGE, Pages } from './pages.ts'

/**
 * Of the newest {@link PAGE} blocks every header is read, for there a node may be behind; of those before them the
 * headers of blocks that have logs: a past of years is not read a second time, block by block.
 *
 * @param from the ledger's deployment: no fact is older
 * @param end the block behind the last one
 * @throws {LedgerUnavailableError}
 */
export async function readPastLogs(
  reader: NodeReader,
  addresses: readonly Hex[],
  from: number,
  end: ReadBlock,
): Promise<readonly PlacedLog[]> {
  const near = Math.max(from, end.number - PAGE)
  return [
    ...(await readLongPast(reader, addresses, { from, to: near - 1 })),
    ...(await readNearPast(reader, addresses, near, end)),
  ]
}

async function readLongPast(
  reader: NodeReader,
  addresses: readonly Hex[],
  range: BlockRange,
): Promise<readonly PlacedLog[]> {
  const logs: BlockLog[] = []
  await new Pages().through(range, async (page) => {
    logs.push(...(await readAskedLogs(reader, addresses, page)))
  })
  const numbers = [...new Set(logs.map(({ blockNumber }) => blockNumber))]
  const blocks = await readEach(reader, numbers)
  const placed = placeLogs(logs, blocks)
  // Which blocks have some is told by nodes that agree; what they are is held by headers, where these hold anything.
  return reader.heldLogs === undefined ? placed : await readBlockLogs(reader, addresses, blocks)
}

async function readNearPast(
  reader: NodeReader,
  addresses: readonly Hex[],
  from: number,
  end: ReadBlock,
): Promise<readonly PlacedLog[]> {
  const logs: PlacedLog[] = []
  const read: ReadBlock[] = []
  await new Pages().through({ from, to: end.number - 1 }, async (page) => {
    const blocks = await readBlocks(reader, page, read.at(-1) ?? null)
    logs.push(...(await readBlockLogs(reader, addresses, blocks)))
    read.push(...blocks)
  })
  const last = read.at(-1)
  if (last !== undefined && last.hash !== end.parentHash) throw twoChains(end.number)
  return logs
}
