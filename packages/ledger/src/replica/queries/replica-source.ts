/** What a replica answers: the questions of a ledger view, over its facts. */
import type {
  AgencyFact,
  AgreementEntry,
  AgreementQuestion,
  FactSource,
  Hex,
  LedgerBlock,
  LedgerIdentity,
  NegativeEntry,
  OriginPlace,
  RefusalQuestion,
  RegionFact,
  ResponsibleFact,
  StatusPlace,
  TermFact,
} from '@hefu/protocol'
import { regionText } from '../../abi/codes.ts'
import { bondKey } from '../facts/apply-rules.ts'
import { firstActiveRegion, isActiveRegion, lastSuccessor } from '../facts/authority.ts'
import { bothAt, holdingAt, newestAt, newestOf, placeAt } from '../facts/dated.ts'
import { type Facts, keyOf, type RegionRecord, type TermRecord, THE_ONE } from '../facts/facts.ts'
import { entriesOf } from '../facts/history.ts'

/** Which ledger the facts are of, and as of which block. */
export interface FactsPosition {
  readonly ledger: LedgerIdentity
  readonly block: LedgerBlock
}

const termOf = ({ term }: TermRecord): TermFact => term

/** The facts as they are at a block, for every time up to it: of a later block they are another source. */
export function createReplicaSource(facts: Facts, { ledger, block }: FactsPosition): FactSource {
  const place = ({ issuer, statusIndex }: StatusPlace): string => keyOf(issuer, statusIndex)
  // A lookup asks it again and again, of two times at most.
  const rulebooks = new Map<number, Hex | null>()
  const rulebookAt = (time: number): Hex | null => {
    const known = rulebooks.get(time)
    if (known !== undefined) return known
    const rulebook = newestAt(facts.find('rulebooks', THE_ONE) ?? [], time)?.fact ?? null
    rulebooks.set(time, rulebook)
    return rulebook
  }
  /** Keys of a rulebook's facts; before the first rulebook nothing is found. */
  const ruleKey = (time: number, ...parts: readonly (string | number)[]): string =>
    keyOf(rulebookAt(time) ?? '', ...parts)
  return {
    ledger,
    block,
    agency: (uscc, time) => findAgency(facts, uscc, time),
    region: (region, time) => findRegion(facts, Number(region), time, block.time),
    key: (agency, keyId) => facts.find('keys', keyOf(agency, keyId)),
    anchor: (issuer, root) => facts.find('anchors', keyOf(issuer, root)),
    acts: (of) => entriesOf(facts.history('acts', place(of))),
    notices: (of, time) => standingNotices(facts, place(of), time, block.time),
    successor: (of) => {
      const successor = facts.find('successors', place(of))
      return successor === null || 'destination' in successor ? null : successor
    },
    origins: (of, most) => originsOf(facts, place(of), most),
    destination: (of) => {
      const successor = facts.find('successors', place(of))
      if (successor === null) return null
      return 'destination' in successor ? successor.destination : successor.issuer
    },
    responsible: (agency) => findResponsible(facts, agency, block.time),
    hasRules: (time) => rulebookAt(time) !== null,
    licenceType: (code, time) => newestAt(facts.find('licenceTypes', ruleKey(time, code)) ?? [], time),
    demandedFields: (item, type, time) =>
      newestAt(facts.find('demands', ruleKey(time, item)) ?? [], time)?.fact[type] ?? null,
    responsibility: (agency, type, time) => {
      const assigned = holdingAt(
        facts.find('responsibilities', ruleKey(time, agency, type)) ?? [],
        termOf,
        time,
      )
      const region = facts.find('agencies', agency)
      if (assigned === null || region === null) return null
      const delegated = delegationAt(
        facts,
        (code) => ruleKey(time, code, type),
        placeAt(region.left, time, region.region),
        time,
      )
      return delegated && bothAt(assigned.term, delegated, time)
    },
    membership: (province, time) => {
      const entry = newestAt(facts.find('regions', keyOf(Number(province)))?.membership ?? [], time)
      return entry?.fact === true ? { from: entry.since, until: null } : null
    },
    baseline: (licenceType, time) => {
      const entry = holdingAt(facts.find('baseline', ruleKey(time, licenceType)) ?? [], termOf, time)
      return entry === null ? [] : [{ rule: 'baseline', licenceType, term: entry.term }]
    },
    negatives: (question, time) => refusalsAt(facts, question, time, (...parts) => ruleKey(time, ...parts)),
    newestAgreements: (question, time, most) => agreementsAt(facts, question, time, most, rulebookAt(time)),
  }
}

function findAgency(facts: Facts, uscc: string, time: number): AgencyFact | null {
  const agency = facts.find('agencies', uscc)
  if (agency === null) return null
  const { status, since, names, left, region } = agency
  const name = newestAt(names, time)?.fact.zh ?? null
  return { agency: uscc, region: regionText(placeAt(left, time, region)), status, since, name }
}

/** Its standing is that of now, and no better than that of what it lies in. */
function findRegion(facts: Facts, code: number, time: number, now: number): RegionFact | null {
  const region = facts.find('regions', keyOf(code))
  if (region === null) return null
  const own = OWN_STATUS[region.status]
  const status = own === 'active' && !isActiveRegion(facts, code, now) ? 'suspended' : own
  return { region: regionText(code), status, name: newestAt(region.names, time)?.fact.zh ?? null }
}

/** Closed for anchors it stands. */
const OWN_STATUS: Readonly<Record<RegionRecord['status'], RegionFact['status']>> = {
  active: 'active',
  closed: 'active',
  suspended: 'suspended',
  'closed-suspended': 'suspended',
  retired: 'retired',
}

/** State says what stands now; what stood before follows from when each entry took effect. */
function standingNotices(facts: Facts, key: string, time: number, now: number): readonly number[] {
  const standing = new Set<number>()
  for (const { code, stands, effectiveAt } of entriesOf(facts.history('notices', key))) {
    if (time < now && effectiveAt > time) continue
    if (stands) standing.add(code)
    else standing.delete(code)
  }
  return [...standing].toSorted((one, other) => one - other)
}

/** As many as there were when the licence took the nearest one's place: what that took on later is none of its own. */
function originsOf(facts: Facts, key: string, most: number): readonly OriginPlace[] {
  const origins: OriginPlace[] = []
  let origin = facts.find('origins', key)
  const count = Math.min(origin?.depth ?? 0, most)
  while (origin !== null && origins.length < count) {
    const { depth: _, ...place } = origin
    origins.push(place)
    origin = facts.find('origins', keyOf(place.issuer, place.statusIndex))
  }
  return origins
}

function findResponsible(facts: Facts, uscc: string, now: number): ResponsibleFact | null {
  const last = lastSuccessor(facts, uscc)
  const agency = facts.find('agencies', last)
  if (agency === null) return null
  if (agency.status === 'retired') {
    const region = firstActiveRegion(facts, agency.region, now)
    const names = facts.find('regions', keyOf(region))?.names ?? []
    return {
      capacity: 'custodian',
      agency: null,
      region: region === 0 ? null : regionText(region),
      name: newestAt(names, now)?.fact ?? null,
    }
  }
  return {
    capacity: last === uscc ? 'operator' : 'successor',
    agency: last,
    region: regionText(agency.region),
    name: newestAt(agency.names, now)?.fact ?? null,
  }
}

/** The term in which a region may assign a type, as far as everything above it had delegated it. */
function delegationAt(
  facts: Facts,
  keyFor: (region: number) => string,
  region: number,
  time: number,
): TermFact | null {
  let term: TermFact | null = { from: 0, until: null }
  let code = region
  for (let parent = parentAt(facts, code, time); parent !== 0; parent = parentAt(facts, code, time)) {
    const delegated = holdingAt(facts.find('delegations', keyFor(code)) ?? [], termOf, time)
    if (delegated === null || term === null) return null
    term = bothAt(term, delegated.term, time)
    code = parent
  }
  return term
}

function parentAt(facts: Facts, code: number, time: number): number {
  const region = facts.find('regions', keyOf(code))
  return region === null ? 0 : placeAt(region.left, time, region.parent)
}

const EVERY_PROVINCE = 0
const EVERY_ITEM = ''

/** The very province before every one, the very item before every one. */
function refusalsAt(
  facts: Facts,
  { receiving, issuing, licenceType, serviceItem }: RefusalQuestion,
  time: number,
  keyFor: (...parts: readonly (string | number)[]) => string,
): readonly NegativeEntry[] {
  const items = serviceItem === null ? [EVERY_ITEM] : [serviceItem, EVERY_ITEM]
  return [Number(issuing), EVERY_PROVINCE].flatMap((province) =>
    items.flatMap((item) => {
      const key = keyFor(Number(receiving), province, licenceType, item)
      const entry = holdingAt(facts.find('refusals', key) ?? [], termOf, time)
      if (entry === null) return []
      return [
        {
          rule: 'negative' as const,
          receiving,
          issuing: province === EVERY_PROVINCE ? null : issuing,
          licenceType,
          serviceItem: item === EVERY_ITEM ? null : item,
          ...entry,
        },
      ]
    }),
  )
}

function agreementsAt(
  facts: Facts,
  { receiving, issuing, licenceType }: AgreementQuestion,
  time: number,
  most: number,
  rulebook: Hex | null,
): readonly AgreementEntry[] {
  if (rulebook === null) return []
  const key = bondKey(rulebook, Number(receiving), Number(issuing), licenceType)
  return newestOf(facts.find('bonds', key) ?? [], time, most).flatMap(({ fact: number }) => {
    const agreement = facts.find('agreements', keyOf(rulebook, number))
    if (agreement === null) return []
    const { licenceTypes, term, members } = agreement
    const terms = members.map((member) => [regionText(member.province), member.term] as const)
    return [{ rule: 'agreement' as const, number, licenceTypes, term, members: Object.fromEntries(terms) }]
  })
}
