/**
 * The suite of Node with ECDSA made deterministic (RFC 6979), so that vectors come out the same every time.
 * For published test keys only: this arithmetic takes no care of timing.
 */
import { createECDH, createHash, createHmac } from 'node:crypto'
import { type PrivateJwk, type SigningKey, type Suite, suite } from '@hefu/protocol'

/** The order of P-256 (SEC 2). */
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

function toInteger(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
}

function toBytes(integer: bigint): Buffer {
  return Buffer.from(integer.toString(16).padStart(64, '0'), 'hex')
}

function hmac(key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer {
  const mac = createHmac('sha256', key)
  for (const part of parts) mac.update(part)
  return mac.digest()
}

/** RFC 6979 §3.2, where both the hash and the order have 256 bits: candidates for k, in their order. */
function* noncesOf(secret: bigint, hash: Uint8Array): Generator<bigint> {
  const seed = [toBytes(secret), toBytes(toInteger(hash) % N)]
  let v: Buffer = Buffer.alloc(32, 1)
  let k: Buffer = hmac(Buffer.alloc(32), v, Uint8Array.of(0), ...seed)
  v = hmac(k, v)
  k = hmac(k, v, Uint8Array.of(1), ...seed)
  v = hmac(k, v)
  for (;;) {
    v = hmac(k, v)
    const nonce = toInteger(v)
    if (nonce > 0n && nonce < N) yield nonce
    k = hmac(k, v, Uint8Array.of(0))
    v = hmac(k, v)
  }
}

/** The x coordinate of k·G. */
function abscissa(nonce: bigint): bigint {
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(toBytes(nonce))
  return toInteger(curve.getPublicKey().subarray(1, 33))
}

/** Fermat: N is prime. */
function inverse(value: bigint): bigint {
  let result = 1n
  let base = value % N
  for (let exponent = N - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % N
    base = (base * base) % N
  }
  return result
}

/** The ES256 signature (r ‖ s, 64 bytes) that RFC 6979 prescribes for a message. */
export function signDeterministically(secret: Uint8Array, message: string): Uint8Array {
  const d = toInteger(secret)
  const hash = createHash('sha256').update(message).digest()
  for (const nonce of noncesOf(d, hash)) {
    const r = abscissa(nonce) % N
    const s = (inverse(nonce) * (toInteger(hash) + r * d)) % N
    if (r !== 0n && s !== 0n) return Buffer.concat([toBytes(r), toBytes(s)])
  }
  throw new Error('sign with ECDSA: no nonce was found')
}

/** The secrets of ES256 keys that were imported here: the runtime's own key objects are opaque. */
const secrets = new WeakMap<SigningKey, Uint8Array>()

async function importPrivateKey(jwk: PrivateJwk): Promise<SigningKey> {
  const key = await suite.importPrivateKey(jwk)
  if (jwk.crv === 'P-256') secrets.set(key, Buffer.from(jwk.d, 'base64url'))
  return key
}

export const deterministicSuite: Suite = {
  ...suite,
  importPrivateKey,
  sign: (key, algorithm, message) => {
    const secret = secrets.get(key)
    if (algorithm !== 'ES256' || secret === undefined) return suite.sign(key, algorithm, message)
    return signDeterministically(secret, message)
  },
}
