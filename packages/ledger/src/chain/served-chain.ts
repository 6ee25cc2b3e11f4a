/** Which chain a node serves: asked before anything is believed, and now and again since nodes are moved. */
import { LedgerUnavailableError } from '@hefu/protocol'
import type { NodeClient, NodeQuestion } from './node-client.ts'
import { parseQuantity } from './node-questions.ts'
import type { ReadContract } from './unavailable.ts'

/** An answer is believed for so long: balancers and restarted nodes change what is behind an address. */
const KEEP_MS = 60_000

/** What a node is asked for it. */
export const CHAIN_QUESTION: NodeQuestion = { method: 'eth_chainId', params: [] }

/** Resolves while the node serves the chain that is trusted. */
export interface ChainCheck {
  /** @param by a client of the node, the same at each time */
  (by: NodeClient): Promise<void>
  /** Whether the node would be asked now. */
  isDue(): boolean
  /** Takes an answer to {@link CHAIN_QUESTION}, which was asked beside another question. */
  take(answer: unknown): void
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
  let takenAt = Number.NEGATIVE_INFINITY
  const isDue = (): boolean => performance.now() - takenAt >= keepMs
  const take = (answer: unknown): void => {
    const found = parseQuantity(answer)
    if (found !== trusted) {
      const message = `ask the ${contract} on chain ${trusted}: the node serves chain ${found}`
      throw new LedgerUnavailableError('wrong-chain', message)
    }
    takenAt = performance.now()
  }
  const assertChain = async (by: NodeClient): Promise<void> => {
    if (isDue()) take(await by.ask(CHAIN_QUESTION))
  }
  return Object.assign(assertChain, { isDue, take })
}
