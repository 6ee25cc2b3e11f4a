/** The number of a report 核验单编号: its day, a series that some process drew at random, and its place in that. */
import { isCalendarDate } from './calendar-date.ts'
import { mod37_36 } from './check-character.ts'

/** Without I, L, O and U, which are taken for others. */
const SERIES_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const SERIES = /^[0-9A-HJKMNP-TV-Z]{8}$/
const SHAPE = /^([0-9]{4})([0-9]{2})([0-9]{2})-([0-9A-HJKMNP-TV-Z]{8})-([0-9]{6}|[1-9][0-9]{6,8})-([0-9A-Z])$/
const LEAST_DIGITS = 6
const MOST_COUNT = 999_999_999

/** The parts of `YYYYMMDD-SSSSSSSS-NNNNNN-C`. */
export interface ReportNumber {
  /** `YYYY-MM-DD` in China. */
  readonly day: string
  /** 40 random bits of whoever numbers reports, in eight characters. */
  readonly series: string
  /** From 1, within the series. */
  readonly count: number
}

/**
 * The series of these 40 bits.
 *
 * @throws {RangeError} unless five bytes
 * @example
 * ```ts
 * encodeReportSeries(Uint8Array.of(0, 0, 0, 0, 1)) // '00000001'
 * encodeReportSeries(Uint8Array.of(1)) // throws RangeError
 * ```
 */
export function encodeReportSeries(bytes: Uint8Array): string {
  if (bytes.length !== 5) throw new RangeError(`write a series of reports from ${bytes.length} bytes, not 5`)
  const value = bytes.reduce((sum, byte) => sum * 256 + byte, 0)
  return Array.from({ length: 8 }, (_, at) =>
    SERIES_ALPHABET.charAt(Math.floor(value / 32 ** (7 - at)) % 32),
  ).join('')
}

/**
 * The text of a number, with its check character (ISO 7064 MOD 37,36 over all others but the hyphens).
 *
 * @throws {RangeError} for parts that are none
 * @example
 * ```ts
 * encodeReportNumber({ day: '2026-01-12', series: '7K3M9QXA', count: 123 }) // '20260112-7K3M9QXA-000123-J'
 * encodeReportNumber({ day: '2026-01-12', series: 'IOU', count: 123 }) // throws RangeError
 * ```
 */
export function encodeReportNumber({ day, series, count }: ReportNumber): string {
  const isCount = Number.isInteger(count) && count >= 1 && count <= MOST_COUNT
  if (!isCalendarDate(day) || !SERIES.test(series) || !isCount) {
    throw new RangeError(`number a report by ${JSON.stringify({ day, series, count })}`)
  }
  const parts = [day.replaceAll('-', ''), series, String(count).padStart(LEAST_DIGITS, '0')]
  return [...parts, mod37_36(parts.join(''))].join('-')
}

/**
 * The parts of a number; `null` for any other text, one with a wrong check character among them.
 *
 * @throws {RangeError} for no text: a check character is computed only over characters that have one
 * @example
 * ```ts
 * matchReportNumber('20260112-7K3M9QXA-000123-J')?.count // 123
 * matchReportNumber('20260112-7K3M9QXA-000132-J') // null
 * ```
 */
export function matchReportNumber(text: string): ReportNumber | null {
  const [, year, month, date, series = '', digits = '', check = ''] = SHAPE.exec(text) ?? []
  const day = `${year}-${month}-${date}`
  const count = Number(digits)
  if (count === 0 || !isCalendarDate(day)) return null
  return mod37_36(`${year}${month}${date}${series}${digits}`) === check ? { day, series, count } : null
}
