/** ASCII text laid out in bytes: a decoder reads those several times faster than it asks a text for its characters. */

const encoder = new TextEncoder()

/** Longer texts than any format here has are not worth keeping room for. */
const MAX_KEPT_BYTES = 262_144
/** Grown to the longest text so far. Holds what was laid out last, until the next call. */
let kept = new Uint8Array(0)

/**
 * The characters of a text, one byte each, from place 0 on; beyond the length of the text stands anything. To be
 * read at once: the next call writes over it. `null` for a text with any character outside of ASCII.
 */
export function layOutAscii(text: string): Uint8Array | null {
  const room = roomFor(text.length)
  const { read, written } = encoder.encodeInto(text, room)
  return read === text.length && written === text.length ? room : null
}

function roomFor(length: number): Uint8Array<ArrayBuffer> {
  if (length > MAX_KEPT_BYTES) return new Uint8Array(length)
  if (kept.length < length) kept = new Uint8Array(length)
  return kept
}
