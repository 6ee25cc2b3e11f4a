/** Legal acts on issued licences: 暂扣, 发还, 吊销, 撤销 and the others. */
import { LedgerRefusedError } from '@hefu/ledger'
import { type Hex, isCalendarDate, isDisplayText, type StatusAct, startOfDay } from '@hefu/protocol'
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
 * @throws {IssuerError} `decision-length`, `legal-basis`, `effective-not-a-date`, `effective-in-future`, `licence-unknown`,
 *   `licence-repeated`, `licence-not-anchored`
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
    const { operator, agency } = office
    const submission = await operator.submitAct(agency, {
      act,
      indices,
      effectiveAt: at,
      decisionNumber,
      ...(legalBasis === undefined ? {} : { legalBasis }),
    })
    const { blockNumber } = await operator.confirm(submission)
    return { act, licenceIds, effectiveAt: at, transactionHash: submission.transactionHash, blockNumber }
  }
  try {
    return await enter(effectiveAt)
  } catch (error) {
    if (effective !== 'now') throw error
    return enter(ledgerTimeIn(error))
  }
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
