/** Corrections 更正: what a decision that was quashed, or entered wrongly, should have said. */
import type { Correction } from '@hefu/ledger'
import { type ActOffice, type DecisionRequest, enterDecided, parseDecision } from './decision.ts'
import { statusIndexesOf } from './licence-places.ts'
import { enterByTwoKeys, type TwoKeyEntry } from './two-key-entry.ts'

export interface CorrectionRequest extends DecisionRequest {
  readonly licenceIds: readonly string[]
  /** The status from the effective time on, whatever the acts before it said. */
  readonly toStatus: Correction['status']
}

/**
 * Proposes a correction of all the licences, or of none; the superior of the agency's region confirms it.
 *
 * @throws {IssuerError} as `parseDecision` and `statusIndexesOf`
 * @throws {LedgerRefusedError} such as `CorrectionAfterSuccessor`
 * @throws {LedgerUnavailableError}
 */
export async function correctLicences(office: ActOffice, request: CorrectionRequest): Promise<TwoKeyEntry> {
  const { licenceIds, toStatus: status } = request
  const decided = parseDecision(request, office.now())
  const indices = await statusIndexesOf(office, licenceIds)
  return enterDecided(request, decided, async (decision) => {
    const submission = await office.operator.submitCorrection(office.agency, { ...decision, indices, status })
    return enterByTwoKeys(office, licenceIds, decision, submission)
  })
}
