/** A ledger view in memory: real rules over facts that a test or an integrator states. */
import { gatherFacts } from './gather-facts.ts'
import { type LedgerBlock, type LedgerQuery, LedgerUnavailableError, type LedgerView } from './ledger-view.ts'
import type { MemoryLedger } from './memory-ledger.ts'
import { createMemorySource } from './memory-source.ts'

/**
 * A view over these facts.
 *
 * @throws {LedgerUnavailableError} from `lookup`: `block-unavailable`, and `inconsistent` for acts that no ledger takes in their order
 * @example
 * ```ts
 * createMemoryLedgerView(sample.memory).ledger // view.ledger
 * ```
 */
export function createMemoryLedgerView(memory: MemoryLedger): LedgerView {
  const source = createMemorySource(memory)
  return {
    ledger: memory.ledger,
    lookup: async (query) => {
      assertBlock(memory.block, query)
      try {
        return gatherFacts(source, query)
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        throw new LedgerUnavailableError('inconsistent', error.message, { cause: error })
      }
    },
  }
}

/** A ledger in memory is one block, and knows no other. */
function assertBlock({ number, hash }: LedgerBlock, { block }: LedgerQuery): void {
  if (block === undefined || (block.number === number && block.hash === hash)) return
  const message = `read the ledger at block ${block.number}: this one stands at block ${number}`
  throw new LedgerUnavailableError('block-unavailable', message)
}
