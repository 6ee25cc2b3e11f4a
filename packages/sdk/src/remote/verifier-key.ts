/** The key that a remote verifier is trusted by, in the forms in which it is handed on. */
import type { PublicJwk } from '@hefu/protocol'
import {
  assertOnly,
  type JsonObject,
  malformed,
  parsePublicJwk,
  suite,
  thumbprint,
} from '@hefu/protocol/report'

/** What a service answers to `GET /v1/verifier-key`. */
export interface ServedKey {
  /** RFC 7638 thumbprint of `publicJwk`. */
  readonly kid: string
  readonly publicJwk: PublicJwk
}

/**
 * The key itself, of a public JWK or of what a service says of its own, whose thumbprint has to be its key's.
 *
 * @throws {MalformedError}
 */
export function readVerifierKey(given: object): PublicJwk {
  const { kid, publicJwk, ...rest } = { ...given } as JsonObject
  if (publicJwk === undefined) return parsePublicJwk(rest, 'verifierKey')
  assertOnly(given, ['kid', 'publicJwk'], 'verifierKey')
  const key = parsePublicJwk(publicJwk, 'verifierKey.publicJwk')
  if (kid === thumbprint(key, suite)) return key
  throw malformed('wrong-value', 'verifierKey.kid', 'the thumbprint of publicJwk', 'another')
}

/**
 * What has the form of a key may be none: its point may lie off its curve. Told of the key, before anything is sent, for
 * every report would seem to be forged.
 *
 * @throws {MalformedError}
 */
export async function assertUsable(key: PublicJwk): Promise<void> {
  try {
    await suite.importPublicKey(key)
  } catch {
    throw malformed('wrong-value', 'verifierKey', `a point of ${key.crv}`, 'another')
  }
}
