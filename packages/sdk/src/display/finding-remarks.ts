/** What a finding adds to its sentence: the act behind a status, an agreement, when a ledger was open, which fields. */
import {
  type Bilingual,
  dayOf,
  type Finding,
  type FindingFacts,
  fillIn,
  formatChinaTime,
  inBoth,
  joinTexts,
  type LicenceType,
  maskValue,
} from '@hefu/protocol'
import { labelOf } from './field-words.ts'
import { ENTERED_BY, NEWER_ACT, NOTICE_LABELS, REMARK_TEXTS } from './sheet-texts.ts'

const TEXTS = REMARK_TEXTS

/** Registered names of agencies by their codes, as far as whoever shows a verification knows them. */
export type AgencyNames = ReadonlyMap<string, string>

export const NO_NAMES: AgencyNames = new Map()

/** Empty where there is nothing to add. */
export function remarkOf(
  found: Finding,
  type: LicenceType | undefined,
  agencies: AgencyNames = NO_NAMES,
): Bilingual {
  return joinTexts(partsOf(found, type, agencies), 'remark')
}

/** Codes of the agencies that remarks name beside the licence's own issuer: a report has no names of them. */
export function agenciesIn(findings: readonly Finding[]): readonly string[] {
  const codes = findings
    .filter(({ check }) => check === 'status')
    .flatMap(({ facts }) => [facts['destination'], facts['successor']])
  return [...new Set(codes.filter((code) => typeof code === 'string'))]
}

function partsOf(
  { check, code, facts }: Finding,
  type: LicenceType | undefined,
  agencies: AgencyNames,
): readonly Bilingual[] {
  if (code.endsWith('/ledger-stale')) return staleParts(facts)
  if (check === 'status') return statusParts(code, facts, agencies)
  if (code === 'anchor/ledger-not-open') return openingParts(facts)
  if (check === 'recognition') return recognitionParts(facts)
  if (check === 'demand') {
    return [
      ...namedFields(TEXTS.notShown, listOf(facts, 'missing'), type),
      ...namedFields(TEXTS.beyondDemand, listOf(facts, 'overAsked'), type),
    ]
  }
  if (check !== 'comparison' && check !== 'faceRules') return []
  const names = Object.keys(facts).flatMap((name) => listOf(facts, name))
  return names.length === 0 ? [] : [fieldsText(names, type)]
}

/** Statuses of two acts, of which the newer one is told. */
const TWOFOLD = /^status\/(?:revoked|annulled|withdrawn)-deregistered$|^status\/restricted-suspended$/

function statusParts(code: string, facts: FindingFacts, agencies: AgencyNames): readonly Bilingual[] {
  const { act, decisionNumber, effectiveAt, capacity, endedAt, destination } = facts
  const entered = ENTERED_BY[String(capacity)]
  const decision = (TWOFOLD.test(code) ? NEWER_ACT[String(act)] : undefined) ?? inBoth('{value}')
  return [
    ...(act === 'correct' ? [TEXTS.corrected] : []),
    ...(typeof decisionNumber === 'string' ? [filled(decision, decisionNumber)] : []),
    // What is annulled is void from the start, and not from that day on.
    ...timed(act === 'annul' ? TEXTS.decidedOn : TEXTS.from, effectiveAt, dayOf),
    ...(entered === undefined ? [] : [entered]),
    ...timed(TEXTS.termEnded, endedAt, dayOf),
    ...noticeParts(facts),
    ...(destination === undefined ? [] : [filled(TEXTS.destination, agencyText(destination, agencies))]),
    ...successorParts(facts, agencies),
  ]
}

/** What took its place: by which agency, since which day, and where its status stands. */
function successorParts(
  { successor, successorIndex, successorSince }: FindingFacts,
  agencies: AgencyNames,
): readonly Bilingual[] {
  return [
    ...timed(TEXTS.newerSince, successorSince, dayOf),
    ...(typeof successor === 'string' ? [filled(TEXTS.newerIssuer, agencyText(successor, agencies))] : []),
    ...(typeof successorIndex === 'number' ? [filled(TEXTS.newerIndex, successorIndex)] : []),
  ]
}

/** By name and code; by its code where its name is not known. */
function agencyText(code: FindingFacts[string], agencies: AgencyNames): Bilingual {
  const name = agencies.get(String(code))
  return name === undefined
    ? inBoth(String(code))
    : fillIn(TEXTS.agency, { name: maskValue('open', name), code: String(code) })
}

function noticeParts(facts: FindingFacts): readonly Bilingual[] {
  const own = listOf(facts, 'notices').map(noticeText)
  const origin = listOf(facts, 'originNotices').map(noticeText)
  return [
    ...(own.length === 0 ? [] : [joinTexts(own, 'list')]),
    ...(origin.length === 0 ? [] : [filled(TEXTS.onOrigin, joinTexts(origin, 'list'))]),
  ]
}

/** When the batch was anchored, beside when its ledger opened and closed. */
function openingParts({ anchoredAt, openedAt, closedAt }: FindingFacts): readonly Bilingual[] {
  const timeOf = (seconds: number): Bilingual => inBoth(formatChinaTime(seconds))
  return [
    ...timed(TEXTS.anchoredAt, anchoredAt, timeOf),
    ...timed(TEXTS.ledgerOpened, openedAt, timeOf),
    ...timed(TEXTS.ledgerClosed, closedAt, timeOf),
  ]
}

/** Of when the data is, and how old it might be. */
function staleParts({ blockTime, maxAge }: FindingFacts): readonly Bilingual[] {
  return [
    ...timed(TEXTS.dataAsOf, blockTime, (seconds) => inBoth(formatChinaTime(seconds))),
    ...(maxAge === undefined ? [] : [filled(TEXTS.ageLimit, maxAge)]),
  ]
}

/** By which document: what the clerk cites to the applicant. */
function recognitionParts({ agreement, approval }: FindingFacts): readonly Bilingual[] {
  return [
    ...(agreement === undefined ? [] : [filled(TEXTS.agreement, agreement)]),
    ...(approval === undefined ? [] : [filled(TEXTS.approval, approval)]),
  ]
}

function filled(text: Bilingual, value: FindingFacts[string] | Bilingual): Bilingual {
  return fillIn(text, { value: typeof value === 'object' && 'zh' in value ? value : String(value) })
}

function timed(text: Bilingual, time: unknown, words: (seconds: number) => Bilingual): readonly Bilingual[] {
  return typeof time === 'number' ? [fillIn(text, { value: words(time) })] : []
}

/** The list of notices is open: one that has no words here is shown by its code. */
function noticeText(code: string): Bilingual {
  return NOTICE_LABELS[Number(code)] ?? filled(TEXTS.notice, code)
}

function namedFields(
  text: Bilingual,
  names: readonly string[],
  type: LicenceType | undefined,
): readonly Bilingual[] {
  return names.length === 0 ? [] : [filled(text, fieldsText(names, type))]
}

function fieldsText(names: readonly string[], type: LicenceType | undefined): Bilingual {
  return joinTexts(
    names.map((name) => labelOf(type, name)),
    'list',
  )
}

function listOf(facts: FindingFacts, name: string): readonly string[] {
  const fact = facts[name]
  return Array.isArray(fact) ? fact.map(String) : []
}
