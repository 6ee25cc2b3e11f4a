/** Resident identity number 公民身份号码 (GB 11643-1999). Personal data: never logged, never quoted in errors. */
import { isCalendarDate } from './calendar-date.ts'
import { isRegionCode } from './region-code.ts'

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECK_CHARACTERS = '10X98765432'
const LENGTH = 18
const OLD_LENGTH = 15

/**
 * Whether a text is an 18-character number with a date of birth (from 1800) that exists and the right check character.
 *
 * @example
 * ```ts
 * isResidentId('11010519491231002X') // true
 * isResidentId('110105194912310021') // false
 * ```
 */
export function isResidentId(text: string): boolean {
  return (
    /^[1-9][0-9]{5}(?:18|19|20)[0-9]{9}[0-9X]$/.test(text) &&
    isCalendarDate(`${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`) &&
    residentIdCheckCharacter(text.slice(0, 17)) === text.charAt(17)
  )
}

/** The day of birth in a number of 18 characters, or in an old one of 15. */
export function birthDateOf(id: string): string {
  const digits = id.length === LENGTH ? id.slice(6, 14) : `19${id.slice(6, 12)}`
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`
}

/**
 * The check character of 17 digits (ISO 7064 MOD 11-2).
 *
 * @example
 * ```ts
 * residentIdCheckCharacter('11010519491231002') // 'X'
 * ```
 */
export function residentIdCheckCharacter(digits: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(digits.charAt(i)), 0)
  return CHECK_CHARACTERS.charAt(sum % 11)
}

/**
 * Whether a text is an old number of 15 digits, as cards before 1999 and the files of that time have it: a known
 * province, a date of birth in the 1900s, no check character.
 *
 * @example
 * ```ts
 * isOldResidentId('110105491231002') // true
 * isOldResidentId('110105491331002') // false
 * ```
 */
export function isOldResidentId(text: string): boolean {
  return (
    /^[0-9]{15}$/.test(text) &&
    isRegionCode(text.slice(0, 6)) &&
    isCalendarDate(`19${text.slice(6, 8)}-${text.slice(8, 10)}-${text.slice(10, 12)}`)
  )
}

/**
 * The number of 18 characters that replaced an old one in 1999: the same person has both.
 *
 * @example
 * ```ts
 * renewResidentId('110105491231002') // '11010519491231002X'
 * ```
 */
export function renewResidentId(old: string): string {
  const digits = `${old.slice(0, 6)}19${old.slice(6)}`
  return digits + residentIdCheckCharacter(digits)
}

/** All that is no letter and no digit. */
const SEPARATORS = /[^\p{L}\p{N}]+/u
const CHINESE_DIGITS = [
  '〇零○',
  '一壹弌幺',
  '二贰貳弍',
  '三叁參弎',
  '四肆',
  '五伍',
  '六陆陸',
  '七柒',
  '八捌',
  '九玖',
]
const CHINESE_DIGIT = /[〇零○一壹弌幺二贰貳弍三叁參弎四肆五伍六陆陸七柒八捌九玖]/gu
/** Letters of Greek and Cyrillic that look like those of Latin that are read as digits. */
const LIKE_O = /[\u039f\u041e]/gu
const LIKE_I = /[\u0399\u0406\u04c0]/gu
/** Digits that NFKC leaves as they are, each row from one on: of Suzhou, in circles, of Ethiopia, counting rods. */
const ROWS = ['〡', '❶', '➀', '➊', '⓵', '፩', '𝍠'].map((one) => one.codePointAt(0) ?? 0)
const IN_ROWS = /[〡-〩❶-❾➀-➈➊-➒⓵-⓽፩-፱𝍠-𝍨⓿🄋🄌]/gu
const BARS = /[|\u01c0\u2223\u2502]/gu
/** Letters and signs that are read as the check character: of Cyrillic and Greek, and the crosses. */
const CROSS = /[\u0425\u03a7\u00d7\u2573\u2613\u2715-\u2718\u2a09\u2a2f]/gu

/**
 * Whether a text that is to be public holds a resident number, whichever digits write it (of any script, full-width,
 * Chinese, letters that look like one) and whatever but letters stands between them: one of 18 characters anywhere, or an old one of 15 digits (a
 * known province, a date of birth in the 1900s) between other characters than digits. The old ones have no check
 * digit, so that by chance a file number may look like one.
 *
 * @example
 * ```ts
 * holdsResidentId('湘建罚〔2026〕1号') // false
 * holdsResidentId('关于110105 19491231 002X的决定') // true
 * ```
 */
export function holdsResidentId(text: string): boolean {
  return holdsNumber(text, () => true)
}

/** Case numbers have days since then; nobody born since then asks for a licence of their own. */
const FIRST_CASES_YEAR = 2015

/**
 * Whether a reference, such as a case number, holds a person's resident number, as {@link holdsResidentId} finds it: a
 * reference may be made of a region, a day since 2015 and a count, and by chance have the form of one: of a number of 15
 * digits, whose year has but two, the days so far.
 *
 * @param now Unix seconds
 * @example
 * ```ts
 * holdsPersonsNumber('A-11010519491231002X', 1_768_147_200) // true
 * holdsPersonsNumber('440100202601120008', 1_768_147_200) // false
 * holdsPersonsNumber('440100260112001', 1_768_147_200) // false
 * ```
 */
export function holdsPersonsNumber(reference: string, now: number): boolean {
  const thisYear = new Date(now * 1_000).getUTCFullYear()
  return holdsNumber(reference, (id) => {
    const year = Number(birthDateOf(id).slice(0, 4))
    const ofCase = id.length === LENGTH ? year : year + 100
    return ofCase < FIRST_CASES_YEAR || (id.length === OLD_LENGTH && ofCase > thisYear)
  })
}

/** @param counts whether a number of 18 characters, or an old one, is one that is looked for */
function holdsNumber(text: string, counts: (id: string) => boolean): boolean {
  return readingsOf(text).some((reading) =>
    readLettersAsDigits(foldDigits(reading))
      .split(/[^\P{L}X]|[^\P{N}0-9]/u)
      .some(
        (run) =>
          numbersInside(run.split(SEPARATORS).join('')).some(counts) ||
          run.split('X').some((digits) => oldNumbersIn(digits).some(counts)),
      ),
  )
}

/** A bar parts groups of digits, or is one of them: both ways, character for character. */
export function readingsOf(text: string): readonly string[] {
  const read = text.replace(BARS, 'I')
  return read === text ? [text] : [text, read]
}

/**
 * In capitals, with every digit of whatever script, Chinese ones among them, as that of ASCII, every cross as X, and what
 * looks like O or I as that.
 */
export function foldDigits(text: string): string {
  if (PLAIN.test(text)) return text
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(CROSS, 'X')
    .replace(LIKE_O, 'O')
    .replace(LIKE_I, 'I')
    .replace(IN_ROWS, digitInRow)
    .replace(CHINESE_DIGIT, (digit) => String(CHINESE_DIGITS.findIndex((same) => same.includes(digit))))
    .replace(/\p{Nd}/gu, digitOf)
}

/** In one form already. */
const PLAIN = /^[ -`{}~]*$/

function digitInRow(character: string): string {
  const point = character.codePointAt(0) ?? 0
  return String(ROWS.map((one) => point - one + 1).find((value) => value > 0 && value < 10) ?? 0)
}

/** Letters that are read as a digit, between digits, or at either end of them and beside no other letter. */
const AMONG_DIGITS = /(?<=[0-9])[OILBSZ]+(?=[0-9X]|(?![0-9A-Z]))|(?<![0-9A-Z])[OILBSZ]+(?=[0-9])/g
const READ_AS: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1', Z: '2', S: '5', B: '8' }

/**
 * A text after {@link foldDigits}, in which among digits the letter O is zero, I and L are one, Z is two, S is five and
 * B is eight.
 *
 * @example
 * ```ts
 * readLettersAsDigits('11O1O5 L949 号O') // '110105 1949 号O'
 * ```
 */
export function readLettersAsDigits(folded: string): string {
  return folded.replace(AMONG_DIGITS, (letters) => [...letters].map((one) => READ_AS[one]).join(''))
}

/** The decimal digits of a script stand in a row from its zero on (The Unicode Standard, 4.6). */
function digitOf(character: string): string {
  const point = character.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(point - value - 1))) value++
  return String(value)
}

/** Of groups of digits as they stand beside one another, those that together are an old number. */
function oldNumbersIn(run: string): readonly string[] {
  const groups = run.split(SEPARATORS)
  return groups.flatMap((_, from) => {
    let joined = ''
    return groups
      .slice(from, from + OLD_LENGTH)
      .map((group) => {
        joined += group
        return joined
      })
      .filter(isOldResidentId)
  })
}

/** Those of 18 characters anywhere among digits and `X`. */
function numbersInside(run: string): readonly string[] {
  return Array.from(run, (_, at) => run.slice(at, at + LENGTH)).filter(isResidentId)
}
