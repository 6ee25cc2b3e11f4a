/** One item of a batch, verified, numbered and signed as a single request is. */
import { MalformedError, type ReportSigner, type Verifier } from '@hefu/protocol'
import { hasDiffering } from '../routes/found-comparisons.ts'
import { signReading } from '../routes/numbered-report.ts'
import { createVerdictAnswer } from '../routes/verdict-answer.ts'
import { digestOfAttestation } from './attestation-digest.ts'
import type { TaskOutcome, VerificationTask } from './worker-messages.ts'

/** Never throws: whatever becomes of an item is told of it. */
export async function verifyTask(
  verifier: Verifier,
  attest: ReportSigner,
  { item, request, number, now, read }: VerificationTask,
): Promise<TaskOutcome> {
  try {
    const report = await verifier.verify(request, now)
    const { numbered, evidence } = await signReading(
      attest,
      { ...read, report, presented: request.presented },
      number,
    )
    const { verdict, resultCode, nextStep } = createVerdictAnswer(report, number)
    return {
      item,
      evidence,
      code: numbered.code,
      attested: digestOfAttestation(numbered.attestation),
      verdict,
      resultCode,
      nextStep,
      licenceType: report.licence?.licenceType ?? null,
      differs: hasDiffering(report),
    }
  } catch (error) {
    if (error instanceof MalformedError) return { item, defects: error.defects }
    // Its name alone: what it says may repeat what was sent.
    return { item, fault: error instanceof Error ? error.name : 'unknown' }
  }
}
