/** The holder's right to show less (RFC 9901 §7.2). */
import { malformed, quote } from '../bytes/malformed.ts'
import { encodeCredential } from '../credential/credential.ts'
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
