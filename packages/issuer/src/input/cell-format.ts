/** What a person sees of a cell: a format may show a number or a text as another than it is (ECMA-376 part 1 §18.8.31). */
import { isDateFormat } from 'hucre'

/** `otherwise` is also what cannot be told for certain. */
export type Shown = 'as-kept' | 'otherwise' | { readonly text: string }

export interface CellFormat {
  /** A number, or the serial of a day. */
  showNumber(value: number): Shown
  readonly showsTexts: boolean
}

/** Of a cell of which nothing is said. */
export const GENERAL = 'General'

/** What is seen with a format code. Only what is certain is told: no format is carried out but those of plain digits. */
export function parseCellFormat(code: string): CellFormat {
  const sections = sectionsOf(code).map(plainSection)
  const [first = '', , , fourth = '@'] = sections
  const ofTexts = sections.find((section) => section.includes('@')) ?? fourth
  return {
    showNumber: numbersOf(code, first, sections),
    showsTexts: ofTexts === '@' || isGeneral(ofTexts),
  }
}

function numbersOf(code: string, first: string, sections: readonly string[]): CellFormat['showNumber'] {
  // As the reader tells days from numbers.
  if (isDateFormat(code)) return isWholeDay(first) ? showDay : () => 'otherwise'
  if (isGeneral(first) || first === '@') return () => 'as-kept'
  if (!/^(?:#|0+(?:\.0+)?)$/.test(first)) return () => 'otherwise'
  const hasZeros = sections.length >= 3
  return (value) => {
    if (value < 0 || (value === 0 && (hasZeros || first === '#'))) return 'otherwise'
    return showDigits(value, first)
  }
}

/** The serial of 29 February 1900, a day that never was. */
const NO_DAY = 60

/** The time of a day that is rounded up is one of the next day, which nobody sees. */
function showDay(serial: number): Shown {
  const ms = Math.round(serial * 86_400_000)
  const isRoundedUp = Math.floor(ms / 86_400_000) > Math.floor(serial)
  return serial < 0 || Math.floor(serial) === NO_DAY || isRoundedUp ? 'otherwise' : 'as-kept'
}

/** With as many digits before and behind the point as the format has zeros, where none is rounded away. */
function showDigits(value: number, zeros: string): Shown {
  const [whole = '', decimals = ''] = zeros.split('.')
  if (value >= 1e15) return 'as-kept'
  const text = value.toFixed(Math.min(decimals.length, 15))
  if (Number(text) !== value) return 'otherwise'
  const [digits = '', ...rest] = text.split('.')
  const shown = [digits.padStart(whole.length, '0'), ...rest].join('.')
  return shown === String(value) ? 'as-kept' : { text: shown }
}

/** Whether year, month and day are all seen, in whatever order and digits; `m` beside hours or seconds is of minutes. */
function isWholeDay(section: string): boolean {
  const letters = section
    .replaceAll(/"[^"]*"|\\.|\[[^\]]*\]/g, '')
    .toLowerCase()
    .replaceAll(/h+[^a-z]*m+|m+[^a-z]*s+/g, '')
  // A condition shows some days in this way, and others in another.
  return !/\[[<>=]/.test(section) && /y/.test(letters) && /m/.test(letters) && /d/.test(letters)
}

function isGeneral(section: string): boolean {
  return /^general$/i.test(section)
}

/** At the semicolons that stand in no text: of what is above zero, below, zero, and of texts. */
function sectionsOf(code: string): readonly string[] {
  return code.match(/(?:"[^"]*"|\\.|[^;"\\])+|(?<=;|^)(?=;|$)/g) ?? ['']
}

/** Without colour, language and the room of a character: they change no character. */
function plainSection(section: string): string {
  return section
    .replaceAll(/\[(?:black|blue|cyan|green|magenta|red|white|yellow|color ?\d+|\$-[0-9a-f,]+)\]/gi, '')
    .replaceAll(/_./g, '')
    .trim()
}
