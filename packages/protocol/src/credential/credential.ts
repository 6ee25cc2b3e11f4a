/** A credential: issuer-signed SD-JWT VC in compact form, `header.payload.signature~disclosure~…~` (spec/credential.md). */
import { encodeBase64url } from '../bytes/base64url.ts'
import { encodeUtf8 } from '../bytes/text.ts'
import { readCredential } from './any-form.ts'
import type { CredentialClaims, CredentialHeader } from './claims.ts'
import { matchCredential } from './common-form.ts'
import type { Disclosure } from './disclosure.ts'
import type { UnverifiedCredential } from './unverified-credential.ts'

/**
 * Reads an untrusted credential: at once if it is in the common form, otherwise member by member.
 *
 * @throws {MalformedError} with every defect found
 * @example
 * ```ts
 * parseCredential(sample.compact).header.alg // 'ES256'
 * parseCredential(sample.compact.slice(0, -1)) // throws MalformedError
 * ```
 */
export function parseCredential(compact: string, where = 'credential'): UnverifiedCredential {
  return matchCredential(compact) ?? readCredential(compact, where)
}

/**
 * `header.payload` of a credential about to be signed.
 *
 * @example
 * ```ts
 * const { header, claims } = parseCredential(sample.compact)
 * encodeSigningInput(header, claims).split('.').length // 2
 * ```
 */
export function encodeSigningInput(header: CredentialHeader, claims: CredentialClaims): string {
  return `${encodeJson(header)}.${encodeJson(claims)}`
}

function encodeJson(value: object): string {
  return encodeBase64url(encodeUtf8(JSON.stringify(value)))
}

/**
 * The compact form of a signed credential with the given disclosures, in their order.
 *
 * @example
 * ```ts
 * const { signingInput, signature, disclosures } = parseCredential(sample.compact)
 * encodeCredential(signingInput, signature, disclosures) // sample.compact
 * ```
 */
export function encodeCredential(
  signingInput: string,
  signature: Uint8Array,
  disclosures: readonly Pick<Disclosure, 'encoded'>[],
): string {
  return [`${signingInput}.${encodeBase64url(signature)}`, ...disclosures.map((d) => d.encoded), ''].join('~')
}
