/** What of a face value may be seen by default: enough to compare by eye, too little to copy. */

/**
 * `open`: all of it · `name`: the first character · `identity-number`: four characters at either end ·
 * `number`: the last four · `address`: the first six.
 */
export type MaskRule = 'open' | 'name' | 'identity-number' | 'number' | 'address'

const HIDDEN = '*'

/** How many characters stay at the start and at the end of a value of `length` characters. */
const KEPT: Readonly<Record<MaskRule, (length: number) => readonly [start: number, end: number]>> = {
  open: (length) => [length, 0],
  name: (length) => [length > 1 ? 1 : 0, 0],
  'identity-number': (length) => [Math.min(4, length >> 2), Math.min(4, length >> 2)],
  number: (length) => [0, Math.min(4, length >> 1)],
  address: (length) => [Math.min(6, length >> 1), 0],
}

/**
 * The value with the characters that its rule hides replaced by `*`, one for one: a resident identity
 * number becomes `1101**********002X`. Short values keep less; a value that is not `open` never stays whole.
 *
 * Called by `showField` alone: what a value may show also depends on whether its type knows it.
 */
export function maskValue(rule: MaskRule, value: string): string {
  const characters = [...value]
  const [start, end] = KEPT[rule](characters.length)
  return characters
    .map((character, i) => (i < start || i >= characters.length - end ? character : HIDDEN))
    .join('')
}
