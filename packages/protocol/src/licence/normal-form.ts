/** One form for values that say the same: what a person types and what a face shows are compared in it. */
import { isStreamSafe } from '../bytes/text.ts'
import { isOldResidentId, renewResidentId } from '../identifiers/resident-id.ts'
import type { FieldFormat, LicenceField } from './licence-type.ts'
import { SEPARATOR } from './several.ts'
import { readWrittenDay } from './written-day.ts'
import { readWrittenSum } from './written-sum.ts'

type Normalise = (text: string) => string

// After NFKC, which has made full-width forms and their variants one; again after all, since marks may have come
// beside letters by what was taken out.
const DOTS = /[·•‧∙⋅●・.\u119e\u2e31\ua78f]+/gu
const OPENING = /[[{〔【〖〘「『《〈]/gu
const CLOSING = /[\]}〕】〗〙」』》〉]/gu
const DASHES = /[\u2010-\u2015\u2212-]+/gu
const WHITE_SPACE = /\s+/gu
const COMMAS = /、/gu
const QUOTES = /[“”„‟"‘’‚‛'´`]/gu
/** Signs of their own, of which NFKC makes a space and a mark, that would then stand on the letter before: O´B is not ÓB. */
const NO_SPACING_MARKS =
  /[^\u00a8\u00af\u00b4\u00b8\u02d8-\u02dd\u0384\u0385\u1fbd\u1fbf-\u1fc1\u1fcd-\u1fcf\u1fdd-\u1fdf\u1fed-\u1fef\u1ffd\u1ffe\u203e\uffe3]+/gu
/** A power is not one more digit: 10² is not 102. */
const POWER = /(?<=[0-9])[\u00b2\u00b3\u00b9\u2070-\u2079]+/gu
/** What fonts of documents print for a character, each above what it stands for, that NFKC leaves apart. */
const RADICALS = '⺠⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳'
const IDEOGRAPHS = '民西见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟'
const RADICAL = /[\u2ea0-\u2ef3]/gu
/** 〇, 零 and ○ are one digit beside other numerals; 零售 stays what it is. */
const ZERO =
  /(?<=[0-9一二三四五六七八九十百千万〇零○])[〇零○]|[〇零○](?=[0-9一二三四五六七八九十百千万〇零○])/gu
/** Two words, or two numbers: 1 2号 is not 12号. */
const SPACE = /((?<=\p{Script=Latin})\s+(?=\p{Script=Latin})|(?<=[0-9])\s+(?=[0-9]))|\s+/gu

/** Without the spaces that people set as they like; between two letters of Latin, or two digits, one remains. */
function closeUp(text: string): string {
  return text.replace(SPACE, (_, between?: string) => (between === undefined ? '' : ' '))
}

function foldWidth(text: string): string {
  return closeUp(fold(text.replace(POWER, (power) => `^${power}`)).trim())
}

/** NFKC, but for what would become another letter by it. */
function fold(text: string): string {
  return text
    .replace(NO_SPACING_MARKS, (part) => part.normalize('NFKC'))
    .replace(RADICAL, (radical) => IDEOGRAPHS[RADICALS.indexOf(radical)] ?? radical)
}

/**
 * Marks may have come beside letters by what was taken out; more of them in a row than are bounded take the square of
 * their length, and are no word of any script: such a text is compared as it stands.
 */
const composeAnew: Normalise = (text) => (isStreamSafe(text) ? fold(text) : text)

/** Which form of a letter a font shows, and where letters do not join: the word is the same. */
const FORMS = /[\u180b-\u180d\u180f\u200c]/gu
/** The point after a syllable: the last of a Tibetan name has it or has it not. */
const LAST_TSHEG = /(?<!\u0f0b)\u0f0b+$/u

const normaliseText: Normalise = (text) => composeAnew(spell(text))

/** By the house's own rules, after Unicode's. */
const spell: Normalise = (text) =>
  foldWidth(text)
    .replace(FORMS, '')
    .replace(LAST_TSHEG, '')
    .replace(DOTS, '·')
    .replace(OPENING, '(')
    .replace(CLOSING, ')')
    .replace(DASHES, '-')
    .replace(COMMAS, ',')
    .replace(QUOTES, '"')
    .replace(ZERO, '〇')

/** In one case; `composeAnew` after all, since a capital may be two letters. */
const normaliseName: Normalise = (text) => composeAnew(spell(text).toUpperCase())

/** The point stands as a dot in the normal form of a text. */
const FRACTION = /(?<![0-9·])([0-9]+)·([0-9]+)(?![0-9·])/gu
/** As NFKC makes it of ㎡; no square kilometre. */
const SQUARE_METRE = /(?<!\p{L})[mM]2(?![0-9])|平米/gu

/** Between each three digits of a number, in a normal form. */
const THOUSANDS = /(?<![0-9,·])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9,])/gu

/** 100.50 is 100.5, 1,000 is 1000, of an area ㎡ is 平方米, and a sum is yuan: how a number is written. What it says stays a text. */
const normaliseQuantity: Normalise = (text) => {
  const shortened = spell(text)
    .replace(THOUSANDS, (number) => number.replaceAll(',', ''))
    .replace(FRACTION, (_, whole: string, fraction: string) => withoutLastZeros(whole, fraction))
  const normal = normaliseText(shortened.replace(SQUARE_METRE, '平方米'))
  return readWrittenSum(normal) ?? normal
}

/** Character by character: a pattern that ends in zeros takes the square of their count. */
function withoutLastZeros(whole: string, fraction: string): string {
  let length = fraction.length
  while (fraction[length - 1] === '0') length--
  return length === 0 ? whole : `${whole}·${fraction.slice(0, length)}`
}

/** What tells a spreadsheet that digits are a text. */
const TEXT_SIGN = /^\s*['\u2018\u2019]/u

/** Identifiers are written in capitals, without the spaces that are only set between their characters. */
const normaliseIdentifier: Normalise = (text) =>
  composeAnew(
    text.normalize('NFKC').replace(TEXT_SIGN, '').replace(WHITE_SPACE, '').replace(DASHES, '-').toUpperCase(),
  )

/** A day is a day however it is written; what names no day is compared as it stands. */
const normaliseDate: Normalise = (text) => readWrittenDay(text) ?? normaliseText(text)

/** Of a field that no type describes. */
const LONGEST = 2000
/** No way of writing a value takes more of it: what is longer is not put into a normal form, which may be 18 times as long. */
const SPREAD = 4

/** How often a permit was issued, after its number. */
const SERIAL_IN_BRACKETS = /\(([0-9A-Z]{1,2})\)$/

/** A permit's serial in brackets, H12345678(01), is the same without; a person's old number is the new one. */
const normaliseHolderId: Normalise = (text) => {
  const identifier = normaliseIdentifier(text).replace(SERIAL_IN_BRACKETS, '$1')
  return isOldResidentId(identifier) ? renewResidentId(identifier) : identifier
}

const NORMALISE: Readonly<Record<FieldFormat, Normalise>> = {
  text: normaliseText,
  'person-name': normaliseName,
  quantity: normaliseQuantity,
  choice: normaliseText,
  date: normaliseDate,
  'end-date': normaliseDate,
  uscc: normaliseIdentifier,
  'issuer-uscc': normaliseIdentifier,
  'holder-id': normaliseHolderId,
  'food-licence-number': normaliseIdentifier,
  'teacher-number': normaliseIdentifier,
  'real-estate-unit-number': normaliseIdentifier,
}

/**
 * The form of a value in which equal values are equal texts. Not for display: it is nobody's spelling.
 *
 * @example
 * ```ts
 * normaliseValue('date', '2025年1月2日') // '2025-01-02'
 * normaliseValue('holder-id', '110105 19491231 002x') // '11010519491231002X'
 * ```
 */
export function normaliseValue(format: FieldFormat, value: string): string {
  return NORMALISE[format](value)
}

/** What parts several values in one field; a comma within a name in Latin letters parts nothing. */
const BETWEEN_VALUES = /[、;；^]|(?<!\p{Script=Latin}\s*)[,，]|[,，](?!\s*\p{Script=Latin})/gu

type ComparedField = Pick<LicenceField, 'format' | 'several'> & Partial<Pick<LicenceField, 'maxLength'>>

/**
 * {@link normaliseValue} of each value in a field, in the order in which they stand. A text of more than four times the
 * field's greatest length (UTF-16 units) is the value of no face, and stays as it is.
 */
export function normaliseValues(
  { format, several, maxLength = LONGEST }: ComparedField,
  text: string,
): readonly string[] {
  if (text.length > SPREAD * maxLength) return [text]
  const values = several === undefined ? [text] : text.split(BETWEEN_VALUES)
  return values.map((value) => normaliseValue(format, value))
}

/**
 * {@link normaliseValue} for a field: where several values may stand, each by itself, in whatever order.
 *
 * @example
 * ```ts
 * normaliseField({ format: 'text', several: true }, '样例乙，样例甲') // '样例乙、样例甲'
 * ```
 */
export function normaliseField(field: ComparedField, text: string): string {
  return normaliseValues(field, text).toSorted().join(SEPARATOR)
}

const trimmed: Normalise = (text) => text.normalize('NFC').trim()
const spellDay: Normalise = (text) => readWrittenDay(text) ?? text

const SPELL: Readonly<Record<FieldFormat, Normalise>> = {
  text: trimmed,
  'person-name': trimmed,
  quantity: trimmed,
  choice: trimmed,
  date: spellDay,
  'end-date': spellDay,
  uscc: normaliseIdentifier,
  'issuer-uscc': normaliseIdentifier,
  'holder-id': normaliseIdentifier,
  'food-licence-number': normaliseIdentifier,
  'teacher-number': normaliseIdentifier,
  'real-estate-unit-number': normaliseIdentifier,
}

/**
 * A value in the spelling in which it is signed: a day as `YYYY-MM-DD`, no end as 长期, an identifier in capitals and
 * half width without spaces, a choice as the type has it, any other text in NFC without white space at its ends. What
 * can mean several things, or nothing, stays as it is.
 *
 * @example
 * ```ts
 * spellValue({ format: 'holder-id' }, '11010519491231002x') // '11010519491231002X'
 * spellValue({ format: 'end-date' }, '无固定期限') // '长期'
 * ```
 */
export function spellValue(
  field: Pick<LicenceField, 'format' | 'several' | 'choices'>,
  text: string,
): string {
  const { format, several, choices = [] } = field
  const values = several === undefined ? [text] : text.split(BETWEEN_VALUES)
  const spelt = values.map((value) => {
    const normal = normaliseValue(format, value)
    return choices.find((choice) => normaliseValue(format, choice) === normal) ?? SPELL[format](value)
  })
  return spelt.join(SEPARATOR)
}
