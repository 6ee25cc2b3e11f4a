/** The cryptography that the protocol stands on, as a small port with one implementation a runtime. */

import type { Bilingual } from '../language/bilingual.ts'

/**
 * Signature algorithms that a key on the ledger may be pinned to: two of JOSE (RFC 7518 §3.4, RFC 8037 §3.1),
 * and SM2 with SM3 (GB/T 32918.2) as a private profile.
 */
export type SignatureAlgorithm = 'ES256' | 'EdDSA' | 'SM2'

/** All signature algorithms, in no order of merit. */
export const SIGNATURE_ALGORITHMS: readonly SignatureAlgorithm[] = ['ES256', 'EdDSA', 'SM2']

/** A public key as JSON Web Key, only the members that RFC 7638 hashes: nothing else is part of the key. */
export type PublicJwk =
  | { readonly kty: 'EC'; readonly crv: 'P-256' | 'SM2'; readonly x: string; readonly y: string }
  | { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string }

/** A curve serves one algorithm: whoever has the key knows the algorithm, and need not be told. */
export const ALGORITHM_OF_CURVE: Readonly<Record<PublicJwk['crv'], SignatureAlgorithm>> = {
  'P-256': 'ES256',
  Ed25519: 'EdDSA',
  SM2: 'SM2',
}

/** Bytes of a signature, for every algorithm. */
export const SIGNATURE_BYTES = 64

/** A private key as JSON Web Key. Handle as a secret. */
export type PrivateJwk = PublicJwk & { readonly d: string }

/** 32 bytes in base64url, in the one text they have (RFC 4648 §3.5): what the last unit has beyond them is zero. */
const CANONICAL_32_BYTES = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/

/**
 * The members that make a public key, whatever stands beside them. Runtimes differ in what else they let pass for a
 * coordinate (padding, white space, another length), and one key would have several names.
 *
 * @throws {RangeError} for a key of a kind that no algorithm here has, and for a coordinate that is not 32 bytes in
 *   canonical base64url
 */
export function publicMembers(jwk: PublicJwk): PublicJwk {
  const { kty, crv, x } = jwk
  if (kty === 'OKP' && crv === 'Ed25519') return { kty, crv, x: canonical('x', x) }
  if (kty === 'EC' && (crv === 'P-256' || crv === 'SM2')) {
    return { kty, crv, x: canonical('x', x), y: canonical('y', jwk.y) }
  }
  throw new RangeError('import a key: P-256, SM2 or Ed25519 is needed')
}

/**
 * The same with the secret.
 *
 * @throws {RangeError} as {@link publicMembers}, for the secret too
 */
export function privateMembers(jwk: PrivateJwk): PrivateJwk {
  return { ...publicMembers(jwk), d: canonical('d', jwk.d) }
}

/** What is given instead is not quoted: it may be a secret. */
function canonical(name: string, text: string): string {
  if (typeof text === 'string' && CANONICAL_32_BYTES.test(text)) return text
  throw new RangeError(`import a key: its member ${name} is not 32 bytes in canonical base64url`)
}

const NO_SUBTLE_CRYPTO: Bilingual = {
  zh: '本页未处于安全环境，浏览器不提供 crypto.subtle，无法核验；请改用 https 地址打开',
  en: 'Create a verifier: crypto.subtle is missing, the page is in no secure context; open it over https',
}

/**
 * The runtime lacks what a suite stands on. `no-subtle-crypto`: it has no `crypto.subtle`, as a page that did not
 * come over https (or from this machine) has none.
 *
 * @example
 * ```ts
 * new SuiteUnavailableError().code // 'no-subtle-crypto'
 * ```
 */
export class SuiteUnavailableError extends Error {
  override readonly name = 'SuiteUnavailableError'
  readonly code = 'no-subtle-crypto'
  readonly says: Bilingual = NO_SUBTLE_CRYPTO

  constructor() {
    super(NO_SUBTLE_CRYPTO.en)
  }
}

declare const verifyingKey: unique symbol
declare const signingKey: unique symbol
/** A public key imported by this runtime's suite; opaque. */
export type VerifyingKey = { readonly [verifyingKey]: true }
/** A private key imported by this runtime's suite; opaque. */
export type SigningKey = { readonly [signingKey]: true }

/**
 * Every member is a pure function of its arguments; asynchronous only where a runtime offers nothing else. What
 * hashes has read all of its data before it writes, and calls nothing of this package: rooms are shared.
 */
export interface Suite {
  /**
   * Whether the runtime has all that this suite stands on: asked before anything is promised, since a key that cannot
   * be imported for want of it would be called unusable.
   *
   * @throws {SuiteUnavailableError}
   */
  assertAvailable(): void
  /** SHA-256 (FIPS 180-4) of bytes, or of a text as UTF-8: 32 bytes. */
  sha256(data: Uint8Array | string): Uint8Array
  /** The same, written to `out` from place `at` on, `out` being `data` if need be: a tree is spared an allocation for each of its nodes. */
  sha256Into(data: Uint8Array | string, out: Uint8Array, at: number): void
  /** SHA-256 of a text as UTF-8, in base64url: the digest form of RFC 9901 §4.2.3. */
  sha256Base64url(text: string): string
  /** A fresh private key for an algorithm. */
  generateKey(algorithm: SignatureAlgorithm): PrivateJwk | Promise<PrivateJwk>
  /** `length` bytes from the runtime's cryptographic random source. */
  randomBytes(length: number): Uint8Array
  /** @throws if the key is not a valid point on its curve, or the runtime cannot use it */
  importPublicKey(jwk: PublicJwk): VerifyingKey | Promise<VerifyingKey>
  /** @throws if the key is not valid, or its halves do not belong together */
  importPrivateKey(jwk: PrivateJwk): SigningKey | Promise<SigningKey>
  /**
   * Raw signature of 64 bytes (RFC 7518 §3.4 and SM2: r ‖ s; RFC 8032 for Ed25519).
   *
   * @throws {RangeError} for an algorithm that is not the key's
   */
  sign(key: SigningKey, algorithm: SignatureAlgorithm, message: string): Uint8Array | Promise<Uint8Array>
  /**
   * `false` for every signature that does not verify, of whatever length, and for every algorithm that is not
   * the key's; never throws for bad signatures.
   */
  verify(
    key: VerifyingKey,
    algorithm: SignatureAlgorithm,
    message: string,
    signature: Uint8Array,
  ): boolean | Promise<boolean>
}
