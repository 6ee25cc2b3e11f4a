/** Signing as a verifier does, and as none would. */
import { algorithmOf, encodeBase64url, type PrivateJwk, thumbprint } from '@hefu/protocol'
import { ATTESTATION_TYPE } from '#internal/protocol/report/attestation'
import { encodePart } from '../../../fixtures/forged-credential.ts'
import { ED25519_KEY } from '../../../fixtures/sample-keys.ts'
import { deterministicSuite as suite } from '../deterministic-suite.ts'
import type { Json } from './altered-object.ts'

interface Attested {
  readonly key?: PrivateJwk
  /** The whole header; by default that of the key. */
  readonly header?: unknown
  readonly payload: string | Uint8Array
  /** Who signs; by default the key that the header names. */
  readonly signer?: PrivateJwk
}

export function headerOf(key: PrivateJwk): Json {
  return { alg: algorithmOf(key), typ: ATTESTATION_TYPE, kid: thumbprint(key, suite) }
}

/** What a signer of reports signs, but with the nonce of RFC 6979, and whatever header and payload are wanted. */
export async function attest({
  key = ED25519_KEY,
  header = headerOf(key),
  payload,
  signer = key,
}: Attested): Promise<string> {
  return signInput(`${encodePart(header)}.${encodePart(payload)}`, signer)
}

export async function signInput(input: string, signer: PrivateJwk): Promise<string> {
  const signature = await suite.sign(await suite.importPrivateKey(signer), algorithmOf(signer), input)
  return `${input}.${encodeBase64url(signature)}`
}
