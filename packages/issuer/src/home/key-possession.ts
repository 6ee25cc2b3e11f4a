/**
 * Proof of possession: before a region's admin registers a key, the agency shows that it holds the private
 * half and means it for itself, by a JWS over its own name.
 */
import {
  algorithmOf,
  type PrivateJwk,
  type PublicJwk,
  parsePublicJwk,
  suite,
  thumbprint,
} from '@hefu/protocol'
import { CompactSign, compactVerify, errors, importJWK } from 'jose'

export const KEY_POSSESSION_TYPE = 'hefu-key-possession+jws'

/** What a proof states. */
export interface KeyPossession {
  /** USCC. */
  readonly agency: string
  /** RFC 7638 thumbprint. */
  readonly kid: string
}

/** The compact JWS in which the key's holder claims it for an agency. */
export async function createKeyPossession(agency: string, key: PrivateJwk): Promise<string> {
  const { d: _, ...publicJwk } = key
  const kid = thumbprint(publicJwk, suite)
  const alg = algorithmOf(publicJwk)
  return new CompactSign(new TextEncoder().encode(JSON.stringify({ agency, kid })))
    .setProtectedHeader({ alg, typ: KEY_POSSESSION_TYPE, kid })
    .sign(await importJWK({ ...key }, alg))
}

/** Whether a proof, which may be anyone's, was made with this key for this agency. */
export async function verifyKeyPossession(
  proof: string,
  agency: string,
  publicJwk: PublicJwk,
): Promise<boolean> {
  const jwk = parsePublicJwk({ ...publicJwk }, 'public key')
  const alg = algorithmOf(jwk)
  const expected = JSON.stringify({ agency, kid: thumbprint(jwk, suite) })
  try {
    const { payload, protectedHeader } = await compactVerify(proof, await importJWK({ ...jwk }, alg), {
      algorithms: [alg],
    })
    return protectedHeader.typ === KEY_POSSESSION_TYPE && new TextDecoder().decode(payload) === expected
  } catch (error) {
    if (error instanceof errors.JOSEError) return false
    throw error
  }
}
