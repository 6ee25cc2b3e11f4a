/** Corrections 更正: what a decision that was quashed, or entered wrongly, should have said. */
import type { Correction } from '@hefu/ledger'
import { type ActOffice, type DecisionRequest, decisionOf, parseDecision } from './decision.ts'
import type { EntryDraft } from './enter.ts'
import { nowFor } from './ledger-time.ts'
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
 * @throws {EntryWaitingError} it is kept, and goes on by `finishBatches`
 */
export async function correctLicences(office: ActOffice, request: CorrectionRequest): Promise<TwoKeyEntry> {
  return enterByTwoKeys(office, await draftCorrection(office, request))
}

/**
 * A correction as it is entered; nothing is written down yet.
 *
 * @throws {IssuerError} as `correctLicences`
 */
export async function draftCorrection(office: ActOffice, request: CorrectionRequest): Promise<EntryDraft> {
  const { licenceIds, toStatus: status } = request
  const decided = parseDecision('correction', request, await nowFor(office))
  const indices = await statusIndexesOf(office, licenceIds)
  const act = { ...decisionOf(decided), indices, status }
  const { effectiveAt } = decided
  return { call: { kind: 'correction', issuer: office.agency, act }, licenceIds, effectiveAt }
}
