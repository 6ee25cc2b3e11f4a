/** A challenge for the holder: keep it until the answer comes, and use it once. */
import { type Challenge, createChallenge as createWith, suite } from '@hefu/protocol'

const DEFAULT_MAX_AGE_SECONDS = 300

/**
 * A challenge with a fresh nonce: give it to the holder, and verify what is presented with it in the request.
 *
 * @param audience a name of this verifier, 1 to 256 visible ASCII characters, such as `urn:hefu:region:440000`
 * @param maxAgeSeconds how long ago the holder may have signed, 1 to 86,400
 * @throws {MalformedError} for an audience or an age outside of these
 */
export function createChallenge(
  audience: string,
  maxAgeSeconds: number = DEFAULT_MAX_AGE_SECONDS,
): Challenge {
  return createWith(audience, maxAgeSeconds, suite)
}
