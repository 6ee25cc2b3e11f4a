/** Notices 标注 beside the status of licences: entered, and lifted by the same code. */
import type { Notice } from '@hefu/ledger'
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
 * @throws {EntryWaitingError} it is kept, and goes on by `finishBatches`
 */
export async function noteLicences(office: ActOffice, request: NoticeRequest): Promise<NoticeOutcome> {
  return { code: request.code, ...enteredOf(await enter(office, await draftNotice(office, request))) }
}

/**
 * Lifts a notice from all the licences, or from none; their other notices stay.
 *
 * @throws {IssuerError} as `noteLicences`
 * @throws {LedgerRefusedError} such as `NoticeUnchanged`
 * @throws {EntryWaitingError} it is kept, and goes on by `finishBatches`
 */
export async function liftNotices(office: ActOffice, request: NoticeRequest): Promise<NoticeOutcome> {
  return { code: request.code, ...enteredOf(await enter(office, await draftNoticeLifted(office, request))) }
}

/**
 * A notice as it is entered; nothing is written down yet.
 *
 * @throws {IssuerError} as `noteLicences`
 */
export async function draftNotice(office: ActOffice, request: NoticeRequest): Promise<EntryDraft> {
  const { licenceIds, effectiveAt, act } = await draft('notice', office, request)
  return { call: { kind: 'notice', issuer: office.agency, act }, licenceIds, effectiveAt }
}

/**
 * The lifting of a notice as it is entered; nothing is written down yet.
 *
 * @throws {IssuerError} as `noteLicences`
 */
export async function draftNoticeLifted(office: ActOffice, request: NoticeRequest): Promise<EntryDraft> {
  const { licenceIds, effectiveAt, act } = await draft('notice-lifted', office, request)
  return { call: { kind: 'notice-lifted', issuer: office.agency, act }, licenceIds, effectiveAt }
}

async function draft(
  deed: 'notice' | 'notice-lifted',
  office: ActOffice,
  request: NoticeRequest,
): Promise<Omit<EntryDraft, 'call'> & { readonly act: Notice }> {
  const { licenceIds, code } = request
  const decided = parseDecision(deed, request, await nowFor(office))
  const indices = await statusIndexesOf(office, licenceIds)
  const { effectiveAt } = decided
  return { licenceIds, effectiveAt, act: { ...decisionOf(decided), code, indices } }
}
