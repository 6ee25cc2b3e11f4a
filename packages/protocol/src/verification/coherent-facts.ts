/** Whether what a view answered can be the facts of a ledger at all: a check that compares with no number finds nothing. */
import type { TrustedLedger } from './ledger-directory.ts'
import {
  type AgencyFact,
  type ApprovalFact,
  type LedgerFacts,
  MAX_ORIGINS,
  type MemberStatus,
  type OfficialName,
  type OriginFact,
  RECOGNITION_RULES,
  type RegionFact,
  type ResponsibleFact,
  type TermFact,
  type TransferFact,
} from './ledger-view.ts'
import { LEGAL_STATUSES } from './legal-status.ts'

const MEMBER_STATUSES: readonly MemberStatus[] = ['active', 'suspended', 'retired']
const CAPACITIES: readonly ResponsibleFact['capacity'][] = ['operator', 'successor', 'custodian']

/** Whether there is a ledger, pinned or with the times that its registry gives. */
export function isTrusted(trusted: TrustedLedger | undefined): trusted is TrustedLedger {
  const registration = trusted?.registration
  return (
    registration === null ||
    (isCount(registration?.block?.time) && isCount(registration.openedAt) && isEnd(registration.closedAt))
  )
}

/** Whether every entry is there or `null`, every time and count a number, and every status one that is known. */
export function isCoherent(facts: LedgerFacts): boolean {
  if (typeof facts !== 'object' || facts === null) return false
  const { block, agency, region, key, anchor, status, statusEndsAt, acts, notices } = facts
  const { successor, destination, origins, responsible } = facts
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
    isCounts(notices) &&
    (licenceType === null || isCount(licenceType?.since)) &&
    (responsibility === null || isTerm(responsibility)) &&
    RECOGNITION_RULES.includes(recognition?.rule) &&
    typeof recognition.recognised === 'boolean' &&
    isTextOrNull(recognition.issuingRegion) &&
    (recognition.term === null || isTerm(recognition.term)) &&
    (recognition.approval === null || isApproval(recognition.approval)) &&
    (demandedFields === null || isTexts(demandedFields)) &&
    (successor === null || isTransfer(successor)) &&
    isTextOrNull(destination) &&
    Array.isArray(origins) &&
    origins.length <= MAX_ORIGINS &&
    origins.every(isOrigin) &&
    (responsible === null || isResponsible(responsible))
  )
}

function isMember(member: AgencyFact | RegionFact | undefined): boolean {
  if (member === undefined) return false
  return MEMBER_STATUSES.includes(member.status) && isTextOrNull(member.name)
}

function isTransfer(transfer: TransferFact | undefined): boolean {
  return typeof transfer?.issuer === 'string' && isCount(transfer.statusIndex) && isCount(transfer.since)
}

function isOrigin(origin: OriginFact): boolean {
  return isTransfer(origin) && LEGAL_STATUSES.includes(origin.status) && isCounts(origin.notices)
}

function isResponsible(responsible: ResponsibleFact | undefined): boolean {
  if (responsible === undefined || !CAPACITIES.includes(responsible.capacity)) return false
  const { agency, region, name } = responsible
  return isTextOrNull(agency) && isTextOrNull(region) && (name === null || isName(name))
}

function isName(name: OfficialName | undefined): boolean {
  return isTexts([name?.zh, name?.en, name?.contact])
}

function isTerm(term: TermFact | undefined): boolean {
  return isCount(term?.from) && isEnd(term.until)
}

function isApproval(approval: ApprovalFact | undefined): boolean {
  return typeof approval?.number === 'string' && typeof approval.documentDigest === 'string'
}

function isTexts(texts: readonly (string | undefined)[] | undefined): boolean {
  return Array.isArray(texts) && texts.every((text) => typeof text === 'string')
}

function isTextOrNull(text: string | null | undefined): boolean {
  return text === null || typeof text === 'string'
}

function isCounts(values: readonly number[] | undefined): boolean {
  return Array.isArray(values) && values.every(isCount)
}

function isEnd(time: number | null | undefined): boolean {
  return time === null || isCount(time)
}

function isCount(value: number | undefined): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
