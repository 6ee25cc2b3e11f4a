/** Base64url without padding (RFC 4648 §5, RFC 7515 §2), canonical form only. */
import { layOutAscii } from './ascii.ts'
import { malformed } from './malformed.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
/** The value of every ASCII character; negative outside of the alphabet, so that a whole group is judged by its sign. */
const SEXTETS = sextets()
/** The character of every value, as it is written. */
const CHARACTERS = new TextEncoder().encode(ALPHABET)
const decoder = new TextDecoder()

function sextets(): Int8Array {
  const table = new Int8Array(256).fill(-1)
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
  const bytes = matchBase64url(text)
  if (bytes !== null) return bytes
  throw malformed('not-base64url', where, 'canonical base64url without padding', 'another text')
}

/** The bytes of canonical base64url; `null` for any other text. */
export function matchBase64url(text: string): Uint8Array | null {
  const ascii = layOutAscii(text)
  if (ascii === null) return null
  const bytes = new Uint8Array((text.length * 3) >> 2)
  return decodeBase64url(ascii, 0, text.length, bytes, 0) === -1 ? null : bytes
}

/**
 * Decodes the characters of `ascii` between two places into `bytes`, from place `at` on.
 *
 * @returns the place after the last byte; −1 unless it is canonical base64url
 */
export function decodeBase64url(
  ascii: Uint8Array,
  from: number,
  to: number,
  bytes: Uint8Array,
  at: number,
): number {
  const tail = (to - from) & 3
  const whole = to - tail
  let end = at
  for (let i = from; i < whole; i += 4) {
    const group =
      (sextet(ascii, i) << 18) |
      (sextet(ascii, i + 1) << 12) |
      (sextet(ascii, i + 2) << 6) |
      sextet(ascii, i + 3)
    if (group < 0) return -1
    bytes[end++] = group >> 16
    bytes[end++] = group >> 8
    bytes[end++] = group
  }
  return tail === 0 ? end : decodeTail(ascii, whole, tail, bytes, end)
}

/** The last group: 2 characters for one byte, 3 for two, 1 for none. */
function decodeTail(ascii: Uint8Array, from: number, tail: number, bytes: Uint8Array, at: number): number {
  const third = tail === 3 ? sextet(ascii, from + 2) : 0
  const group = (sextet(ascii, from) << 18) | (sextet(ascii, from + 1) << 12) | (third << 6)
  const unusedBits = tail === 3 ? 0xff : 0xffff
  if (tail === 1 || group < 0 || (group & unusedBits) !== 0) return -1
  bytes[at] = group >> 16
  if (tail === 3) bytes[at + 1] = group >> 8
  return at + tail - 1
}

function sextet(ascii: Uint8Array, at: number): number {
  return SEXTETS[ascii[at] ?? 0] ?? -1
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
  // Written out and read once: a text that is put together of pieces is walked again by whoever signs or sends it.
  const ascii = new Uint8Array(Math.ceil((bytes.length * 4) / 3))
  const tail = bytes.length % 3
  const whole = bytes.length - tail
  let at = 0
  for (let i = 0; i < whole; i += 3) {
    const group = (byteAt(bytes, i) << 16) | (byteAt(bytes, i + 1) << 8) | byteAt(bytes, i + 2)
    ascii[at++] = character(group >> 18)
    ascii[at++] = character(group >> 12)
    ascii[at++] = character(group >> 6)
    ascii[at++] = character(group)
  }
  if (tail > 0) {
    const group = (byteAt(bytes, whole) << 10) | (byteAt(bytes, whole + 1) << 2)
    ascii[at++] = character(group >> 12)
    ascii[at++] = character(group >> 6)
    if (tail === 2) ascii[at++] = character(group)
  }
  return decoder.decode(ascii)
}

/** Of the last six bits. */
function character(bits: number): number {
  return CHARACTERS[bits & 63] ?? 0
}

/** Behind the end there are zeros. */
function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0
}
