/** Notices 标注 beside the status of licences: entered, and lifted by the same code. */
import type { Notice, Submission } from '@hefu/ledger'
import {
  type ActOffice,
  type DecisionRequest,
  type Entered,
  enterDecided,
  parseDecision,
} from './decision.ts'
import { statusIndexesOf } from './licence-places.ts'

export interface NoticeRequest extends DecisionRequest {
  readonly licenceIds: readonly string[]
  /** See `parseNoticeCode`. */
  readonly code: number
}

/** A notice that was entered or lifted. */
export interface NoticeOutcome extends Entered {
  readonly code: number
}

/**
 * Enters a notice on all the licences, or on none; their status stays what it is.
 *
 * @throws {IssuerError} as `parseDecision` and `statusIndexesOf`
 * @throws {LedgerRefusedError} such as `NoticeUnchanged`
 * @throws {LedgerUnavailableError}
 */
export async function noteLicences(office: ActOffice, request: NoticeRequest): Promise<NoticeOutcome> {
  return enter(office, request, (notice) => office.operator.submitNotice(office.agency, notice))
}

/**
 * Lifts a notice from all the licences, or from none; their other notices stay.
 *
 * @throws {IssuerError} as `noteLicences`
 * @throws {LedgerRefusedError} such as `NoticeUnchanged`
 * @throws {LedgerUnavailableError}
 */
export async function liftNotices(office: ActOffice, request: NoticeRequest): Promise<NoticeOutcome> {
  return enter(office, request, (notice) => office.operator.submitNoticeLifted(office.agency, notice))
}

async function enter(
  office: ActOffice,
  request: NoticeRequest,
  submit: (notice: Notice) => Promise<Submission>,
): Promise<NoticeOutcome> {
  const { licenceIds, code } = request
  const decided = parseDecision(request, office.now())
  const indices = await statusIndexesOf(office, licenceIds)
  return enterDecided(request, decided, async (decision) => {
    const submission = await submit({ ...decision, code, indices })
    const { blockNumber } = await office.operator.confirm(submission)
    const { transactionHash } = submission
    return { code, licenceIds, effectiveAt: decision.effectiveAt, transactionHash, blockNumber }
  })
}
