/** Who recognises what: the decision of contracts/rulebook/Recognitions.sol, over the rules as they are kept. */
import { provinceOf } from '../identifiers/region-code.ts'
import type { FactSource, RecognitionEntry, RefusalQuestion } from './fact-source.ts'
import { covers, type LedgerQuery, type RecognitionFact, type TermFact } from './ledger-view.ts'

/** Of the agreements that bind two provinces for a type, so many are looked at, the newest first. */
const NEWEST = 3

/**
 * The rule that decides at a time: both provinces in the alliance and the type in the catalogue, else nothing is
 * recognised; then own province, negative list, baseline, agreements, in this order.
 *
 * @param issuingRegion region of the issuing agency, as in the facts about it; `null`: the ledger knows no such agency
 */
export function recognitionAt(
  source: FactSource,
  query: LedgerQuery,
  issuingRegion: string | null,
  time: number,
): RecognitionFact {
  return { ...decide(source, query, issuingRegion, time), issuingRegion }
}

/** What a rule says, wherever the issuer was. */
type Decision = Omit<RecognitionFact, 'issuingRegion'>

function decide(
  source: FactSource,
  { receivingRegion, licenceType, serviceItem }: LedgerQuery,
  issuingRegion: string | null,
  time: number,
): Decision {
  const receiving = provinceOf(receivingRegion)
  const issuing = issuingRegion === null ? null : provinceOf(issuingRegion)
  if (!source.hasRules(time)) return decided(false, 'none')
  if (!isMember(source, receiving, time)) return decided(false, 'receiving-not-member')
  if (issuing === null || !isMember(source, issuing, time)) return decided(false, 'issuing-not-member')
  if (source.licenceType(licenceType, time)?.status !== 'active') return decided(false, 'type-not-active')
  if (receiving === issuing) return decided(true, 'same-province')
  const question: RefusalQuestion = { receiving, issuing, licenceType, serviceItem: serviceItem ?? null }
  return firstOf(entriesOf(source, question, time), question, time) ?? decided(false, 'none')
}

function isMember(source: FactSource, province: string, time: number): boolean {
  return source.membership(province, time) !== null
}

/** The entries that may speak, in the order in which they are heard: none is looked for before it is its turn. */
function* entriesOf(source: FactSource, question: RefusalQuestion, time: number): Iterable<RecognitionEntry> {
  yield* source.negatives(question, time)
  yield* source.baseline(question.licenceType, time)
  yield* source.newestAgreements(question, time, NEWEST)
}

function firstOf(
  entries: Iterable<RecognitionEntry>,
  question: RefusalQuestion,
  time: number,
): Decision | null {
  for (const entry of entries) {
    const term = termFor(entry, question)
    if (term !== null && covers(term, time))
      return decided(entry.rule !== 'negative', entry.rule, term, entry)
  }
  return null
}

function decided(
  recognised: boolean,
  rule: Decision['rule'],
  term: TermFact | null = null,
  entry?: RecognitionEntry,
): Decision {
  const agreement = entry?.rule === 'agreement' ? entry.number : null
  const approval = entry?.rule === 'negative' ? entry.approval : null
  return { recognised, rule, agreement, term, approval }
}

/** The term of an entry that answers the question; `null`: it is about something else. */
function termFor(
  entry: RecognitionEntry,
  { receiving, issuing, serviceItem }: RefusalQuestion,
): TermFact | null {
  switch (entry.rule) {
    case 'baseline':
      return entry.term
    case 'negative':
      return (entry.issuing === null || entry.issuing === issuing) &&
        (entry.serviceItem === null || entry.serviceItem === serviceItem)
        ? entry.term
        : null
    case 'agreement': {
      const [own, other] = [entry.members[receiving], entry.members[issuing]]
      return own === undefined || other === undefined ? null : intersect(intersect(entry.term, own), other)
    }
  }
}

function intersect(one: TermFact, other: TermFact): TermFact {
  const ends = [one.until, other.until].filter((end) => end !== null)
  return { from: Math.max(one.from, other.from), until: ends.length === 0 ? null : Math.min(...ends) }
}
