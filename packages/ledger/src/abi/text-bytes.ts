/** Texts as the bytes that a contract keeps, and back. */
import { decodeHex, encodeHex, type Hex } from '@hefu/protocol'

/**
 * UTF-8 of a text; with a size, behind it so many zeros that it is as long.
 *
 * @throws {RangeError} for a text of more bytes than the size
 */
export function bytesOf(text: string, size?: number): Hex {
  const bytes = new TextEncoder().encode(text)
  if (size === undefined || bytes.length === size) return encodeHex(bytes)
  if (bytes.length > size) throw new RangeError(`write a text in ${size} bytes: it has ${bytes.length}`)
  const padded = new Uint8Array(size)
  padded.set(bytes)
  return encodeHex(padded)
}

/** The text of UTF-8; what is none stands as U+FFFD. */
export function textOf(bytes: Hex): string {
  return new TextDecoder().decode(decodeHex(bytes.toLowerCase() as Hex))
}
