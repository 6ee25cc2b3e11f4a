/** The rules of the alliance as the ledger's ABI has them: terms, licence types, recognition. */
import { type Hex, type LedgerFacts, RECOGNITION_RULES, SERVICE_ITEM, type TermFact } from '@hefu/protocol'
import { known } from './codes.ts'
import { bytesOf, textOf } from './text-bytes.ts'

/** `type(uint40).max`: no end. */
const TERM_OPEN = 0xff_ffff_ffff
const SERVICE_ITEM_BYTES = 32
const NO_SERVICE_ITEM: Hex = `0x${'0'.repeat(2 * SERVICE_ITEM_BYTES)}`
/** The order of `EntryStatus`; 0 is "no such entry". */
const RETIRED = 2

/** Half-open, Unix seconds; zero-valued: there is none. */
interface AbiTerm {
  readonly from: number
  readonly until: number
}

export function decodeTerm({ from, until }: AbiTerm): TermFact | null {
  return until === 0 ? null : { from, until: until === TERM_OPEN ? null : until }
}

/** The end of a term as the ledger takes it. */
export function encodeTermEnd(until: number | null): number {
  return until ?? TERM_OPEN
}

/** A licence type's code (21 characters) as the ledger's `bytes21`. */
export function encodeLicenceType(code: string): Hex {
  return bytesOf(code)
}

/**
 * A service item as the ledger's `bytes32`; none: zero.
 *
 * @throws {RangeError} when the code is not 1 to 32 visible ASCII characters
 */
export function encodeServiceItem(item: string | null | undefined): Hex {
  if (item === null || item === undefined) return NO_SERVICE_ITEM
  if (!SERVICE_ITEM.test(item)) {
    throw new RangeError(`encode the service item: expected 1 to 32 visible ASCII characters`)
  }
  return bytesOf(item, SERVICE_ITEM_BYTES)
}

/** The code in a `bytes32`; empty: none. */
export function decodeServiceItem(item: Hex): string {
  return textOf(item).replaceAll('\0', '')
}

interface AbiLicenceType {
  readonly rules: { readonly schemaDigest: Hex }
  readonly version: number
  readonly status: number
  readonly since: number
}

export function decodeLicenceType(entry: AbiLicenceType): LedgerFacts['licenceType'] {
  if (entry.status === 0) return null
  const { rules, version, status, since } = entry
  return {
    schemaDigest: rules.schemaDigest,
    version,
    status: status === RETIRED ? 'retired' : 'active',
    since,
  }
}

interface AbiRecognition {
  readonly recognised: boolean
  readonly rule: number
  readonly agreement: number
  readonly term: AbiTerm
  readonly approval: { readonly number: string; readonly documentDigest: Hex }
}

/** @throws {RangeError} for a rule that this version does not know */
export function decodeRecognition(
  answer: AbiRecognition,
  issuingRegion: string | null,
): LedgerFacts['recognition'] {
  const { recognised, agreement, term, approval } = answer
  return {
    recognised,
    rule: known(RECOGNITION_RULES, answer.rule, 'recognition rule'),
    issuingRegion,
    agreement: agreement === 0 ? null : agreement,
    term: decodeTerm(term),
    approval: approval.number === '' ? null : approval,
  }
}

/**
 * The names of fields that a service item demands, one a line; `null`: it demands none.
 *
 * @throws {RangeError} when they are not of visible ASCII, as the ledger takes them
 */
export function decodeDemand({ fields }: { readonly fields: Hex }): readonly string[] | null {
  if (fields === '0x') return null
  const names = textOf(fields).split('\n')
  if (names.every((name) => /^[!-~]+$/.test(name))) return names
  throw new RangeError('read the demanded fields: expected names of visible ASCII, one a line')
}
