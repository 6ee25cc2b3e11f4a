/** A text in which every digit is one of ASCII, each character beside the places of the text that it stands for. */
import { foldDigits, readLettersAsDigits } from './resident-id.ts'

export interface FoldedCharacter {
  /** A digit, a capital `A`–`Z`, what may stand in a day that is written out; `|` for any other letter or numeral, else a space. */
  readonly one: string
  /** The same, but for a letter that was read as a digit. */
  readonly written: string
  /** Counted in code points. */
  readonly places: readonly number[]
}

/**
 * The characters of a text, letters among digits that are read as one of them, `110l05l949O3O7`, as that digit.
 *
 * @example
 * ```ts
 * foldText('第1O5号').map(({ one }) => one).join('') // '|105号'
 * ```
 */
export function foldText(text: string): readonly FoldedCharacter[] {
  const folded = [...text].flatMap((character, place) =>
    [...foldDigits(character)].map((one) => ({ written: kindOf(one), places: [place] })),
  )
  const read = readLettersAsDigits(folded.map(({ written }) => written).join(''))
  return folded.map((character, i) => ({ ...character, one: read.charAt(i) }))
}

/** As one text, of as many UTF-16 units as characters. */
export function plainOf(folded: readonly Pick<FoldedCharacter, 'one'>[]): string {
  return folded.map(({ one }) => one).join('')
}

const KEPT = /^[0-9A-Z年月日号元十拾廿卅]$/
/** 出生于: words about a birth part a number as signs do. */
const OF_BIRTH = /^[出生于]$/
const OTHER = /^[\p{L}\p{N}]$/u

/** Any letter or numeral ends a number, and all else may part its groups. */
function kindOf(character: string): string {
  if (KEPT.test(character)) return character
  return OTHER.test(character) && !OF_BIRTH.test(character) ? '|' : ' '
}

/** After its year: 年12月31日, 年十二月卅一日, 年元月1号, and of four digits also with signs between, 1949.12.3. */
const MONTH_AND_DAY =
  /((?<=[0-9] *)年 *|(?<=(?:18|19|20)[0-9]{2}) +)(元|[0-9]{1,2}|[0-9]?[十拾][0-9]?|[廿卅][0-9]?)( *月 *| +)([0-9]{1,2}|[0-9]?[十拾][0-9]?|[廿卅][0-9]?)( *[日号]|(?![0-9十拾廿卅]))/g
const TENS: Readonly<Record<string, string>> = { 十: '1', 拾: '1', 廿: '2', 卅: '3' }

/**
 * The same with every month and day that is written out after a year as four digits, and a year of two before 年 as one of
 * four: a day of birth within a number. `null`: there is none.
 *
 * @example
 * ```ts
 * closeUpDays(foldText('1949年十二月3日'))?.map(({ one }) => one).join('') // '19491203'
 * ```
 */
export function closeUpDays(folded: readonly FoldedCharacter[]): readonly FoldedCharacter[] | null {
  const closed: FoldedCharacter[] = []
  let from = 0
  const plain = plainOf(folded)
  for (const match of plain.matchAll(MONTH_AND_DAY)) {
    const [all, year = '', month = '', between = '', day = ''] = match
    const { index } = match
    const atMonth = index + year.length
    const atDay = atMonth + month.length + between.length
    const atYear = index - lengthOfShortYear(plain, index)
    closed.push(
      ...folded.slice(from, atYear),
      ...(atYear < index ? CENTURY : []),
      ...folded.slice(atYear, index),
      ...twoDigits(folded.slice(atMonth, atMonth + month.length)),
      ...twoDigits(folded.slice(atDay, atDay + day.length)),
    )
    from = index + all.length
  }
  return from === 0 ? null : [...closed, ...folded.slice(from)]
}

const CENTURY: readonly FoldedCharacter[] = [...'19'].map((one) => ({ one, written: one, places: [] }))

/** With the spaces after it; 0: the year before that place has not two digits. */
function lengthOfShortYear(plain: string, end: number): number {
  return /(?<![0-9])[0-9]{2} *$/.exec(plain.slice(Math.max(0, end - 8), end))?.[0].length ?? 0
}

/** Of 3, 12, 十, 十二, 三十, 三十一, 廿一 or 元. */
function twoDigits(written: readonly FoldedCharacter[]): readonly FoldedCharacter[] {
  const placesOf = (of: readonly FoldedCharacter[]): readonly number[] => of.flatMap(({ places }) => places)
  const at = written.findIndex(({ one }) => one in TENS)
  if (at < 0) {
    const number = plainOf(written).replace('元', '1').padStart(2, '0')
    const missing = number.length - written.length
    return [...number].map((one, i) => ({ one, written: one, places: written[i - missing]?.places ?? [] }))
  }
  const [before, ten, after] = [written.slice(0, at), written.slice(at, at + 1), written.slice(at + 1)]
  const [tens, units] = [plainOf(before) || (TENS[plainOf(ten)] ?? ''), plainOf(after) || '0']
  return [
    { one: tens, written: tens, places: placesOf([...before, ...ten]) },
    { one: units, written: units, places: placesOf(after) },
  ]
}
