/** JWS in compact form (RFC 7515 §7.1) under one key, whose header is one text. */
import { encodeBase64url } from '../bytes/base64url.ts'
import { encodeUtf8 } from '../bytes/text.ts'
import { type PrivateJwk, type PublicJwk, publicMembers, type Suite } from '../suite/suite.ts'
import { algorithmOf, thumbprint } from './public-key.ts'

/** Signs payloads, UTF-8 texts, with one key, which is imported once. */
export type JwsSigner = (payload: string) => Promise<string>

/**
 * The header of all that a key signs as a type, as it stands in base64url: whoever reads one compares it, and interprets
 * nothing.
 *
 * @example
 * ```ts
 * encodeJwsHeader(verifierPublicKey, 'hefu-report+jws', suite).startsWith('eyJhbGciOi') // true
 * ```
 */
export function encodeJwsHeader(key: PublicJwk, type: string, suite: Suite): string {
  const header = { alg: algorithmOf(key), typ: type, kid: thumbprint(key, suite) }
  return encodeBase64url(encodeUtf8(JSON.stringify(header)))
}

/**
 * A signer of JWS of one type.
 *
 * @param type `typ` of the header
 * @throws {RangeError} for what is no key of P-256, SM2 or Ed25519
 * @example
 * ```ts
 * const sign = await createJwsSigner(verifierKey, 'statuslist+jwt', suite)
 * const signed = await sign('{}')
 * signed.split('.')[1] // 'e30'
 * ```
 */
export async function createJwsSigner(key: PrivateJwk, type: string, suite: Suite): Promise<JwsSigner> {
  const header = encodeJwsHeader(publicMembers(key), type, suite)
  const imported = await suite.importPrivateKey(key)
  return async (payload) => {
    const signed = `${header}.${encodeBase64url(encodeUtf8(payload))}`
    return `${signed}.${encodeBase64url(await suite.sign(imported, algorithmOf(key), signed))}`
  }
}
