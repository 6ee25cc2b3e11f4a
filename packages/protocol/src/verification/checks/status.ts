import { statusListUri, usccOf } from '../../credential/claims.ts'
import { type Finding, type FindingFacts, finding } from '../../report/findings.ts'
import type { LedgerCheck, LedgerEvidence } from '../check.ts'
import type { LedgerFacts } from '../ledger-view.ts'
import { countsAt, type LegalStatus } from '../legal-status.ts'
import { textFact } from '../text-fact.ts'
import { transferredFrom } from '../transfer.ts'

/** Statuses of a licence that may be used, if only for some purposes. */
const IN_FORCE: readonly LegalStatus[] = ['valid', 'restricted']
/** Void from the start: so is what took the place of such a licence. */
const ANNULLED: readonly LegalStatus[] = ['annulled', 'annulled-deregistered']

/**
 * The legal status in force at the time asked about, from the list that the credential itself is bound to, at the
 * index of its place in the batch: annulment reaches back, all other acts hold from their effective time. A licence
 * that took the place of another agency's is in force only once the ledger shows that other one closed in its
 * favour, and only while none that it goes back to is annulled. A term that is over, and what stands noted, are for
 * a person to decide.
 */
export const statusCheck: LedgerCheck<'status'> = {
  name: 'status',
  reads: 'ledger',
  run: (evidence) => findOtherPlace(evidence) ?? findStatus(evidence),
}

/** The credential names another list than its issuer's, or another place in it than the ledger gave its leaf. */
function findOtherPlace({
  presentation,
  trusted: { view },
  facts: { anchor },
}: LedgerEvidence): Finding | null {
  const { claims } = presentation.credential
  const { uri, idx } = claims.status.status_list
  if (uri !== statusListUri(view.ledger, usccOf(claims))) return finding('status/foreign-list', { uri })
  if (presentation.receipt === null || anchor === null) return null
  const anchoredIndex = anchor.firstIndex + presentation.receipt.index
  return anchoredIndex === idx ? null : finding('status/index-mismatch', { index: idx, anchoredIndex })
}

function findStatus(evidence: LedgerEvidence): Finding {
  const { facts, at } = evidence
  const { status, statusEndsAt } = facts
  const judged = { index: indexOf(evidence), at }
  const decided = { ...judged, ...decisionFacts(facts, at), ...successorFacts(facts) }
  const isOver = statusEndsAt !== null && statusEndsAt <= at
  const isInForce = IN_FORCE.includes(status)
  const noted = noticeFacts(facts)
  const fault = isInForce || isOver ? findOriginFault(evidence) : null
  if (fault !== null) return fault
  if (isOver) return finding('status/term-over', { ...decided, endedAt: statusEndsAt, ...noted })
  return isInForce && Object.keys(noted).length > 0
    ? finding('status/noted', { ...decided, ...noted })
    : finding(isDissolved(facts, at) ? 'status/succession-dissolved' : `status/${status}`, decided)
}

/** Two keys took back that another has its place; until two correct its status it stands as superseded. */
function isDissolved({ status, successor, acts }: LedgerFacts, at: number): boolean {
  const last = acts.findLast((entry) => countsAt(entry, at))
  return status === 'superseded' && successor === null && last?.act === 'dissolve'
}

/** Codes of what stands noted beside the licence, and beside those whose place it took. */
function noticeFacts({ notices, origins }: LedgerFacts): FindingFacts {
  const ofOrigins = [...new Set(origins.flatMap((origin) => origin.notices))].sort(
    (one, other) => one - other,
  )
  return {
    ...(notices.length === 0 ? {} : { notices: notices.map(String) }),
    ...(ofOrigins.length === 0 ? {} : { originNotices: ofOrigins.map(String) }),
  }
}

/** Why a licence cannot stand in the place of the one before it. */
function findOriginFault(evidence: LedgerEvidence): Finding | null {
  const { presentation, facts, at } = evidence
  const judged = { index: indexOf(evidence), at }
  const origin = transferredFrom(presentation.credential.claims)
  if (origin !== undefined && !isClosed(facts, origin, at)) {
    return finding('status/origin-open', { ...judged, origin })
  }
  const annulled = facts.origins.find(({ status }) => ANNULLED.includes(status))
  if (annulled === undefined) return null
  const { issuer, statusIndex } = annulled
  return finding('status/origin-annulled', { ...judged, origin: issuer, originIndex: statusIndex })
}

function indexOf({ presentation }: LedgerEvidence): number {
  return presentation.credential.claims.status.status_list.idx
}

function isClosed({ origins: [nearest] }: LedgerFacts, issuer: string, at: number): boolean {
  return nearest?.issuer === issuer && nearest.since <= at
}

/** What took the licence's place, and since when: whoever verifies the old one is told which to ask for. */
function successorFacts({ status, successor }: LedgerFacts): FindingFacts {
  if (successor === null || (status !== 'superseded' && status !== 'transferred')) return {}
  const { issuer, statusIndex, since } = successor
  return { successor: issuer, successorIndex: statusIndex, successorSince: since }
}

/** The act that a status other than valid rests on, who entered it, and where the licence is to go. */
function decisionFacts({ status, acts, destination }: LedgerFacts, at: number): FindingFacts {
  const last = acts.findLast((entry) => countsAt(entry, at))
  if (status === 'valid' || last === undefined) return {}
  const { act, effectiveAt, decisionNumber = '', legalBasis = '', capacity } = last
  return {
    act,
    effectiveAt,
    ...textFact('decisionNumber', decisionNumber),
    ...textFact('legalBasis', legalBasis),
    ...(capacity === undefined ? {} : { capacity }),
    ...(status === 'transferred-out' && destination !== null ? { destination } : {}),
  }
}
