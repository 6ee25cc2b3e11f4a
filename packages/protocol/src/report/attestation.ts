/** The verifier's signature under its report: a compact JWS (RFC 7515), re-checkable years later without any service. */
import { suite as ownSuite } from '#suite'
import { matchBase64url, parseBase64url } from '../bytes/base64url.ts'
import { parseUtf8 } from '../bytes/text.ts'
import { algorithmOf } from '../credential/public-key.ts'
import { createJwsSigner, encodeJwsHeader } from '../credential/signed-jws.ts'
import {
  type PrivateJwk,
  type PublicJwk,
  publicMembers,
  type Suite,
  type VerifyingKey,
} from '../suite/suite.ts'
import { encodeReport, parseReport, type VerificationReport } from './report.ts'

/** `typ` of a signed report. */
export const ATTESTATION_TYPE = 'hefu-report+jws'
/** 64 bytes in canonical base64url: a signature has one encoding. */
const SIGNATURE = /^[A-Za-z0-9_-]{85}[AQgw]$/

/**
 * The signature under a report does not stand.
 *
 * @example
 * ```ts
 * new AttestationError('verify a report').name // 'AttestationError'
 * ```
 */
export class AttestationError extends Error {
  override readonly name = 'AttestationError'
}

/** Signs reports with one key, which is imported once. */
export type ReportSigner = (report: VerificationReport) => Promise<string>

/**
 * A signer of reports, each a compact JWS whose payload is the report's one text.
 *
 * @throws {AttestationError} for a key of SM2: reports are signed with ES256 or EdDSA
 * @example
 * ```ts
 * const attest = await createReportSigner(verifierKey, suite)
 * await verifyAttestation(await attest(report), verifierPublicKey) // report
 * ```
 */
export async function createReportSigner(key: PrivateJwk, suite: Suite): Promise<ReportSigner> {
  headerOf(key)
  const sign = await createJwsSigner(key, ATTESTATION_TYPE, suite)
  return (report) => sign(encodeReport(report))
}

/**
 * The report under a verifier's signature.
 *
 * @throws {AttestationError} when the signature does not verify with this key, or the key is one of SM2
 * @throws {MalformedError} when what was signed is no report
 * @example
 * ```ts
 * verifyAttestation('e30.e30.AA', verifierPublicKey) // throws AttestationError
 * ```
 */
export async function verifyAttestation(jws: string, verifierKey: PublicJwk): Promise<VerificationReport> {
  const [header = '', payload = '', signature = '', ...more] = jws.split('.')
  const alg = assertHeader(header, verifierKey)
  const bytes = matchBase64url(payload)
  if (bytes === null) throw new AttestationError('the signed report is not in canonical base64url')
  if (!SIGNATURE.test(signature) || more.length > 0) {
    throw new AttestationError('the signature under the report is not 64 bytes in canonical base64url')
  }
  const key = await importVerifierKey(verifierKey)
  if (!(await ownSuite.verify(key, alg, `${header}.${payload}`, parseBase64url(signature, 'attestation')))) {
    throw new AttestationError('the signature under the report does not verify with the verifier’s key')
  }
  return parseReport(parseUtf8(bytes, 'attestation'))
}

/**
 * Whether an attestation says that it is signed with this key, of several that a verifier had: nothing is proven by it.
 *
 * @throws {AttestationError} for a key that no report is signed with
 * @example
 * ```ts
 * namesKey('e30.e30.AA', verifierPublicKey) // false
 * ```
 */
export function namesKey(jws: string, key: PublicJwk): boolean {
  return jws.startsWith(`${headerOf(key).header}.`)
}

/** It is compared, never interpreted: it can choose neither algorithm nor key, nor add `crit` or `b64`. */
function assertHeader(header: string, key: PublicJwk): 'ES256' | 'EdDSA' {
  const own = headerOf(key)
  if (header === own.header) return own.alg
  const expected = parseUtf8(parseBase64url(own.header, 'attestation'), 'attestation')
  throw new AttestationError(`the signed object is not a report of this verifier: expected ${expected}`)
}

/** The one header of all that a key signs. */
function headerOf(key: PublicJwk): { readonly alg: 'ES256' | 'EdDSA'; readonly header: string } {
  const own = assertKey(key)
  return { alg: reportAlgorithm(own), header: encodeJwsHeader(own, ATTESTATION_TYPE, ownSuite) }
}

/** Reports are plain JOSE, so that any library re-checks them years later: SM2 is not among its algorithms. */
function reportAlgorithm(key: PublicJwk): 'ES256' | 'EdDSA' {
  const algorithm = algorithmOf(key)
  if (algorithm !== 'SM2') return algorithm
  throw new AttestationError('a report is signed with ES256 or EdDSA: the verifier’s key is one of SM2')
}

function assertKey(key: PublicJwk): PublicJwk {
  try {
    return publicMembers(key)
  } catch (cause) {
    throw notAKey(cause)
  }
}

/** Runtimes refuse what is no key each in its own words. */
async function importVerifierKey(key: PublicJwk): Promise<VerifyingKey> {
  try {
    return await ownSuite.importPublicKey(key)
  } catch (cause) {
    throw notAKey(cause)
  }
}

function notAKey(cause: unknown): AttestationError {
  return new AttestationError('the verifier’s key is no key of P-256 or Ed25519', { cause })
}
