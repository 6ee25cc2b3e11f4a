/** What is now for the ledger: a clock that is wrong in an agency dates nothing. */
import type { OperatorReading } from '@hefu/ledger'
import { LedgerUnavailableError } from '@hefu/protocol'

/** The ledger's time, or this machine's while the ledger cannot be asked. */
export async function nowFor({
  operator,
  now,
}: {
  readonly operator: Pick<OperatorReading, 'readTime'>
  readonly now: () => number
}): Promise<number> {
  try {
    return await operator.readTime()
  } catch (error) {
    if (error instanceof LedgerUnavailableError) return now()
    throw error
  }
}
