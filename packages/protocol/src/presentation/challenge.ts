/** Challenge: what a verifier gives the holder to sign, so that an answer cannot be an old one (RFC 9901 §7.3). */
import { encodeBase64url } from '../bytes/base64url.ts'
import { describe, describeType, malformed } from '../bytes/malformed.ts'
import type { Suite } from '../suite/suite.ts'

/** What a holder's signature must answer to. */
export interface Challenge {
  /** Chosen anew for each presentation: 16 random bytes or more, base64url. */
  readonly nonce: string
  /** Who asks: a name of this verifier, such as `urn:hefu:region:440000` or its https address. */
  readonly audience: string
  /** How long ago the holder may have signed. */
  readonly maxAgeSeconds: number
}

/** The longest window for an answer: a day, in seconds. */
export const MAX_CHALLENGE_AGE_SECONDS = 86_400
const NONCE_BYTES = 16
const NONCE = /^[A-Za-z0-9_-]{22,128}$/
/** Visible ASCII, as a StringOrURI of RFC 7519 §2 is in practice. */
const AUDIENCE = /^[\x21-\x7e]{1,256}$/
const MEMBERS: readonly string[] = ['nonce', 'audience', 'maxAgeSeconds']

/**
 * A challenge with a fresh nonce of 128 bits.
 *
 * @param audience 1 to 256 visible ASCII characters
 * @param maxAgeSeconds 1 to 86,400
 * @throws {MalformedError} for an audience or an age outside of these
 * @example
 * ```ts
 * createChallenge('urn:hefu:region:440000', 300, suite).nonce.length // 22
 * ```
 */
export function createChallenge(audience: string, maxAgeSeconds: number, suite: Suite): Challenge {
  const challenge = { nonce: encodeBase64url(suite.randomBytes(NONCE_BYTES)), audience, maxAgeSeconds }
  assertChallenge(challenge, 'challenge')
  return challenge
}

/**
 * Refuses a challenge that could not do its work: a nonce short enough to come twice, no audience, no window.
 *
 * @throws {MalformedError} `wrong-type`, `wrong-value` or `unknown-member`
 */
export function assertChallenge(challenge: Challenge, where: string): void {
  if (typeof challenge !== 'object' || challenge === null) {
    throw malformed('wrong-type', where, `an object of ${MEMBERS.join(', ')}`, describeType(challenge))
  }
  const unknown = Object.keys(challenge).find((name) => !MEMBERS.includes(name))
  if (unknown !== undefined) {
    throw malformed('unknown-member', where, `only ${MEMBERS.join(', ')}`, describe(unknown))
  }
  assertMatches(challenge.nonce, NONCE, `${where}.nonce`, '22 to 128 characters of base64url')
  assertMatches(challenge.audience, AUDIENCE, `${where}.audience`, '1 to 256 visible ASCII characters')
  const { maxAgeSeconds: age } = challenge
  if (!(Number.isSafeInteger(age) && age >= 1 && age <= MAX_CHALLENGE_AGE_SECONDS)) {
    const expected = `whole seconds from 1 to ${MAX_CHALLENGE_AGE_SECONDS}`
    throw malformed('wrong-value', `${where}.maxAgeSeconds`, expected, describeType(age))
  }
}

function assertMatches(text: unknown, pattern: RegExp, where: string, expected: string): void {
  if (typeof text === 'string' && pattern.test(text)) return
  throw malformed(
    typeof text === 'string' ? 'wrong-value' : 'wrong-type',
    where,
    expected,
    describeType(text),
  )
}

/** What a report keeps of a challenge: enough to know it again, base64url of SHA-256 over its one text. */
export function digestChallenge({ nonce, audience, maxAgeSeconds }: Challenge, suite: Suite): string {
  return suite.sha256Base64url(JSON.stringify({ nonce, audience, maxAgeSeconds }))
}
