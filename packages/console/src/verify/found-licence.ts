/**
 * A licence that a reference or an identifier names, found and verified by the service. What the report is about is not
 * at hand here: it has to say that it is the licence that was named, and its face is what the service told of it, masked.
 */
import { LICENCE_TYPES, type VerificationReport } from '@hefu/protocol'
import type { RemoteVerificationRequest, Verification } from '@hefu/sdk/remote'
import { askService } from '../service/ask-service.ts'
import type { ConsoleSettings } from '../service/console-settings.ts'
import { type AttestedAnswer, assertAnswers, readAttested, readMaskedFace } from './attested-answer.ts'
import { assertFresh } from './report-relevance.ts'
import type { FoundLicence } from './told-verification.ts'
import { markAnswer } from './verdict-timing.ts'

const CODE = /^[0-9A-Z-]{1,32}$/

/**
 * @throws {ServiceProblem} for what the service refused
 * @throws {RemoteVerifierError} where there is no report to rely on
 */
export async function askForFound(
  request: RemoteVerificationRequest,
  { verifierKey }: ConsoleSettings,
  signal: AbortSignal,
): Promise<FoundLicence> {
  const askedAt = Date.now() / 1_000
  const answer = await askService<AttestedAnswer>('/v1/verifications', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `"${crypto.randomUUID()}"` },
    body: JSON.stringify({ ...request, face: 'masked' }),
    signal,
  })
  markAnswer()
  const report = await readAttested(answer, verifierKey as Parameters<typeof readAttested>[1])
  assertAnswers(report, request)
  assertFresh(report, askedAt)
  return { verification: withoutFace(report, answer), face: readMaskedFace(answer) }
}

function withoutFace(report: VerificationReport, { attestation, code }: AttestedAnswer): Verification {
  return {
    report,
    attestation: String(attestation),
    recheck:
      typeof code === 'string' && CODE.test(code) ? { page: `${location.origin}/recheck`, code } : null,
    faceData: [],
    holder: null,
    annotatedCopy: null,
    differences: [],
    licenceType: LICENCE_TYPES.find(({ code: type }) => type === report.licence?.licenceType) ?? null,
  }
}
