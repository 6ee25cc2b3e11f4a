/** The SD-JWT library that others use, set up for our profile: same keys, same hash, a status list that says valid. */
import { randomBytes } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { type PrivateJwk, suite } from '@hefu/protocol'
import { SDJwtInstance, type SdJwtPayload } from '@sd-jwt/core'
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc'
import { CompactSign, importJWK } from 'jose'
import { ISSUER } from '../../../fixtures/sample-credential.ts'
import { publicHalf } from '../../../fixtures/sample-keys.ts'

type Algorithm = 'ES256' | 'EdDSA'

/** The algorithm of a test key on P-256 or Ed25519. */
export function joseAlgorithmOf(key: PrivateJwk): Algorithm {
  return key.kty === 'EC' ? 'ES256' : 'EdDSA'
}

function hashWithSha256(data: string | ArrayBuffer, algorithm: string): Uint8Array {
  if (algorithm !== 'sha-256') throw new RangeError(`hash with ${algorithm}`)
  return suite.sha256(typeof data === 'string' ? data : new Uint8Array(data))
}

function configOf(key: PrivateJwk) {
  const alg = joseAlgorithmOf(key)
  return {
    hasher: hashWithSha256,
    hashAlg: 'sha-256' as const,
    saltGenerator: () => randomBytes(16).toString('base64url'),
    signAlg: alg,
    signer: async (data: string) =>
      Buffer.from(await suite.sign(await suite.importPrivateKey(key), alg, data)).toString('base64url'),
    verifier: async (data: string, signature: string) =>
      suite.verify(
        await suite.importPublicKey(publicHalf(key)),
        alg,
        data,
        Buffer.from(signature, 'base64url'),
      ),
  }
}

/** A status list token (draft-ietf-oauth-status-list) in which every credential is valid. */
async function statusListToken(uri: string, key: PrivateJwk): Promise<string> {
  const lst = deflateSync(new Uint8Array(1024)).toString('base64url')
  const payload = { iss: ISSUER, sub: uri, iat: 1_767_196_800, status_list: { bits: 1, lst } }
  const alg = joseAlgorithmOf(key)
  return new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({ alg, typ: 'statuslist+jwt' })
    .sign(await importJWK({ ...key }, alg))
}

/** `@sd-jwt/sd-jwt-vc`: SD-JWT with the rules of SD-JWT VC. */
export function createVcPeer(key: PrivateJwk): SDJwtVcInstance {
  return new SDJwtVcInstance({ ...configOf(key), statusListFetcher: (uri) => statusListToken(uri, key) })
}

/** `@sd-jwt/core`: RFC 9901 alone. */
export function createCorePeer(key: PrivateJwk): SDJwtInstance<SdJwtPayload> {
  return new SDJwtInstance(configOf(key))
}
