/** The newest block that stays, by the rule of its chain. */
import { LedgerUnavailableError } from '@hefu/protocol'
import { BlockNotFoundError, type PublicClient } from 'viem'
import type { Finality } from '../network/network.ts'
import { toLedgerError } from './refusal.ts'

/**
 * The number of the newest block that stays; below zero: none yet.
 *
 * @throws {LedgerUnavailableError}
 */
export async function findFinalBlock(reader: PublicClient, finality: Finality): Promise<number> {
  try {
    if (finality === 'finalized') return Number((await reader.getBlock({ blockTag: 'finalized' })).number)
    return Number(await reader.getBlockNumber({ cacheTime: 0 })) - finality
  } catch (error) {
    if (!(error instanceof BlockNotFoundError)) throw toLedgerError(error)
    const message =
      'ask for the finalized block: the node names none; the network file may say a depth instead'
    throw new LedgerUnavailableError('unreachable', message, { cause: error })
  }
}
