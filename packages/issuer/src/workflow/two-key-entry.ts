/** Entries that need two keys: this agency's proposes, the superior's makes the same call. */
import type { ActDecision, CarriedOut, Confirmer, Proposed, Submission } from '@hefu/ledger'
import { LedgerUnavailableError } from '@hefu/protocol'
import type { ActOffice, Entered } from './decision.ts'

/** What became of it, by the ledger's own events. */
export type TwoKeyEntry = Entered &
  (
    | Pick<CarriedOut, 'outcome'>
    | (Pick<Proposed, 'outcome' | 'callData' | 'call' | 'standsUntil'> & {
        /** `null`: it could not be asked who confirms. */
        readonly confirmer: Confirmer | null
      })
  )

/**
 * Waits until the call stands, and tells what it came to.
 *
 * @throws {LedgerRefusedError}
 * @throws {LedgerUnavailableError}
 */
export async function enterByTwoKeys(
  { operator }: ActOffice,
  licenceIds: readonly string[],
  { effectiveAt }: ActDecision,
  { transactionHash }: Submission,
): Promise<TwoKeyEntry> {
  const agreement = await operator.confirmAgreement({ transactionHash })
  const entered = { licenceIds, effectiveAt, transactionHash, blockNumber: agreement.blockNumber }
  if (agreement.outcome === 'carried-out') return { ...entered, outcome: agreement.outcome }
  const { outcome, callData, call, standsUntil } = agreement
  const confirmer = await findConfirmer(operator, agreement)
  return { ...entered, outcome, callData, call, standsUntil, confirmer }
}

/** The proposal stands: that the node is gone meanwhile must not read as a failure. */
async function findConfirmer(operator: ActOffice['operator'], proposed: Proposed): Promise<Confirmer | null> {
  try {
    return await operator.findConfirmer(proposed)
  } catch (error) {
    if (error instanceof LedgerUnavailableError) return null
    throw error
  }
}
