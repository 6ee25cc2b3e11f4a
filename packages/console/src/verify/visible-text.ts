/** Text of strangers as it may stand on a screen: what cannot be seen, or turns the writing, stands as its code point. */

const NOT_SEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufffd]/gu
/** Marks in a row beyond which they cover the lines around them. */
const PILED_MARKS = /(\p{M}{4})\p{M}+/gu
/** Longer values are no names. */
const MOST_CHARACTERS = 8_192

/** At most so many characters of it, each of which can be seen. */
export function visibleText(text: string, most: number = MOST_CHARACTERS): string {
  const piled = text.slice(0, most).replace(PILED_MARKS, '$1…')
  const seen = piled.replace(NOT_SEEN, (sign) => (sign === '\n' ? sign : codePoint(sign)))
  return text.length > most ? `${seen}…` : seen
}

function codePoint(sign: string): string {
  return `[U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`
}
