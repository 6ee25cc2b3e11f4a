/** The verifier's signature under its report: a compact JWS (RFC 7515), re-checkable years later without any service. */
import { CompactSign, compactVerify, errors, importJWK } from 'jose'
import { encodeUtf8, parseUtf8 } from '../bytes/text.ts'
import { algorithmOf, thumbprint } from '../credential/public-key.ts'
import type { PrivateJwk, PublicJwk, Suite } from '../suite/suite.ts'
import { encodeReport, parseReport, type VerificationReport } from './report.ts'

export const ATTESTATION_TYPE = 'hefu-report+jws'

/** The signature under a report does not stand. */
export class AttestationError extends Error {
  override readonly name = 'AttestationError'
}

/** Signs a report; the payload is its one text. */
export async function attestReport(
  report: VerificationReport,
  key: PrivateJwk,
  suite: Suite,
): Promise<string> {
  const alg = algorithmOf(key)
  return new CompactSign(encodeUtf8(encodeReport(report)))
    .setProtectedHeader({ alg, typ: ATTESTATION_TYPE, kid: thumbprint(key, suite) })
    .sign(await importJWK({ ...key }, alg))
}

/**
 * The report under a verifier's signature.
 *
 * @throws {AttestationError} when the signature does not verify with this key
 * @throws {MalformedError} when what was signed is no report
 */
export async function verifyAttestation(jws: string, verifierKey: PublicJwk): Promise<VerificationReport> {
  const alg = algorithmOf(verifierKey)
  const payload = await verifyJws(jws, verifierKey, alg)
  return parseReport(parseUtf8(payload, 'attestation'))
}

async function verifyJws(jws: string, key: PublicJwk, alg: string): Promise<Uint8Array> {
  try {
    const { payload, protectedHeader } = await compactVerify(jws, await importJWK({ ...key }, alg), {
      algorithms: [alg],
    })
    if (protectedHeader.typ === ATTESTATION_TYPE) return payload
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error
    throw new AttestationError('the signature under the report does not verify with the verifier’s key', {
      cause: error,
    })
  }
  throw new AttestationError(`the signed object is not a report: its type is not ${ATTESTATION_TYPE}`)
}
