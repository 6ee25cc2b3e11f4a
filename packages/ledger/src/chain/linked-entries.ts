/** Entries of the ledger of which each names the block of the one before: read back to the first, block by block. */
import { LedgerUnavailableError } from '@hefu/protocol'

/** An entry; `previousBlock` 0: it is the first. */
export interface LinkedEntry {
  readonly previousBlock: number
}

/** Where the ledger's state says that the entries end. */
export interface EndOfEntries {
  /** Block of the newest entry; 0: there is none. */
  readonly lastBlock: number
  readonly count: number
}

/** Entries that are followed for one answer, each a request of its own, one behind the other. */
const MOST_FOLLOWED = 256

/** Whether so many entries are followed; more are not, whoever entered them: nobody is to make a reader read on. */
export function isFollowed({ count }: EndOfEntries): boolean {
  return count <= MOST_FOLLOWED
}

/**
 * All entries in the order of the ledger. As many single blocks are read as entries lie in different ones, and a
 * node that hides, adds or shifts one is noticed: links and counter would not fit.
 *
 * @param read the entries of one block in their order; may come from a node that lies
 * @throws {LedgerUnavailableError} `history-too-long` before anything is read, unless {@link isFollowed}; `inconsistent`
 *   when they do not fit together
 */
export async function followEntries<T extends LinkedEntry>(
  end: EndOfEntries,
  read: (block: number) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const { lastBlock, count } = end
  if (!isFollowed(end)) throw tooLong(count)
  let entries: readonly T[] = []
  let block = lastBlock
  while (block !== 0) {
    const found = await read(block)
    entries = [...found, ...entries]
    block = blockBefore(found, block)
    if (entries.length > count) break
  }
  if (entries.length === count) return entries
  throw inconsistent(`the node tells of ${entries.length} entries, the ledger’s state of ${count}`)
}

/** The first entry of a block names an earlier one, every other this one. */
function blockBefore(found: readonly LinkedEntry[], block: number): number {
  const [first, ...others] = found
  if (first === undefined) throw inconsistent(`the node has no entry in block ${block}`)
  const isLinked = first.previousBlock < block && others.every(({ previousBlock }) => previousBlock === block)
  if (!isLinked) throw inconsistent(`the entries in block ${block} are not linked with those before`)
  return first.previousBlock
}

function tooLong(count: number): LedgerUnavailableError {
  return new LedgerUnavailableError(
    'history-too-long',
    `read the history of a licence: it has ${count} entries, at most ${MOST_FOLLOWED} are followed`,
  )
}

function inconsistent(reason: string): LedgerUnavailableError {
  return new LedgerUnavailableError('inconsistent', `read the history of a licence: ${reason}`)
}
