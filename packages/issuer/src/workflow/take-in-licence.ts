/** Taking in 转入: a licence of this agency takes the place of one that another agency transferred out to it. */
import type { CredentialPlace } from '@hefu/ledger'
import {
  type ActOffice,
  type DecisionRequest,
  decisionOf,
  type Entered,
  enteredOf,
  parseDecision,
} from './decision.ts'
import { type EntryDraft, enter } from './enter.ts'
import { nowFor } from './ledger-time.ts'
import { statusIndexOf } from './licence-places.ts'

export interface TransferInRequest extends DecisionRequest {
  /** Identifier of the licence that takes the place, anchored already. */
  readonly licenceId: string
  readonly origin: CredentialPlace
}

/** A transfer that stands on the ledger. */
export interface TransferInOutcome extends Entered {
  readonly origin: CredentialPlace
}

/**
 * Enters the transfer: from now on the origin is closed and the licence stands in its place.
 *
 * @throws {IssuerError} as `parseDecision`, and `licence-unknown`, `licence-not-anchored`
 * @throws {LedgerRefusedError} such as `TransferElsewhere`
 * @throws {EntryWaitingError} it is kept, and goes on by `finishBatches`
 */
export async function takeInLicence(
  office: ActOffice,
  request: TransferInRequest,
): Promise<TransferInOutcome> {
  return { origin: request.origin, ...enteredOf(await enter(office, await draftTransferIn(office, request))) }
}

/**
 * A transfer as it is entered; nothing is written down yet.
 *
 * @throws {IssuerError} as `takeInLicence`
 */
export async function draftTransferIn(office: ActOffice, request: TransferInRequest): Promise<EntryDraft> {
  const { licenceId, origin } = request
  const decided = parseDecision('transfer-in', request, await nowFor(office))
  const successor = { issuer: office.agency, statusIndex: await statusIndexOf(office, licenceId) }
  const act = { ...decisionOf(decided), successor, origin }
  return { call: { kind: 'transfer-in', act }, licenceIds: [licenceId], effectiveAt: decided.effectiveAt }
}
