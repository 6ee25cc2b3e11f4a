/** Taking in 转入: a licence of this agency takes the place of one that another agency transferred out to it. */
import type { CredentialPlace } from '@hefu/ledger'
import {
  type ActOffice,
  type DecisionRequest,
  type Entered,
  enterDecided,
  parseDecision,
} from './decision.ts'
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
 * @throws {LedgerUnavailableError}
 */
export async function takeInLicence(
  office: ActOffice,
  request: TransferInRequest,
): Promise<TransferInOutcome> {
  const { licenceId, origin } = request
  const decided = parseDecision(request, office.now())
  const successor = { issuer: office.agency, statusIndex: await statusIndexOf(office, licenceId) }
  return enterDecided(request, decided, async (decision) => {
    const submission = await office.operator.submitTransferIn({ ...decision, successor, origin })
    const { blockNumber } = await office.operator.confirm(submission)
    const { transactionHash } = submission
    const { effectiveAt } = decision
    return { licenceIds: [licenceId], origin, effectiveAt, transactionHash, blockNumber }
  })
}
