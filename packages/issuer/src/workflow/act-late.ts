/** Acts that took effect more than 31 days ago: one key may not enter them any more, two may. */
import type { LegalAct } from '@hefu/ledger'
import { IssuerError } from '../error/issuer-error.ts'
import { endOf } from './act-on-licences.ts'
import { type ActOffice, type DecisionRequest, decisionOf, parseDecision } from './decision.ts'
import type { EntryDraft } from './enter.ts'
import { nowFor } from './ledger-time.ts'
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
 * @throws {EntryWaitingError} it is kept, and goes on by `finishBatches`
 */
export async function actLate(office: ActOffice, request: LateActRequest): Promise<TwoKeyEntry> {
  return enterByTwoKeys(office, await draftLateAct(office, request))
}

/**
 * A late act as it is entered; nothing is written down yet.
 *
 * @throws {IssuerError} as `actLate`
 */
export async function draftLateAct(office: ActOffice, request: LateActRequest): Promise<EntryDraft> {
  const { act, licenceIds, until } = request
  const now = await nowFor(office)
  const decided = parseDecision(act, request, now)
  const { effectiveAt } = decided
  if (effectiveAt === null || effectiveAt >= now - RECENT_SECONDS) {
    throw new IssuerError('act-not-late', { value: request.effective })
  }
  const indices = await statusIndexesOf(office, licenceIds)
  const late = { ...decisionOf(decided), act, indices, ...endOf(act, until, effectiveAt) }
  return { call: { kind: 'late-act', issuer: office.agency, act: late }, licenceIds, effectiveAt }
}
