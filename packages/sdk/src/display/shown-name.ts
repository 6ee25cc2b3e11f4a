/** Names of files as they may be shown: whoever made the file chose its name. */
import { maskValue } from '@hefu/protocol'

/** Characters of a name that are shown. */
const MOST_CHARACTERS = 160
/** What moves the cursor, turns the writing, cannot be seen, or is no character at all. */
const NOT_SHOWN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu

/** Without what a terminal would obey, resident numbers masked, and cut where it is longer than anybody reads. */
export function showName(name: string): string {
  const cleaned = maskValue('open', name.replace(NOT_SHOWN, '\ufffd'))
  const characters = [...cleaned]
  return characters.length <= MOST_CHARACTERS ? cleaned : `${characters.slice(0, MOST_CHARACTERS).join('')}…`
}
