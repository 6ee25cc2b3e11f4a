/** The key, or the keys, that a verifier is trusted by, in the forms in which they are handed on. */
import type { PublicJwk, VerificationReport } from '@hefu/protocol'
import {
  AttestationError,
  assertOnly,
  type JsonObject,
  type JsonValue,
  malformed,
  namesKey,
  parseObject,
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
 * signed with. Keys of another kind, use, operation or algorithm are passed over, and one that says it was revoked; `nbf`
 * and `exp` are the term of a key, Unix seconds. One that is there more than once has each of its terms.
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
/** What a JWK may say beside its own members (RFC 7517 §4, and of its term), and what browsers add to one that they write. */
const ABOUT_A_KEY: readonly string[] = ['alg', 'ext', 'exp', 'key_ops', 'kid', 'nbf', 'revoked', 'use']
const WITHOUT_TERM = { from: 0, until: Number.POSITIVE_INFINITY }
/** RFC 7518 §3.1, RFC 8037 §3.1 and RFC 9864 §2.2, by the curves whose keys sign reports. */
const ALGORITHMS: ReadonlyMap<unknown, readonly unknown[]> = new Map([
  ['P-256', ['ES256']],
  ['Ed25519', ['EdDSA', 'Ed25519']],
])

/**
 * The keys themselves. What a service says of its own has no term, and one that is given alone that which it says itself.
 *
 * @throws {MalformedError} for what is none of the three; for a thumbprint that is not the key's, the algorithm of another
 *   curve, a term that ends before it begins; for a set without a key of P-256 or Ed25519 that signs
 */
export function readVerifierKeys(given: object): readonly KeyTerm[] {
  const { kid, publicJwk, keys } = parseObject(given as JsonValue, 'verifierKey')
  if (keys !== undefined) return readSet(keys)
  if (publicJwk === undefined) return readAlone(given as JsonObject)
  assertOnly(given, ['kid', 'publicJwk'], 'verifierKey')
  const key = parsePublicJwk(publicJwk, 'verifierKey.publicJwk')
  assertThumbprint(kid, key, 'verifierKey')
  return [{ publicJwk: key, ...WITHOUT_TERM }]
}

/** Beside its own members a JWK may say what it is for, as in a set: alone it is for reports, or it is refused. */
function readAlone(given: JsonObject): readonly KeyTerm[] {
  const told = Object.entries(given)
  const others = told.filter(([name]) => !ABOUT_A_KEY.includes(name))
  const publicJwk = parsePublicJwk(Object.fromEntries(others) as JsonObject, 'verifierKey')
  if (others.length === told.length) return [{ publicJwk, ...WITHOUT_TERM }]
  const read = readOfSet(given, 'verifierKey')
  if (read.length > 0) return read
  throw malformed('wrong-value', 'verifierKey', 'a key that signs reports and was not revoked', 'another')
}

function readSet(keys: unknown): readonly KeyTerm[] {
  if (!Array.isArray(keys) || keys.length > MOST_KEYS)
    throw malformed('wrong-type', 'verifierKey.keys', `a list of at most ${MOST_KEYS} keys`, 'another')
  const read = keys.flatMap((key: unknown, i) => readOfSet(key, `verifierKey.keys[${i}]`))
  if (read.length > 0) return read
  throw malformed('wrong-value', 'verifierKey.keys', 'a key of P-256 or Ed25519 that signs', 'none')
}

/** None: a set may hold keys for other purposes (RFC 7517 §5). A secret is no public key, whatever it is for. */
function readOfSet(value: unknown, where: string): readonly KeyTerm[] {
  const given = parseObject(value as JsonValue, where)
  if (given['d'] !== undefined || given['k'] !== undefined)
    throw malformed('unknown-member', where, 'a public key', 'a secret beside it')
  if (!isForReports(given, where)) return []
  const members = Object.entries(given).filter(([name]) => ['kty', 'crv', 'x', 'y'].includes(name))
  const publicJwk = parsePublicJwk(Object.fromEntries(members) as JsonObject, where)
  if (given['kid'] !== undefined) assertThumbprint(given['kid'], publicJwk, where)
  return [{ publicJwk, ...readTerm(given, where) }]
}

/** @throws {MalformedError} for what says of itself nothing that can be, or the algorithm of another curve */
function isForReports(given: JsonObject, where: string): boolean {
  const { alg, use, crv, key_ops: operations = ['verify'] } = given
  for (const text of [alg, use, crv, ...(Array.isArray(operations) ? operations : [null])])
    if (text !== undefined && typeof text !== 'string')
      throw malformed('wrong-type', where, 'texts in alg, use, crv and key_ops', 'another')
  const fitting = ALGORITHMS.get(crv)
  const isKnown = [undefined, ...ALGORITHMS.values()].flat().includes(alg)
  const signs = (use ?? 'sig') === 'sig' && (operations as JsonValue[]).includes('verify')
  if (fitting === undefined || !isKnown || !signs || given['revoked'] !== undefined) return false
  if ([undefined, ...fitting].includes(alg)) return true
  throw malformed('wrong-value', `${where}.alg`, 'the algorithm of its curve', 'another')
}

function readTerm({ nbf, exp }: JsonObject, where: string): Omit<KeyTerm, 'publicJwk'> {
  const from = readTime(nbf, `${where}.nbf`) ?? WITHOUT_TERM.from
  const until = readTime(exp, `${where}.exp`) ?? WITHOUT_TERM.until
  if (from <= until) return { from, until }
  throw malformed('wrong-value', `${where}.exp`, 'no time before its nbf', 'one before it')
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
  const terms = keys.length === 1 ? keys : keys.filter(({ publicJwk }) => namesKey(jws, publicJwk))
  const [named] = terms
  if (named === undefined) throw new AttestationError('the signed object names none of the verifier’s keys')
  const report = await verifyByKey(jws, named.publicJwk)
  if (terms.some(({ from, until }) => report.checkedAt >= from && report.checkedAt < until)) return report
  throw new AttestationError('the report was not made within the term of the key that signed it')
}
