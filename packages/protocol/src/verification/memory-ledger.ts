/** The facts of a ledger as plain data, as a test or an integrator states them. */
import type { Hex } from '../bytes/hex.ts'
import type { LedgerIdentity } from '../identifiers/ledger-identity.ts'
import type { RecognitionEntry } from './fact-source.ts'
import type {
  AgencyFact,
  AnchorFact,
  KeyFact,
  LedgerBlock,
  LicenceTypeFact,
  RegionFact,
  ResponsibleFact,
  TermFact,
  TransferFact,
} from './ledger-view.ts'
import type { StatusEntry } from './legal-status.ts'

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

/** An agency was put into another region. */
export interface MemoryMove {
  /** Unix seconds. */
  readonly at: number
  /** GB/T 2260 code of the region that it left. */
  readonly from: string
}

/** The facts of a ledger, as plain data. */
export interface MemoryLedger {
  readonly ledger: LedgerIdentity
  readonly block: LedgerBlock
  /** By GB/T 2260 code. */
  readonly regions: ReadonlyMap<string, RegionFact>
  /** By USCC, where they are today. */
  readonly agencies: ReadonlyMap<string, AgencyFact>
  /** By USCC, in the order of time; an agency that is absent was never moved. */
  readonly moves?: ReadonlyMap<string, readonly MemoryMove[]>
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
  /** By GB/T 2260 code of a province: the terms in which it is in the alliance. */
  readonly members: ReadonlyMap<string, readonly TermFact[]>
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
