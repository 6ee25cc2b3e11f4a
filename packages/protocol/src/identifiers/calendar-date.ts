/** Dates as a licence shows them: days of China Standard Time (UTC+8, no summer time). */

import { describeType } from '../bytes/malformed.ts'
import type { Bilingual } from '../language/bilingual.ts'

const UTC_OFFSET_SECONDS = 8 * 3600
const DAY_SECONDS = 24 * 3600

/**
 * Whether `YYYY-MM-DD` names a day of the Gregorian calendar.
 *
 * @example
 * ```ts
 * isCalendarDate('2024-02-29') // true
 * isCalendarDate('2023-02-29') // false
 * ```
 */
export function isCalendarDate(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

/**
 * The first second of a day in China, in Unix seconds.
 *
 * @throws {RangeError} unless {@link isCalendarDate}
 * @example
 * ```ts
 * startOfDay('2026-01-01') // 1_767_196_800
 * startOfDay('长期') // throws RangeError
 * ```
 */
export function startOfDay(date: string): number {
  if (!isCalendarDate(date)) throw new RangeError(`read a date from ${describeType(date)}`)
  return Date.parse(`${date}T00:00:00Z`) / 1000 - UTC_OFFSET_SECONDS
}

/**
 * The first second after a day in China, in Unix seconds: a licence is valid through its last day.
 *
 * @throws {RangeError} unless {@link isCalendarDate}
 * @example
 * ```ts
 * endOfDay('2026-01-01') // 1_767_283_200
 * endOfDay('2026-02-30') // throws RangeError
 * ```
 */
export function endOfDay(date: string): number {
  return startOfDay(date) + DAY_SECONDS
}

/**
 * `YYYY-MM-DD HH:mm` in China of a time in Unix seconds.
 *
 * @example
 * ```ts
 * formatChinaTime(1_767_196_800) // '2026-01-01 00:00'
 * ```
 */
export function formatChinaTime(seconds: number): string {
  return new Date((seconds + UTC_OFFSET_SECONDS) * 1000).toISOString().slice(0, -8).replace('T', ' ')
}

/**
 * The day in China of a time in Unix seconds.
 *
 * @example
 * ```ts
 * dayOf(1_767_196_800).zh // '2026年1月1日'
 * ```
 */
export function dayOf(seconds: number): Bilingual {
  const en = formatChinaTime(seconds).split(' ')[0] ?? ''
  const [year, month, day] = en.split('-').map(Number)
  return { zh: `${year}年${month}月${day}日`, en }
}
