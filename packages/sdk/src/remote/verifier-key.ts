/** The key, or the keys, that a verifier is trusted by, in the forms in which they are handed on. */
import type { PublicJwk, VerificationReport } from '@hefu/protocol'
import {
  AttestationError,
  algorithmOf,
  assertOnly,
  type JsonObject,
  malformed,
  namesKey,
  parsePublicJwk,
  suite,
  thumbprint,
  verifyAttestation as verifyByKey,
} from '@hefu/protocol/report'

/** What a service answers to `GET /v1/verifier-key`. */
export interface ServedKey {
  /** RFC 7638 thumbprint of `publicJwk`. */
  readonly kid: string
  readonly publicJwk: PublicJwk
}

/**
 * A JWK set (RFC 7517 §5), such as a service answers to `GET /.well-known/jwks.json`: all keys that its reports were ever
 * signed with. Keys of another kind, use or algorithm are passed over; `nbf` and `exp` are the term of a key, Unix seconds.
 */
export interface JwkSet {
  /** At most 64. */
  readonly keys: readonly object[]
}

/** What a verifier is trusted by: a public JWK, what a service says of its own key, or the set of all that it had. */
export type VerifierKey = PublicJwk | ServedKey | JwkSet

/** A key that reports are signed with, from a time until another (Unix seconds). */
interface KeyTerm {
  readonly publicJwk: PublicJwk
  readonly from: number
  readonly until: number
}

const MOST_KEYS = 64
const WITHOUT_TERM = { from: 0, until: Number.POSITIVE_INFINITY }
const ALGORITHMS: readonly unknown[] = [undefined, 'ES256', 'EdDSA', 'Ed25519']

/**
 * The keys themselves. One that is given alone, or by what a service says of it, has no term.
 *
 * @throws {MalformedError} for what is none of the three; for a thumbprint that is not the key's; for a set without a key
 *   of P-256 or Ed25519 that signs
 */
export function readVerifierKeys(given: object): readonly KeyTerm[] {
  const { kid, publicJwk, keys, ...rest } = { ...given } as JsonObject
  if (keys !== undefined) return readSet(keys)
  if (publicJwk === undefined) return [{ publicJwk: parsePublicJwk(rest, 'verifierKey'), ...WITHOUT_TERM }]
  assertOnly(given, ['kid', 'publicJwk'], 'verifierKey')
  const key = parsePublicJwk(publicJwk, 'verifierKey.publicJwk')
  assertThumbprint(kid, key, 'verifierKey')
  return [{ publicJwk: key, ...WITHOUT_TERM }]
}

function readSet(keys: unknown): readonly KeyTerm[] {
  if (!Array.isArray(keys) || keys.length > MOST_KEYS)
    throw malformed('wrong-type', 'verifierKey.keys', `a list of at most ${MOST_KEYS} keys`, 'another')
  const read = keys.flatMap((key: unknown, i) => readOfSet(Object(key), `verifierKey.keys[${i}]`))
  if (read.length > 0) return read
  throw malformed('wrong-value', 'verifierKey.keys', 'a key of P-256 or Ed25519 that signs', 'none')
}

/** None: a set may hold keys for other purposes (RFC 7517 §5). A secret is no public key, whatever it is for. */
function readOfSet(given: JsonObject, where: string): readonly KeyTerm[] {
  const { kid, alg, use, nbf, exp, iat: _issued, key_ops: _operations, ...jwk } = given
  if (jwk['d'] !== undefined) throw malformed('unknown-member', where, 'a public key', 'a secret beside it')
  const signs = (use === undefined || use === 'sig') && ALGORITHMS.includes(alg)
  if (!signs || (jwk['crv'] !== 'P-256' && jwk['crv'] !== 'Ed25519')) return []
  const members = Object.entries(jwk).filter(([name]) => ['kty', 'crv', 'x', 'y'].includes(name))
  const publicJwk = parsePublicJwk(Object.fromEntries(members) as JsonObject, where)
  if (alg === 'ES256' && algorithmOf(publicJwk) !== 'ES256')
    throw malformed('wrong-value', `${where}.alg`, 'the algorithm of its curve', 'another')
  if (kid !== undefined) assertThumbprint(kid, publicJwk, where)
  const from = readTime(nbf, `${where}.nbf`) ?? WITHOUT_TERM.from
  return [{ publicJwk, from, until: readTime(exp, `${where}.exp`) ?? WITHOUT_TERM.until }]
}

function readTime(value: unknown, where: string): number | undefined {
  if (value === undefined || (Number.isSafeInteger(value) && Number(value) >= 0))
    return value as number | undefined
  throw malformed('wrong-value', where, 'whole Unix seconds', 'another')
}

function assertThumbprint(kid: unknown, key: PublicJwk, where: string): void {
  if (kid === thumbprint(key, suite)) return
  throw malformed('wrong-value', `${where}.kid`, 'the thumbprint of the key', 'another')
}

/**
 * What has the form of a key may be none: its point may lie off its curve. Told of the key, before anything is sent, for
 * every report would seem to be forged.
 *
 * @throws {MalformedError}
 */
export async function assertUsable(keys: readonly KeyTerm[]): Promise<void> {
  for (const { publicJwk } of keys) {
    try {
      await suite.importPublicKey(publicJwk)
    } catch {
      throw malformed('wrong-value', 'verifierKey', `a point of ${publicJwk.crv}`, 'another')
    }
  }
}

/**
 * The report under an attestation, by the one of the keys that it names, within whose term it was made.
 *
 * @throws {AttestationError} when none of them signed it, or not at that time
 * @throws {MalformedError} when what was signed is no report
 */
export async function verifyByKeys(jws: string, keys: readonly KeyTerm[]): Promise<VerificationReport> {
  const [only] = keys
  const term = keys.length === 1 ? only : keys.find(({ publicJwk }) => namesKey(jws, publicJwk))
  if (term === undefined) throw new AttestationError('the signed object names none of the verifier’s keys')
  const report = await verifyByKey(jws, term.publicJwk)
  if (report.checkedAt >= term.from && report.checkedAt < term.until) return report
  throw new AttestationError('the report was not made within the term of the key that signed it')
}
