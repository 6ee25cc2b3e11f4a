/** What a file does not say though it stands in it: formulas as texts, numbers in names, days that do not go together. */
import {
  holdsResidentId,
  isCalendarDate,
  isResidentId,
  type LicenceField,
  type LicenceType,
} from '@hefu/protocol'
import { type RowDefect, rowDefect, rowWarning } from '../input/row.ts'

type Face = Readonly<Record<string, unknown>>

/** Damage that is certain, as refusals, and what may be so, as warnings. */
export function judgeDamage(type: LicenceType, face: Face): readonly RowDefect[] {
  return [
    ...type.fields.flatMap((field) => {
      const value = face[field.name]
      return typeof value === 'string' ? judgeText(field, value.normalize('NFKC')) : []
    }),
    ...judgeBirth(type, face),
    ...judgeStart(type, face),
  ]
}

/** A formula that was exported as it is typed; and the sign by which a cell is typed as a text. */
const FORMULA = /^\s*(?:=|[-+@][A-Z][A-Z.]*\(|'[-+\d])/i
/** No name has so many. */
const DIGITS_IN_NAME = /\d{6}/

function judgeText(field: LicenceField, value: string): readonly RowDefect[] {
  const { name, format } = field
  if (FORMULA.test(value)) return [rowDefect('formula-text', name)]
  if (format === 'person-name' && DIGITS_IN_NAME.test(value)) return [rowDefect('number-in-name', name)]
  if (!isShownToAll(field) || !holdsResidentId(value)) return []
  // Some are numbered by their holders, and a long number may look like one of them.
  return name === 'licenceNumber'
    ? [rowWarning('identity-number-shown', name)]
    : [rowDefect('identity-number-shown', name)]
}

/** A text of which everybody who looks at the licence sees the digits. */
function isShownToAll({ format, mask }: LicenceField): boolean {
  return format === 'text' && (mask === 'open' || mask === 'address')
}

/** Nothing was issued to persons who were not born. */
function judgeBirth({ fields }: LicenceType, face: Face): readonly RowDefect[] {
  const birth = birthsOf(face).toSorted().at(-1)
  if (birth === undefined) return []
  return fields
    .filter(({ rule }) => rule?.kind === 'past')
    .filter(({ name }) => isDay(face[name]) && face[name] < birth)
    .map(({ name }) => rowDefect('before-birth', name))
}

/** The days on which the holders were born, as far as their numbers tell. */
function birthsOf({ holderId, holderIdType }: Face): readonly string[] {
  if (typeof holderId !== 'string' || typeof holderIdType !== 'string') return []
  const kinds = holderIdType.split('、')
  return holderId
    .split('、')
    .filter((id, i) => kinds[i] === RESIDENT && isResidentId(id))
    .map((id) => id.replace(/^.{6}(.{4})(..)(..).*$/, '$1-$2-$3'))
}

/** Identity card of a resident, code of GB/T 36903. */
const RESIDENT = '111'
/** Of a type that is in force for as long as it is not ended. */
const MOST_YEARS_BEFORE = 10

/** A renewal may have the day of the first issue, but hardly one that lies a whole term before its own. */
function judgeStart({ validity }: LicenceType, { issuedOn, validFrom }: Face): readonly RowDefect[] {
  if (!isDay(issuedOn) || !isDay(validFrom)) return []
  const years = Number(validFrom.slice(0, 4)) - (validity.maxYears ?? MOST_YEARS_BEFORE)
  const isLongBefore = issuedOn < `${String(years).padStart(4, '0')}${validFrom.slice(4)}`
  return isLongBefore ? [rowWarning('issued-long-before', 'issuedOn')] : []
}

function isDay(value: unknown): value is string {
  return typeof value === 'string' && isCalendarDate(value)
}
