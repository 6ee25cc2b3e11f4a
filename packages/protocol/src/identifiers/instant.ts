/** Moments as programs write them: RFC 3339, with the offset that says which moment it is. */
import { isCalendarDate } from './calendar-date.ts'

/** RFC 3339 §5.6 allows `t` and `z` as well, and as many decimals as anyone likes. */
const RFC3339 =
  /^([0-9]{4}-[0-9]{2}-[0-9]{2})T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])$/i

/**
 * A moment in Unix seconds, without its fraction; `null` for a text that names none.
 *
 * @example
 * ```ts
 * parseInstant('2026-01-01T00:00:00+08:00') // 1_767_196_800
 * parseInstant('2025-12-31t16:00:00z') // 1_767_196_800
 * parseInstant('2026-01-01T00:00:00') // null
 * parseInstant('2026-02-30T00:00:00Z') // null
 * ```
 */
export function parseInstant(text: string): number | null {
  const date = RFC3339.exec(text)?.[1]
  if (date === undefined || !isCalendarDate(date)) return null
  return Math.floor(Date.parse(text.toUpperCase()) / 1000)
}
