/** Whether what a view answered can be the facts of a ledger at all: a check that compares with no number finds nothing. */
import type { ApprovalFact, LedgerFacts, MemberStatus, RecognitionRule, TermFact } from './ledger-view.ts'
import { LEGAL_STATUSES } from './legal-status.ts'

const MEMBER_STATUSES: readonly MemberStatus[] = ['active', 'suspended', 'retired']
const RULES: readonly RecognitionRule[] = [
  'none',
  'same-province',
  'baseline',
  'agreement',
  'negative',
  'receiving-not-member',
  'issuing-not-member',
  'type-not-active',
]

/** Whether every entry is there or `null`, every time and count a number, and every status one that is known. */
export function isCoherent(facts: LedgerFacts): boolean {
  if (typeof facts !== 'object' || facts === null) return false
  const { block, agency, region, key, anchor, status, acts, successor, origin } = facts
  const { licenceType, responsibility, recognition, demandedFields } = facts
  return (
    isCount(block?.time) &&
    (agency === null || (MEMBER_STATUSES.includes(agency?.status) && isCount(agency.since))) &&
    (region === null || MEMBER_STATUSES.includes(region?.status)) &&
    (key === null || (isCount(key?.validFrom) && isEnd(key.validUntil) && isEnd(key.compromisedFrom))) &&
    (anchor === null || (isCount(anchor?.anchoredAt) && isCount(anchor.size))) &&
    LEGAL_STATUSES.includes(status) &&
    Array.isArray(acts) &&
    (licenceType === null || isCount(licenceType?.since)) &&
    (responsibility === null || isTerm(responsibility)) &&
    RULES.includes(recognition?.rule) &&
    typeof recognition.recognised === 'boolean' &&
    (recognition.term === null || isTerm(recognition.term)) &&
    (recognition.approval === null || isApproval(recognition.approval)) &&
    (demandedFields === null || isTexts(demandedFields)) &&
    (successor === null || isCount(successor?.since)) &&
    (origin === null || isCount(origin?.since))
  )
}

function isTerm(term: TermFact | undefined): boolean {
  return isCount(term?.from) && isEnd(term.until)
}

function isApproval(approval: ApprovalFact | undefined): boolean {
  return typeof approval?.number === 'string' && typeof approval.documentDigest === 'string'
}

function isTexts(texts: readonly string[] | undefined): boolean {
  return Array.isArray(texts) && texts.every((text) => typeof text === 'string')
}

function isEnd(time: number | null | undefined): boolean {
  return time === null || isCount(time)
}

function isCount(value: number | undefined): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
