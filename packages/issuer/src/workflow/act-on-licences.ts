/** Legal acts on issued licences: 暂扣, 发还, 吊销, 撤销 and the others. */
import type { DecidedCall, LegalAct } from '@hefu/ledger'
import { endOfDay, isCalendarDate, isUscc, type StatusAct } from '@hefu/protocol'
import { IssuerError } from '../error/issuer-error.ts'
import {
  type ActOffice,
  type DecisionRequest,
  decisionOf,
  type Entered,
  enteredOf,
  type ParsedDecision,
  parseDecision,
} from './decision.ts'
import { type EntryDraft, enter } from './enter.ts'
import { nowFor } from './ledger-time.ts'
import { statusIndexesOf, statusIndexOf } from './licence-places.ts'

export interface ActRequest extends DecisionRequest {
  readonly act: StatusAct
  readonly licenceIds: readonly string[]
  /** Day after which a suspension or restriction is over, `YYYY-MM-DD`: its end in China. */
  readonly until?: string
  /** Of a transfer out: USCC of the agency that may take the licences in. */
  readonly to?: string
  /** Of a supersession: identifier of the licence that takes the place. */
  readonly by?: string
}

/** An act that stands on the ledger. */
export interface ActOutcome extends Entered {
  readonly act: StatusAct
}

/**
 * Enters one act on all the licences, or on none.
 *
 * @throws {IssuerError} as `parseDecision` and `statusIndexesOf`, and `act-detail-missing`, `not-a-uscc`,
 *   `act-not-of-one`, `until-not-a-date`
 * @throws {LedgerRefusedError} such as `StatusTransitionUnlawful`
 * @throws {EntryWaitingError} it is kept, and goes on by `finishBatches`
 */
export async function actOnLicences(office: ActOffice, request: ActRequest): Promise<ActOutcome> {
  const { act } = request
  return { act, ...enteredOf(await enter(office, await draftAct(office, request))) }
}

/**
 * An act as it is entered; nothing is written down yet.
 *
 * @throws {IssuerError} as `actOnLicences`
 */
export async function draftAct(office: ActOffice, request: ActRequest): Promise<EntryDraft> {
  const now = await nowFor(office)
  const decided = parseDecision(request.act, request, now)
  const { licenceIds } = request
  const indices = await statusIndexesOf(office, licenceIds)
  const call = await callOf(office, request, indices, decided, now)
  return { call, licenceIds, effectiveAt: decided.effectiveAt }
}

/** Those that name another licence or agency have functions of their own on the ledger. */
async function callOf(
  office: ActOffice,
  { act, to, by, until }: ActRequest,
  indices: readonly number[],
  decided: ParsedDecision,
  now: number,
): Promise<DecidedCall> {
  const issuer = office.agency
  const decision = decisionOf(decided)
  if (act === 'transfer-out') {
    if (to === undefined) throw new IssuerError('act-detail-missing', { option: '--to <USCC>' })
    if (!isUscc(to)) throw new IssuerError('not-a-uscc', { value: JSON.stringify(to.slice(0, 40)) })
    return { kind: 'transfer-out', issuer, act: { ...decision, indices, destination: to } }
  }
  if (act === 'supersede') {
    if (by === undefined) throw new IssuerError('act-detail-missing', { option: '--by <licence-id>' })
    const [statusIndex, ...others] = indices
    if (statusIndex === undefined || others.length > 0) throw new IssuerError('act-not-of-one')
    const successor = await statusIndexOf(office, by)
    return { kind: 'supersession', issuer, act: { ...decision, statusIndex, successor } }
  }
  const end = endOf(act, until, decided.effectiveAt ?? now)
  return { kind: 'act', issuer, act: { ...decision, act, indices, ...end } }
}

/**
 * When an act is over, as the ledger takes it; nothing where it has no end.
 *
 * @throws {IssuerError} `until-not-a-date`
 */
export function endOf(
  act: StatusAct,
  until: string | undefined,
  effectiveAt: number,
): Pick<LegalAct, 'endsAt'> {
  if (until === undefined) return {}
  const mayEnd = act === 'suspend' || act === 'restrict'
  if (mayEnd && isCalendarDate(until) && endOfDay(until) > effectiveAt) return { endsAt: endOfDay(until) }
  throw new IssuerError('until-not-a-date', { value: JSON.stringify(until.slice(0, 40)) })
}
