/** The suite over WebCrypto and @noble/hashes, for browsers and every other runtime. */
import { sha256 } from '@noble/hashes/sha2.js'
import { encodeBase64url } from '../bytes/base64url.ts'
import { encodeUtf8 } from '../bytes/text.ts'
import { assertEd25519Key } from './ed25519-key.ts'
import { loadPortableSm2 } from './load-portable-sm2.ts'
import type { Sm2SigningKey, Sm2VerifyingKey } from './sm2.ts'
import {
  type PrivateJwk,
  type PublicJwk,
  privateMembers,
  publicMembers,
  SIGNATURE_BYTES,
  type SignatureAlgorithm,
  type SigningKey,
  type Suite,
  SuiteUnavailableError,
  type VerifyingKey,
} from './suite.ts'

// The part of WebCrypto that is used here, so that the package needs no DOM types. A page in no secure context has
// random bytes, but none of this.
const { subtle } = globalThis.crypto as { readonly subtle?: typeof globalThis.crypto.subtle }

/** @throws {SuiteUnavailableError} */
function available(): NonNullable<typeof subtle> {
  if (subtle === undefined) throw new SuiteUnavailableError()
  return subtle
}

type WebAlgorithm = Exclude<SignatureAlgorithm, 'SM2'>
type CryptoKey = Parameters<NonNullable<typeof subtle>['verify']>[1]
/** A key never leaves the algorithm of its curve. */
type WebKey = { readonly algorithm: WebAlgorithm; readonly key: CryptoKey }

const KEY_PARAMETERS = {
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  EdDSA: { name: 'Ed25519' },
} as const

const SIGNATURE_PARAMETERS = {
  ES256: { name: 'ECDSA', hash: 'SHA-256' },
  EdDSA: { name: 'Ed25519' },
} as const

async function importKey(own: PublicJwk | PrivateJwk, use: 'sign' | 'verify'): Promise<WebKey> {
  const algorithm = own.crv === 'P-256' ? 'ES256' : 'EdDSA'
  const key = await available().importKey('jwk', { ...own }, KEY_PARAMETERS[algorithm], false, [use])
  return { algorithm, key }
}

async function importPublicKey(jwk: PublicJwk): Promise<VerifyingKey> {
  const own = publicMembers(jwk)
  if (own.crv === 'Ed25519') assertEd25519Key(own.x)
  const key = own.crv === 'SM2' ? (await loadPortableSm2()).importPublicKey(own) : importKey(own, 'verify')
  return (await key) as unknown as VerifyingKey
}

async function importPrivateKey(jwk: PrivateJwk): Promise<SigningKey> {
  const own = privateMembers(jwk)
  const key = own.crv === 'SM2' ? (await loadPortableSm2()).importPrivateKey(own) : importKey(own, 'sign')
  return (await key) as unknown as SigningKey
}

async function generateKey(algorithm: SignatureAlgorithm): Promise<PrivateJwk> {
  if (algorithm === 'SM2') return (await loadPortableSm2()).generateKey()
  const pair = await available().generateKey(KEY_PARAMETERS[algorithm], true, ['sign', 'verify'])
  if (!('privateKey' in pair)) throw new Error(`generate a key for ${algorithm}: the runtime made no pair`)
  const { kty, crv, x, y, d } = await available().exportKey('jwk', pair.privateKey)
  return (algorithm === 'ES256' ? { kty, crv, x, y, d } : { kty, crv, x, d }) as PrivateJwk
}

async function sign(key: SigningKey, algorithm: SignatureAlgorithm, message: string): Promise<Uint8Array> {
  const imported = key as unknown as WebKey | Sm2SigningKey
  if (imported.algorithm !== algorithm) {
    throw new RangeError(`sign with ${algorithm}: the key is for ${imported.algorithm}`)
  }
  if (imported.algorithm === 'SM2') return imported.sign(message)
  const parameters = SIGNATURE_PARAMETERS[imported.algorithm]
  return new Uint8Array(await available().sign(parameters, imported.key, encodeUtf8(message)))
}

async function verify(
  key: VerifyingKey,
  algorithm: SignatureAlgorithm,
  message: string,
  signature: Uint8Array,
): Promise<boolean> {
  const imported = key as unknown as WebKey | Sm2VerifyingKey
  if (imported.algorithm !== algorithm || signature.length !== SIGNATURE_BYTES) return false
  if (imported.algorithm === 'SM2') return imported.verify(message, signature)
  const parameters = SIGNATURE_PARAMETERS[imported.algorithm]
  return available().verify(parameters, imported.key, Uint8Array.from(signature), encodeUtf8(message))
}

export const suite: Suite = {
  assertAvailable: () => {
    available()
  },
  sha256: (data) => sha256(typeof data === 'string' ? encodeUtf8(data) : data),
  sha256Into: (data, out, at) => out.set(suite.sha256(data), at),
  sha256Base64url: (text) => encodeBase64url(sha256(encodeUtf8(text))),
  generateKey,
  randomBytes: (length) => globalThis.crypto.getRandomValues(new Uint8Array(length)),
  importPublicKey,
  importPrivateKey,
  sign,
  verify,
}
