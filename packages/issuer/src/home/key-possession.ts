/**
 * Proof of possession: before a region's admin registers a key, the agency shows that it holds the private
 * half and means it for itself, by a JWS over its own name.
 */
import {
  algorithmOf,
  createJwsSigner,
  encodeBase64url,
  encodeJwsHeader,
  MalformedError,
  type PrivateJwk,
  type PublicJwk,
  parseBase64url,
  parsePublicJwk,
  suite,
  thumbprint,
} from '@hefu/protocol'

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
  const sign = await createJwsSigner(key, KEY_POSSESSION_TYPE, suite)
  return sign(claimOf(agency, key))
}

/** Whether a proof, which may be anyone's, was made with this key for this agency. */
export async function verifyKeyPossession(
  proof: string,
  agency: string,
  publicJwk: PublicJwk,
): Promise<boolean> {
  const jwk = parsePublicJwk({ ...publicJwk }, 'public key')
  // What is claimed is compared, never interpreted: header and payload have one text.
  const signingInput = encodeClaim(agency, jwk)
  const signature = proof.startsWith(`${signingInput}.`) ? readSignature(proof, signingInput) : null
  if (signature === null) return false
  return suite.verify(await suite.importPublicKey(jwk), algorithmOf(jwk), signingInput, signature)
}

function readSignature(proof: string, signingInput: string): Uint8Array | null {
  try {
    return parseBase64url(proof.slice(signingInput.length + 1), 'signature')
  } catch (error) {
    if (error instanceof MalformedError) return null
    throw error
  }
}

/** `header.payload` of the one JWS in which this key can be claimed for this agency. */
function encodeClaim(agency: string, publicJwk: PublicJwk): string {
  const claim = encodeBase64url(new TextEncoder().encode(claimOf(agency, publicJwk)))
  return `${encodeJwsHeader(publicJwk, KEY_POSSESSION_TYPE, suite)}.${claim}`
}

function claimOf(agency: string, publicJwk: PublicJwk): string {
  const claim: KeyPossession = { agency, kid: thumbprint(publicJwk, suite) }
  return JSON.stringify(claim)
}
