/** What of a face value may be seen by default: enough to compare by eye, too little to copy. */
import { findLikeResidentIds } from '../identifiers/resident-id-shape.ts'
import { hasUsccShape } from '../identifiers/uscc.ts'

/**
 * `open`: all of it, resident numbers inside and what looks like one excepted · `name`: the first character ·
 * `identity-number`: four characters at either end · `number`: the last four · `address`: of the first six, the divisions
 * 省, 市, 区 and their like ·
 * `organisation-number`: a unified social credit code whole, of every other number what `identity-number` keeps ·
 * `hidden`: nothing, not even its length, as of a free text, which may begin with anything.
 */
export type MaskRule =
  | 'open'
  | 'name'
  | 'identity-number'
  | 'number'
  | 'address'
  | 'organisation-number'
  | 'hidden'

/** Says nothing of a value, not even its length. */
export const HIDDEN_VALUE: string = '*'.repeat(8)

const HIDDEN = '*'
const DIVISIONS = '省市区县州盟旗'

type Kept = readonly [start: number, end: number]

const keepIdentityNumber = (length: number): Kept => [Math.min(4, length >> 2), Math.min(4, length >> 2)]

/** How many characters stay at the start and at the end of a value of `length` characters. */
const KEPT: Readonly<Record<Exclude<MaskRule, 'hidden'>, (length: number, value: string) => Kept>> = {
  open: (length) => [length, 0],
  name: (length) => [length > 1 ? 1 : 0, 0],
  'identity-number': keepIdentityNumber,
  number: (length) => [0, Math.min(4, length >> 1)],
  address: (length, value) => [Math.min(lengthOfDivisions(value), length >> 1), 0],
  'organisation-number': (length, value) => (hasUsccShape(value) ? [length, 0] : keepIdentityNumber(length)),
}

/**
 * The value with the characters that its rule hides replaced by `*`, one for one: a resident identity
 * number becomes `1101**********002X`. Short values keep less; a value that is neither `open` nor a code of an
 * organisation never stays whole. A resident number is masked like one wherever it stands, and so is what looks like
 * one: it may be one that was mistyped. Never throws.
 *
 * @example
 * ```ts
 * maskValue('identity-number', '11010519491231002X') // '1101**********002X'
 * maskValue('name', '样例甲') // '样**'
 * maskValue('open', 'T11010519491231002X') // 'T1101**********002X'
 * ```
 */
export function maskValue(rule: MaskRule, value: string): string {
  if (rule === 'hidden') return HIDDEN_VALUE
  const characters = [...value]
  const [start, end] = KEPT[rule](characters.length, value)
  const hidden = hiddenPlaces(value)
  return characters
    .map((character, i) => {
      const isKept = (i < start || i >= characters.length - end) && !hidden.has(i)
      return isKept ? character : HIDDEN
    })
    .join('')
}

/** Up to the last division among the first six characters: what begins with none may be anybody’s name. */
function lengthOfDivisions(value: string): number {
  return [...value].slice(0, 6).findLastIndex((character) => DIVISIONS.includes(character)) + 1
}

/** Of every resident number inside, and of what looks like one, what lies between its ends. */
function hiddenPlaces(value: string): ReadonlySet<number> {
  return new Set(
    findLikeResidentIds(value).flatMap((places) => {
      const [start, end] = keepIdentityNumber(places.length)
      return places.slice(start, places.length - end)
    }),
  )
}
