/** One verification, whoever made it: what both kinds of verifier answer. */
import { parsePresented, type VerificationReport, type VerificationRequest } from '@hefu/protocol'

/** A field of the licence's face. */
export interface FaceField {
  readonly name: string
  /** Personal data: mask it wherever it is shown by default (`renderSheet` does). */
  readonly value: string
}

export interface Verification {
  readonly report: VerificationReport
  /** The verifier's signature under the report, a compact JWS; `null`: verified here, signed by no one. */
  readonly attestation: string | null
  /**
   * The face as it was presented, read here and never sent back by a service; empty unless the verdict is
   * `accepted` or `refer`. Each value is proven only as far as the report's findings say.
   */
  readonly faceData: readonly FaceField[]
}

export interface LicenceVerifier {
  /**
   * Verifies one presentation.
   *
   * @throws {MalformedError} for a request that cannot be answered; what is presented never makes it throw
   * @throws {RemoteVerifierError} (remote only) when there is no report to rely on
   */
  verify(request: VerificationRequest): Promise<Verification>
}

/** Puts a report beside the face that it judged. */
export function createVerification(
  presented: string,
  report: VerificationReport,
  attestation: string | null,
): Verification {
  return { report, attestation, faceData: readFaceData(presented, report) }
}

function readFaceData(presented: string, { verdict }: VerificationReport): readonly FaceField[] {
  if (verdict !== 'accepted' && verdict !== 'refer') return []
  return parsePresented(presented).credential.disclosures.map(({ name, value }) => ({ name, value }))
}

/** The time in Unix seconds, by this machine's clock. */
export function readClock(): number {
  return Math.floor(Date.now() / 1000)
}
