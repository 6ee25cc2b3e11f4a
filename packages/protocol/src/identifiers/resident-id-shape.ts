/** What looks like a resident number, mistyped or not: for masking, where a wrong check character hides nobody. */
import { isRegionCode } from './region-code.ts'
import { foldDigits } from './resident-id.ts'
import { isUscc } from './uscc.ts'

const LENGTH = 18
const OLD_LENGTH = 15
/** One character too many, or too few. */
const MOST = LENGTH + 1
const LEAST = LENGTH - 1

const CENTURY = /^(?:18|19|20)/
const MONTH_AND_DAY = /^(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])/
/** Numbers of certificates begin with a year, and no person is of the central ministries or 新疆生产建设兵团. */
const YEAR = /^(?:19|20)/
const NOBODYS_PROVINCE = /^(?:10|66)/
/** Digits in groups, and perhaps one letter that ends them; what parts the groups is a space here. */
const RUNS = /[0-9][0-9 ]*(?:[A-Z](?![0-9A-Z]))?/g

/**
 * Where a text holds what looks like a resident number: of each, the places of its characters, counted in code points.
 * Of 17 to 19 characters, the last of which may be a letter, two of three signs are enough, so that one wrong digit does
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

/** Of groups of digits as they stand beside one another, those that together look like a number. */
function numbersIn(run: string): readonly (readonly number[])[] {
  const groups = [...run.matchAll(/[^ ]+/g)].map(({ 0: group, index }) =>
    Array.from(group, (_, i) => index + i),
  )
  return groups.flatMap((_, from) => {
    const joined: number[] = []
    const found: number[][] = []
    for (let i = from; i < groups.length && joined.length < MOST; i++) {
      joined.push(...(groups[i] ?? []))
      if (looksLikeOne(joined.map((place) => run.charAt(place)).join(''))) found.push([...joined])
    }
    return found
  })
}

function looksLikeOne(number: string): boolean {
  if (YEAR.test(number)) return false
  const isOfProvince = isRegionCode(number.slice(0, 6)) && !NOBODYS_PROVINCE.test(number)
  if (number.length === OLD_LENGTH) return isOfProvince && MONTH_AND_DAY.test(number.slice(8))
  if (number.length < LEAST || number.length > MOST) return false
  const signs = [isOfProvince, stands(CENTURY, number, 6), stands(MONTH_AND_DAY, number, 10)]
  return signs.filter(Boolean).length >= (isRegisteredCode(number) ? signs.length : signs.length - 1)
}

/** A credit code names the region of its registration after two characters: by chance a resident number seldom does. */
function isRegisteredCode(number: string): boolean {
  return isUscc(number) && isRegionCode(number.slice(2, 8))
}

/** At its place, or moved there by the character that is missing, or one too many, before it. */
function stands(sign: RegExp, number: string, place: number): boolean {
  return [place, place + number.length - LENGTH].some((from) => sign.test(number.slice(from)))
}
