/** How many columns of a terminal a text takes. */

/** Wide and full-width characters (UAX #11), as far as texts here have them; pictures too. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u
/** Put on the character before them, or not seen at all. */
const NONE = /[\p{Mn}\p{Me}\p{Cf}]/u

export function displayWidthOf(text: string): number {
  let columns = 0
  for (const character of text) columns += NONE.test(character) ? 0 : WIDE.test(character) ? 2 : 1
  return columns
}

/** The text with spaces behind it, up to so many columns; as it is where it takes more. */
export function padTo(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - displayWidthOf(text)))
}
