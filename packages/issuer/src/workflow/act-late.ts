/** Acts that took effect more than 31 days ago: one key may not enter them any more, two may. */
import type { LegalAct } from '@hefu/ledger'
import { IssuerError } from '../error/issuer-error.ts'
import { endOf } from './act-on-licences.ts'
import { type ActOffice, type DecisionRequest, parseDecision } from './decision.ts'
import { statusIndexesOf } from './licence-places.ts'
import { enterByTwoKeys, type TwoKeyEntry } from './two-key-entry.ts'

export interface LateActRequest extends DecisionRequest {
  /** An annulment is entered at any time by one key. */
  readonly act: Exclude<LegalAct['act'], 'annul'>
  readonly licenceIds: readonly string[]
  /** Day after which a suspension or restriction is over, `YYYY-MM-DD`: its end in China. */
  readonly until?: string
}

/** A day less than the ledger's 31: its clock and ours may differ, and what neither way takes could never be entered. */
const RECENT_SECONDS = 30 * 86_400

/**
 * Proposes a late act on all the licences, or on none; the superior of the agency's region confirms it.
 *
 * @throws {IssuerError} as `parseDecision` and `statusIndexesOf`, and `until-not-a-date`; `act-not-late` for what
 *   this agency enters alone
 * @throws {LedgerRefusedError}
 * @throws {LedgerUnavailableError}
 */
export async function actLate(office: ActOffice, request: LateActRequest): Promise<TwoKeyEntry> {
  const { act, licenceIds, until } = request
  const decision = parseDecision(request, office.now())
  if (decision.effectiveAt >= office.now() - RECENT_SECONDS) {
    throw new IssuerError('act-not-late', { value: request.effective })
  }
  const indices = await statusIndexesOf(office, licenceIds)
  const late = { ...decision, act, indices, ...endOf(act, until, decision) }
  const submission = await office.operator.submitLateAct(office.agency, late)
  return enterByTwoKeys(office, licenceIds, decision, submission)
}
