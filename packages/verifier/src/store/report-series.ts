/** Numbers of reports: a series of its own for every run of every process, and a count within it. */
import { randomBytes } from 'node:crypto'
import { encodeReportNumber, encodeReportSeries, formatChinaTime } from '@hefu/protocol'
import type { Kysely } from 'kysely'
import type { VerifierSchema } from './schema.ts'

/** The next number, of the day of `at` (Unix seconds). */
export type ReportNumbers = (at: number) => string

/**
 * Draws a series at random. A counter in the store would begin again where an older copy of it is restored, and two
 * processes would wait for each other; a new series can repeat nothing, and the store is not asked for a number.
 */
export async function drawReportSeries(db: Kysely<VerifierSchema>, now: number): Promise<ReportNumbers> {
  const series = encodeReportSeries(randomBytes(5))
  await db.insertInto('series').values({ series, begun_at: now }).execute()
  let count = 0
  return (at) => {
    count += 1
    return encodeReportNumber({ day: formatChinaTime(at).slice(0, 10), series, count })
  }
}
