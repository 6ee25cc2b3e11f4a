/**
 * SM2 over OpenSSL, an order of magnitude faster than JavaScript. `node:crypto` knows the curve and SM3 but not
 * Z: it is computed here and hashed before the message.
 */
import {
  createECDH,
  createPrivateKey,
  createPublicKey,
  createSign,
  createVerify,
  hash,
  type KeyObject,
} from 'node:crypto'
import { decodeDerSignature, encodeDerSignature } from './der-signature.ts'
import { decodePoint, decodeSecret, encodeSm2Key, encodeZ, type Sm2 } from './sm2.ts'
import type { PrivateJwk } from './suite.ts'

/** AlgorithmIdentifier: id-ecPublicKey over 1.2.156.10197.1.301. */
const SM2_CURVE = '301306072a8648ce3d020106082a811ccf5501822d'
/** SubjectPublicKeyInfo up to the point (RFC 5480 §2), which starts with 04: uncompressed. */
const SPKI = Buffer.from(`3059${SM2_CURVE}03420004`, 'hex')
/** PrivateKeyInfo up to the secret (RFC 5958 §2, RFC 5915 §3), and from there to the point. */
const PKCS8 = Buffer.from(`308187020100${SM2_CURVE}046d306b0201010420`, 'hex')
const PKCS8_POINT = Buffer.from('a14403420004', 'hex')
const UNCOMPRESSED = 0x04

/** SM2 in `node:crypto`; to be used only after its self-test, since a runtime may be built without it. */
export const nativeSm2: Sm2 = {
  importPublicKey: (jwk) => {
    const point = decodePoint(jwk)
    // A key that was generated rather than read would sign and verify plain ECDSA.
    const key = createPublicKey({ key: Buffer.concat([SPKI, point]), format: 'der', type: 'spki' })
    const z = hash('sm3', encodeZ(point), 'buffer')
    return {
      algorithm: 'SM2',
      // OpenSSL refuses r and s outside of 1 … n − 1 itself.
      verify: (message, signature) =>
        createVerify('sm3').update(z).update(message).verify(key, encodeDerSignature(signature)),
    }
  },
  importPrivateKey: (jwk) => {
    const point = decodePoint(jwk)
    const key = importSecret(jwk, point)
    const z = hash('sm3', encodeZ(point), 'buffer')
    return {
      algorithm: 'SM2',
      sign: (message) => decodeDerSignature(createSign('sm3').update(z).update(message).sign(key)),
    }
  },
  generateKey: () => {
    const ecdh = createECDH('SM2')
    const point = ecdh.generateKeys().subarray(1)
    const secret = new Uint8Array(32)
    const shortest = ecdh.getPrivateKey()
    secret.set(shortest, secret.length - shortest.length)
    return encodeSm2Key(secret, point)
  },
}

/** OpenSSL would take any point beside the secret, and Z would then be another key's. */
function importSecret(jwk: PrivateJwk, point: Uint8Array): KeyObject {
  const secret = decodeSecret(jwk)
  const ecdh = createECDH('SM2')
  ecdh.setPrivateKey(secret)
  if (!ecdh.getPublicKey().equals(Buffer.from([UNCOMPRESSED, ...point]))) {
    throw new RangeError('import an SM2 private key: its public half belongs to another secret')
  }
  const der = Buffer.concat([PKCS8, secret, PKCS8_POINT, point])
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
}
