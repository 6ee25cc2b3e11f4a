/**
 * The report in an answer about a licence that was named and is not at hand: it has to be signed by the pinned key, about
 * the licence that was named, for this case, and of now.
 */
import { encodeReport, reportRequest, suite, type VerificationReport } from '@hefu/protocol'
import { AttestationError, MalformedError, type VerifierKey, verifyAttestation } from '@hefu/sdk/recheck'
import { type RemoteVerificationRequest, RemoteVerifierError } from '@hefu/sdk/remote'
import { isNamed } from './report-relevance.ts'
import type { MaskedField } from './told-verification.ts'

/** Of one face. */
const MOST_FIELDS = 64

/** As it came; only the attestation is believed. */
export interface AttestedAnswer {
  readonly report?: unknown
  readonly attestation?: unknown
  /** What opens the report again. */
  readonly code?: unknown
  /** Masked by the service, and not signed. */
  readonly face?: unknown
}

/**
 * The report that the pinned key signed; one beside it that says something else is refused with it.
 *
 * @throws {RemoteVerifierError} `bad-answer`, `bad-attestation`
 */
export async function readAttested(
  { report, attestation }: AttestedAnswer,
  verifierKey: VerifierKey,
): Promise<VerificationReport> {
  if (typeof attestation !== 'string') throw new RemoteVerifierError('bad-answer')
  try {
    const attested = await verifyAttestation(attestation, verifierKey)
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
    JSON.stringify(report.request) === JSON.stringify({ ...own, presented }) &&
    isNamed(report, asked.presented)
  if (!isOfText && !isOfNamed) throw new RemoteVerifierError('other-request')
}

/** @throws {RemoteVerifierError} `bad-answer` for what is no list of fields */
export function readMaskedFace({ face = [] }: AttestedAnswer): readonly MaskedField[] {
  if (Array.isArray(face) && face.length <= MOST_FIELDS && face.every(isField)) return face
  throw new RemoteVerifierError('bad-answer')
}

function isField(field: unknown): field is MaskedField {
  const { name, label, value } = Object(field) as Partial<Record<keyof MaskedField, unknown>>
  const { zh, en } = Object(label) as { readonly zh?: unknown; readonly en?: unknown }
  return [name, value, zh, en].every((text) => typeof text === 'string')
}
