/** A field of a face as it may be seen by default: the only place where it is decided how much of it. */
import { isDisplayText } from '../bytes/text.ts'
import type { LicenceType } from './licence-type.ts'
import { maskValue } from './mask.ts'
import { SEPARATOR, valuesOf } from './several.ts'

/** Says nothing of a value, not even its length. */
export const HIDDEN_VALUE: string = '*'.repeat(8)

/**
 * The value of a field, masked as its type says; of several values each by itself. Hidden whole is what a type does not
 * know, since nobody said how much of it may be seen, and what is no display text: that must not reach a screen. Never throws.
 *
 * @example
 * ```ts
 * showField(findLicenceType('teacher'), 'holderName', '张样例') // '张**'
 * showField(undefined, 'holderName', '张样例') // '********'
 * ```
 */
export function showField(type: LicenceType | undefined, name: string, value: string): string {
  const field = type?.fields.find((known) => known.name === name)
  if (field === undefined || !isDisplayText(value)) return HIDDEN_VALUE
  return valuesOf(field, value)
    .map((one) => maskValue(field.mask, one))
    .join(SEPARATOR)
}
