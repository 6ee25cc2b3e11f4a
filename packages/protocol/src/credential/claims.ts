/** The signed part of a credential: JOSE header and plain claims (spec/credential.md). */
import { describe, malformed } from '../bytes/malformed.ts'
import {
  arrayMember,
  assertOnly,
  collect,
  constantMember,
  integerMember,
  parseObject,
  textMember,
} from '../bytes/members.ts'
import type { JsonObject, JsonValue } from '../bytes/strict-json.ts'
import type { LedgerIdentity } from '../identifiers/ledger-identity.ts'
import { type LicenceId, parseLicenceId } from '../identifiers/licence-id.ts'
import { hasUsccShape } from '../identifiers/uscc.ts'
import { type PublicJwk, SIGNATURE_ALGORITHMS, type SignatureAlgorithm } from '../suite/suite.ts'
import { parsePublicJwk } from './public-key.ts'

export const CREDENTIAL_TYPE = 'dc+sd-jwt'
/** Of the compact form with all disclosures. */
export const MAX_CREDENTIAL_CHARACTERS = 131_072
/** Fields of one face. */
export const MAX_DISCLOSURES = 64
/** Unix seconds end here: the ledger keeps times in 40 bits. */
export const MAX_TIME = 1_099_511_627_775
/** Status indices end here: the ledger keeps them in 48 bits. */
export const MAX_STATUS_INDEX = 281_474_976_710_655

/** Exactly these members: nothing in a header may point elsewhere for a key (`jwk`, `jku`, `x5c`, `x5u`) or change the meaning of the rest (`crit`, `b64`). */
export interface CredentialHeader {
  readonly alg: SignatureAlgorithm
  readonly typ: typeof CREDENTIAL_TYPE
  /** RFC 7638 SHA-256 thumbprint of the issuer's key, base64url. */
  readonly kid: string
}

/** Where the legal status of the credential stands on a ledger. */
export interface StatusReference {
  /** Index in the issuer's list. */
  readonly idx: number
  /** See {@link statusListUri}. */
  readonly uri: string
}

/** The claims that are never disclosures. Times in Unix seconds. */
export interface CredentialClaims {
  /** `urn:hefu:uscc:<USCC>` of the issuing agency. */
  readonly iss: string
  /** `urn:hefu:licence-type:<code>`. */
  readonly vct: string
  /** Licence identifier 电子证照标识. */
  readonly jti: string
  /** When the issuer says it signed. Not trusted: the time of issuance is the anchor's block time. */
  readonly iat: number
  readonly nbf: number
  /** Absent: no end of validity (长期). */
  readonly exp?: number
  readonly status: { readonly status_list: StatusReference }
  /** Licence identifier of the predecessor 关联证照. */
  readonly supersedes?: string
  readonly renditions?: readonly Rendition[]
  /** The holder's public key (RFC 7800 §3.2). Absent: the licence is bound to no key. */
  readonly cnf?: { readonly jwk: PublicJwk }
  readonly _sd: readonly string[]
  readonly _sd_alg: 'sha-256'
}

/** A file that shows the licence (OFD, PDF), bound by its digest. */
export interface Rendition {
  readonly mediaType: string
  /** SHA-256 of the file, base64url. */
  readonly digest: string
}

const ISSUER_PREFIX = 'urn:hefu:uscc:'
const LICENCE_TYPE_PREFIX = 'urn:hefu:licence-type:'
export const DIGEST: RegExp = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/

/** Whether a value of whatever kind is the text of a SHA-256. */
export function isDigest(value: unknown): value is string {
  return typeof value === 'string' && DIGEST.test(value)
}
const CLAIM_NAMES = [
  '_sd',
  '_sd_alg',
  'cnf',
  'exp',
  'iat',
  'iss',
  'jti',
  'nbf',
  'renditions',
  'status',
  'supersedes',
  'vct',
]
const MAX_RENDITIONS = 16

/** Names that no disclosure may carry: registered claims decide, and are therefore always in the open (RFC 9901 §9.7). */
export const RESERVED_NAMES: ReadonlySet<string> = new Set([...CLAIM_NAMES, '...', 'aud', 'nonce', 'sub'])

/**
 * The issuer claim of an agency.
 *
 * @example
 * ```ts
 * issuerUri('11430000006122244L') // 'urn:hefu:uscc:11430000006122244L'
 * ```
 */
export function issuerUri(uscc: string): string {
  return ISSUER_PREFIX + uscc
}

/**
 * The USCC in an issuer claim.
 *
 * @example
 * ```ts
 * usccOf(draft.claims) // '11430000006122244L'
 * ```
 */
export function usccOf(claims: Pick<CredentialClaims, 'iss'>): string {
  return claims.iss.slice(ISSUER_PREFIX.length)
}

/**
 * The type claim of a licence type.
 *
 * @example
 * ```ts
 * licenceTypeUri('11100000000013338W011') // 'urn:hefu:licence-type:11100000000013338W011'
 * ```
 */
export function licenceTypeUri(code: string): string {
  return LICENCE_TYPE_PREFIX + code
}

/**
 * The licence type code in a type claim.
 *
 * @example
 * ```ts
 * licenceTypeOf(draft.claims) // '11100000000013338W011'
 * ```
 */
export function licenceTypeOf(claims: Pick<CredentialClaims, 'vct'>): string {
  return claims.vct.slice(LICENCE_TYPE_PREFIX.length)
}

/**
 * The status list of an issuer on one ledger: a credential is bound to the ledger that keeps its status.
 *
 * @example
 * ```ts
 * statusListUri(view.ledger, '11430000006122244L') // draft.claims.status.status_list.uri
 * ```
 */
export function statusListUri(ledger: LedgerIdentity, uscc: string): string {
  return `urn:hefu:status:eip155:${ledger.chainId}:${ledger.address}:${uscc}`
}

/**
 * @throws {MalformedError} for every header but `alg`, `typ`, `kid` with allowed values
 */
export function parseHeader(value: JsonValue, where: string): CredentialHeader {
  const object = parseObject(value, where)
  assertOnly(object, ['alg', 'kid', 'typ'], where)
  return collect({
    alg: () => parseAlgorithm(object['alg'], `${where}.alg`),
    typ: () => constantMember(object, 'typ', CREDENTIAL_TYPE, where),
    kid: () => textMember(object, 'kid', DIGEST, 'an RFC 7638 SHA-256 thumbprint', where),
  })
}

/**
 * The algorithm of a header.
 *
 * @throws {MalformedError} `wrong-value` for every other name, `none` among them
 */
export function parseAlgorithm(value: JsonValue | undefined, where: string): SignatureAlgorithm {
  const algorithm = SIGNATURE_ALGORITHMS.find((known) => known === value)
  if (algorithm !== undefined) return algorithm
  throw malformed('wrong-value', where, SIGNATURE_ALGORITHMS.join(' or '), describe(value))
}

/**
 * Reads the plain claims, and that they agree with each other: the identifier names the same type, and the
 * same issuer where it names one.
 *
 * @throws {MalformedError} with every defect found
 */
export function parseClaims(value: JsonValue, where: string): CredentialClaims {
  const object = parseObject(value, where)
  assertOnly(object, CLAIM_NAMES, where)
  const { exp, supersedes, renditions, cnf, ...always } = collect({
    iss: () => parseIssuer(object, where),
    vct: () =>
      textMember(
        object,
        'vct',
        /^urn:hefu:licence-type:[0-9A-Z]{21}$/,
        'urn:hefu:licence-type:<21 characters>',
        where,
      ),
    jti: () => parseJti(object, 'jti', where),
    iat: () => integerMember(object, 'iat', 0, MAX_TIME, where),
    nbf: () => integerMember(object, 'nbf', 0, MAX_TIME, where),
    exp: () => (object['exp'] === undefined ? {} : { exp: integerMember(object, 'exp', 0, MAX_TIME, where) }),
    status: () => parseStatus(object, where),
    supersedes: () =>
      object['supersedes'] === undefined ? {} : { supersedes: parseJti(object, 'supersedes', where) },
    renditions: () =>
      object['renditions'] === undefined ? {} : { renditions: parseRenditions(object, where) },
    cnf: () => (object['cnf'] === undefined ? {} : { cnf: parseConfirmation(object, where) }),
    _sd: () => parseDigests(object, where),
    _sd_alg: () => constantMember(object, '_sd_alg', 'sha-256', where),
  })
  const claims: CredentialClaims = { ...always, ...exp, ...supersedes, ...renditions, ...cnf }
  assertIdentifierAgrees(claims, parseLicenceId(claims.jti, `${where}.jti`), where)
  if (claims.exp !== undefined && claims.exp <= claims.nbf) {
    throw malformed('wrong-value', `${where}.exp`, 'a time after nbf', 'one that is not')
  }
  return claims
}

function parseIssuer(object: JsonObject, where: string): string {
  const iss = textMember(object, 'iss', /^urn:hefu:uscc:.{18}$/, 'urn:hefu:uscc:<USCC>', where)
  if (hasUsccShape(iss.slice(ISSUER_PREFIX.length))) return iss
  throw malformed('wrong-value', `${where}.iss`, 'urn:hefu:uscc:<USCC>', describe(iss))
}

function parseJti(object: JsonObject, name: string, where: string): string {
  const text = textMember(object, name, /^/, 'a licence identifier', where)
  parseLicenceId(text, `${where}.${name}`)
  return text
}

function parseStatus(object: JsonObject, where: string): CredentialClaims['status'] {
  const at = `${where}.status`
  const status = parseObject(object['status'] ?? null, at)
  assertOnly(status, ['status_list'], at)
  const listAt = `${at}.status_list`
  const list = parseObject(status['status_list'] ?? null, listAt)
  assertOnly(list, ['idx', 'uri'], listAt)
  return {
    status_list: collect({
      idx: () => integerMember(list, 'idx', 0, MAX_STATUS_INDEX, listAt),
      uri: () =>
        textMember(list, 'uri', /^urn:hefu:status:[0-9A-Za-z:]{1,120}$/, 'urn:hefu:status:…', listAt),
    }),
  }
}

function parseRenditions(object: JsonObject, where: string): readonly Rendition[] {
  return arrayMember(object, 'renditions', MAX_RENDITIONS, where).map((item, i) => {
    const at = `${where}.renditions[${i}]`
    const rendition = parseObject(item, at)
    assertOnly(rendition, ['digest', 'mediaType'], at)
    return collect({
      mediaType: () => textMember(rendition, 'mediaType', /^[a-z]+\/[a-z0-9.+-]{1,80}$/, 'a media type', at),
      digest: () => textMember(rendition, 'digest', DIGEST, 'a SHA-256 in base64url', at),
    })
  })
}

/** By value only: a key by reference (`jku`, `kid`) or encrypted (`jwe`) would have to be fetched or trusted. */
function parseConfirmation(object: JsonObject, where: string): { readonly jwk: PublicJwk } {
  const at = `${where}.cnf`
  const confirmation = parseObject(object['cnf'] ?? null, at)
  assertOnly(confirmation, ['jwk'], at)
  return { jwk: parsePublicJwk(confirmation['jwk'] ?? null, `${at}.jwk`) }
}

function parseDigests(object: JsonObject, where: string): readonly string[] {
  return arrayMember(object, '_sd', MAX_DISCLOSURES, where).map((digest, i) => {
    if (isDigest(digest)) return digest
    throw malformed('wrong-value', `${where}._sd[${i}]`, 'a SHA-256 in base64url', describe(digest))
  })
}

function assertIdentifierAgrees(claims: CredentialClaims, id: LicenceId, where: string): void {
  if (id.licenceType !== licenceTypeOf(claims)) {
    throw malformed(
      'wrong-value',
      `${where}.jti`,
      `the type of vct, ${licenceTypeOf(claims)}`,
      describe(id.licenceType),
    )
  }
  if (id.issuer.length === 18 && id.issuer !== usccOf(claims)) {
    throw malformed(
      'wrong-value',
      `${where}.jti`,
      `the issuer of iss, ${usccOf(claims)}`,
      describe(id.issuer),
    )
  }
}
