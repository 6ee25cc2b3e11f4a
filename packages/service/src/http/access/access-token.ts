/** What an access token proves (RFC 9068). */
import { errors, type JWTPayload, jwtVerify } from 'jose'
import type { KeySet } from './issuer-keys.ts'

/** What a token must be of. */
export interface TokenTrust {
  readonly issuer: string
  /** How the issuer's tokens name this service. */
  readonly audience: string
  /** Names of claims of the issuer's own that a grant tells. Default: none. */
  readonly claims?: readonly string[]
}

/** What an issuer says of somebody, by names of its own. Values of any kind. */
export type Claims = Readonly<Record<string, unknown>>

/** Whom the issuer let in, and to what. */
export interface TokenGrant {
  readonly clientId: string
  /** The person that the client asks for, as the issuer names them; `null`: it asks for itself. */
  readonly person: string | null
  readonly scopes: ReadonlySet<string>
  /** How the person signed in (`acr`), and when (`auth_time`, Unix seconds); `null`: the issuer does not say. */
  readonly signIn: { readonly acr: string; readonly at: number } | null
  /** Those that the trust names, as far as they are there. */
  readonly claims: Claims
  /** Unix seconds. */
  readonly expiresAt: number
}

export type TokenRefusal = 'token-invalid' | 'token-expired' | 'token-for-others' | 'unknown-key'

/** Asymmetric ones alone: with a symmetric one, the public key would do as the secret. */
const ALGORITHMS = ['ES256', 'ES384', 'PS256', 'RS256', 'EdDSA', 'Ed25519']
const SKEW_SECONDS = 30
/** From its issuance; a longer lasting one could not be taken back. */
const MOST_AGE_SECONDS = 86_400
const CLAIMS = ['iss', 'aud', 'exp', 'iat', 'sub', 'jti', 'client_id']
const CLIENT_ID = /^[\x21-\x7e]{1,128}$/
const SUBJECT = /^[\x20-\x7e]{1,255}$/

/** The grant of a token, or why there is none. `now`: Unix seconds. The token is untrusted in every part. */
export async function verifyAccessToken(
  token: string,
  { find }: KeySet,
  { issuer, audience, claims = [] }: TokenTrust,
  now: number,
): Promise<TokenGrant | TokenRefusal> {
  try {
    const { payload } = await jwtVerify(token, find, {
      issuer,
      audience,
      typ: 'at+jwt',
      algorithms: ALGORITHMS,
      requiredClaims: CLAIMS,
      clockTolerance: SKEW_SECONDS,
      maxTokenAge: MOST_AGE_SECONDS,
      currentDate: new Date(now * 1_000),
    })
    return grantOf(payload, claims) ?? 'token-invalid'
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error
    return refusalOf(error)
  }
}

function grantOf(payload: JWTPayload, claims: readonly string[]): TokenGrant | undefined {
  const { client_id: clientId, sub = '', scope = '', exp = 0, iat = 0, cnf } = payload
  if (typeof clientId !== 'string' || !CLIENT_ID.test(clientId) || typeof scope !== 'string') return undefined
  if (!SUBJECT.test(sub)) return undefined
  // A token that is bound to a key (RFC 9449, RFC 8705) is no bearer's.
  if (cnf !== undefined) return undefined
  return {
    clientId,
    // A system's own token names it twice (RFC 9068 §2.2); whoever else is named is taken for a person, who has to do more.
    person: sub === clientId ? null : sub,
    scopes: new Set(scope.split(' ').filter(Boolean)),
    signIn: signInOf(payload),
    claims: Object.fromEntries(
      claims.flatMap((name) => (Object.hasOwn(payload, name) ? [[name, payload[name]]] : [])),
    ),
    expiresAt: Math.min(exp, iat + MOST_AGE_SECONDS),
  }
}

function signInOf({ acr, auth_time: at }: JWTPayload): TokenGrant['signIn'] {
  return typeof acr === 'string' && typeof at === 'number' ? { acr, at } : null
}

function refusalOf(error: errors.JOSEError): TokenRefusal {
  if (error instanceof errors.JWKSNoMatchingKey) return 'unknown-key'
  if (error instanceof errors.JWTExpired) return 'token-expired'
  const isForOthers = error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud'
  return isForOthers ? 'token-for-others' : 'token-invalid'
}
