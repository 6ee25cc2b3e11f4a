/** Blocks of the one chain that a node is on, each behind the one before it. */
import { LedgerUnavailableError } from '@hefu/protocol'
import { askEach } from './bounded-asking.ts'
import type { BlockHeader, NodeReader, ReadBlock } from './node-reader.ts'
import type { BlockRange } from './pages.ts'

/** Headers that are asked for together: of a kilobyte or two each, and many in one request where the node takes that. */
const HEADERS_AT_ONCE = 300

/** The node changed chains while it was asked, or two nodes answer in turn: what it said does not fit together. */
export function twoChains(number: number): LedgerUnavailableError {
  const message = `follow the ledger at block ${number}: the node answers from two chains`
  return new LedgerUnavailableError('inconsistent', message)
}

/** @throws {LedgerUnavailableError} also when the chain is not so long, though the node had said so */
export async function readBlock(reader: NodeReader, number: number): Promise<ReadBlock> {
  const block = await reader.block(number)
  if (block === null) throw twoChains(number)
  return block
}

/** @throws {LedgerUnavailableError} as {@link readBlock} */
export function readEach(reader: NodeReader, numbers: readonly number[]): Promise<readonly ReadBlock[]> {
  return askEach(numbers, (number) => readBlock(reader, number), HEADERS_AT_ONCE)
}

/**
 * All blocks of a range, linked to one another and to the one before them.
 *
 * @param parent `null`: nothing is known before them
 * @throws {LedgerUnavailableError}
 */
export async function readBlocks(
  reader: NodeReader,
  { from, to }: BlockRange,
  parent: BlockHeader | null,
): Promise<readonly ReadBlock[]> {
  const numbers = Array.from({ length: to - from + 1 }, (_, place) => from + place)
  const blocks = await readEach(reader, numbers)
  let before = parent
  for (const block of blocks) {
    if (before !== null && block.parentHash !== before.hash) throw twoChains(block.number)
    before = block
  }
  return blocks
}
