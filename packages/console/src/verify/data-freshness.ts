/** How old what a verdict stands on is. */
import { type Bilingual, fillIn, type VerificationReport } from '@hefu/protocol'
import { RESULT_TEXTS } from '../texts/result-texts.ts'

const MINUTE = 60
const HOUR = 3_600
/** Whoever goes on with a case by it verifies again. */
const OLD_ANSWER_SECONDS = 600

/** A length of time (seconds) in the unit that fits it. */
export function ageText(seconds: number): Bilingual {
  const count = Math.max(0, Math.floor(seconds))
  if (count < 2 * MINUTE) return fillIn(RESULT_TEXTS.seconds, { count })
  if (count < 2 * HOUR) return fillIn(RESULT_TEXTS.minutes, { count: Math.floor(count / MINUTE) })
  return fillIn(RESULT_TEXTS.hours, { count: Math.floor(count / HOUR) })
}

/** Seconds from the newest block until it was checked; `null`: there was no data. */
export function dataAgeOf({ ledger, checkedAt }: VerificationReport): number | null {
  return ledger === null ? null : Math.max(0, checkedAt - ledger.blockTime)
}

/** Whether the ledger's data was too old to go by, or is by its own limit. */
export function isStale(report: VerificationReport): boolean {
  const age = dataAgeOf(report)
  const limit = report.ledger?.maxAge
  return (
    report.findings.some(({ code }) => code.endsWith('/ledger-stale')) ||
    (age !== null && limit !== undefined && age > limit)
  )
}

/** Seconds since an answer was given, once they are many; else `null`. */
export function ageOfOldAnswer({ checkedAt }: VerificationReport, now: number): number | null {
  const age = now - checkedAt
  return age >= OLD_ANSWER_SECONDS ? age : null
}
