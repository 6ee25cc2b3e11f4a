/** Dissolutions 解除接替: a supersession or a transfer in that was entered wrongly. */
import type { CredentialPlace } from '@hefu/ledger'
import { IssuerError } from '../error/issuer-error.ts'
import { type ActOffice, type DecisionRequest, decisionOf, parseDecision } from './decision.ts'
import type { EntryDraft } from './enter.ts'
import { nowFor } from './ledger-time.ts'
import { statusIndexOf } from './licence-places.ts'
import { enterByTwoKeys, type TwoKeyEntry } from './two-key-entry.ts'

export interface DissolutionRequest extends DecisionRequest {
  /** Identifier of the licence of this agency that took the place. */
  readonly licenceId: string
  /** Whose place it took. */
  readonly origin: CredentialPlace
}

/**
 * Whose place a licence of this agency took, by the ledger's word.
 *
 * @throws {IssuerError} `took-no-place`, and as `statusIndexOf`
 * @throws {LedgerUnavailableError}
 */
export async function findOrigin(office: ActOffice, licenceId: string): Promise<CredentialPlace> {
  const { agency: issuer, operator } = office
  const origin = await operator.findOrigin({ issuer, statusIndex: await statusIndexOf(office, licenceId) })
  if (origin === null) throw new IssuerError('took-no-place', { licenceId })
  return origin
}

/**
 * Proposes that the two licences are linked no more; the superior of the agency's region confirms it.
 *
 * @throws {IssuerError} as `parseDecision` and `statusIndexOf`
 * @throws {LedgerRefusedError} such as `SuccessionUnknown`
 * @throws {EntryWaitingError} it is kept, and goes on by `finishBatches`
 */
export async function dissolveSuccession(
  office: ActOffice,
  request: DissolutionRequest,
): Promise<TwoKeyEntry> {
  return enterByTwoKeys(office, await draftDissolution(office, request))
}

/**
 * A dissolution as it is entered; nothing is written down yet.
 *
 * @throws {IssuerError} as `dissolveSuccession`
 */
export async function draftDissolution(office: ActOffice, request: DissolutionRequest): Promise<EntryDraft> {
  const { licenceId, origin } = request
  const decided = parseDecision('dissolution', request, await nowFor(office))
  const successor = { issuer: office.agency, statusIndex: await statusIndexOf(office, licenceId) }
  const act = { ...decisionOf(decided), successor, origin }
  return { call: { kind: 'dissolution', act }, licenceIds: [licenceId], effectiveAt: decided.effectiveAt }
}
