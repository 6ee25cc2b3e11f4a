/** From when on a block stays: said by who runs the chain, since engines differ. */
import type { PublicClient } from 'viem'

/**
 * `tag`: what the node calls finalized. `depth`: a block with so many behind it; 0 for an engine whose newest block is
 * never replaced.
 */
export type Finality = { readonly tag: 'finalized' } | { readonly depth: number }

/** The number of the newest block that stays; -1: none yet. */
export async function findFinalBlock(reader: PublicClient, finality: Finality): Promise<number> {
  if ('tag' in finality) return Number((await reader.getBlock({ blockTag: 'finalized' })).number)
  return Number(await reader.getBlockNumber({ cacheTime: 0 })) - finality.depth
}
