/** Base64url without padding (RFC 4648 §5, RFC 7515 §2), canonical form only. */
import { malformed } from './malformed.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
/** Negative for every character outside of the alphabet, so that a whole group is judged by its sign. */
const SEXTETS = sextets()
/** The two characters of every 12 bits: half as many to put together. */
const PAIRS: readonly string[] = Array.from(
  { length: 4096 },
  (_, value) => ALPHABET.charAt(value >> 6) + ALPHABET.charAt(value & 63),
)

function sextets(): Int8Array {
  const table = new Int8Array(128).fill(-1)
  for (let value = 0; value < 64; value++) table[ALPHABET.charCodeAt(value)] = value
  return table
}

/**
 * Decodes canonical base64url: no padding, no white space, no other alphabet, unused trailing bits zero,
 * so that one byte string has exactly one encoding.
 *
 * @throws {MalformedError} `not-base64url`
 * @example
 * ```ts
 * parseBase64url('-_8', 'digest') // Uint8Array.of(0xfb, 0xff)
 * parseBase64url('-_8=', 'digest') // throws MalformedError
 * parseBase64url('-_9', 'digest') // throws MalformedError
 * ```
 */
export function parseBase64url(text: string, where: string): Uint8Array {
  const bytes = new Uint8Array((text.length * 3) >> 2)
  const tail = text.length % 4
  let at = 0
  for (let i = 0; i < text.length - tail; i += 4) {
    const group =
      (sextet(text, i) << 18) | (sextet(text, i + 1) << 12) | (sextet(text, i + 2) << 6) | sextet(text, i + 3)
    if (group < 0) throw notBase64url(where)
    bytes[at++] = group >> 16
    bytes[at++] = group >> 8
    bytes[at++] = group
  }
  if (tail > 0) decodeTail(text, tail, bytes, at, where)
  return bytes
}

/** The last group: 2 characters for one byte, 3 for two, 1 for none. */
function decodeTail(text: string, tail: number, bytes: Uint8Array, at: number, where: string): void {
  if (tail === 1) throw notBase64url(where)
  const i = text.length - tail
  const third = tail === 3 ? sextet(text, i + 2) : 0
  const group = (sextet(text, i) << 18) | (sextet(text, i + 1) << 12) | (third << 6)
  const unusedBits = tail === 3 ? 0xff : 0xffff
  if (group < 0 || (group & unusedBits) !== 0) throw notBase64url(where)
  bytes[at] = group >> 16
  if (tail === 3) bytes[at + 1] = group >> 8
}

function sextet(text: string, at: number): number {
  return SEXTETS[text.charCodeAt(at)] ?? -1
}

function notBase64url(where: string): Error {
  return malformed('not-base64url', where, 'canonical base64url without padding', 'another text')
}

/**
 * Encodes bytes as base64url without padding.
 *
 * @example
 * ```ts
 * encodeBase64url(Uint8Array.of(0xfb, 0xff)) // '-_8'
 * ```
 */
export function encodeBase64url(bytes: Uint8Array): string {
  const tail = bytes.length % 3
  const whole = bytes.length - tail
  let text = ''
  for (let i = 0; i < whole; i += 3) {
    const group = (byteAt(bytes, i) << 16) | (byteAt(bytes, i + 1) << 8) | byteAt(bytes, i + 2)
    text += pair(group >> 12) + pair(group & 0xfff)
  }
  if (tail === 0) return text
  if (tail === 1) return text + pair(byteAt(bytes, whole) << 4)
  const group = (byteAt(bytes, whole) << 10) | (byteAt(bytes, whole + 1) << 2)
  return text + pair(group >> 6) + ALPHABET.charAt(group & 63)
}

function pair(value: number): string {
  return PAIRS[value] ?? ''
}

function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0
}
