/** What of a field may be seen by default: the one place that masks, for every screen, sheet and answer. */
import { isDisplayText } from '../bytes/text.ts'
import type { LicenceType } from './licence-type.ts'
import { maskValue } from './mask.ts'

const HIDDEN = '*'.repeat(8)

/**
 * The value masked as its licence type says. Hidden whole: a field that the type does not know, every field of an
 * unknown type (nobody said how much of them may be seen), and a text that is no display text, which may be
 * anybody's: what cannot be seen must not reach a screen.
 *
 * @example
 * ```ts
 * const type = findLicenceType('safety-manager')
 * showField(type, 'holderName', '张样例') // '张**'
 * showField(type, 'nickname', '小张') // '********'
 * showField(undefined, 'holderName', '张样例') // '********'
 * ```
 */
export function showField(type: LicenceType | undefined, name: string, value: string): string {
  const field = type?.fields.find((known) => known.name === name)
  return field === undefined || !isDisplayText(value) ? HIDDEN : maskValue(field.mask, value)
}
