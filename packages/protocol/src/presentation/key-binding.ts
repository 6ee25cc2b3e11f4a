/** Key binding: the holder's signature over what is presented, to whom and when (RFC 9901 §4.3). */
import { encodeBase64url } from '../bytes/base64url.ts'
import { describeType, malformed } from '../bytes/malformed.ts'
import {
  assertOnly,
  collect,
  constantMember,
  integerMember,
  parseObject,
  textMember,
} from '../bytes/members.ts'
import type { JsonObject, JsonValue } from '../bytes/strict-json.ts'
import { encodeUtf8 } from '../bytes/text.ts'
import { DIGEST, MAX_TIME, parseAlgorithm } from '../credential/claims.ts'
import { parseSegment, parseSignature } from '../credential/jws.ts'
import type { SignatureAlgorithm, Suite } from '../suite/suite.ts'
import { type AnnotatedCopyClaim, parseAnnotatedCopy } from './annotated-copy.ts'

/** `typ` of a key binding (RFC 9901 §4.3). */
export const KEY_BINDING_TYPE = 'kb+jwt'
const MAX_HEADER_CHARACTERS = 256
const MAX_CLAIMS_CHARACTERS = 4096
const MAX_TEXT_CHARACTERS = 256

/** Exactly these members: the key is the credential's `cnf`, never one that the header brings. */
export interface KeyBindingHeader {
  readonly alg: SignatureAlgorithm
  readonly typ: typeof KEY_BINDING_TYPE
}

/** Times in Unix seconds. `exp` and `copy` stand together: only an annotated copy ends by itself. */
export interface KeyBindingClaims {
  /** When the holder signed, by the holder's clock. */
  readonly iat: number
  /** Whom it is presented to. */
  readonly aud: string
  readonly nonce: string
  /** See {@link digestPresented}. */
  readonly sd_hash: string
  /** When the annotated copy ends. */
  readonly exp?: number
  readonly copy?: AnnotatedCopyClaim
}

/** A key binding that has been read; nothing is proven yet. */
export interface UnverifiedKeyBinding {
  readonly header: KeyBindingHeader
  readonly claims: KeyBindingClaims
  /** `header.payload`, ASCII. */
  readonly signingInput: string
  /** 64 bytes. */
  readonly signature: Uint8Array
  /** The credential that it came with, up to and including the last `~`. */
  readonly presented: string
}

/**
 * `sd_hash` of RFC 9901 §4.3.1: over the credential with exactly the disclosures presented, up to and
 * including its last `~`. The hash is that of `_sd_alg`, SHA-256.
 *
 * @example
 * ```ts
 * digestPresented(sample.compact, suite) // suite.sha256Base64url(sample.compact)
 * ```
 */
export function digestPresented(compact: string, suite: Suite): string {
  return suite.sha256Base64url(compact)
}

/**
 * Reads the untrusted JWT that follows the last `~` of `presented`.
 *
 * @throws {MalformedError} with the defects of all three parts together
 */
export function parseKeyBinding(jwt: string, presented: string, where: string): UnverifiedKeyBinding {
  const parts = jwt.split('.')
  const [header = '', payload = '', signature = ''] = parts
  if (parts.length !== 3) {
    throw malformed('wrong-shape', where, 'header.payload.signature', `${parts.length} parts`)
  }
  const read = collect({
    header: () =>
      parseHeader(parseSegment(header, MAX_HEADER_CHARACTERS, `${where}.header`), `${where}.header`),
    claims: () =>
      parseClaims(parseSegment(payload, MAX_CLAIMS_CHARACTERS, `${where}.payload`), `${where}.payload`),
    signature: () => parseSignature(signature, `${where}.signature`),
  })
  return { ...read, signingInput: `${header}.${payload}`, presented }
}

function parseHeader(value: JsonValue, where: string): KeyBindingHeader {
  const object = parseObject(value, where)
  assertOnly(object, ['alg', 'typ'], where)
  return collect({
    alg: () => parseAlgorithm(object['alg'], `${where}.alg`),
    typ: () => constantMember(object, 'typ', KEY_BINDING_TYPE, where),
  })
}

function parseClaims(value: JsonValue, where: string): KeyBindingClaims {
  const object = parseObject(value, where)
  assertOnly(object, ['iat', 'aud', 'nonce', 'sd_hash', 'exp', 'copy'], where)
  const { copy, ...always } = collect({
    iat: () => integerMember(object, 'iat', 0, MAX_TIME, where),
    aud: () => parseBounded(object, 'aud', where),
    nonce: () => parseBounded(object, 'nonce', where),
    sd_hash: () => textMember(object, 'sd_hash', DIGEST, 'a SHA-256 in base64url', where),
    copy: () => parseCopy(object, where),
  })
  if (copy.exp === undefined || copy.exp > always.iat) return { ...always, ...copy }
  throw malformed('wrong-value', `${where}.exp`, 'a time after iat', `${copy.exp}`)
}

/** The holder's words, which an error must not repeat: whom a person deals with is nobody else's business. */
function parseBounded(object: JsonObject, name: string, where: string): string {
  const text = object[name]
  const expected = `one text of 1 to ${MAX_TEXT_CHARACTERS} characters`
  if (typeof text !== 'string') return textMember(object, name, /^/, expected, where)
  if (text.length >= 1 && text.length <= MAX_TEXT_CHARACTERS) return text
  throw malformed('wrong-value', `${where}.${name}`, expected, describeType(text))
}

function parseCopy(object: JsonObject, where: string): Pick<KeyBindingClaims, 'exp' | 'copy'> {
  if (object['exp'] === undefined && object['copy'] === undefined) return {}
  return collect({
    exp: () => integerMember(object, 'exp', 0, MAX_TIME, where),
    copy: () => parseAnnotatedCopy(object['copy'] ?? null, `${where}.copy`),
  })
}

/**
 * `header.payload` of a key binding about to be signed; the order of members is that of the format.
 *
 * @example
 * ```ts
 * const claims = { iat: now, aud: 'urn:hefu:region:440000', nonce: 'A'.repeat(22), sd_hash: digestPresented(sample.compact, suite) }
 * encodeKeyBindingInput('ES256', claims).split('.')[0] // 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImtiK2p3dCJ9'
 * ```
 */
export function encodeKeyBindingInput(algorithm: SignatureAlgorithm, claims: KeyBindingClaims): string {
  const header: KeyBindingHeader = { alg: algorithm, typ: KEY_BINDING_TYPE }
  const { iat, aud, nonce, sd_hash, exp, copy } = claims
  const ordered = { iat, aud, nonce, sd_hash, ...(copy === undefined ? {} : { exp, copy: orderCopy(copy) }) }
  return [header, ordered].map((part) => encodeBase64url(encodeUtf8(JSON.stringify(part)))).join('.')
}

function orderCopy({ cause, maker }: AnnotatedCopyClaim): AnnotatedCopyClaim {
  return { cause, maker }
}
