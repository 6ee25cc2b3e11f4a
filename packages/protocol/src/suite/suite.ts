/** The cryptography that the protocol stands on, as a small port with one implementation a runtime. */

/** Signature algorithms of JOSE that a key on the ledger may be pinned to (RFC 7518 §3.4, RFC 8037 §3.1). */
export type SignatureAlgorithm = 'ES256' | 'EdDSA'

export const SIGNATURE_ALGORITHMS: readonly SignatureAlgorithm[] = ['ES256', 'EdDSA']

/** A public key as JSON Web Key, only the members that RFC 7638 hashes: nothing else is part of the key. */
export type PublicJwk =
  | { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string }
  | { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string }

/** A private key as JSON Web Key. Handle as a secret. */
export type PrivateJwk = PublicJwk & { readonly d: string }

declare const verifyingKey: unique symbol
declare const signingKey: unique symbol
/** A public key imported by this runtime's suite; opaque. */
export type VerifyingKey = { readonly [verifyingKey]: true }
/** A private key imported by this runtime's suite; opaque. */
export type SigningKey = { readonly [signingKey]: true }

/** Every member is a pure function of its arguments; asynchronous only where a runtime offers nothing else. */
export interface Suite {
  /** SHA-256 (FIPS 180-4) of bytes, or of a text as UTF-8: 32 bytes. */
  sha256(data: Uint8Array | string): Uint8Array
  /** SHA-256 of a text as UTF-8, in base64url: the digest form of RFC 9901 §4.2.3. */
  sha256Base64url(text: string): string
  /** `length` bytes from the runtime's cryptographic random source. */
  randomBytes(length: number): Uint8Array
  /** @throws if the key is not a valid point on its curve */
  importPublicKey(jwk: PublicJwk): VerifyingKey | Promise<VerifyingKey>
  /** @throws if the key is not valid */
  importPrivateKey(jwk: PrivateJwk): SigningKey | Promise<SigningKey>
  /** Raw signature of 64 bytes (RFC 7518 §3.4: r ‖ s; RFC 8032 for Ed25519). */
  sign(key: SigningKey, algorithm: SignatureAlgorithm, message: string): Uint8Array | Promise<Uint8Array>
  /** `false` for every signature that does not verify, of whatever length; never throws for bad signatures. */
  verify(
    key: VerifyingKey,
    algorithm: SignatureAlgorithm,
    message: string,
    signature: Uint8Array,
  ): boolean | Promise<boolean>
}
