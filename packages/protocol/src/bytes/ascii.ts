/** ASCII text laid out in bytes: a decoder reads those several times faster than it asks a text for its characters. */

const encoder = new TextEncoder()

/** Grown to the longest text so far. Holds what was laid out last, until the next call. */
let room = new Uint8Array(0)

/**
 * The characters of a text, one byte each, from place 0 on; beyond the length of the text stands anything. To be
 * read at once: the next call writes over it. `null` for a text with any character outside of ASCII.
 */
export function layOutAscii(text: string): Uint8Array | null {
  if (room.length < text.length) room = new Uint8Array(text.length)
  const { read, written } = encoder.encodeInto(text, room)
  return read === text.length && written === text.length ? room : null
}
