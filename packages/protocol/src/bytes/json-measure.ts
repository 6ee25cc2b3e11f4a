/** How much a JSON text will be, told from its signs before it is parsed: a parser pays for every member at once. */

export interface JsonMeasure {
  /** As many as there are colons outside of texts. */
  readonly members: number
}

const QUOTE = 0x22
const BACKSLASH = 0x5c

/** `null` for a text of more than so many colons, commas and opening brackets. One look at every character. */
export function measureJson(text: string, mostParts: number): JsonMeasure | null {
  let [members, parts] = [0, 0]
  for (let at = 0; at < text.length && parts <= mostParts; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfText(text, at)
        break
      case 0x3a:
        members++
        parts++
        break
      case 0x2c:
      case 0x5b:
      case 0x7b:
        parts++
    }
  }
  return parts > mostParts ? null : { members }
}

/** Where the text that begins here ends; the end of everything when it does not. */
function endOfText(text: string, begin: number): number {
  for (let at = begin + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) return at
    if (code === BACKSLASH) at++
  }
  return text.length
}
