/** The holder's right to show less (RFC 9901 §7.2). */
import { malformed, quote } from '../bytes/malformed.ts'
import { licenceTypeOf } from '../credential/claims.ts'
import { encodeCredential } from '../credential/credential.ts'
import { LICENCE_TYPES } from '../licence/catalogue.ts'
import { isToBeShown } from '../licence/face-rules.ts'
import type { LicenceType } from '../licence/licence-type.ts'
import { encodeBundle, parseBundle } from './bundle.ts'

/**
 * The same bundle with only these fields of the face left to see, in the order they had.
 *
 * @param keep names of the fields to show; none leaves nothing but the signed part
 * @throws {MalformedError} for a text that is no bundle, and `missing` for a field that it does not show:
 *   nothing is returned then
 * @example
 * ```ts
 * const shown = dropDisclosures(sample.bundle, ['category'])
 * parseBundle(shown).credential.disclosures.map(({ name }) => name) // ['category']
 * dropDisclosures(sample.bundle, ['shoeSize']) // throws MalformedError
 * ```
 */
export function dropDisclosures(bundle: string, keep: readonly string[]): string {
  const { credential, receipt } = parseBundle(bundle)
  const { signingInput, signature, disclosures } = credential
  const absent = keep.find((name) => !disclosures.some((disclosure) => disclosure.name === name))
  if (absent !== undefined) {
    throw malformed('missing', 'bundle.credential', `the field ${quote(absent)}`, 'a bundle without it')
  }
  const kept = disclosures.filter(({ name }) => keep.includes(name))
  return encodeBundle(encodeCredential(signingInput, signature, kept), receipt)
}

/**
 * The same bundle with no more left to see than what is asked for and what a rule of the licence's type has to read
 * (spec/licence-types.md): without those a person would have to decide. Of a type that is not among `licenceTypes` no
 * rule is known.
 *
 * @param asked names of the fields that are asked for
 * @throws {MalformedError} as {@link dropDisclosures}
 * @example
 * ```ts
 * const shown = dropUnasked(sample.bundle, ['holderName'])
 * parseBundle(shown).credential.disclosures.map(({ name }) => name) // ['holderName']
 * dropUnasked(sample.bundle, ['shoeSize']) // throws MalformedError
 * ```
 */
export function dropUnasked(
  bundle: string,
  asked: readonly string[],
  licenceTypes: readonly LicenceType[] = LICENCE_TYPES,
): string {
  const { claims, disclosures } = parseBundle(bundle).credential
  const code = licenceTypeOf(claims)
  const { fields = [] } = licenceTypes.find((type) => type.code === code) ?? {}
  const needed = new Set(fields.filter(isToBeShown).map(({ name }) => name))
  const kept = disclosures.map(({ name }) => name).filter((name) => needed.has(name))
  return dropDisclosures(bundle, [...asked, ...kept])
}
