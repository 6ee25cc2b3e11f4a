/** An issuer's public key as the ledger keeps it: its coordinates, and when it counts. */
import {
  encodeBase64url,
  type Hex,
  type KeyFact,
  keyIdOf,
  LedgerUnavailableError,
  type PublicJwk,
  suite,
  thumbprint,
} from '@hefu/protocol'
import { fromHex } from 'ox/Bytes'
import { decodeAlgorithm, decodeTime } from './codes.ts'

interface AbiKey {
  readonly algorithm: number
  readonly x: Hex
  readonly y: Hex
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
  const algorithm = decodeAlgorithm(key.algorithm)
  if (algorithm === null) return null
  const [x, y] = [coordinateText(key.x), coordinateText(key.y)]
  const publicJwk: PublicJwk =
    algorithm === 'EdDSA'
      ? { kty: 'OKP', crv: 'Ed25519', x }
      : { kty: 'EC', crv: algorithm === 'ES256' ? 'P-256' : 'SM2', x, y }
  if (keyIdOf(thumbprint(publicJwk, suite)) !== keyId) {
    throw new LedgerUnavailableError(
      'inconsistent',
      `read the public key ${keyId}: the node answered another key`,
    )
  }
  return {
    algorithm,
    publicJwk,
    validFrom: key.validFrom,
    validUntil: decodeTime(key.validUntil),
    compromisedFrom: decodeTime(key.compromisedFrom),
  }
}

function coordinateText(bytes: Hex): string {
  return encodeBase64url(fromHex(bytes))
}
