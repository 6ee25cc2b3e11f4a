/** A credential: issuer-signed SD-JWT VC in compact form, `header.payload.signature~disclosure~…~` (spec/credential.md). */
import { encodeBase64url, parseBase64url } from '../bytes/base64url.ts'
import { type Defect, MalformedError, malformed } from '../bytes/malformed.ts'
import { collect } from '../bytes/members.ts'
import { type JsonValue, parseStrictJson } from '../bytes/strict-json.ts'
import { encodeUtf8, parseUtf8 } from '../bytes/text.ts'
import {
  type CredentialClaims,
  type CredentialHeader,
  MAX_DISCLOSURES,
  parseClaims,
  parseHeader,
} from './claims.ts'
import { type Disclosure, parseDisclosure } from './disclosure.ts'

export const MAX_CREDENTIAL_CHARACTERS = 131_072
const MAX_HEADER_CHARACTERS = 512
const MAX_CLAIMS_CHARACTERS = 16_384
const SIGNATURE_BYTES = 64

/** A credential that has been read. Nothing is proven yet: every member is whatever was presented. */
export interface UnverifiedCredential {
  readonly header: CredentialHeader
  readonly claims: CredentialClaims
  readonly disclosures: readonly Disclosure[]
  /** `header.payload`, ASCII: what is signed, and the leaf of the batch. */
  readonly signingInput: string
  /** 64 bytes. */
  readonly signature: Uint8Array
}

/**
 * Reads an untrusted credential; every disclosure is opened, and all defects are reported together.
 *
 * @throws {MalformedError}
 * @example
 * ```ts
 * parseCredential(sample.compact).header.alg // 'ES256'
 * parseCredential(sample.compact.slice(0, -1)) // throws MalformedError
 * ```
 */
export function parseCredential(compact: string, where = 'credential'): UnverifiedCredential {
  if (compact.length > MAX_CREDENTIAL_CHARACTERS) {
    throw malformed(
      'too-large',
      where,
      `at most ${MAX_CREDENTIAL_CHARACTERS} characters`,
      `${compact.length}`,
    )
  }
  const [jws = '', ...rest] = compact.split('~')
  if (rest.pop() !== '') {
    throw malformed('wrong-shape', where, 'a text that ends with "~" (no key binding)', 'another ending')
  }
  if (rest.length > MAX_DISCLOSURES) {
    throw malformed('too-large', where, `at most ${MAX_DISCLOSURES} disclosures`, `${rest.length}`)
  }
  const { signed, disclosures } = collect({
    signed: () => parseSigned(jws, where),
    disclosures: () => parseEach(rest, `${where}.disclosures`),
  })
  return { ...signed, disclosures }
}

function parseSigned(jws: string, where: string): Omit<UnverifiedCredential, 'disclosures'> {
  const parts = jws.split('.')
  const [header = '', payload = '', signature = ''] = parts
  if (parts.length !== 3) {
    throw malformed(
      'wrong-shape',
      where,
      'header.payload.signature before the first "~"',
      `${parts.length} parts`,
    )
  }
  const read = collect({
    header: () =>
      parseHeader(parseSegment(header, MAX_HEADER_CHARACTERS, `${where}.header`), `${where}.header`),
    claims: () =>
      parseClaims(parseSegment(payload, MAX_CLAIMS_CHARACTERS, `${where}.payload`), `${where}.payload`),
    signature: () => parseSignature(signature, `${where}.signature`),
  })
  return { ...read, signingInput: `${header}.${payload}` }
}

/**
 * The JSON in one segment of a JWS.
 *
 * @throws {MalformedError}
 */
export function parseSegment(segment: string, maxLength: number, where: string): JsonValue {
  if (segment.length > maxLength * 2) {
    throw malformed('too-large', where, `at most ${maxLength * 2} characters`, `${segment.length}`)
  }
  return parseStrictJson(parseUtf8(parseBase64url(segment, where), where), maxLength, where)
}

/**
 * The raw signature of a JWS, of 64 bytes for every algorithm here.
 *
 * @throws {MalformedError}
 */
export function parseSignature(signature: string, where: string): Uint8Array {
  const bytes = parseBase64url(signature, where)
  if (bytes.length === SIGNATURE_BYTES) return bytes
  throw malformed('wrong-shape', where, `${SIGNATURE_BYTES} bytes`, `${bytes.length}`)
}

function parseEach(encoded: readonly string[], where: string): readonly Disclosure[] {
  const defects: Defect[] = []
  const disclosures: Disclosure[] = []
  encoded.forEach((text, i) => {
    try {
      disclosures.push(parseDisclosure(text, `${where}[${i}]`))
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error
      defects.push(...error.defects)
    }
  })
  const [first, ...rest] = defects
  if (first !== undefined) throw new MalformedError([first, ...rest])
  return disclosures
}

/**
 * `header.payload` of a credential about to be signed.
 *
 * @example
 * ```ts
 * const { header, claims } = parseCredential(sample.compact)
 * encodeSigningInput(header, claims).split('.').length // 2
 * ```
 */
export function encodeSigningInput(header: CredentialHeader, claims: CredentialClaims): string {
  return `${encodeJson(header)}.${encodeJson(claims)}`
}

function encodeJson(value: object): string {
  return encodeBase64url(encodeUtf8(JSON.stringify(value)))
}

/**
 * The compact form of a signed credential with the given disclosures, in their order.
 *
 * @example
 * ```ts
 * const { signingInput, signature, disclosures } = parseCredential(sample.compact)
 * encodeCredential(signingInput, signature, disclosures) // sample.compact
 * ```
 */
export function encodeCredential(
  signingInput: string,
  signature: Uint8Array,
  disclosures: readonly Pick<Disclosure, 'encoded'>[],
): string {
  return [`${signingInput}.${encodeBase64url(signature)}`, ...disclosures.map((d) => d.encoded), ''].join('~')
}
