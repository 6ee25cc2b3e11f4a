/** The parts of a JWS in compact form (RFC 7515 §7.1). */
import { parseBase64url } from '../bytes/base64url.ts'
import { malformed } from '../bytes/malformed.ts'
import { type JsonValue, parseStrictJson } from '../bytes/strict-json.ts'
import { parseUtf8 } from '../bytes/text.ts'
import { SIGNATURE_BYTES } from '../suite/suite.ts'

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
