/** What looks like a resident number, mistyped or not: for masking, where a wrong check character hides nobody. */
import { isRegionCode } from './region-code.ts'
import { foldDigits, isResidentId } from './resident-id.ts'
import { isUscc } from './uscc.ts'

const LENGTH = 18
const OLD_LENGTH = 15
/** One character may be missing, or one too many. */
const LENGTHS = [OLD_LENGTH, LENGTH - 1, LENGTH, LENGTH + 1]

const CENTURY = /^(?:18|19|20)/
const MONTH_AND_DAY = /^(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])/
/** Numbers of certificates begin with a year, and no person is of the central ministries or 新疆生产建设兵团. */
const YEAR = /^(?:19|20)/
const NOBODYS_PROVINCE = /^(?:10|66)/
/** Digits in groups, and perhaps an X, or one letter that ends them; what parts the groups is a space here. */
const RUNS = /[0-9][0-9 ]*(?:X|[A-Z](?![0-9A-Z]))?/g

/**
 * Where a text holds a resident number, or what looks like one: of each, the places of its characters, counted in code
 * points. One with the right check character may stand anywhere among the digits, the others are all of some groups. Of 17 to 19 characters, the last of which may be a letter, two of three signs are enough, so that one wrong digit does
 * not matter: a known province, a century of birth, a month and day of birth. In 15 digits there are but two, and both
 * have to be there. No number that begins like a year is one, nor, with two signs only, a credit code with a known
 * region and the right check character.
 *
 * @example
 * ```ts
 * findLikeResidentIds('110105194912310021').length // 1
 * findLikeResidentIds('91110000802100433B').length // 0
 * ```
 */
export function findLikeResidentIds(text: string): readonly (readonly number[])[] {
  const folded = [...text].flatMap((character, place) =>
    [...foldDigits(character)].map((one) => ({ one: kindOf(one), place })),
  )
  const plain = folded.map(({ one }) => one).join('')
  return [...plain.matchAll(RUNS)].flatMap(({ 0: run, index }) =>
    numbersIn(run).map((places) => places.map((place) => folded[index + place]?.place ?? 0)),
  )
}

/** Digits and capitals as they are; any other letter or numeral ends a number, and all else may part its groups. */
function kindOf(character: string): string {
  if (/^[0-9A-Z]$/.test(character)) return character
  return /^[\p{L}\p{N}]$/u.test(character) ? '|' : ' '
}

function numbersIn(run: string): readonly (readonly number[])[] {
  const places = [...run.matchAll(/[^ ]/g)].map(({ index }) => index)
  const digits = run.replaceAll(' ', '')
  const isBetweenGroups = (i: number): boolean => places[i] !== (places[i - 1] ?? Number.NaN) + 1
  const isNumber = (from: number, length: number): boolean => {
    const number = digits.slice(from, from + length)
    if (number.length < length) return false
    if (isResidentId(number)) return true
    return isBetweenGroups(from) && isBetweenGroups(from + length) && looksLikeOne(number)
  }
  return places.flatMap((_, from) =>
    LENGTHS.filter((length) => isNumber(from, length)).map((length) => places.slice(from, from + length)),
  )
}

/** Of one of {@link LENGTHS}. */
function looksLikeOne(number: string): boolean {
  if (YEAR.test(number)) return false
  const isOfProvince = isRegionCode(number.slice(0, 6)) && !NOBODYS_PROVINCE.test(number)
  if (number.length === OLD_LENGTH) return isOfProvince && MONTH_AND_DAY.test(number.slice(8))
  const signs = [isOfProvince, stands(CENTURY, number, 6), stands(MONTH_AND_DAY, number, 10)]
  const missing = signs.filter((sign) => !sign).length
  return missing === 0 || (missing === 1 && !isRegisteredCode(number))
}

/** A credit code names the region of its registration after two characters: by chance a resident number seldom does. */
function isRegisteredCode(number: string): boolean {
  return isUscc(number) && isRegionCode(number.slice(2, 8))
}

/** At its place, or moved there by the character that is missing, or one too many, before it. */
function stands(sign: RegExp, number: string, place: number): boolean {
  return [place, place + number.length - LENGTH].some((from) => sign.test(number.slice(from)))
}
