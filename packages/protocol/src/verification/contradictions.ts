/**
 * What no ledger can say, told by comparing what it says with itself and with the question: no proof is needed to
 * see that it is not the ledger's word. Each is named; the rules that it goes against are those of the contracts and of
 * spec/ledger-view.md.
 */

import { MAX_STATUS_INDEX } from '../credential/claims.ts'
import { algorithmOf } from '../credential/public-key.ts'
import { provinceOf } from '../identifiers/region-code.ts'
import {
  type AnchorFact,
  covers,
  type LedgerFacts,
  type LedgerQuery,
  type RecognitionFact,
  type RecognitionRule,
  type TransferFact,
} from './ledger-view.ts'
import { endAt, type LegalStatus, STATUSES_WITH_TERM, type StatusChange, statusAt } from './legal-status.ts'

/** An answer, what was asked, and the times that its parts are of (Unix seconds). */
interface Answer extends LedgerFacts {
  readonly query: LedgerQuery
  /** The time asked about. */
  readonly at: number
  readonly issuedAt: number
  /** At the block; `null`: the acts are none that a ledger takes. */
  readonly statusNow: LegalStatus | null
}

/** Statuses of a licence whose place is taken: it was superseded or transferred, and perhaps annulled since. */
const TAKEN: readonly LegalStatus[] = ['superseded', 'transferred', 'annulled', 'annulled-deregistered']
/** Statuses of a licence that keeps no other out of its place. */
const VOID: readonly LegalStatus[] = ['annulled', 'annulled-deregistered']
const RECOGNISING: readonly RecognitionRule[] = ['same-province', 'baseline', 'agreement']
const WITH_OWN_TERM: readonly RecognitionRule[] = ['negative', 'baseline', 'agreement']
/** What is asked only once the receiving province is found to be in the alliance, and the issuing one to be another. */
const BETWEEN_PROVINCES: readonly RecognitionRule[] = [...WITH_OWN_TERM, 'issuing-not-member']
/** Of an agency that is none, no rule says more. */
const WITHOUT_AGENCY: readonly RecognitionRule[] = ['receiving-not-member', 'issuing-not-member', 'none']

/** The ledger keeps the names of one demand in so many bytes, a line feed between them. */
const MAX_DEMAND_CHARACTERS = 512

/** What may be for a term. */
const ACTS_WITH_TERM: readonly StatusChange[] = ['suspend', 'restrict']

type Contradiction = (answer: Answer) => boolean

const OF_THE_QUESTION: Readonly<Record<string, Contradiction>> = {
  'another agency than the one asked about': ({ agency, query }) =>
    agency !== null && agency.agency !== query.issuer,
  'another block of the hash asked for': ({ block, query }) =>
    query.block !== undefined && block.hash === query.block.hash && block.number !== query.block.number,
  'an anchor, and no root was asked about': ({ anchor, query }) =>
    anchor !== null && query.root === undefined,
  'fewer nodes than are needed': ({ nodes }) =>
    nodes !== undefined && nodes !== null && nodes.agreeing < nodes.needed,
  'a demand, and no service item was asked about': ({ demandedFields, query }) =>
    demandedFields !== null && query.serviceItem === undefined,
}

const OF_THE_AGENCY: Readonly<Record<string, Contradiction>> = {
  'an agency without a region, or the other way': ({ agency, region }) =>
    (agency === null) !== (region === null),
  'another region than the agency’s': ({ agency, region }) =>
    agency !== null && region !== null && agency.region !== region.region,
  'entries of an agency that is none': ({ agency, ...facts }) => agency === null && hasEntries(facts),
  'an agency without a responsible, or the other way': ({ agency, responsible }) =>
    (agency === null) !== (responsible === null),
  'an agency since after the block': ({ agency, block }) => agency !== null && agency.since > block.time,
  'an agency in office for which another acts': ({ agency, responsible }) =>
    agency !== null && agency.status !== 'retired' && responsible?.capacity !== 'operator',
  'a retired agency that acts for itself': ({ agency, responsible }) =>
    agency?.status === 'retired' && responsible?.capacity === 'operator',
  'a responsible in another’s capacity': ({ responsible, query }) =>
    responsible !== null &&
    (responsible.capacity === 'custodian'
      ? responsible.agency !== null
      : responsible.agency === null ||
        responsible.region === null ||
        (responsible.agency === query.issuer) !== (responsible.capacity === 'operator')),
  'a key of another kind than its algorithm': ({ key }) =>
    key !== null && algorithmOf(key.publicJwk) !== key.algorithm,
  'a key compromised after the block': ({ key, block }) => (key?.compromisedFrom ?? 0) > block.time,
}

const OF_THE_ANCHOR: Readonly<Record<string, Contradiction>> = {
  'an anchor after the block': ({ anchor, block }) =>
    anchor !== null && (anchor.anchoredAt > block.time || anchor.blockNumber > block.number),
  'an anchor in the block at another time': ({ anchor, block }) =>
    anchor !== null && anchor.blockNumber === block.number && anchor.anchoredAt !== block.time,
  'an anchor of an agency out of office': ({ agency, anchor }) =>
    agency !== null && anchor !== null && agency.status !== 'active' && agency.since < anchor.anchoredAt,
  'an anchor of more indices than there are': ({ anchor }) =>
    anchor !== null && anchor.firstIndex + anchor.size > MAX_STATUS_INDEX + 1,
  'a responsibility out of its term': ({ responsibility, issuedAt }) =>
    responsibility !== null && !covers(responsibility, issuedAt),
}

const OF_THE_STATUS: Readonly<Record<string, Contradiction>> = {
  'acts that do not follow one another': ({ statusNow }) => statusNow === null,
  'a status that its acts do not lead to': ({ acts, status, statusNow, at }) =>
    status !== (acts.length === 0 ? statusNow : statusAt(acts, at)),
  'acts beside a status that is valid and was': ({ acts, status, statusNow }) =>
    acts.length > 0 && status === 'valid' && statusNow === 'valid',
  'an inherited status that nothing inherits': ({ acts }) =>
    acts.some((entry) => entry.act === 'inherit' && !STATUSES_WITH_TERM.includes(entry.status)),
  // What a re-made licence inherits may have ended before it was re-made.
  'an act with an end that it cannot have': ({ acts }) =>
    acts.some(
      ({ act, effectiveAt, endsAt }) =>
        endsAt !== undefined && act !== 'inherit' && (!ACTS_WITH_TERM.includes(act) || endsAt <= effectiveAt),
    ),
  'an end of a status that has none': ({ status, statusEndsAt }) =>
    statusEndsAt !== null && !STATUSES_WITH_TERM.includes(status),
  // What a re-made licence inherits has its end from its predecessor's history, which is not at hand.
  'an end that its acts do not set': ({ acts, statusEndsAt, at }) =>
    acts.length > 0 && !acts.some(({ act }) => act === 'inherit') && endAt(acts, at) !== statusEndsAt,
  'a successor of a licence that is in its place': ({ successor, statusNow }) =>
    successor !== null && !TAKEN.includes(statusNow ?? 'valid'),
  'a successor since after the block': ({ successor, block }) =>
    successor !== null && successor.since > block.time,
  'a successor of the wrong agency': ({ successor, statusNow, query }) =>
    successor !== null &&
    (statusNow === 'superseded' || statusNow === 'transferred') &&
    (successor.issuer === query.issuer) !== (statusNow === 'superseded'),
  'a transferred licence that nobody took in': ({ successor, statusNow }) =>
    statusNow === 'transferred' && successor === null,
  'a destination without a transfer out': ({ destination, statusNow }) =>
    destination !== null && statusNow !== 'transferred-out',
  'a destination in its own agency': ({ destination, query }) => destination === query.issuer,
}

const OF_THE_ORIGINS: Readonly<Record<string, Contradiction>> = {
  'a licence twice in one line': ({ successor, origins, query }) =>
    hasRepeated([query, ...(successor === null ? [] : [successor]), ...origins]),
  'an origin since after the block': ({ origins, block }) => origins.some(({ since }) => since > block.time),
  'an origin before the anchor': ({ origins: [nearest], anchor, query }) =>
    nearest !== undefined &&
    anchor !== null &&
    isWithin(anchor, query.statusIndex) &&
    nearest.since < anchor.anchoredAt,
  'origins out of their order': ({ origins, statusNow }) =>
    isNotVoid(statusNow) && origins.some(({ since }, i) => since > (origins[i - 1] ?? { since }).since),
  'an origin of the wrong agency': ({ origins, statusNow, query }) =>
    isNotVoid(statusNow) &&
    origins.some(({ status, issuer }, i) => {
      const { issuer: taker } = origins[i - 1] ?? query
      return (
        (status === 'superseded' || status === 'transferred') &&
        (issuer === taker) !== (status === 'superseded')
      )
    }),
  'two licences in force in one place': ({ origins, statusNow }) =>
    origins.some(({ status }, i) => {
      const after = i === 0 ? statusNow : origins[i - 1]?.status
      return !TAKEN.includes(status) && isNotVoid(after ?? null)
    }),
}

const OF_THE_RULES: Readonly<Record<string, Contradiction>> = {
  'a licence type after the time asked about': ({ licenceType, at }) =>
    licenceType !== null && licenceType.since > at,
  'a demand of nothing, or of too much': ({ demandedFields }) =>
    demandedFields !== null &&
    (demandedFields.length === 0 || demandedFields.join('\n').length > MAX_DEMAND_CHARACTERS),
  'a demand of an unknown type': ({ demandedFields, licenceType }) =>
    demandedFields !== null && licenceType === null,
  'a rule that decides otherwise': ({ recognition: { recognised, rule } }) =>
    recognised !== RECOGNISING.includes(rule),
  'a rule without its term, or the other way': ({ recognition: { rule, term } }) =>
    (term !== null) !== WITH_OWN_TERM.includes(rule),
  'a rule out of its term': ({ recognition: { term }, at }) => term !== null && !covers(term, at),
  'an agreement without its number, or the other way': ({ recognition: { rule, agreement } }) =>
    (agreement !== null) !== (rule === 'agreement'),
  'a refusal without its approval, or the other way': ({ recognition: { rule, approval } }) =>
    (approval !== null) !== (rule === 'negative'),
  'a rule about another region than the agency’s': ({ recognition, agency }) =>
    recognition.issuingRegion !== (agency?.region ?? null),
  'the rule of one province between two': ({ recognition, query }) =>
    recognition.rule === 'same-province' && !isOneProvince(recognition, query),
  'a rule between two provinces within one': ({ recognition, query }) =>
    BETWEEN_PROVINCES.includes(recognition.rule) && isOneProvince(recognition, query),
  'a rule for an agency that is none': ({ recognition, agency }) =>
    agency === null && !WITHOUT_AGENCY.includes(recognition.rule),
  'a rule of a type that is not in force, or the other way': ({ recognition: { rule }, licenceType }) => {
    const isActive = licenceType?.status === 'active'
    if (rule === 'type-not-active') return isActive
    return !isActive && (rule === 'same-province' || WITH_OWN_TERM.includes(rule))
  },
  // Before there were rules at all, there was no catalogue either.
  'no rule, where one speaks': ({ recognition, licenceType, agency, query }) =>
    recognition.rule === 'none' &&
    licenceType !== null &&
    (agency === null || licenceType.status === 'retired' || isOneProvince(recognition, query)),
}

/** By name: everything that an answer is refused for although each of its members could be true. */
export const CONTRADICTIONS: Readonly<Record<string, Contradiction>> = {
  ...OF_THE_QUESTION,
  ...OF_THE_AGENCY,
  ...OF_THE_ANCHOR,
  ...OF_THE_STATUS,
  ...OF_THE_ORIGINS,
  ...OF_THE_RULES,
}

const NAMED = Object.entries(CONTRADICTIONS)

/** The name of the first contradiction in an answer whose every member is of its form; `null`: there is none. */
export function contradictionIn(facts: LedgerFacts, query: LedgerQuery): string | null {
  const at = query.at ?? facts.block.time
  const answer: Answer = {
    ...facts,
    query,
    at,
    issuedAt: facts.anchor?.anchoredAt ?? at,
    statusNow: statusAtBlock(facts, at),
  }
  for (const [name, isIn] of NAMED) {
    if (isIn(answer)) return name
  }
  return null
}

/** Asked about now, the state tells the status where the acts are too many to be told. */
function statusAtBlock({ acts, block, status }: LedgerFacts, at: number): LegalStatus | null {
  if (acts.length === 0) return at >= block.time ? status : 'valid'
  try {
    return statusAt(acts, block.time)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function hasEntries(facts: Omit<LedgerFacts, 'agency'>): boolean {
  const { key, anchor, successor, destination, responsibility, acts, notices, origins } = facts
  const entries = [key, anchor, successor, destination, responsibility]
  return entries.some((entry) => entry !== null) || acts.length + notices.length + origins.length > 0
}

function isWithin({ firstIndex, size }: AnchorFact, index: number): boolean {
  return index >= firstIndex && index < firstIndex + size
}

/** Until a licence is annulled, all that it goes back to is linked to it as it was at first. */
function isNotVoid(status: LegalStatus | null): boolean {
  return !VOID.includes(status ?? 'valid')
}

function isOneProvince({ issuingRegion }: RecognitionFact, { receivingRegion }: LedgerQuery): boolean {
  return issuingRegion !== null && provinceOf(issuingRegion) === provinceOf(receivingRegion)
}

function hasRepeated(places: readonly Pick<TransferFact, 'issuer' | 'statusIndex'>[]): boolean {
  if (places.length === 1) return false
  return new Set(places.map(({ issuer, statusIndex }) => `${issuer}/${statusIndex}`)).size < places.length
}
