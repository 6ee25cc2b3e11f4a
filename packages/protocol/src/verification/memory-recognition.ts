/** Who recognises what, from rules stated as data: the decision of contracts/modules/Recognitions.sol. */
import { provinceOf } from '../identifiers/region-code.ts'
import type { LedgerQuery, RecognitionFact, TermFact } from './ledger-view.ts'

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
    }

/** Between provinces; `issuing` `null`: the ledger knows no such agency. */
interface Question {
  readonly receiving: string
  readonly issuing: string | null
  readonly licenceType: string
  readonly serviceItem: string | null
}

/** Whether a half-open term holds at a time. */
export function covers({ from, until }: TermFact, time: number): boolean {
  return from <= time && (until === null || time < until)
}

/**
 * The rule that decides at a time: own province, negative list, baseline, agreements, in this order.
 *
 * @param issuingRegion region of the issuing agency; `null`: the ledger knows no such agency
 */
export function recognitionAt(
  entries: readonly RecognitionEntry[],
  { receivingRegion, licenceType, serviceItem }: LedgerQuery,
  issuingRegion: string | null,
  time: number,
): RecognitionFact {
  const receiving = provinceOf(receivingRegion)
  const issuing = issuingRegion === null ? null : provinceOf(issuingRegion)
  if (receiving === issuing) return decided(true, 'same-province', null)
  const question: Question = { receiving, issuing, licenceType, serviceItem: serviceItem ?? null }
  for (const rule of ['negative', 'baseline', 'agreement'] as const) {
    for (const entry of entries) {
      const term = entry.rule === rule ? termFor(entry, question, time) : null
      if (term !== null) return decided(rule !== 'negative', rule, term, numberOf(entry))
    }
  }
  return decided(false, 'none', null)
}

function decided(
  recognised: boolean,
  rule: RecognitionFact['rule'],
  term: TermFact | null,
  agreement: number | null = null,
): RecognitionFact {
  return { recognised, rule, agreement, term }
}

function numberOf(entry: RecognitionEntry): number | null {
  return entry.rule === 'agreement' ? entry.number : null
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
