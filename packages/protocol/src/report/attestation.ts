/** The verifier's signature under its report: a compact JWS (RFC 7515), re-checkable years later without any service. */
import { calculateJwkThumbprint, compactVerify, errors, importJWK } from 'jose'
import { encodeBase64url, matchBase64url } from '../bytes/base64url.ts'
import { encodeUtf8, parseUtf8 } from '../bytes/text.ts'
import { algorithmOf, thumbprint } from '../credential/public-key.ts'
import { assertEd25519Key } from '../suite/ed25519-key.ts'
import { type PrivateJwk, type PublicJwk, publicMembers, type Suite } from '../suite/suite.ts'
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
  const alg = reportAlgorithm(key)
  const header = encodeHeader({ alg, typ: ATTESTATION_TYPE, kid: thumbprint(key, suite) })
  const imported = await suite.importPrivateKey(key)
  return async (report) => {
    const signed = `${header}.${encodeBase64url(encodeUtf8(encodeReport(report)))}`
    return `${signed}.${encodeBase64url(await suite.sign(imported, alg, signed))}`
  }
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
  await assertShape(jws, verifierKey)
  return parseReport(parseUtf8(await verifyJws(jws, verifierKey), 'attestation'))
}

/** The header is compared, never interpreted: it can choose neither algorithm nor key, nor add `crit` or `b64`. */
async function assertShape(jws: string, key: PublicJwk): Promise<void> {
  const [header, payload = '', signature = ''] = jws.split('.')
  const kid = await thumbprintOf(key)
  const expected = { alg: reportAlgorithm(key), typ: ATTESTATION_TYPE, kid }
  if (header !== encodeHeader(expected)) {
    const says = JSON.stringify(expected)
    throw new AttestationError(`the signed object is not a report of this verifier: expected ${says}`)
  }
  if (matchBase64url(payload) === null) {
    throw new AttestationError('the signed report is not in canonical base64url')
  }
  if (!SIGNATURE.test(signature)) {
    throw new AttestationError('the signature under the report is not 64 bytes in canonical base64url')
  }
}

/** The one form that a header has here: its members in this order, without white space. */
function encodeHeader(header: { readonly alg: string; readonly typ: string; readonly kid: string }): string {
  return encodeBase64url(encodeUtf8(JSON.stringify(header)))
}

/** Reports are plain JOSE, so that any library re-checks them years later: SM2 is not among its algorithms. */
function reportAlgorithm(key: PublicJwk): 'ES256' | 'EdDSA' {
  const algorithm = algorithmOf(key)
  if (algorithm !== 'SM2') return algorithm
  throw new AttestationError('a report is signed with ES256 or EdDSA: the verifier’s key is one of SM2')
}

async function verifyJws(jws: string, key: PublicJwk): Promise<Uint8Array> {
  const alg = reportAlgorithm(key)
  try {
    const { payload } = await compactVerify(jws, await importVerifierKey(key, alg), { algorithms: [alg] })
    return payload
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error
    throw new AttestationError('the signature under the report does not verify with the verifier’s key', {
      cause: error,
    })
  }
}

async function thumbprintOf(key: PublicJwk): Promise<string> {
  try {
    return await calculateJwkThumbprint({ ...key })
  } catch (cause) {
    throw notAKey(cause)
  }
}

/** Runtimes refuse what is no key each in its own words, and some let a key of small order pass. */
async function importVerifierKey(key: PublicJwk, alg: string): ReturnType<typeof importJWK> {
  try {
    const own = publicMembers(key)
    if (own.crv === 'Ed25519') assertEd25519Key(own.x)
    return await importJWK({ ...own }, alg)
  } catch (cause) {
    throw notAKey(cause)
  }
}

function notAKey(cause: unknown): AttestationError {
  return new AttestationError('the verifier’s key is no key of P-256 or Ed25519', { cause })
}
