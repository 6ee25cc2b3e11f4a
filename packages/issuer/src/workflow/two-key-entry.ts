/** Entries that need two keys: this agency's proposes, the superior's makes the same call. */
import type { CarriedOut, Confirmer, Proposed } from '@hefu/ledger'
import { LedgerUnavailableError } from '@hefu/protocol'
import { type ActOffice, type Entered, enteredOf } from './decision.ts'
import { type EntryDraft, enter } from './enter.ts'

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
 * Enters the first call of two keys, and tells what it came to.
 *
 * @throws {LedgerRefusedError}
 * @throws {EntryWaitingError} it is kept, and goes on by `finishBatches`
 */
export async function enterByTwoKeys(office: ActOffice, draft: EntryDraft): Promise<TwoKeyEntry> {
  const { operator } = office
  const entry = await enter(office, draft)
  const agreement = await operator.agreementOf(entry.settlement)
  const entered = enteredOf(entry)
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
