/** The decision behind an entry, as a person gives it: read the same way for every act, notice and correction. */
import { type ActDecision, type Deed, LEGAL_BASES, type Settlement } from '@hefu/ledger'
import { holdsResidentId, isCalendarDate, isDisplayText, startOfDay } from '@hefu/protocol'
import { IssuerError } from '../error/issuer-error.ts'
import type { RecordedEntry } from '../journal/records.ts'
import { deedText } from '../texts/entry-texts.ts'
import type { Office } from './office.ts'

export interface DecisionRequest {
  /** Number of the decision 决定书文号; public, 1–96 bytes of UTF-8. */
  readonly decisionNumber: string
  /** Code of the provision it rests on, 1–16 visible ASCII characters; absent: the one that the law gives for the act. */
  readonly legalBasis?: string
  /** `YYYY-MM-DD`: from the start of that day in China; `now`: from the ledger's time. */
  readonly effective: string
}

const MAX_DECISION_BYTES = 96

/** A decision as it was read. */
export interface ParsedDecision extends Omit<ActDecision, 'effectiveAt'> {
  /** Unix seconds; `null`: now, by the ledger's clock. */
  readonly effectiveAt: number | null
}

/**
 * The decision as a person gave it; nothing was sent yet.
 *
 * @param deed what is decided
 * @param now by the ledger's clock, Unix seconds
 *
 * @throws {IssuerError} `decision-length`, `decision-personal`, `legal-basis`, `legal-basis-missing`,
 *   `effective-not-a-date`, `effective-in-future`
 */
export function parseDecision(
  deed: Deed,
  { decisionNumber: written, legalBasis, effective }: DecisionRequest,
  now: number,
): ParsedDecision {
  const decisionNumber = parseDecisionNumber(written)
  assertLegalBasis(deed, legalBasis)
  const effectiveAt = parseEffective(effective, now)
  return { effectiveAt, decisionNumber, ...(legalBasis === undefined ? {} : { legalBasis }) }
}

/**
 * The number as it is entered: without the white space around it.
 *
 * @throws {IssuerError} `decision-length`, `decision-personal`
 */
export function parseDecisionNumber(written: string): string {
  const decisionNumber = written.trim()
  const bytes = Buffer.byteLength(decisionNumber)
  if (bytes === 0 || bytes > MAX_DECISION_BYTES || !isDisplayText(decisionNumber))
    throw new IssuerError('decision-length')
  // What is on the ledger stays there for good: the number itself is quoted nowhere.
  if (holdsResidentId(decisionNumber)) throw new IssuerError('decision-personal')
  return decisionNumber
}

const LEGAL_BASIS = /^[!-~]{1,16}$/

function assertLegalBasis(deed: Deed, code: string | null = LEGAL_BASES[deed]): void {
  if (code === null) throw new IssuerError('legal-basis-missing', { act: deedText(deed) })
  if (holdsResidentId(code)) throw new IssuerError('decision-personal')
  if (LEGAL_BASIS.test(code)) return
  throw new IssuerError('legal-basis', { value: JSON.stringify(code.slice(0, 40)) })
}

function parseEffective(effective: string, now: number): number | null {
  if (effective === 'now') return null
  if (!isCalendarDate(effective))
    throw new IssuerError('effective-not-a-date', { value: JSON.stringify(effective.slice(0, 40)) })
  const at = startOfDay(effective)
  if (at > now) throw new IssuerError('effective-in-future', { value: effective })
  return at
}

/** The decision as a call has it: when it takes effect is told beside the call until the ledger was asked. */
export function decisionOf({ effectiveAt: _, ...decision }: ParsedDecision): ActDecision {
  return { ...decision, effectiveAt: 0 }
}

/** What stands on the ledger of one entry. */
export interface Entered {
  readonly licenceIds: readonly string[]
  /** Unix seconds. */
  readonly effectiveAt: number
  readonly transactionHash: `0x${string}`
  readonly blockNumber: number
  /** Of the entry in the journal. */
  readonly number: number
  /** It stood already: nothing was sent. */
  readonly repeated: boolean
  /** Number of the newest entry behind it about the same on one of its licences, which may have undone it. */
  readonly followedBy: number | null
}

/** An entry that stands on the ledger. */
export interface StandingEntry extends RecordedEntry {
  readonly effectiveAt: number
  readonly settlement: Settlement
  readonly repeated: boolean
  readonly followedBy: number | null
}

/** What is told of an entry that stands. */
export function enteredOf(entry: StandingEntry): Entered {
  const { licenceIds, effectiveAt, number, repeated, followedBy, settlement } = entry
  const { transactionHash, blockNumber } = settlement
  return { licenceIds, effectiveAt, transactionHash, blockNumber, number, repeated, followedBy }
}

/** An office as far as entries need it. */
export type ActOffice = Pick<Office, 'agency' | 'journal' | 'operator' | 'now' | 'onEvent' | 'signal'>
