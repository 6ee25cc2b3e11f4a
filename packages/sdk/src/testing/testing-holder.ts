/** The holder of the testing world’s bound licence: a key that nobody keeps secret, and what it answers. */
import {
  algorithmOf,
  type Challenge,
  createPresentation,
  type PrivateJwk,
  type PublicJwk,
  suite,
  thumbprint,
} from '@hefu/protocol'

/** RFC 8032 §7.1 test 3: published, so that nobody takes it for a secret. */
const HOLDER_KEY: PrivateJwk = {
  kty: 'OKP',
  crv: 'Ed25519',
  x: '_FHNjmIYoaONpH7QAjDwWAgW7RO6MwOsXeuRFUiQgCU',
  d: 'xaqN9D-fg3vtt0QvMdy3sWbThTUHbwlLhc46LgtEWPc',
}
/** RFC 8032 §7.1 test SHA(abc): of somebody else, who has come by the licence. */
const OTHER_KEY: PrivateJwk = {
  kty: 'OKP',
  crv: 'Ed25519',
  x: '7Bcrk61eVjv0kyxw4SRQNMNUZ-8u_U1k6_gZaDRn4r8',
  d: 'gz_mJAkje51i7HdYdSCRHpp1nOwdGXVbfakBuW3KPUI',
}

/** What a licence of this holder is bound to. */
export const HOLDER_PUBLIC_KEY: PublicJwk = {
  kty: HOLDER_KEY.kty,
  crv: HOLDER_KEY.crv,
  x: HOLDER_KEY.x,
} as PublicJwk

/** Given to the holder in 广东省, and one from before. */
export const CHALLENGE: Challenge = {
  nonce: 'dGVzdGluZy1jaGFsbGVuZ2U',
  audience: 'urn:hefu:region:440000',
  maxAgeSeconds: 300,
}
export const EARLIER_CHALLENGE: Challenge = { ...CHALLENGE, nonce: 'dGVzdGluZy1lYXJsaWVyLTE' }
/** The same, had another region asked. */
export const CHALLENGE_ELSEWHERE: Challenge = { ...CHALLENGE, audience: 'urn:hefu:region:330000' }

/**
 * The bundle under the holder’s signature.
 *
 * @param issuedAt Unix seconds
 * @throws {MalformedError} for a challenge that is none
 */
export function answerAsHolder(bundle: string, challenge: Challenge, issuedAt: number): Promise<string> {
  return answerWith(HOLDER_KEY, bundle, challenge, issuedAt)
}

/** The bundle under the signature of somebody else. */
export function answerAsAnother(bundle: string, challenge: Challenge, issuedAt: number): Promise<string> {
  return answerWith(OTHER_KEY, bundle, challenge, issuedAt)
}

async function answerWith(
  jwk: PrivateJwk,
  bundle: string,
  challenge: Challenge,
  issuedAt: number,
): Promise<string> {
  const key = await suite.importPrivateKey(jwk)
  // Said to be the holder's, whosever it is: nothing is presented here by a key that says it is another.
  const holder = { kid: thumbprint(HOLDER_KEY, suite), algorithm: algorithmOf(HOLDER_KEY), key }
  return createPresentation(bundle, { challenge, issuedAt }, holder, suite)
}
