/** Lower-case hexadecimal with the `0x` prefix, the ledger's way of writing bytes. */
import { layOutAscii } from './ascii.ts'
import { describe, malformed } from './malformed.ts'

/** Bytes as a text: `0x` and two lower-case hexadecimal digits for each. */
export type Hex = `0x${string}`

const DIGITS = '0123456789abcdef'
/** The two digits of every byte. */
const PAIRS: readonly string[] = Array.from(
  { length: 256 },
  (_, byte) => DIGITS.charAt(byte >> 4) + DIGITS.charAt(byte & 15),
)

/** The value of every digit; negative for other characters, so that many are judged by one sign. */
const NIBBLES = Int8Array.from({ length: 256 }, (_, code) => DIGITS.indexOf(String.fromCharCode(code)))

/**
 * Encodes bytes as lower-case `0x` hexadecimal.
 *
 * @example
 * ```ts
 * encodeHex(Uint8Array.of(0, 255)) // '0x00ff'
 * ```
 */
export function encodeHex(bytes: Uint8Array): Hex {
  let text: Hex = '0x'
  for (const byte of bytes) text += PAIRS[byte]
  return text
}

/**
 * Narrows a value to lower-case `0x` hexadecimal of exactly `length` bytes.
 *
 * @throws {MalformedError} `not-hex`
 * @example
 * ```ts
 * parseHex('0x00ff', 2, 'root') // '0x00ff'
 * parseHex('0x00FF', 2, 'root') // throws MalformedError
 * ```
 */
export function parseHex(value: unknown, length: number, where: string): Hex {
  if (typeof value === 'string' && value.length === 2 + 2 * length && /^0x[0-9a-f]*$/.test(value))
    return value as Hex
  throw malformed('not-hex', where, `0x and ${2 * length} lower-case hexadecimal digits`, describe(value))
}

/**
 * The bytes of a text that {@link parseHex} or {@link encodeHex} has already vouched for.
 *
 * @example
 * ```ts
 * decodeHex('0x00ff') // Uint8Array.of(0, 255)
 * ```
 */
export function decodeHex(hex: Hex): Uint8Array {
  const bytes = new Uint8Array((hex.length - 2) >> 1)
  const ascii = layOutAscii(hex)
  if (ascii !== null) decodeHexDigits(ascii, 2, bytes, 0, bytes.length)
  return bytes
}

/**
 * Decodes the two digits of each of `length` bytes, from place `from` of `ascii` on, into `bytes` from place `at` on.
 *
 * @returns whether all of them are lower-case hexadecimal digits
 */
export function decodeHexDigits(
  ascii: Uint8Array,
  from: number,
  bytes: Uint8Array,
  at: number,
  length: number,
): boolean {
  let signs = 0
  for (let i = 0; i < length; i++) {
    const byte = (nibble(ascii, from + 2 * i) << 4) | nibble(ascii, from + 2 * i + 1)
    bytes[at + i] = byte
    signs |= byte
  }
  return signs >= 0
}

function nibble(ascii: Uint8Array, at: number): number {
  return NIBBLES[ascii[at] ?? 0] ?? -1
}
