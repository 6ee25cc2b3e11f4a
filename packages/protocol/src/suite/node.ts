/** The suite over `node:crypto`: synchronous, the hot path of services. The only file that names Node. */
import {
  createPrivateKey,
  createPublicKey,
  hash,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'
import type { PrivateJwk, PublicJwk, SignatureAlgorithm, SigningKey, Suite, VerifyingKey } from './suite.ts'

const SIGNATURE_BYTES = 64

function options(key: unknown): { key: KeyObject; dsaEncoding: 'ieee-p1363' } {
  return { key: key as KeyObject, dsaEncoding: 'ieee-p1363' }
}

function digestOf(algorithm: SignatureAlgorithm): 'sha256' | null {
  return algorithm === 'ES256' ? 'sha256' : null
}

/** Through a one-byte text: in Node 24 three times as fast as asking for a buffer. */
function sha256(data: Uint8Array | string): Uint8Array {
  const text = hash('sha256', data, 'binary')
  const digest = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) digest[i] = text.charCodeAt(i)
  return digest
}

export const suite: Suite = {
  sha256,
  sha256Base64url: (text) => hash('sha256', text, 'base64url'),
  randomBytes: (length) => randomBytes(length),
  importPublicKey: (jwk: PublicJwk) =>
    createPublicKey({ key: { ...jwk }, format: 'jwk' }) as unknown as VerifyingKey,
  importPrivateKey: (jwk: PrivateJwk) =>
    createPrivateKey({ key: { ...jwk }, format: 'jwk' }) as unknown as SigningKey,
  sign: (key, algorithm, message) => sign(digestOf(algorithm), Buffer.from(message), options(key)),
  verify: (key, algorithm, message, signature) =>
    signature.length === SIGNATURE_BYTES &&
    verify(digestOf(algorithm), Buffer.from(message), options(key), signature),
}
