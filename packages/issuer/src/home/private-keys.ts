/** The two private keys of an agency: one signs credentials, the other sends the ledger's transactions. */
import { generateKeyPairSync } from 'node:crypto'
import { encodeHex, type Hex, type PrivateJwk, parseBase64url, type SignatureAlgorithm } from '@hefu/protocol'

/** The operator's account key, as JWK so that one kind of key file holds every key. */
export interface AccountJwk {
  readonly kty: 'EC'
  readonly crv: 'secp256k1'
  readonly x: string
  readonly y: string
  readonly d: string
}

/** A fresh signing key for an algorithm. */
export function createSigningKey(algorithm: SignatureAlgorithm): PrivateJwk {
  const { privateKey } =
    algorithm === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('ed25519')
  return privateKey.export({ format: 'jwk' }) as PrivateJwk
}

/** A fresh account key. */
export function createAccountKey(): AccountJwk {
  return generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey.export({
    format: 'jwk',
  }) as AccountJwk
}

/** The 32 bytes of an account key. */
export function accountPrivateKey(jwk: Pick<AccountJwk, 'd'>): Hex {
  return encodeHex(parseBase64url(jwk.d, 'account key'))
}
