/** A name that led to no licence: none was presented, so that nothing is said of any. */
import { decidingFinding, type VerificationReport } from '@hefu/protocol'

const NAMES: readonly unknown[] = ['licence-id', 'qr-reference']

/** Whether a report is about the name alone that was given, as no licence was found by it. */
export function isNothingFound({ licence, findings }: VerificationReport): boolean {
  const deciding = decidingFinding(findings)
  return (
    licence === null &&
    deciding?.code === 'wellFormed/not-a-licence' &&
    NAMES.includes(deciding.facts['presented'])
  )
}
