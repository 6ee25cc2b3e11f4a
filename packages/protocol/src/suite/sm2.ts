/**
 * SM2 signatures with SM3 (GB/T 32918.2, curve of GB/T 32918.5): what its two implementations have in common,
 * and the known answer that each must give before it is trusted.
 */
import { encodeBase64url, parseBase64url } from '../bytes/base64url.ts'
import { decodeHex, encodeHex, type Hex } from '../bytes/hex.ts'
import { encodeUtf8 } from '../bytes/text.ts'
import type { PrivateJwk, PublicJwk } from './suite.ts'

/** The signer's identity that goes into Z; GB/T 35276 fixes it for everyone. */
export const SIGNER_ID = '1234567812345678'
const ORDER = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n
const COORDINATE_BYTES = 32

/** One implementation. */
export interface Sm2 {
  /** @throws {RangeError} or the runtime's own error for a point that is not on the curve */
  importPublicKey(jwk: PublicJwk): Sm2VerifyingKey
  /** @throws {RangeError} or the runtime's own error for a key that is not valid */
  importPrivateKey(jwk: PrivateJwk): Sm2SigningKey
  generateKey(): PrivateJwk
}

export interface Sm2VerifyingKey {
  readonly algorithm: 'SM2'
  /** `signature` is 64 bytes, r ‖ s. */
  verify(message: string, signature: Uint8Array): boolean
}

export interface Sm2SigningKey {
  readonly algorithm: 'SM2'
  sign(message: string): Uint8Array
}

/** x ‖ y of a public key, 64 bytes. */
export function decodePoint(jwk: PublicJwk): Uint8Array {
  if (jwk.crv !== 'SM2') throw new RangeError(`import an SM2 key: its curve is ${JSON.stringify(jwk.crv)}`)
  const point = new Uint8Array(2 * COORDINATE_BYTES)
  point.set(decodeInteger(jwk.x, 'x'))
  point.set(decodeInteger(jwk.y, 'y'), COORDINATE_BYTES)
  return point
}

/**
 * The 32 bytes of a private key.
 *
 * @throws {RangeError} unless 1 ≤ d ≤ n − 2 (GB/T 32918.1 §6.1)
 */
export function decodeSecret(jwk: PrivateJwk): Uint8Array {
  const bytes = decodeInteger(jwk.d, 'd')
  const d = BigInt(encodeHex(bytes))
  if (d >= 1n && d <= ORDER - 2n) return bytes
  throw new RangeError('import an SM2 private key: d must be from 1 to n − 2')
}

function decodeInteger(text: string, name: string): Uint8Array {
  const bytes = parseBase64url(text, name)
  if (bytes.length === COORDINATE_BYTES) return bytes
  throw new RangeError(`import an SM2 key: ${name} must have ${COORDINATE_BYTES} bytes, not ${bytes.length}`)
}

/** The private key of a secret and its point x ‖ y. */
export function encodeSm2Key(secret: Uint8Array, point: Uint8Array): PrivateJwk {
  return {
    kty: 'EC',
    crv: 'SM2',
    x: encodeBase64url(point.subarray(0, COORDINATE_BYTES)),
    y: encodeBase64url(point.subarray(COORDINATE_BYTES)),
    d: encodeBase64url(secret),
  }
}

/** 1 ≤ r, s ≤ n − 1 (GB/T 32918.2 §7.1, steps B1 and B2), before any arithmetic that would reduce them. */
export function isInRange(signature: Uint8Array): boolean {
  return [signature.subarray(0, 32), signature.subarray(32)].every((half) => {
    const value = BigInt(encodeHex(half))
    return value >= 1n && value < ORDER
  })
}

/** GB/T 32918.5 appendix A.2. */
const KNOWN_ANSWER = {
  message: 'message digest',
  secret: '0x3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8',
  point:
    '0x09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
  signature:
    '0xf5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
} as const satisfies Record<string, Hex | string>

/** Whether an implementation gives the known answer, refuses its neighbours, and verifies what it signs. */
export function passesSelfTest(sm2: Sm2): boolean {
  try {
    const { message } = KNOWN_ANSWER
    const signature = decodeHex(KNOWN_ANSWER.signature)
    const jwk = encodeSm2Key(decodeHex(KNOWN_ANSWER.secret), decodeHex(KNOWN_ANSWER.point))
    const key = sm2.importPublicKey(jwk)
    const own = sm2.importPrivateKey(jwk).sign(message)
    return (
      key.verify(message, signature) &&
      !key.verify(`${message}.`, signature) &&
      !key.verify(message, signature.with(63, 0)) &&
      key.verify(message, own)
    )
  } catch {
    return false
  }
}

/** Z: the SM3 input that binds a signature to signer, curve and key (GB/T 32918.2 §5.5). */
export function encodeZ(point: Uint8Array): Uint8Array {
  const id = encodeUtf8(SIGNER_ID)
  const input = new Uint8Array(2 + id.length + CURVE.length + point.length)
  new DataView(input.buffer).setUint16(0, 8 * id.length)
  input.set(id, 2)
  input.set(CURVE, 2 + id.length)
  input.set(point, 2 + id.length + CURVE.length)
  return input
}

/** a ‖ b ‖ Gx ‖ Gy of the recommended curve (GB/T 32918.5 §2). */
const CURVE = decodeHex(
  '0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e9332c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0',
)
