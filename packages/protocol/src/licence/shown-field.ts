/** A field of a face as it may be seen by default: the only place where it is decided how much of it. */
import { isDisplayText } from '../bytes/text.ts'
import { isCalendarDate } from '../identifiers/calendar-date.ts'
import { matchLicenceId } from '../identifiers/licence-id.ts'
import { hasUsccShape } from '../identifiers/uscc.ts'
import { ENTERPRISE_ID_TYPES } from './common-fields.ts'
import { type LicenceField, type LicenceType, LONG_TERM } from './licence-type.ts'
import { HIDDEN_VALUE, maskValue } from './mask.ts'
import { normaliseValue } from './normal-form.ts'
import { SEPARATOR, valuesOf } from './several.ts'

/**
 * The value of a field, masked as its type says; of several values each by itself. Hidden whole is what a type does not
 * know, since nobody said how much of it may be seen, and what is no display text: that must not reach a screen.
 * `holderIdType` is what the face shows of that; absent: nothing. Never throws.
 *
 * @example
 * ```ts
 * showField(findLicenceType('teacher'), 'holderName', '张样例') // '张**'
 * showField(undefined, 'holderName', '张样例') // '********'
 * ```
 */
export function showField(
  type: LicenceType | undefined,
  name: string,
  value: string,
  holderIdType = '',
): string {
  const isOrganisation = ENTERPRISE_ID_TYPES.includes(holderIdType)
  return show(type, name, value, ({ mask, personMask = mask }, one) =>
    maskValue(isOrganisation ? mask : personMask, one),
  )
}

/**
 * What was submitted for a field. Of an open field an issuer vouches for what stands there; what somebody typed may be
 * anything, so that beyond one of the field's choices, and a day or a code of an organisation where one is asked for, only its first
 * character is shown.
 *
 * @example
 * ```ts
 * const type = findLicenceType('safety-manager')
 * showSubmitted(type, 'category', 'B') // 'B'
 * showSubmitted(type, 'category', 'B类张三') // 'B***'
 * ```
 */
export function showSubmitted(type: LicenceType | undefined, name: string, value: string): string {
  return show(type, name, value, (field, one) =>
    maskValue(field.mask === 'open' && !isOfForm(field, one) ? 'name' : field.mask, one),
  )
}

function show(
  type: LicenceType | undefined,
  name: string,
  value: string,
  mask: (field: LicenceField, one: string) => string,
): string {
  const field = type?.fields.find((known) => known.name === name)
  if (field === undefined || !isDisplayText(value)) return HIDDEN_VALUE
  return valuesOf(field, value)
    .map((one) => mask(field, one))
    .join(SEPARATOR)
}

function isOfForm({ format, choices = [] }: LicenceField, value: string): boolean {
  const normal = normaliseValue(format, value)
  if (format === 'date' || format === 'end-date') return normal === LONG_TERM || isCalendarDate(normal)
  if (format === 'uscc' || format === 'issuer-uscc') return hasUsccShape(value)
  return choices.some((choice) => normaliseValue(format, choice) === normal)
}

/**
 * A licence identifier as it may be seen: all of it is public but the serial, in which some issuers write the holder's
 * number, and that is masked like the value of an open field.
 *
 * @example
 * ```ts
 * const id = '1.2.156.3005.2.11100000000013338W011.11430000006122244L.2026000001.001.1'
 * showLicenceId(id) // id
 * ```
 */
export function showLicenceId(text: string): string {
  const id = matchLicenceId(text)
  if (id === null) return maskValue('open', text)
  const { serial, version, check } = id
  const end = `.${serial}.${version}.${check}`
  return `${text.slice(0, -end.length)}.${maskValue('open', serial)}.${version}.${check}`
}
