/** From when on a block stays: said by who runs the chain, since engines differ. */
import type { Client } from 'viem'
import { getBlock, getBlockNumber } from 'viem/actions'

/**
 * `tag`: what the node calls finalized. `depth`: a block with so many behind it; 0 for an engine whose newest block is
 * never replaced.
 */
export type Finality = { readonly tag: 'finalized' } | { readonly depth: number }

/** The number of the newest block that stays; below zero: none yet. */
export async function findFinalBlock(client: Client, finality: Finality): Promise<number> {
  if ('tag' in finality) return Number((await getBlock(client, { blockTag: 'finalized' })).number)
  return Number(await getBlockNumber(client, { cacheTime: 0 })) - finality.depth
}
