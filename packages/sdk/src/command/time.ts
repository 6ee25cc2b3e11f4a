/** Times on the command line. */
import { endOfDay, isCalendarDate, parseInstant, quote } from '@hefu/protocol'
import { UsageError } from './usage-error.ts'

/**
 * A day of China stands for its last second; today stands for now, which is `undefined` (the ledger's newest
 * block). Otherwise RFC 3339 with an offset. Result in Unix seconds.
 *
 * @throws {UsageError} `bad-time`
 */
export function parseAsOf(text: string, now: number): number | undefined {
  const seconds = isCalendarDate(text) ? endOfDay(text) - 1 : parseInstant(text)
  if (seconds === null) throw new UsageError('bad-time', quote(text))
  if (isCalendarDate(text) && seconds >= now && endOfDay(text) - 86_400 <= now) return undefined
  if (seconds < 0 || seconds > now) throw new UsageError('bad-time', quote(text))
  return seconds
}
