/** One form for values that say the same: what a person types and what a face shows are compared in it. */
import { isCalendarDate } from '../identifiers/calendar-date.ts'
import { type FieldFormat, LONG_TERM } from './licence-type.ts'

type Normalise = (text: string) => string

// After NFKC, which has made full-width forms and their variants one; again after all, since marks may have come
// beside letters by what was taken out.
const DOTS = /[·•‧∙⋅・.]+/gu
const OPENING = /[[{〔【〖〘「『《〈]/gu
const CLOSING = /[\]}〕】〗〙」』》〉]/gu
const DASHES = /[\u2010-\u2015\u2212-]+/gu
const COMMAS = /、/gu
const QUOTES = /[“”„‟"‘’‚‛']/gu
/** 〇, 零 and ○ are one digit beside other numerals; 零售 stays what it is. */
const ZERO =
  /(?<=[0-9一二三四五六七八九十百千万〇零○])[〇零○]|[〇零○](?=[0-9一二三四五六七八九十百千万〇零○])/gu
const SPACE_BETWEEN_WORDS = /(?<=\p{Script=Latin})\s+(?=\p{Script=Latin})/gu
const OTHER_SPACE = /(?<!\p{Script=Latin})\s+|\s+(?!\p{Script=Latin})/gu

/** Without the spaces that people set as they like; between two words in Latin letters one remains. */
function closeUp(text: string): string {
  return text.replace(SPACE_BETWEEN_WORDS, ' ').replace(OTHER_SPACE, '')
}

function foldWidth(text: string): string {
  return closeUp(text.normalize('NFKC').trim())
}

const normaliseText: Normalise = (text) =>
  foldWidth(text)
    .replace(DOTS, '·')
    .replace(OPENING, '(')
    .replace(CLOSING, ')')
    .replace(DASHES, '-')
    .replace(COMMAS, ',')
    .replace(QUOTES, '"')
    .replace(ZERO, '〇')
    .normalize('NFKC')

/** Identifiers are written in capitals, without spaces. */
const normaliseIdentifier: Normalise = (text) =>
  text.normalize('NFKC').replace(/\s+/gu, '').replace(DASHES, '-').toUpperCase().normalize('NFKC')

const DATE =
  /^([0-9]{4})(?:年([0-9]{1,2})月([0-9]{1,2})日?|-([0-9]{1,2})-([0-9]{1,2})|([0-9]{2})([0-9]{2}))$/u
const LONG_TERMS = new Set([LONG_TERM, `${LONG_TERM}有效`, '永久', '永久有效', '无固定期限'])

/** A day is a day however it is written; what names no day is compared as it stands. */
const normaliseDate: Normalise = (text) => {
  const folded = foldWidth(text)
  if (LONG_TERMS.has(folded)) return LONG_TERM
  const parts = DATE.exec(folded.replace(/[./]/gu, '-').replace(DASHES, '-'))
  const [year, month, day] = (parts ?? []).slice(1).filter((part) => part !== undefined)
  if (year === undefined || month === undefined || day === undefined) return normaliseText(text)
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isCalendarDate(date) ? date : normaliseText(text)
}

const NORMALISE: Readonly<Record<FieldFormat, Normalise>> = {
  text: normaliseText,
  choice: normaliseText,
  date: normaliseDate,
  'end-date': normaliseDate,
  uscc: normaliseIdentifier,
  'issuer-uscc': normaliseIdentifier,
  'holder-id': normaliseIdentifier,
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
