/** How the ledger's bytes and numbers stand for the protocol's texts. */
import {
  encodeHex,
  type Hex,
  LEGAL_STATUSES,
  type LegalStatus,
  type MemberStatus,
  type SignatureAlgorithm,
  STATUS_ACTS,
  type StatusAct,
} from '@hefu/protocol'

/** The order of `RegionStatus` and `AgencyStatus`; 0 is "no such entry", the last an agency paused by the alliance. */
const MEMBER_STATUSES: readonly (MemberStatus | null)[] = [
  null,
  'active',
  'suspended',
  'retired',
  'suspended',
]
/** The order of `KeyAlgorithm`; 0 is "no such entry". */
const ALGORITHMS: readonly (SignatureAlgorithm | null)[] = [null, 'ES256', 'EdDSA', 'SM2']
/** `type(uint32).max`: no end of validity, never compromised. */
const NEVER = 0xffff_ffff

/** A USCC as the ledger's `bytes18`. */
export function encodeUscc(uscc: string): Hex {
  return encodeHex(new TextEncoder().encode(uscc))
}

/** The USCC in a `bytes18`. */
export function decodeUscc(bytes: Hex): string {
  return (bytes.slice(2).match(/../g) ?? [])
    .map((byte) => String.fromCharCode(Number.parseInt(byte, 16)))
    .join('')
}

export function decodeMemberStatus(code: number): MemberStatus | null {
  return known(MEMBER_STATUSES, code, 'member status')
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

export function encodeStatusAct(act: StatusAct): number {
  return STATUS_ACTS.indexOf(act)
}

/** 行政处罚法 art. 9 (3), under which these acts exist; a decision under a special law names that one instead. */
const GENERAL_BASIS = 'XZCFF-9-3'
const LEGAL_BASIS_BYTES = 16

/**
 * The code of a provision as the ledger's `bytes16`.
 *
 * @throws {RangeError} when the code is not 1 to 16 visible ASCII characters
 */
export function encodeLegalBasis(code: string = GENERAL_BASIS): Hex {
  if (!/^[!-~]{1,16}$/.test(code)) {
    throw new RangeError(
      `encode the legal basis ${JSON.stringify(code)}: expected 1 to 16 visible ASCII characters`,
    )
  }
  const bytes = new Uint8Array(LEGAL_BASIS_BYTES)
  bytes.set(new TextEncoder().encode(code))
  return encodeHex(bytes)
}

/** @throws {RangeError} for an act that this version does not know */
export function decodeStatusAct(code: number): StatusAct {
  return known(STATUS_ACTS, code, 'status act')
}

/** `null` for the ledger's "never". */
export function decodeTime(seconds: number): number | null {
  return seconds === NEVER ? null : seconds
}

export function encodeTime(seconds: number | null): number {
  return seconds ?? NEVER
}

function known<T>(values: readonly T[], code: number, what: string): T {
  const value = values[code]
  if (value === undefined)
    throw new RangeError(`read the ${what} ${code}: this version knows ${values.length}`)
  return value
}
