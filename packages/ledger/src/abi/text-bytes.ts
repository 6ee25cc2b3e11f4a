/** Texts as the bytes that a contract keeps, and back. */
import { decodeHex, encodeHex, type Hex } from '@hefu/protocol'

// A byte-order mark is kept: what a contract holds is told as it holds it.
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true })
const STRICT_DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

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
  return DECODER.decode(decodeHex(bytes.toLowerCase() as Hex))
}

/** The text of UTF-8, which has one encoding; `null` for what is none. */
export function strictTextOf(bytes: Hex): string | null {
  try {
    return STRICT_DECODER.decode(decodeHex(bytes))
  } catch {
    return null
  }
}
