/** Public keys of issuers and their thumbprints, the `kid` of every credential. */
import { parseBase64url } from '../bytes/base64url.ts'
import { encodeHex, type Hex } from '../bytes/hex.ts'
import { describe, malformed } from '../bytes/malformed.ts'
import { assertOnly, constantMember, parseObject, textMember } from '../bytes/members.ts'
import type { JsonValue } from '../bytes/strict-json.ts'
import { ALGORITHM_OF_CURVE, type PublicJwk, type SignatureAlgorithm, type Suite } from '../suite/suite.ts'

const COORDINATE = /^[A-Za-z0-9_-]{43}$/

/**
 * A public key of a supported kind with exactly its required members: `use`, `key_ops`, `alg` or a private
 * `d` beside them are refused.
 *
 * @throws {MalformedError} `wrong-type`, `missing`, `wrong-value`, `unknown-member`, `not-base64url`
 * @example
 * ```ts
 * parsePublicJwk({ ...verifierPublicKey }, 'key') // verifierPublicKey
 * parsePublicJwk({ ...verifierPublicKey, use: 'enc' }, 'key') // throws MalformedError
 * ```
 */
export function parsePublicJwk(value: JsonValue, where: string): PublicJwk {
  const object = parseObject(value, where)
  const coordinate = (name: string): string => {
    const text = textMember(object, name, COORDINATE, '32 bytes in base64url', where)
    parseBase64url(text, `${where}.${name}`)
    return text
  }
  if (object['kty'] === 'EC') {
    assertOnly(object, ['crv', 'kty', 'x', 'y'], where)
    const crv = textMember(object, 'crv', /^(?:P-256|SM2)$/, '"P-256" or "SM2"', where) as 'P-256' | 'SM2'
    return { kty: 'EC', crv, x: coordinate('x'), y: coordinate('y') }
  }
  if (object['kty'] === 'OKP') {
    assertOnly(object, ['crv', 'kty', 'x'], where)
    const crv = constantMember(object, 'crv', 'Ed25519', where)
    return { kty: 'OKP', crv, x: coordinate('x') }
  }
  throw malformed('wrong-value', `${where}.kty`, '"EC" or "OKP"', describe(object['kty']))
}

/**
 * The only algorithm that a key of this kind signs with.
 *
 * @example
 * ```ts
 * algorithmOf({ kty: 'EC', crv: 'P-256', x: sample.key.x, y: sample.key.y }) // 'ES256'
 * ```
 */
export function algorithmOf(jwk: PublicJwk): SignatureAlgorithm {
  return ALGORITHM_OF_CURVE[jwk.crv]
}

/**
 * The JSON that RFC 7638 §3 hashes: required members only, in the order of their names.
 *
 * @example
 * ```ts
 * canonicalJwk(verifierPublicKey) // '{"crv":"Ed25519","kty":"OKP","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}'
 * ```
 */
export function canonicalJwk(jwk: PublicJwk): string {
  return jwk.kty === 'EC'
    ? JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y })
    : JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x: jwk.x })
}

/**
 * The SHA-256 thumbprint of RFC 7638 in base64url: the `kid` of a credential's header.
 *
 * @example
 * ```ts
 * thumbprint(verifierPublicKey, suite) // 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k'
 * ```
 */
export function thumbprint(jwk: PublicJwk, suite: Suite): string {
  return suite.sha256Base64url(canonicalJwk(jwk))
}

/**
 * A `kid` as the ledger's 32 bytes.
 *
 * @throws {MalformedError} `not-base64url` for a text that is no thumbprint
 * @example
 * ```ts
 * keyIdOf('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k') // '0x90facafea9b1556698540f70c0117a22ea37bd5cf3ed3c47093c1707282b4b89'
 * keyIdOf('not base64url') // throws MalformedError
 * ```
 */
export function keyIdOf(kid: string): Hex {
  return encodeHex(parseBase64url(kid, 'kid'))
}
