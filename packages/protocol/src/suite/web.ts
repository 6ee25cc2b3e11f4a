/** The suite over WebCrypto and @noble/hashes, for browsers and every other runtime. */
import { sha256 } from '@noble/hashes/sha2.js'
import { encodeBase64url } from '../bytes/base64url.ts'
import { encodeUtf8 } from '../bytes/text.ts'
import type { PublicJwk, SignatureAlgorithm, SigningKey, Suite, VerifyingKey } from './suite.ts'

const SIGNATURE_BYTES = 64
// The part of WebCrypto that is used here, so that the package needs no DOM types.
const { subtle } = globalThis.crypto

function importParameters(jwk: PublicJwk): { name: string; namedCurve?: string } {
  return jwk.kty === 'EC' ? { name: 'ECDSA', namedCurve: 'P-256' } : { name: 'Ed25519' }
}

function signatureParameters(algorithm: SignatureAlgorithm): { name: string; hash?: string } {
  return algorithm === 'ES256' ? { name: 'ECDSA', hash: 'SHA-256' } : { name: 'Ed25519' }
}

type WebKey = Parameters<typeof subtle.verify>[1]

export const suite: Suite = {
  sha256: (data) => sha256(typeof data === 'string' ? encodeUtf8(data) : data),
  sha256Base64url: (text) => encodeBase64url(sha256(encodeUtf8(text))),
  randomBytes: (length) => globalThis.crypto.getRandomValues(new Uint8Array(length)),
  importPublicKey: async (jwk) =>
    (await subtle.importKey('jwk', { ...jwk }, importParameters(jwk), false, [
      'verify',
    ])) as unknown as VerifyingKey,
  importPrivateKey: async (jwk) =>
    (await subtle.importKey('jwk', { ...jwk }, importParameters(jwk), false, [
      'sign',
    ])) as unknown as SigningKey,
  sign: async (key, algorithm, message) =>
    new Uint8Array(
      await subtle.sign(signatureParameters(algorithm), key as unknown as WebKey, encodeUtf8(message)),
    ),
  verify: async (key, algorithm, message, signature) =>
    signature.length === SIGNATURE_BYTES &&
    subtle.verify(
      signatureParameters(algorithm),
      key as unknown as WebKey,
      Uint8Array.from(signature),
      encodeUtf8(message),
    ),
}
