/** A ledger view in memory: real rules over facts that a test or an integrator states. */
import type { Hex } from '../bytes/hex.ts'
import type { LedgerIdentity } from '../credential/claims.ts'
import {
  type AgencyFact,
  type AnchorFact,
  covers,
  type KeyFact,
  type LedgerBlock,
  type LedgerFacts,
  type LedgerQuery,
  LedgerUnavailableError,
  type LedgerView,
  type LicenceTypeFact,
  MAX_ORIGINS,
  type OriginFact,
  type RegionFact,
  type ResponsibleFact,
  type TermFact,
  type TransferFact,
} from './ledger-view.ts'
import { endAt, type StatusEntry, statusAt } from './legal-status.ts'
import { type RecognitionEntry, recognitionAt } from './memory-recognition.ts'

/** The fields of a type that a service item demands. */
export interface MemoryDemand {
  /** Unix seconds. */
  readonly since: number
  /** In ascending order; `null`: none any more. */
  readonly fields: readonly string[] | null
}

/** A notice 标注 beside a status. */
export interface MemoryNotice {
  readonly code: number
  /** From when it stood, and until when. */
  readonly term: TermFact
}

/** The facts of a ledger, as plain data. */
export interface MemoryLedger {
  readonly ledger: LedgerIdentity
  readonly block: LedgerBlock
  /** By GB/T 2260 code. */
  readonly regions: ReadonlyMap<string, RegionFact>
  /** By USCC. */
  readonly agencies: ReadonlyMap<string, AgencyFact>
  /** By {@link registrationKey}. */
  readonly keys: ReadonlyMap<string, KeyFact>
  /** By {@link anchorKey}. */
  readonly anchors: ReadonlyMap<string, AnchorFact>
  /** By {@link statusKey}, in the order of the acts. */
  readonly statuses: ReadonlyMap<string, readonly StatusEntry[]>
  /** By {@link statusKey}. */
  readonly notices: ReadonlyMap<string, readonly MemoryNotice[]>
  /** Successor by {@link statusKey} of the origin, whose statuses end in a `supersede` or a `transfer-in`. */
  readonly successors: ReadonlyMap<string, TransferFact>
  /** USCC of the agency that may take a licence in, by {@link statusKey}. */
  readonly destinations: ReadonlyMap<string, string>
  /** Who acts on the licences of an agency today, by its USCC; absent: the agency itself, once retired its region. */
  readonly responsible: ReadonlyMap<string, ResponsibleFact>
  /** By GB/T 2260 code of a province: since when, and until when, it is in the alliance. */
  readonly members: ReadonlyMap<string, TermFact>
  /** By code: every version and the retirement, in the order of time. */
  readonly licenceTypes: ReadonlyMap<string, readonly LicenceTypeFact[]>
  /** By {@link demandKey}: what was demanded since when, in the order of time. */
  readonly demands: ReadonlyMap<string, readonly MemoryDemand[]>
  /** By {@link responsibilityKey}. */
  readonly responsibilities: ReadonlyMap<string, readonly TermFact[]>
  /** Agreements in the order in which they came to bind, one that was renewed also where it was. */
  readonly recognitions: readonly RecognitionEntry[]
}

/**
 * Keys are kept by agency and thumbprint together: no one can take the name of another's key.
 *
 * @example
 * ```ts
 * registrationKey('11430000006122244L', '0x00') // '11430000006122244L/0x00'
 * ```
 */
export function registrationKey(agency: string, keyId: Hex): string {
  return `${agency}/${keyId}`
}

/**
 * Anchors are kept by issuer and root together: no one can take another's root.
 *
 * @example
 * ```ts
 * anchorKey('11430000006122244L', '0x00') // '11430000006122244L/0x00'
 * ```
 */
export function anchorKey(issuer: string, root: Hex): string {
  return `${issuer}/${root}`
}

/**
 * Statuses are kept by issuer and index.
 *
 * @example
 * ```ts
 * statusKey('11430000006122244L', 42) // '11430000006122244L/42'
 * ```
 */
export function statusKey(issuer: string, index: number): string {
  return `${issuer}/${index}`
}

/**
 * Responsibilities are kept by agency and licence type.
 *
 * @example
 * ```ts
 * responsibilityKey('11430000006122244L', '11100000000013338W011') // '11430000006122244L/11100000000013338W011'
 * ```
 */
export function responsibilityKey(agency: string, licenceType: string): string {
  return `${agency}/${licenceType}`
}

/**
 * Demands are kept by service item and licence type.
 *
 * @example
 * ```ts
 * demandKey('KSTB-008', '11100000000013338W011') // 'KSTB-008/11100000000013338W011'
 * ```
 */
export function demandKey(serviceItem: string, licenceType: string): string {
  return `${serviceItem}/${licenceType}`
}

/**
 * A view over these facts.
 *
 * @throws {LedgerUnavailableError} from `lookup`: `block-unavailable`, and `inconsistent` for acts that no ledger takes in their order
 * @example
 * ```ts
 * createMemoryLedgerView(sample.memory).ledger // view.ledger
 * ```
 */
export function createMemoryLedgerView(memory: MemoryLedger): LedgerView {
  return {
    ledger: memory.ledger,
    lookup: async (query) => {
      assertBlock(memory.block, query)
      try {
        return findFacts(memory, query)
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        throw new LedgerUnavailableError('inconsistent', error.message, { cause: error })
      }
    },
  }
}

function findFacts(memory: MemoryLedger, query: LedgerQuery): LedgerFacts {
  const { issuer, root, keyId, licenceType, at = memory.block.time } = query
  const agency = memory.agencies.get(issuer) ?? null
  const anchor = (root && memory.anchors.get(anchorKey(issuer, root))) ?? null
  const type = newestAt(memory.licenceTypes.get(licenceType), at)
  const { members, recognitions } = memory
  const state = { members, licenceType: type, recognitions }
  return {
    block: memory.block,
    agency,
    region: (agency && memory.regions.get(agency.region)) ?? null,
    key: memory.keys.get(registrationKey(issuer, keyId)) ?? null,
    anchor,
    ...findStatus(memory, query, at),
    origins: findOrigins(memory, query),
    responsible: memory.responsible.get(issuer) ?? officeOf(agency),
    licenceType: type,
    responsibility: findResponsibility(memory, issuer, licenceType, anchor?.anchoredAt ?? at),
    recognition: recognitionAt(state, query, agency?.region ?? null, at),
    demandedFields: findDemand(memory, query, at),
  }
}

/** Who acts on an agency's licences where nobody else was named. */
function officeOf(agency: AgencyFact | null): ResponsibleFact | null {
  if (agency === null) return null
  const { agency: own, region, status } = agency
  return status === 'retired'
    ? { capacity: 'custodian', agency: null, region, name: null }
    : { capacity: 'operator', agency: own, region, name: null }
}

/** A ledger in memory is one block, and knows no other. */
function assertBlock({ number, hash }: LedgerBlock, { block }: LedgerQuery): void {
  if (block === undefined || (block.number === number && block.hash === hash)) return
  const message = `read the ledger at block ${block.number}: this one stands at block ${number}`
  throw new LedgerUnavailableError('block-unavailable', message)
}

function findStatus(
  memory: MemoryLedger,
  { issuer, statusIndex }: LedgerQuery,
  at: number,
): Pick<LedgerFacts, 'status' | 'statusEndsAt' | 'acts' | 'notices' | 'successor' | 'destination'> {
  const key = statusKey(issuer, statusIndex)
  const acts = memory.statuses.get(key) ?? []
  const status = statusAt(acts, at)
  const statusNow = statusAt(acts, memory.block.time)
  const touched = status !== 'valid' || statusNow !== 'valid'
  return {
    status,
    statusEndsAt: endAt(acts, at),
    acts: touched ? acts : [],
    notices: findNotices(memory, key, at),
    successor: memory.successors.get(key) ?? null,
    destination: statusNow === 'transferred-out' ? (memory.destinations.get(key) ?? null) : null,
  }
}

function findNotices({ notices }: MemoryLedger, key: string, at: number): readonly number[] {
  const standing = (notices.get(key) ?? []).filter(({ term }) => covers(term, at))
  return standing.map(({ code }) => code).sort((one, other) => one - other)
}

/** From the nearest back, as far as is answered. */
function findOrigins(memory: MemoryLedger, { issuer, statusIndex }: LedgerQuery): OriginFact[] {
  const origins: OriginFact[] = []
  let key = statusKey(issuer, statusIndex)
  while (origins.length < MAX_ORIGINS) {
    const link = [...memory.successors].find(([, one]) => statusKey(one.issuer, one.statusIndex) === key)
    if (link === undefined) break
    key = link[0]
    const [origin = '', index] = key.split('/')
    origins.push({
      issuer: origin,
      statusIndex: Number(index),
      since: link[1].since,
      status: statusAt(memory.statuses.get(key) ?? [], memory.block.time),
      notices: findNotices(memory, key, memory.block.time),
    })
  }
  return origins
}

function findDemand(
  { demands }: MemoryLedger,
  { serviceItem, licenceType }: LedgerQuery,
  time: number,
): readonly string[] | null {
  if (serviceItem === undefined) return null
  return newestAt(demands.get(demandKey(serviceItem, licenceType)), time)?.fields ?? null
}

/** What was so at a time. */
function newestAt<Entry extends { readonly since: number }>(
  entries: readonly Entry[] | undefined,
  time: number,
): Entry | null {
  return entries?.findLast(({ since }) => since <= time) ?? null
}

function findResponsibility(
  { responsibilities }: MemoryLedger,
  agency: string,
  licenceType: string,
  time: number,
): TermFact | null {
  const terms = responsibilities.get(responsibilityKey(agency, licenceType)) ?? []
  return terms.find((term) => covers(term, time)) ?? null
}
