/**
 * The suite of Node with ECDSA and SM2 made deterministic, so that vectors come out the same every time: the
 * nonce is that of RFC 6979. For published test keys only: this arithmetic takes no care of timing.
 */
import { createECDH, createHash, createHmac } from 'node:crypto'
import { type PrivateJwk, type SigningKey, type Suite, suite } from '@hefu/protocol'
import { encodeZ } from '#internal/protocol/suite/sm2'

function toInteger(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
}

function toBytes(integer: bigint): Buffer {
  return Buffer.from(integer.toString(16).padStart(64, '0'), 'hex')
}

/** A scheme on a curve of prime order of 256 bits. */
interface Scheme {
  /** Name of the curve in OpenSSL. */
  readonly curve: string
  readonly order: bigint
  /** What is signed of a message, 32 bytes. */
  hash(message: string, point: Uint8Array): Uint8Array
  /** r and s; one of them zero: another nonce is needed. */
  solve(nonce: bigint, x: bigint, e: bigint, d: bigint): readonly [r: bigint, s: bigint]
}

const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
const SM2_ORDER = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n

/** FIPS 186-5 §6.4.1. */
const ES256: Scheme = {
  curve: 'prime256v1',
  order: P256_ORDER,
  hash: (message) => createHash('sha256').update(message).digest(),
  solve: (nonce, x, e, d) => {
    const r = x % P256_ORDER
    return [r, (inverse(nonce, P256_ORDER) * (e + r * d)) % P256_ORDER]
  },
}

/** GB/T 32918.2 §6.1. */
const SM2: Scheme = {
  curve: 'SM2',
  order: SM2_ORDER,
  hash: (message, point) => {
    const z = createHash('sm3').update(encodeZ(point)).digest()
    return createHash('sm3').update(z).update(message).digest()
  },
  solve: (nonce, x, e, d) => {
    const r = (e + x) % SM2_ORDER
    if (r + nonce === SM2_ORDER) return [r, 0n]
    const difference = (((nonce - r * d) % SM2_ORDER) + SM2_ORDER) % SM2_ORDER
    return [r, (inverse(1n + d, SM2_ORDER) * difference) % SM2_ORDER]
  },
}

function hmac(key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer {
  const mac = createHmac('sha256', key)
  for (const part of parts) mac.update(part)
  return mac.digest()
}

/** RFC 6979 §3.2, where both the hash and the order have 256 bits: candidates for k, in their order. */
function* noncesOf(secret: Uint8Array, hash: Uint8Array, order: bigint): Generator<bigint> {
  const seed = [secret, toBytes(toInteger(hash) % order)]
  let v: Buffer = Buffer.alloc(32, 1)
  let k: Buffer = hmac(Buffer.alloc(32), v, Uint8Array.of(0), ...seed)
  v = hmac(k, v)
  k = hmac(k, v, Uint8Array.of(1), ...seed)
  v = hmac(k, v)
  for (;;) {
    v = hmac(k, v)
    const nonce = toInteger(v)
    if (nonce > 0n && nonce < order) yield nonce
    k = hmac(k, v, Uint8Array.of(0))
    v = hmac(k, v)
  }
}

/** x ‖ y of a multiple of the base point. */
function multiply(curve: string, factor: Uint8Array): Uint8Array {
  const ecdh = createECDH(curve)
  ecdh.setPrivateKey(factor)
  return ecdh.getPublicKey().subarray(1)
}

/** Fermat: the order is prime. */
function inverse(value: bigint, order: bigint): bigint {
  let result = 1n
  let base = value % order
  for (let exponent = order - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % order
    base = (base * base) % order
  }
  return result
}

function signWith(scheme: Scheme, secret: Uint8Array, message: string): Uint8Array {
  const { curve, order } = scheme
  const hash = scheme.hash(message, multiply(curve, secret))
  for (const nonce of noncesOf(secret, hash, order)) {
    const x = toInteger(multiply(curve, toBytes(nonce)).subarray(0, 32))
    const [r, s] = scheme.solve(nonce, x, toInteger(hash), toInteger(secret))
    if (r !== 0n && s !== 0n) return Buffer.concat([toBytes(r), toBytes(s)])
  }
  throw new Error('sign deterministically: no nonce was found')
}

/** The ES256 signature (r ‖ s, 64 bytes) that RFC 6979 prescribes for a message. */
export function signDeterministically(secret: Uint8Array, message: string): Uint8Array {
  return signWith(ES256, secret, message)
}

const SCHEMES: Readonly<Record<PrivateJwk['crv'], Scheme | undefined>> = {
  'P-256': ES256,
  SM2,
  // Deterministic by itself (RFC 8032 §5.1.6).
  Ed25519: undefined,
}

/** The secrets of keys that were imported here: the runtime's own key objects are opaque. */
const secrets = new WeakMap<SigningKey, { readonly scheme: Scheme; readonly secret: Uint8Array }>()

async function importPrivateKey(jwk: PrivateJwk): Promise<SigningKey> {
  const key = await suite.importPrivateKey(jwk)
  const scheme = SCHEMES[jwk.crv]
  if (scheme !== undefined) secrets.set(key, { scheme, secret: Buffer.from(jwk.d, 'base64url') })
  return key
}

export const deterministicSuite: Suite = {
  ...suite,
  importPrivateKey,
  sign: (key, algorithm, message) => {
    const known = secrets.get(key)
    return known === undefined
      ? suite.sign(key, algorithm, message)
      : signWith(known.scheme, known.secret, message)
  },
}
