/** Facts stated as data, as the source that a view asks. */
import type { AgreementEntry, FactSource, OriginPlace, StatusPlace } from './fact-source.ts'
import { type AgencyFact, covers, type ResponsibleFact } from './ledger-view.ts'
import {
  anchorKey,
  demandKey,
  type MemoryLedger,
  registrationKey,
  responsibilityKey,
  statusKey,
} from './memory-ledger.ts'

/**
 * Facts stated as data, each found by what it is kept by.
 *
 * @example
 * ```ts
 * createMemorySource(sample.memory).agency('x', now) // null
 * ```
 */
export function createMemorySource(memory: MemoryLedger): FactSource {
  return {
    ledger: memory.ledger,
    block: memory.block,
    agency: (uscc, time) => findAgency(memory, uscc, time),
    region: (region) => memory.regions.get(region) ?? null,
    key: (agency, keyId) => memory.keys.get(registrationKey(agency, keyId)) ?? null,
    anchor: (issuer, root) => memory.anchors.get(anchorKey(issuer, root)) ?? null,
    acts: (place) => memory.statuses.get(keyOf(place)) ?? [],
    notices: (place, time) =>
      (memory.notices.get(keyOf(place)) ?? [])
        .filter(({ term }) => covers(term, time))
        .map(({ code }) => code)
        .sort((one, other) => one - other),
    successor: (place) => memory.successors.get(keyOf(place)) ?? null,
    origins: (place, most) => findOrigins(memory, place, most),
    destination: (place) => memory.destinations.get(keyOf(place)) ?? null,
    responsible: (agency) => memory.responsible.get(agency) ?? officeOf(memory.agencies.get(agency)),
    hasRules: () => true,
    licenceType: (code, time) => newestAt(memory.licenceTypes.get(code), time),
    demandedFields: (item, type, time) =>
      newestAt(memory.demands.get(demandKey(item, type)), time)?.fields ?? null,
    responsibility: (agency, type, time) =>
      memory.responsibilities.get(responsibilityKey(agency, type))?.find((term) => covers(term, time)) ??
      null,
    membership: (province, time) => memory.members.get(province)?.find((term) => covers(term, time)) ?? null,
    baseline: (type) =>
      memory.recognitions
        .filter((entry) => entry.rule === 'baseline')
        .filter(({ licenceType }) => licenceType === type),
    negatives: ({ receiving, licenceType }) =>
      memory.recognitions
        .filter((entry) => entry.rule === 'negative')
        .filter((entry) => entry.receiving === receiving && entry.licenceType === licenceType),
    newestAgreements: (question, time, most) =>
      memory.recognitions
        .filter((entry) => entry.rule === 'agreement')
        .filter(bindsBoth(question, time))
        .slice(-most)
        .toReversed(),
  }
}

/** Who acts on an agency's licences where nobody else was named. */
function officeOf(agency: AgencyFact | undefined): ResponsibleFact | null {
  if (agency === undefined) return null
  const { agency: own, region, status } = agency
  if (status === 'retired') return { capacity: 'custodian', agency: null, region, name: null }
  const name = agency.name === null ? null : { zh: agency.name, en: '', contact: '' }
  return { capacity: 'operator', agency: own, region, name }
}

function keyOf({ issuer, statusIndex }: StatusPlace): string {
  return statusKey(issuer, statusIndex)
}

/** In the first region that it left later, or where it is now. */
function findAgency(
  { agencies, moves }: MemoryLedger,
  uscc: string,
  time: number,
): ReturnType<FactSource['agency']> {
  const agency = agencies.get(uscc) ?? null
  const left = moves?.get(uscc)?.find(({ at }) => at > time)
  return agency && left !== undefined ? { ...agency, region: left.from } : agency
}

function findOrigins(memory: MemoryLedger, place: StatusPlace, most: number): readonly OriginPlace[] {
  const origins: OriginPlace[] = []
  let origin = findOrigin(memory, keyOf(place))
  while (origin !== null && origins.length < most) {
    origins.push(origin)
    origin = findOrigin(memory, keyOf(origin))
  }
  return origins
}

function findOrigin({ successors }: MemoryLedger, key: string): OriginPlace | null {
  const link = [...successors].find(([, { issuer, statusIndex }]) => statusKey(issuer, statusIndex) === key)
  if (link === undefined) return null
  const [origin, { since }] = link
  const [issuer = '', index] = origin.split('/')
  return { issuer, statusIndex: Number(index), since }
}

/** What was so at a time. */
function newestAt<Entry extends { readonly since: number }>(
  entries: readonly Entry[] | undefined,
  time: number,
): Entry | null {
  return entries?.findLast(({ since }) => since <= time) ?? null
}

/** Whether an agreement names the type, and both provinces had joined it by then. */
function bindsBoth(
  { receiving, issuing, licenceType }: Parameters<FactSource['newestAgreements']>[0],
  time: number,
): (entry: AgreementEntry) => boolean {
  return ({ licenceTypes, members }) =>
    licenceTypes.includes(licenceType) &&
    [receiving, issuing].every((province) => {
      const joined = members[province]
      return joined !== undefined && joined.from <= time
    })
}
