/** Which chain a node serves: asked before anything is believed, and now and again since nodes are moved. */
import { LedgerUnavailableError } from '@hefu/protocol'
import type { Client } from 'viem'
import { getChainId } from 'viem/actions'
import type { ReadContract } from './unavailable.ts'

/** An answer is believed for so long: balancers and restarted nodes change what is behind an address. */
const KEEP_MS = 60_000

/** Resolves while the node serves the chain that is trusted. */
export type ChainCheck = () => Promise<void>

/**
 * A check that asks the node once a minute at most. A wrong chain, and no answer, are not kept.
 *
 * @throws {LedgerUnavailableError} from the check: `wrong-chain` when the node serves another
 */
export function createChainCheck(
  client: Client,
  trusted: number,
  contract: ReadContract,
  keepMs: number = KEEP_MS,
): ChainCheck {
  // Ours alone, by the machine's monotonic clock.
  let askedAt = Number.NEGATIVE_INFINITY
  return async () => {
    const now = performance.now()
    if (now - askedAt < keepMs) return
    const found = await getChainId(client)
    if (found !== trusted) {
      const message = `ask the ${contract} on chain ${trusted}: the node serves chain ${found}`
      throw new LedgerUnavailableError('wrong-chain', message)
    }
    askedAt = now
  }
}
