/** How the ledger's bytes and numbers stand for the protocol's texts. */
import {
  type Capacity,
  encodeHex,
  type Hex,
  LEGAL_STATUSES,
  type LegalStatus,
  type MemberStatus,
  type OfficialName,
  type ResponsibleFact,
  type SignatureAlgorithm,
  STATUS_CHANGES,
  type StatusAct,
} from '@hefu/protocol'
import { bytesOf, textOf } from './text-bytes.ts'

/** The order of `AgencyStatus`; 0 is "no such entry", the last one paused by the alliance. */
const AGENCY_STATUSES: readonly (MemberStatus | null)[] = [
  null,
  'active',
  'suspended',
  'retired',
  'suspended',
]
/** The order of `RegionStatus`; 0 is "no such entry", the last two closed for anchors, while acts go on in one. */
const REGION_STATUSES: readonly (MemberStatus | null)[] = [
  null,
  'active',
  'suspended',
  'retired',
  'active',
  'suspended',
]
/** The order of `Capacity`; 0 is "in none", which no act is entered in. */
const CAPACITIES: readonly (Capacity | null)[] = [null, 'operator', 'successor', 'custodian', 'superior']
/** The order of `KeyAlgorithm`; 0 is "no such entry". */
const ALGORITHMS: readonly (SignatureAlgorithm | null)[] = [null, 'ES256', 'EdDSA', 'SM2']
/** `type(uint40).max`: no end of validity, never compromised. */
const NEVER = 0xff_ffff_ffff

/** A USCC as the ledger's `bytes18`. */
export function encodeUscc(uscc: string): Hex {
  return bytesOf(uscc)
}

/** The USCC in a `bytes18`. */
export function decodeUscc(bytes: Hex): string {
  return textOf(bytes)
}

/** GB/T 2260: six digits, of a street nine. */
export function regionText(code: number): string {
  return String(code).padStart(6, '0')
}

export function decodeAgencyStatus(code: number): MemberStatus | null {
  return known(AGENCY_STATUSES, code, 'agency status')
}

export function decodeRegionStatus(code: number): MemberStatus | null {
  return known(REGION_STATUSES, code, 'region status')
}

/** @throws {RangeError} for a capacity that this version does not know */
export function decodeCapacity(code: number): Capacity {
  const capacity = known(CAPACITIES, code, 'capacity')
  if (capacity !== null) return capacity
  throw new RangeError('read the capacity of an act: it was entered in none')
}

/**
 * In what right somebody acts on an agency's licences today; `null`: there is no such agency.
 *
 * @throws {RangeError} for a capacity that this version does not know, or that nobody has for good
 */
export function decodeOffice(code: number): ResponsibleFact['capacity'] | null {
  const capacity = known(CAPACITIES, code, 'capacity')
  if (capacity !== 'superior') return capacity
  throw new RangeError('read who acts on the licences: a superior annuls and confirms, and keeps none')
}

/** The three lines of a name, Chinese, English, contact; none where there is no name. */
export function decodeName(lines: string): OfficialName | null {
  const [zh = '', en = '', contact = ''] = lines.split('\n')
  return zh === '' ? null : { zh, en, contact }
}

export function encodeAlgorithm(algorithm: SignatureAlgorithm): number {
  return ALGORITHMS.indexOf(algorithm)
}

/** @throws {RangeError} for an algorithm that this version cannot verify */
export function decodeAlgorithm(code: number): SignatureAlgorithm | null {
  return known(ALGORITHMS, code, 'key algorithm')
}

export function decodeLegalStatus(code: number): LegalStatus {
  return known(LEGAL_STATUSES, code, 'legal status')
}

export function encodeLegalStatus(status: LegalStatus): number {
  return LEGAL_STATUSES.indexOf(status)
}

export function encodeStatusAct(act: StatusAct): number {
  return STATUS_CHANGES.indexOf(act)
}

const LEGAL_BASIS_BYTES = 16

/**
 * The code of a provision as the ledger's `bytes16`.
 *
 * @throws {RangeError} when the code is not 1 to 16 visible ASCII characters
 */
export function encodeLegalBasis(code: string): Hex {
  if (!/^[!-~]{1,16}$/.test(code)) {
    throw new RangeError(
      `encode the legal basis ${JSON.stringify(code)}: expected 1 to 16 visible ASCII characters`,
    )
  }
  const bytes = new Uint8Array(LEGAL_BASIS_BYTES)
  bytes.set(new TextEncoder().encode(code))
  return encodeHex(bytes)
}

/** `null` for the ledger's "never". */
export function decodeTime(seconds: number): number | null {
  return seconds === NEVER ? null : seconds
}

export function encodeTime(seconds: number | null): number {
  return seconds ?? NEVER
}

/** @throws {RangeError} for a code beyond the values */
export function known<T>(values: readonly T[], code: number, what: string): T {
  const value = values[code]
  if (value === undefined)
    throw new RangeError(`read the ${what} ${code}: this version knows ${values.length}`)
  return value
}
