/** Where a reader of a list goes on: a text that says nothing to who holds it. */
import { encodeBase64url, malformed, parseBase64url } from '@hefu/protocol'

/** Characters of the longest: keys are short. */
const LONGEST = 512

/**
 * @param list what the cursor is of; it goes on in nothing else
 * @param place the last that was read
 */
export function encodeCursor(list: string, place: string): string {
  return encodeBase64url(new TextEncoder().encode(JSON.stringify([list, place])))
}

/**
 * The place in a cursor, which comes from outside.
 *
 * @throws {MalformedError} `wrong-value` for any other text, and for a cursor of another list
 */
export function parseCursor(list: string, cursor: string): string {
  const place = cursor.length <= LONGEST ? placeIn(list, cursor) : null
  if (place !== null && encodeCursor(list, place) === cursor) return place
  throw malformed('wrong-value', 'cursor', 'a cursor that this list gave', 'another text')
}

function placeIn(list: string, cursor: string): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(parseBase64url(cursor, 'cursor'))
    const value: unknown = JSON.parse(text)
    if (!Array.isArray(value) || value.length !== 2 || value[0] !== list) return null
    return typeof value[1] === 'string' ? value[1] : null
  } catch {
    return null
  }
}
