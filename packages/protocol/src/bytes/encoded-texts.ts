/** Texts that travel as base64url of their UTF-8, many in a row: the parts of a JWS, the disclosures of an SD-JWT. */
import { layOutAscii } from './ascii.ts'
import { decodeBase64url } from './base64url.ts'
import { decodeUtf8 } from './text.ts'

/** Keeps the texts apart while they are decoded in one piece; no text of strict JSON has one. */
const LINE_FEED = '\n'

/**
 * The texts of all segments between the separators, decoded in one piece: calling a decoder costs more than
 * what one field of a licence gives it to do. `null` when one of them is not canonical base64url, not UTF-8, or
 * has a line feed in it.
 */
export function decodeTexts(joined: string, separator: '.' | '~'): readonly string[] | null {
  const room = layOutAscii(joined)
  if (room === null) return null
  let segments = 0
  let end = 0
  for (let from = 0, to = 0; to < joined.length; from = to + 1) {
    const next = joined.indexOf(separator, from)
    to = next === -1 ? joined.length : next
    if (segments++ > 0) room[end++] = LINE_FEED.charCodeAt(0)
    // In place: three bytes never overtake the four characters that they come from.
    end = decodeBase64url(room, from, to, room, end)
    if (end === -1) return null
  }
  const texts = decodeUtf8(room.subarray(0, end))?.split(LINE_FEED)
  return texts?.length === segments ? texts : null
}
