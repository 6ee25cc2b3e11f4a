/** Lower-case hexadecimal with the `0x` prefix, the ledger's way of writing bytes. */
import { malformed, quote } from './malformed.ts'

/** Bytes as a text: `0x` and two lower-case hexadecimal digits for each. */
export type Hex = `0x${string}`

const DIGITS = '0123456789abcdef'

/**
 * Encodes bytes as lower-case `0x` hexadecimal.
 *
 * @example
 * ```ts
 * encodeHex(Uint8Array.of(0, 255)) // '0x00ff'
 * ```
 */
export function encodeHex(bytes: Uint8Array): Hex {
  let text = ''
  for (const byte of bytes) text += DIGITS.charAt(byte >> 4) + DIGITS.charAt(byte & 15)
  return `0x${text}`
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
  throw malformed('not-hex', where, `0x and ${2 * length} lower-case hexadecimal digits`, quote(value))
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
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = (digitValue(hex.charCodeAt(2 + 2 * i)) << 4) | digitValue(hex.charCodeAt(3 + 2 * i))
  }
  return bytes
}

/** Value of the ASCII code of `0`–`9` or `a`–`f`: letters have bit 6 set, and lie nine above their low bits. */
function digitValue(code: number): number {
  return (code & 15) + 9 * (code >> 6)
}
