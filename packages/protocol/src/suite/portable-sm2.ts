/** SM2 in JavaScript, for browsers and for a Node without it. Loaded only when an SM2 key is met. */
import { sm2 } from 'sm-crypto-v2'
import { decodeHex, encodeHex } from '../bytes/hex.ts'
import { encodeUtf8 } from '../bytes/text.ts'
import { decodePoint, decodeSecret, encodeSm2Key, isInRange, SIGNER_ID, type Sm2 } from './sm2.ts'

const OPTIONS = { hash: true, userId: SIGNER_ID } as const

export const portableSm2: Sm2 = {
  importPublicKey: (jwk) => {
    const point = pointHex(decodePoint(jwk))
    if (!isOnCurve(point)) throw new RangeError('import an SM2 key: the point is not on the curve')
    return {
      algorithm: 'SM2',
      // The library reduces r and s instead of refusing them.
      verify: (message, signature) =>
        isInRange(signature) &&
        sm2.doVerifySignature(encodeUtf8(message), bareHex(signature), point, OPTIONS),
    }
  },
  importPrivateKey: (jwk) => {
    const secret = bareHex(decodeSecret(jwk))
    const publicKey = pointHex(decodePoint(jwk))
    if (sm2.getPublicKeyFromPrivateKey(secret) !== publicKey) {
      throw new RangeError('import an SM2 private key: its public half belongs to another secret')
    }
    return {
      algorithm: 'SM2',
      sign: (message) =>
        decodeHex(`0x${sm2.doSignature(encodeUtf8(message), secret, { ...OPTIONS, publicKey })}`),
    }
  },
  generateKey: () => {
    const { privateKey, publicKey } = sm2.generateKeyPairHex()
    return encodeSm2Key(decodeHex(`0x${privateKey}`), decodeHex(`0x${publicKey.slice(2)}`))
  },
}

function isOnCurve(point: string): boolean {
  try {
    return sm2.verifyPublicKey(point)
  } catch {
    return false
  }
}

/** 04 ‖ x ‖ y. */
function pointHex(point: Uint8Array): string {
  return `04${bareHex(point)}`
}

/** Hexadecimal without `0x`, as the library takes it. */
function bareHex(bytes: Uint8Array): string {
  return encodeHex(bytes).slice(2)
}
