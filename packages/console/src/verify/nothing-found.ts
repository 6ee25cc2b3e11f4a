/** A name that led to no licence: none was presented, so that nothing is said of any. */
import { type Bilingual, decidingFinding, type VerificationReport } from '@hefu/protocol'
import type { Verification } from '@hefu/sdk/remote'
import { RESULT_TEXTS } from '../texts/result-texts.ts'

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

/** Why no licence stands there; `null`: one was presented or found. This page itself, which nobody signs for, finds none. */
export function nothingFoundText({
  report,
  attestation,
}: Pick<Verification, 'report' | 'attestation'>): Bilingual | null {
  if (!isNothingFound(report)) return null
  return attestation === null ? RESULT_TEXTS.notLookedFor : RESULT_TEXTS.nothingFound
}
