/** The newest block that stays, by the rule of its chain. */
import type { Client } from 'viem'
import { getBlock, getBlockNumber } from 'viem/actions'
import type { Finality } from './network.ts'

/** The number of the newest block that stays; below zero: none yet. */
export async function findFinalBlock(client: Client, finality: Finality): Promise<number> {
  if (finality === 'finalized') return Number((await getBlock(client, { blockTag: 'finalized' })).number)
  return Number(await getBlockNumber(client, { cacheTime: 0 })) - finality
}
