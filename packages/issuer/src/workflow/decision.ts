/** The decision behind an entry, as a person gives it: read the same way for every act, notice and correction. */
import { type ActDecision, LedgerRefusedError } from '@hefu/ledger'
import { holdsResidentId, isCalendarDate, isDisplayText, startOfDay } from '@hefu/protocol'
import { IssuerError } from '../error/issuer-error.ts'
import type { Office } from './office.ts'

export interface DecisionRequest {
  /** Number of the decision 决定书文号; public, 1–96 bytes of UTF-8. */
  readonly decisionNumber: string
  /** Code of the provision it rests on, 1–16 visible ASCII characters; absent: the ledger package’s general one. */
  readonly legalBasis?: string
  /** `YYYY-MM-DD`: from the start of that day in China; `now`: from the ledger's time. */
  readonly effective: string
}

const MAX_DECISION_BYTES = 96

/**
 * The decision as the ledger takes it; nothing was sent yet.
 *
 * @throws {IssuerError} `decision-length`, `decision-personal`, `legal-basis`, `effective-not-a-date`,
 *   `effective-in-future`
 */
export function parseDecision(
  { decisionNumber, legalBasis, effective }: DecisionRequest,
  now: number,
): ActDecision {
  assertDecisionNumber(decisionNumber)
  assertLegalBasis(legalBasis)
  const effectiveAt = parseEffective(effective, now)
  return { effectiveAt, decisionNumber, ...(legalBasis === undefined ? {} : { legalBasis }) }
}

function assertDecisionNumber(decisionNumber: string): void {
  const bytes = Buffer.byteLength(decisionNumber)
  if (bytes === 0 || bytes > MAX_DECISION_BYTES || !isDisplayText(decisionNumber))
    throw new IssuerError('decision-length')
  // What is on the ledger stays there for good: the number itself is quoted nowhere.
  if (holdsResidentId(decisionNumber)) throw new IssuerError('decision-personal')
}

const LEGAL_BASIS = /^[!-~]{1,16}$/

function assertLegalBasis(code: string | undefined): void {
  if (code === undefined) return
  if (holdsResidentId(code)) throw new IssuerError('decision-personal')
  if (LEGAL_BASIS.test(code)) return
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

/**
 * Enters something with its decision; what takes effect now does so by the ledger's clock where ours runs before it.
 *
 * @throws {LedgerRefusedError} and whatever `enter` throws
 */
export async function enterDecided<T>(
  { effective }: Pick<DecisionRequest, 'effective'>,
  decision: ActDecision,
  enter: (decision: ActDecision) => Promise<T>,
): Promise<T> {
  try {
    return await enter(decision)
  } catch (error) {
    if (effective !== 'now') throw error
    return enter({ ...decision, effectiveAt: ledgerTimeIn(error) })
  }
}

/** The refusal of what lies ahead names the time that is now for the ledger. */
function ledgerTimeIn(error: unknown): number {
  if (!(error instanceof LedgerRefusedError) || error.code !== 'StatusEffectiveInFuture') throw error
  return Number(error.args[1])
}

/** What stands on the ledger of one entry. */
export interface Entered {
  readonly licenceIds: readonly string[]
  /** Unix seconds. */
  readonly effectiveAt: number
  readonly transactionHash: `0x${string}`
  readonly blockNumber: number
}

/** An office as far as entries need it. */
export type ActOffice = Pick<Office, 'agency' | 'journal' | 'operator' | 'now'>
