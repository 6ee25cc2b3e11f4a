/** What every route that has a licence judged does with it: ask the verifier, describe what was decided, and show it. */
import {
  type LicenceType,
  MalformedError,
  type VerificationReport,
  type VerificationRequest,
  type Verifier,
} from '@hefu/protocol'
import type { LoadGate } from '@hefu/service'
import type { VerifierClient } from '../access/verifier-client.ts'
import type { Explain } from './explanation.ts'
import type { FindingServices } from './found-licence.ts'
import type { NumberedReport } from './numbered-report.ts'
import type { RecordServices } from './recorded-answer.ts'
import { createVerdictAnswer } from './verdict-answer.ts'
import { toRequestProblem } from './verification-request.ts'

export interface VerificationServices extends RecordServices, FindingServices {
  readonly verifier: Verifier
  /** The same verification, with what it stood on. */
  readonly explain: Explain
  /** Types whose fields are judged and compared by their own rules. */
  readonly licenceTypes: readonly LicenceType[]
  /** Unix seconds. */
  readonly clock: () => number
  /** Of all that is verified, whatever route asks for it; those beyond it are turned away with 503. */
  readonly load: LoadGate
}

/** @throws {ProblemError} as {@link judge} */
export function verify(
  verifier: Verifier,
  request: VerificationRequest,
  now: number,
  signal: AbortSignal,
): Promise<VerificationReport> {
  return judge(signal, () => verifier.verify(request, now, signal))
}

/**
 * What the verifier answers. What nobody waits for any more is neither signed nor kept: it ends here.
 *
 * @throws {ProblemError} `not-a-request`, `abandoned`
 */
export async function judge<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  try {
    const judged = await work()
    signal.throwIfAborted()
    return judged
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof MalformedError) throw toRequestProblem(error)
    throw error
  }
}

/** What was decided, and nothing of whom it was about. */
export function describeReport({ verdict, resultCode, request, findings }: VerificationReport): object {
  const { receivingRegion } = request
  return { verdict, resultCode, receivingRegion, findings: findings.map(({ code }) => code) }
}

/** What the client may see of the report. */
export function show(
  { shown }: VerifierClient,
  { number, code, report, attestation }: NumberedReport,
): object {
  return shown === 'verdict' ? createVerdictAnswer(report, number) : { number, code, report, attestation }
}

/** Names of the fields that may be shown: those that the service item demands, of a licence that is its issuer's; `null`: none may be. */
export function demandedFields({ findings }: Pick<VerificationReport, 'findings'>): readonly string[] | null {
  const isSigned = ['signature/verified', 'disclosures/match'].every((code) =>
    findings.some((found) => found.code === code),
  )
  const demanded = findings.find(({ check }) => check === 'demand')?.facts['demanded']
  return isSigned && Array.isArray(demanded) ? demanded : null
}
