/** Which chain a node serves: asked before anything is believed, and now and again since nodes are moved. */
import { LedgerUnavailableError } from '@hefu/protocol'
import type { Client } from 'viem'
import { askChainId } from './node-questions.ts'
import type { ReadContract } from './unavailable.ts'

/** An answer is believed for so long: balancers and restarted nodes change what is behind an address. */
const KEEP_MS = 60_000

/** Resolves while the node serves the chain that is trusted. */
export interface ChainCheck {
  /** @param by a client of the node, the same at each time */
  (by: Client): Promise<void>
  /** Whether the node would be asked now. */
  isDue(): boolean
}

/**
 * A check that asks the node once a minute at most. A wrong chain, and no answer, are not kept.
 *
 * @throws {LedgerUnavailableError} from the check: `wrong-chain` when the node serves another
 */
export function createChainCheck(
  trusted: number,
  contract: ReadContract,
  keepMs: number = KEEP_MS,
): ChainCheck {
  // Ours alone, by the machine's monotonic clock.
  let askedAt = Number.NEGATIVE_INFINITY
  const isDue = (): boolean => performance.now() - askedAt >= keepMs
  const assertChain = async (by: Client): Promise<void> => {
    if (!isDue()) return
    const now = performance.now()
    const found = await askChainId(by)
    if (found !== trusted) {
      const message = `ask the ${contract} on chain ${trusted}: the node serves chain ${found}`
      throw new LedgerUnavailableError('wrong-chain', message)
    }
    askedAt = now
  }
  return Object.assign(assertChain, { isDue })
}
