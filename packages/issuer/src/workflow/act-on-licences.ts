/** Legal acts on issued licences: 暂扣, 发还, 吊销, 撤销 and the others. */
import { type ActDecision, LedgerRefusedError, type Submission } from '@hefu/ledger'
import {
  endOfDay,
  type Hex,
  holdsResidentId,
  isCalendarDate,
  isDisplayText,
  isUscc,
  type StatusAct,
  startOfDay,
} from '@hefu/protocol'
import { IssuerError } from '../issuer-error.ts'
import type { Office } from './office.ts'

export interface ActRequest {
  readonly act: StatusAct
  readonly licenceIds: readonly string[]
  /** Number of the decision 决定书文号; public, 1–96 bytes of UTF-8. */
  readonly decisionNumber: string
  /** Code of the provision it rests on, 1–16 visible ASCII characters; absent: the ledger package’s general one. */
  readonly legalBasis?: string
  /** `YYYY-MM-DD`: from the start of that day in China; `now`: from the ledger's time. */
  readonly effective: string
  /** Day after which a suspension or restriction is over, `YYYY-MM-DD`: its end in China. */
  readonly until?: string
  /** Of a transfer out: USCC of the agency that may take the licences in. */
  readonly to?: string
  /** Of a supersession: identifier of the licence that takes the place. */
  readonly by?: string
}

/** An act that stands on the ledger. */
export interface ActOutcome {
  readonly act: StatusAct
  readonly licenceIds: readonly string[]
  /** Unix seconds. */
  readonly effectiveAt: number
  readonly transactionHash: Hex
  readonly blockNumber: number
}

const MAX_DECISION_BYTES = 96

type ActOffice = Pick<Office, 'agency' | 'journal' | 'operator' | 'now'>

/**
 * Enters one act on all the licences, or on none.
 *
 * @throws {IssuerError} `decision-length`, `decision-personal`, `legal-basis`, `effective-not-a-date`,
 *   `effective-in-future`, `licence-unknown`, `licence-repeated`, `licence-not-anchored`, `act-detail-missing`,
 *   `not-a-uscc`, `act-not-of-one`, `until-not-a-date`
 * @throws {LedgerRefusedError} such as `StatusTransitionUnlawful`
 * @throws {LedgerUnavailableError}
 */
export async function actOnLicences(office: ActOffice, request: ActRequest): Promise<ActOutcome> {
  const { act, licenceIds, decisionNumber, effective, legalBasis } = request
  assertDecision(decisionNumber)
  assertLegalBasis(legalBasis)
  const effectiveAt = parseEffective(effective, office.now())
  const indices = await statusIndexesOf(office, licenceIds)
  const enter = async (at: number): Promise<ActOutcome> => {
    const decision = { effectiveAt: at, decisionNumber, ...(legalBasis === undefined ? {} : { legalBasis }) }
    const submission = await submit(office, request, indices, decision)
    const { blockNumber } = await office.operator.confirm(submission)
    return { act, licenceIds, effectiveAt: at, transactionHash: submission.transactionHash, blockNumber }
  }
  try {
    return await enter(effectiveAt)
  } catch (error) {
    if (effective !== 'now') throw error
    return enter(ledgerTimeIn(error))
  }
}

/** Those that name another licence or agency have functions of their own on the ledger. */
async function submit(
  office: ActOffice,
  { act, to, by, until }: ActRequest,
  indices: readonly number[],
  decision: ActDecision,
): Promise<Submission> {
  const { operator, agency } = office
  if (act === 'transfer-out') {
    if (to === undefined) throw new IssuerError('act-detail-missing', { option: '--to <USCC>' })
    if (!isUscc(to)) throw new IssuerError('not-a-uscc', { value: JSON.stringify(to.slice(0, 40)) })
    return operator.submitTransferOut(agency, { ...decision, indices, destination: to })
  }
  if (act === 'supersede') {
    if (by === undefined) throw new IssuerError('act-detail-missing', { option: '--by <licence-id>' })
    const [statusIndex, ...others] = indices
    if (statusIndex === undefined || others.length > 0) throw new IssuerError('act-not-of-one')
    const [successor = 0] = await statusIndexesOf(office, [by])
    return operator.submitSupersession(agency, { ...decision, statusIndex, successor })
  }
  const endsAt = parseUntil(act, until, decision.effectiveAt)
  return operator.submitAct(agency, { ...decision, act, indices, ...(endsAt === null ? {} : { endsAt }) })
}

function parseUntil(act: StatusAct, until: string | undefined, effectiveAt: number): number | null {
  if (until === undefined) return null
  const mayEnd = act === 'suspend' || act === 'restrict'
  if (mayEnd && isCalendarDate(until) && endOfDay(until) > effectiveAt) return endOfDay(until)
  throw new IssuerError('until-not-a-date', { value: JSON.stringify(until.slice(0, 40)) })
}

/** The clock here may run before the ledger's: its refusal names the time that is now for it. */
function ledgerTimeIn(error: unknown): number {
  if (!(error instanceof LedgerRefusedError) || error.code !== 'StatusEffectiveInFuture') throw error
  return Number(error.args[1])
}

function assertDecision(decisionNumber: string): void {
  const bytes = Buffer.byteLength(decisionNumber)
  if (bytes === 0 || bytes > MAX_DECISION_BYTES || !isDisplayText(decisionNumber))
    throw new IssuerError('decision-length')
  // What is on the ledger stays there for good: the number itself is quoted nowhere.
  if (holdsResidentId(decisionNumber)) throw new IssuerError('decision-personal')
}

const LEGAL_BASIS = /^[!-~]{1,16}$/

function assertLegalBasis(code: string | undefined): void {
  if (code === undefined || LEGAL_BASIS.test(code)) return
  throw new IssuerError('legal-basis', { value: JSON.stringify(code.slice(0, 40)) })
}

function parseEffective(effective: string, now: number): number {
  if (effective === 'now') return now
  if (!isCalendarDate(effective))
    throw new IssuerError('effective-not-a-date', { value: JSON.stringify(effective.slice(0, 40)) })
  const at = startOfDay(effective)
  if (at > now) throw new IssuerError('effective-in-future', { value: effective })
  return at
}

async function statusIndexesOf({ journal }: ActOffice, licenceIds: readonly string[]): Promise<number[]> {
  const repeated = licenceIds.find((id, i) => licenceIds.indexOf(id) !== i)
  if (repeated !== undefined) throw new IssuerError('licence-repeated', { licenceId: repeated.slice(0, 120) })
  const known = await journal.find(licenceIds)
  const indices: number[] = []
  for (const licenceId of licenceIds) {
    const licence = known.get(licenceId)
    if (licence === undefined)
      throw new IssuerError('licence-unknown', { licenceId: licenceId.slice(0, 120) })
    if (!(await journal.isAnchored(licence.statusIndex)))
      throw new IssuerError('licence-not-anchored', { licenceId })
    indices.push(licence.statusIndex)
  }
  return indices
}
