/** Who recognises what, from rules stated as data: the decision of contracts/rulebook/Recognitions.sol. */
import { provinceOf } from '../identifiers/region-code.ts'
import {
  type ApprovalFact,
  covers,
  type LedgerQuery,
  type LicenceTypeFact,
  type RecognitionFact,
  type TermFact,
} from './ledger-view.ts'

/** One rule; codes of provinces are those of GB/T 2260. */
export type RecognitionEntry =
  | { readonly rule: 'baseline'; readonly licenceType: string; readonly term: TermFact }
  | {
      readonly rule: 'agreement'
      readonly number: number
      readonly licenceTypes: readonly string[]
      readonly term: TermFact
      /** Since when, and until when, each member is bound. */
      readonly members: Readonly<Record<string, TermFact>>
    }
  | {
      readonly rule: 'negative'
      readonly receiving: string
      /** `null`: all other provinces. */
      readonly issuing: string | null
      readonly licenceType: string
      /** `null`: all service items. */
      readonly serviceItem: string | null
      readonly term: TermFact
      readonly approval: ApprovalFact
    }

/** What recognition is decided by. */
export interface RecognitionState {
  /** By GB/T 2260 code of a province: since when, and until when, it is in the alliance. */
  readonly members: ReadonlyMap<string, TermFact>
  /** As it was at the time; `null`: not in the catalogue. */
  readonly licenceType: LicenceTypeFact | null
  /** Agreements in the order in which they came to bind, one that was renewed also where it was. */
  readonly recognitions: readonly RecognitionEntry[]
}

/** Of the agreements that bind two provinces for a type, so many are looked at, the newest first. */
const NEWEST = 8

/** Between provinces; `issuing` `null`: the ledger knows no such agency. */
interface Question {
  readonly receiving: string
  readonly issuing: string | null
  readonly licenceType: string
  readonly serviceItem: string | null
}

/**
 * The rule that decides at a time: both provinces in the alliance and the type in the catalogue, else nothing is
 * recognised; then own province, negative list, baseline, agreements, in this order.
 *
 * @param issuingRegion region of the issuing agency; `null`: the ledger knows no such agency
 */
export function recognitionAt(
  state: RecognitionState,
  { receivingRegion, licenceType, serviceItem }: LedgerQuery,
  issuingRegion: string | null,
  time: number,
): RecognitionFact {
  const receiving = provinceOf(receivingRegion)
  const issuing = issuingRegion === null ? null : provinceOf(issuingRegion)
  const question: Question = { receiving, issuing, licenceType, serviceItem: serviceItem ?? null }
  const obstacle = obstacleOf(state, question, time)
  if (obstacle !== null) return decided(false, obstacle, null)
  if (receiving === issuing) return decided(true, 'same-province', null)
  for (const rule of ['negative', 'baseline', 'agreement'] as const) {
    for (const entry of entriesOf(state, rule, question, time)) {
      const term = termFor(entry, question, time)
      if (term !== null) return decided(rule !== 'negative', rule, term, entry)
    }
  }
  return decided(false, 'none', null)
}

/** What keeps every rule from speaking. */
function obstacleOf(
  { members, licenceType }: RecognitionState,
  { receiving, issuing }: Question,
  time: number,
): RecognitionFact['rule'] | null {
  const isMember = (province: string | null): boolean => {
    const term = members.get(province ?? '')
    return term !== undefined && covers(term, time)
  }
  if (!isMember(receiving)) return 'receiving-not-member'
  if (!isMember(issuing)) return 'issuing-not-member'
  return licenceType?.status === 'active' ? null : 'type-not-active'
}

/** The entries of one rule that are looked at, in this order. */
function entriesOf(
  { recognitions }: RecognitionState,
  rule: RecognitionEntry['rule'],
  question: Question,
  time: number,
): readonly RecognitionEntry[] {
  const entries = recognitions.filter((entry) => entry.rule === rule)
  if (rule !== 'agreement') return entries
  return entries
    .filter((entry) => hasBound(entry, question, time))
    .slice(-NEWEST)
    .toReversed()
}

/** Whether an agreement names the type, and both provinces had joined it by then. */
function hasBound(
  entry: RecognitionEntry,
  { receiving, issuing, licenceType }: Question,
  time: number,
): boolean {
  if (entry.rule !== 'agreement' || !entry.licenceTypes.includes(licenceType)) return false
  return [receiving, issuing ?? ''].every((province) => {
    const joined = entry.members[province]
    return joined !== undefined && joined.from <= time
  })
}

function decided(
  recognised: boolean,
  rule: RecognitionFact['rule'],
  term: TermFact | null,
  entry?: RecognitionEntry,
): RecognitionFact {
  const agreement = entry?.rule === 'agreement' ? entry.number : null
  const approval = entry?.rule === 'negative' ? entry.approval : null
  return { recognised, rule, agreement, term, approval }
}

/** The term of an entry that answers the question at a time, or `null`. */
function termFor(entry: RecognitionEntry, question: Question, time: number): TermFact | null {
  const { receiving, issuing, licenceType, serviceItem } = question
  if (entry.rule === 'agreement') {
    const [own, other] = [entry.members[receiving], entry.members[issuing ?? '']]
    if (!entry.licenceTypes.includes(licenceType) || own === undefined || other === undefined) return null
    const term = intersect(intersect(entry.term, own), other)
    return covers(term, time) ? term : null
  }
  const speaks =
    entry.licenceType === licenceType &&
    (entry.rule === 'baseline' ||
      (entry.receiving === receiving &&
        (entry.issuing === null || entry.issuing === issuing) &&
        (entry.serviceItem === null || entry.serviceItem === serviceItem)))
  return speaks && covers(entry.term, time) ? entry.term : null
}

function intersect(one: TermFact, other: TermFact): TermFact {
  const ends = [one.until, other.until].filter((end) => end !== null)
  return { from: Math.max(one.from, other.from), until: ends.length === 0 ? null : Math.min(...ends) }
}
