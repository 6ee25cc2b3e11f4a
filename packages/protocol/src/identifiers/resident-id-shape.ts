/** What looks like a resident number, mistyped or not: for masking, where a wrong check character hides nobody. */
import { closeUpDays, type FoldedCharacter, foldText, plainOf } from './folded-text.ts'
import { isRegionCode } from './region-code.ts'
import { isResidentId, readingsOf } from './resident-id.ts'
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

/** A mobile number, as people write it beside an identity number. */
const MOBILE = /^1[3-9][0-9]{9}$/
const MOBILE_LENGTH = 11

/**
 * Where a text holds a resident number, or what looks like one: of each, the places of its characters, counted in code
 * points. One with the right check character may stand anywhere among the digits. The others are all of some groups, or
 * of what such numbers, right ones and mobile numbers leave of them where they are set close. Of 17 to 19 characters, the
 * last of which may be a letter, two of three signs are enough, so that one wrong digit does not matter: a known
 * province, a century of birth, a month and day of birth, which may be written out. In 15 digits there are but two, and
 * both have to be there. No number that begins like a year is one, nor, with two signs only, a credit code with a known
 * region and the right check character.
 *
 * @example
 * ```ts
 * findLikeResidentIds('110105194912310021').length // 1
 * findLikeResidentIds('11O105一九四九年十二月三十一日0021').length // 1
 * findLikeResidentIds('91110000802100433B').length // 0
 * ```
 */
export function findLikeResidentIds(text: string): readonly (readonly number[])[] {
  return readingsOf(text).flatMap((reading) => {
    const folded = foldText(reading)
    const closedUp = closeUpDays(folded)
    return [folded, ...(closedUp === null ? [] : [closedUp])].flatMap(findInFolded)
  })
}

function findInFolded(folded: readonly FoldedCharacter[]): readonly (readonly number[])[] {
  return [...plainOf(folded).matchAll(RUNS)].flatMap(({ 0: run, index }) => {
    const characters = folded.slice(index, index + run.length)
    return numbersIn(characters).map((number) => number.flatMap(({ places }) => places))
  })
}

/** A number within a run: its first character, and the first after it. */
type Span = readonly [from: number, to: number]

/** What nobody reads as numbers any more: so many digits and signs between them are hidden like one number. */
const LONGEST_RUN = 256

function numbersIn(run: readonly FoldedCharacter[]): readonly (readonly FoldedCharacter[])[] {
  const characters = run.filter(({ one }) => one !== ' ')
  if (characters.length > LONGEST_RUN) return [characters]
  const text = plainOf(characters)
  const right = Array.from(text, (_, from): Span => [from, from + LENGTH]).filter(([from, to]) =>
    isResidentId(text.slice(from, to)),
  )
  const edges = new Set([0, text.length, ...edgesOfGroups(run), ...right.flat()])
  return [...right, ...likeOnes(characters, edges)].map(([from, to]) => characters.slice(from, to))
}

/** Places among the characters without the spaces where a group begins. */
function edgesOfGroups(run: readonly FoldedCharacter[]): readonly number[] {
  const edges: number[] = []
  let count = 0
  for (const { one } of run) {
    if (one === ' ') edges.push(count)
    else count++
  }
  return edges
}

/** From one edge to another, one after the other and nothing between them. */
function likeOnes(run: readonly FoldedCharacter[], edges: ReadonlySet<number>): readonly Span[] {
  const digits = plainOf(run)
  const written = run.map((character) => character.written).join('')
  const begun = new Set(edges)
  const found: Span[] = []
  for (let from = 0; from < run.length; from++) {
    if (!begun.has(from)) continue
    const spans = [...LENGTHS, MOBILE_LENGTH]
      .map((length): Span => [from, from + length])
      .filter(([, to]) => to <= run.length)
    const like = spans.filter(
      (span) => isLike(digits.slice(...span), written.slice(...span)) && isOnePiece(span, edges),
    )
    for (const [, to] of like) begun.add(to)
    found.push(...like)
  }
  const ended = new Set(edges)
  return found.toReversed().filter(([from, to]) => {
    const isEnded = ended.has(to)
    if (isEnded) ended.add(from)
    return isEnded && to - from !== MOBILE_LENGTH
  })
}

/** Of whole groups, or within one: the end of one and the beginning of the next are no number. */
function isOnePiece([from, to]: Span, edges: ReadonlySet<number>): boolean {
  if (edges.has(from) && edges.has(to)) return true
  for (let place = from + 1; place < to; place++) {
    if (edges.has(place)) return false
  }
  return true
}

function isLike(number: string, written: string): boolean {
  return number.length === MOBILE_LENGTH ? MOBILE.test(number) : looksLikeOne(number, written)
}

/** Of one of {@link LENGTHS}. */
function looksLikeOne(number: string, written: string): boolean {
  if (YEAR.test(number)) return false
  const isOfProvince = isRegionCode(number.slice(0, 6)) && !NOBODYS_PROVINCE.test(number)
  if (number.length === OLD_LENGTH) return isOfProvince && MONTH_AND_DAY.test(number.slice(8))
  const signs = [isOfProvince, stands(CENTURY, number, 6), stands(MONTH_AND_DAY, number, 10)]
  const missing = signs.filter((sign) => !sign).length
  return missing === 0 || (missing === 1 && !isRegisteredCode(written))
}

/** A credit code names the region of its registration after two characters: by chance a resident number seldom does. */
function isRegisteredCode(written: string): boolean {
  return isUscc(written) && isRegionCode(written.slice(2, 8))
}

/** At its place, or moved there by the character that is missing, or one too many, before it. */
function stands(sign: RegExp, number: string, place: number): boolean {
  return [place, place + number.length - LENGTH].some((from) => sign.test(number.slice(from)))
}
