/** The private key of an agency's account, which sends the ledger's transactions. */
import { generateKeyPairSync } from 'node:crypto'
import { encodeHex, type Hex, parseBase64url } from '@hefu/protocol'

/** The operator's account key, as JWK so that one kind of key file holds every key. */
export interface AccountJwk {
  readonly kty: 'EC'
  readonly crv: 'secp256k1'
  readonly x: string
  readonly y: string
  readonly d: string
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
