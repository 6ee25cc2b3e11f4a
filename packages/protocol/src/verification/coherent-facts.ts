/** Whether what a view answered can be the facts of a ledger at all: a check that compares with no number finds nothing. */
import {
  type AgencyFact,
  type ApprovalFact,
  type LedgerFacts,
  MAX_ORIGINS,
  type MemberStatus,
  type RecognitionRule,
  type RegionFact,
  type TermFact,
  type TransferFact,
} from './ledger-view.ts'
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
  const { block, agency, region, key, anchor, status, statusEndsAt, acts, notices, successor, origins } =
    facts
  const { licenceType, responsibility, recognition, demandedFields } = facts
  return (
    isCount(block?.time) &&
    (agency === null || (isMember(agency) && isCount(agency.since))) &&
    (region === null || isMember(region)) &&
    (key === null || (isCount(key?.validFrom) && isEnd(key.validUntil) && isEnd(key.compromisedFrom))) &&
    (anchor === null ||
      (isCount(anchor?.anchoredAt) && isCount(anchor.firstIndex) && isCount(anchor.size))) &&
    LEGAL_STATUSES.includes(status) &&
    isEnd(statusEndsAt) &&
    Array.isArray(acts) &&
    Array.isArray(notices) &&
    notices.every(isCount) &&
    (licenceType === null || isCount(licenceType?.since)) &&
    (responsibility === null || isTerm(responsibility)) &&
    RULES.includes(recognition?.rule) &&
    typeof recognition.recognised === 'boolean' &&
    (recognition.term === null || isTerm(recognition.term)) &&
    (recognition.approval === null || isApproval(recognition.approval)) &&
    (demandedFields === null || isTexts(demandedFields)) &&
    (successor === null || isTransfer(successor)) &&
    Array.isArray(origins) &&
    origins.length <= MAX_ORIGINS &&
    origins.every((origin) => isTransfer(origin) && LEGAL_STATUSES.includes(origin.status))
  )
}

function isMember(member: AgencyFact | RegionFact | undefined): boolean {
  if (member === undefined) return false
  return MEMBER_STATUSES.includes(member.status) && (member.name === null || typeof member.name === 'string')
}

function isTransfer(transfer: TransferFact | undefined): boolean {
  return typeof transfer?.issuer === 'string' && isCount(transfer.statusIndex) && isCount(transfer.since)
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
