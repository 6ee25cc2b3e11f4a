/** Times on the command line. */
import { endOfDay, isCalendarDate, quote } from '@hefu/protocol'
import { UsageError } from './usage-error.ts'

const RFC3339 =
  /^([0-9]{4}-[0-9]{2}-[0-9]{2})T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$/

/**
 * A day of China stands for its last second; today stands for now, which is `undefined` (the ledger's newest
 * block). Otherwise RFC 3339 with an offset. Result in Unix seconds.
 *
 * @throws {UsageError} `bad-time`
 */
export function parseAsOf(text: string, now: number): number | undefined {
  const seconds = isCalendarDate(text) ? endOfDay(text) - 1 : parseInstant(text)
  if (isCalendarDate(text) && seconds >= now && endOfDay(text) - 86_400 <= now) return undefined
  if (seconds < 0 || seconds > now) throw new UsageError('bad-time', quote(text))
  return seconds
}

function parseInstant(text: string): number {
  const date = RFC3339.exec(text)?.[1]
  if (date === undefined || !isCalendarDate(date)) throw new UsageError('bad-time', quote(text))
  return Math.floor(Date.parse(text) / 1000)
}
