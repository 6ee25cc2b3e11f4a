/**
 * A licence that a reference or an identifier names, found and verified by the service. What the report is about is not
 * at hand here: it has to say that it is the licence that was named, and its face is what the service told of it, masked.
 */
import {
  type Bilingual,
  encodeReport,
  LICENCE_TYPES,
  parseQrText,
  reportRequest,
  suite,
  type VerificationReport,
  type VerificationRequest,
} from '@hefu/protocol'
import { AttestationError, MalformedError, verifyAttestation } from '@hefu/sdk/recheck'
import { type RemoteVerificationRequest, RemoteVerifierError, type Verification } from '@hefu/sdk/remote'
import { askService } from '../service/ask-service.ts'
import type { ConsoleSettings } from '../service/console-settings.ts'
import { markAnswer } from './verdict-timing.ts'

/** How far the service's clock and this one may be apart. */
const MOST_SKEW_SECONDS = 300
const CODE = /^[0-9A-Z-]{1,32}$/

/** A field of a face that is not at hand here, masked by the service. */
export interface MaskedField {
  readonly name: string
  readonly label: Bilingual
  readonly value: string
}

export interface FoundLicence {
  readonly verification: Verification
  readonly face: readonly MaskedField[]
}

/** As it came; of the verdict only the attestation is believed. */
interface AttestedAnswer {
  readonly report?: unknown
  readonly attestation?: unknown
  readonly code?: unknown
  readonly face?: readonly MaskedField[]
}

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
  const report = await readAttested(answer, verifierKey)
  assertAnswers(report, request)
  assertFresh(report, askedAt)
  return { verification: withoutFace(report, answer), face: answer.face ?? [] }
}

/**
 * The report that the pinned key signed; one beside it that says something else is refused with it.
 *
 * @throws {RemoteVerifierError} `bad-answer`, `bad-attestation`
 */
export async function readAttested(
  { report, attestation }: AttestedAnswer,
  verifierKey: ConsoleSettings['verifierKey'],
): Promise<VerificationReport> {
  if (typeof attestation !== 'string') throw new RemoteVerifierError('bad-answer')
  try {
    const attested = await verifyAttestation(
      attestation,
      verifierKey as Parameters<typeof verifyAttestation>[1],
    )
    if (JSON.stringify(report) === encodeReport(attested)) return attested
  } catch (error) {
    if (!(error instanceof AttestationError || error instanceof MalformedError)) throw error
  }
  throw new RemoteVerifierError('bad-attestation')
}

/**
 * A true report about another licence, region, case or time answers nothing. Where nothing was found it is about the text
 * that was sent.
 *
 * @throws {RemoteVerifierError} `other-request`
 */
export function assertAnswers(report: VerificationReport, request: RemoteVerificationRequest): void {
  const { useCause: _, ...asked } = request
  const own = reportRequest(asked, suite)
  const { presented } = report.request
  const isOfText = JSON.stringify(report.request) === JSON.stringify(own)
  const isOfNamed =
    JSON.stringify(report.request) === JSON.stringify({ ...own, presented }) && isNamed(report, asked)
  if (!isOfText && !isOfNamed) throw new RemoteVerifierError('other-request')
}

/** A reference names one text; an identifier any of its licence. */
function isNamed({ request, licence }: VerificationReport, { presented }: VerificationRequest): boolean {
  if (!presented.startsWith('HEFU1:')) return licence?.licenceId === presented
  const scanned = readReference(presented)
  return (
    scanned?.digest === request.presented && (licence === null || licence.licenceId === scanned.licenceId)
  )
}

function readReference(text: string) {
  try {
    const scanned = parseQrText(text)
    return scanned.kind === 'reference' ? scanned.reference : undefined
  } catch {
    return undefined
  }
}

/** @throws {RemoteVerifierError} `stale-report` */
export function assertFresh({ checkedAt }: VerificationReport, askedAt: number): void {
  const latest = Date.now() / 1_000 + MOST_SKEW_SECONDS
  if (!(checkedAt >= askedAt - MOST_SKEW_SECONDS && checkedAt <= latest))
    throw new RemoteVerifierError('stale-report')
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
