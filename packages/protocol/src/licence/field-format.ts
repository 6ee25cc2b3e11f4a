/** Judging one text of a face against its field's format. Values are personal data: only codes come out. */
import { isCalendarDate } from '../identifiers/calendar-date.ts'
import { isFoodLicenceNumber } from '../identifiers/food-licence-number.ts'
import { isOldResidentId } from '../identifiers/resident-id.ts'
import { hasUsccShape, isUscc, USCC_SHAPE } from '../identifiers/uscc.ts'
import { HOLDER_ID_TYPES } from './holder-id.ts'
import { type FieldFormat, type LicenceField, LONG_TERM } from './licence-type.ts'

export type FormatDefectCode =
  | 'not-a-date'
  | 'not-a-uscc'
  | 'uscc-check'
  | 'issuer-uscc-check'
  | 'not-a-holder-id'
  | 'old-resident-id'
  | 'not-a-choice'
  | 'not-a-food-licence-number'
  | 'not-a-teacher-number'
  | 'not-a-unit-number'

type Judge = (value: string, field: LicenceField, holderIdType: unknown) => FormatDefectCode | null

// Year of the award, six digits of the awarding body or the holder's district, kind (1 to 7), sex and serial. Of the
// 1990s and the years after with two digits of the year and five of the serial, now with four and six.
const TEACHER_NUMBER = /^(?:(?:19|20)[0-9]{15}|[09][0-9]{7}[1-7][0-2][0-9]{5})$/
// GB/T 37346: 12 digits of district and cadastral zones, two letters and five digits of the parcel, one letter
// and eight digits of what stands on it.
const UNIT_NUMBER = /^[0-9]{12}[GJZ][A-Z][0-9]{5}[FLQW][0-9]{8}$/

const JUDGES: Readonly<Record<FieldFormat, Judge>> = {
  text: () => null,
  'person-name': () => null,
  quantity: () => null,
  date: (value) => (isCalendarDate(value) ? null : 'not-a-date'),
  'end-date': (value) => (value === LONG_TERM || isCalendarDate(value) ? null : 'not-a-date'),
  uscc: (value) => judgeUscc(value, 'uscc-check'),
  'issuer-uscc': (value) => judgeUscc(value, 'issuer-uscc-check'),
  'holder-id': (value, _field, holderIdType) => judgeHolderId(value, holderIdType),
  choice: (value, { choices = [] }) => (choices.includes(value) ? null : 'not-a-choice'),
  'food-licence-number': (value) => (isFoodLicenceNumber(value) ? null : 'not-a-food-licence-number'),
  'teacher-number': (value) => (TEACHER_NUMBER.test(value) ? null : 'not-a-teacher-number'),
  'real-estate-unit-number': (value) => (UNIT_NUMBER.test(value) ? null : 'not-a-unit-number'),
}

/** The forms that a pattern can say; what else a format demands is judged above. */
export const FORMAT_PATTERNS: Readonly<Partial<Record<FieldFormat, RegExp>>> = {
  date: /^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$/,
  uscc: USCC_SHAPE,
  'issuer-uscc': USCC_SHAPE,
  'food-licence-number': /^JY[0-9]{14}$/,
  'teacher-number': TEACHER_NUMBER,
  'real-estate-unit-number': UNIT_NUMBER,
}

function judgeUscc(value: string, wrongCheck: 'uscc-check' | 'issuer-uscc-check'): FormatDefectCode | null {
  if (!hasUsccShape(value)) return 'not-a-uscc'
  return isUscc(value) ? null : wrongCheck
}

function judgeHolderId(value: string, holderIdType: unknown): FormatDefectCode | null {
  if (holderIdType === '001') return judgeUscc(value, 'uscc-check')
  const type = HOLDER_ID_TYPES.find(({ code }) => code === holderIdType)
  if (holderIdType === '111' && isOldResidentId(value)) return 'old-resident-id'
  // An unknown kind is the defect of `holderIdType`, not of the number beside it.
  return type === undefined || type.matches(value) ? null : 'not-a-holder-id'
}

/** The defect of a text that stands in a field, or `null`. */
export function judgeFormat(
  value: string,
  field: LicenceField,
  holderIdType: unknown,
): FormatDefectCode | null {
  return JUDGES[field.format](value, field, holderIdType)
}
