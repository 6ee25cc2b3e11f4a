/** An issuer's public key as the ledger keeps it: its coordinates, and when it counts. */
import {
  algorithmOf,
  decodeHex,
  encodeBase64url,
  type Hex,
  type KeyFact,
  keyIdOf,
  LedgerUnavailableError,
  type PublicJwk,
  suite,
  thumbprint,
} from '@hefu/protocol'
import { decodeAlgorithm, decodeTime } from './codes.ts'

/** The public part of a key, as the ledger is told it and keeps it. */
export interface AbiPublicKey {
  readonly algorithm: number
  readonly x: Hex
  readonly y: Hex
}

interface AbiKey extends AbiPublicKey {
  readonly validFrom: number
  readonly validUntil: number
  readonly compromisedFrom: number
}

/**
 * The key is put together from its coordinates; its digest is its name, so no node can put another in its place.
 *
 * @throws {LedgerUnavailableError} `inconsistent` when it is not the key of that name
 */
export function decodeKey(key: AbiKey, keyId: Hex): KeyFact | null {
  const publicJwk = publicJwkOf(key)
  if (publicJwk === null) return null
  if (keyIdOf(thumbprint(publicJwk, suite)) !== keyId) {
    throw new LedgerUnavailableError(
      'inconsistent',
      `read the public key ${keyId}: the node answered another key`,
    )
  }
  return {
    algorithm: algorithmOf(publicJwk),
    publicJwk,
    validFrom: key.validFrom,
    validUntil: decodeTime(key.validUntil),
    compromisedFrom: decodeTime(key.compromisedFrom),
  }
}

/**
 * The key of these coordinates; `null` for no key.
 *
 * @throws {RangeError} for an algorithm that this version cannot verify
 */
export function publicJwkOf(key: AbiPublicKey): PublicJwk | null {
  const algorithm = decodeAlgorithm(key.algorithm)
  if (algorithm === null) return null
  const [x, y] = [coordinateText(key.x), coordinateText(key.y)]
  if (algorithm === 'EdDSA') return { kty: 'OKP', crv: 'Ed25519', x }
  return { kty: 'EC', crv: algorithm === 'ES256' ? 'P-256' : 'SM2', x, y }
}

function coordinateText(bytes: Hex): string {
  return encodeBase64url(decodeHex(bytes))
}
