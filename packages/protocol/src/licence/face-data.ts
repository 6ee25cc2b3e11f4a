/** Face data 照面信息 against its licence type: every defect is found, no value is ever quoted. */

import { isDisplayText } from '../bytes/text.ts'
import { isCalendarDate } from '../identifiers/calendar-date.ts'
import type { Bilingual } from '../language/bilingual.ts'
import { DEFECT_SENTENCES, type FieldDefectCode, WARNINGS } from './field-defects.ts'
import { judgeFormat } from './field-format.ts'
import { type LicenceField, type LicenceType, LONG_TERM } from './licence-type.ts'

export type { FieldDefectCode } from './field-defects.ts'

/** What is wrong with one field. A `warning` does not keep a licence from being issued. */
export interface FieldDefect {
  readonly field: string
  readonly code: FieldDefectCode
  readonly severity: 'refusal' | 'warning'
  readonly says: Bilingual
}

type FaceData = Readonly<Record<string, unknown>>

/**
 * Every defect of untrusted face data, in the order of the type's fields; none: it may be issued.
 *
 * @example
 * ```ts
 * const teacher = findLicenceType('teacher')
 * validateFaceData(teacher, {}).every(({ code }) => code === 'missing') // true
 * ```
 */
export function validateFaceData(type: LicenceType, faceData: FaceData): readonly FieldDefect[] {
  return [
    ...type.fields.flatMap((field) => judgeField(field, faceData)),
    ...judgeValidity(type, faceData),
    ...unknownFields(type, faceData),
  ]
}

type DefectiveField = Pick<LicenceField, 'name' | 'label' | 'choices' | 'maxLength'>

/** A person knows the field by its label on the face. */
function nameField({ label }: DefectiveField, { zh, en }: Bilingual): Bilingual {
  return { zh: `${label.zh}：${zh}`, en: `${label.en}: ${en}` }
}

function defect(field: DefectiveField, code: FieldDefectCode): FieldDefect {
  const severity = WARNINGS.has(code) ? 'warning' : 'refusal'
  return { field: field.name, code, severity, says: nameField(field, DEFECT_SENTENCES[code](field)) }
}

function judgeField(field: LicenceField, faceData: FaceData): readonly FieldDefect[] {
  const code = Object.hasOwn(faceData, field.name)
    ? judgeValue(field, faceData[field.name], faceData['holderIdType'])
    : field.required
      ? 'missing'
      : null
  return code === null ? [] : [defect(field, code)]
}

function judgeValue(field: LicenceField, value: unknown, holderIdType: unknown): FieldDefectCode | null {
  if (typeof value !== 'string') return 'not-text'
  if (value === '') return 'empty'
  if (countCharacters(value) > field.maxLength) return 'too-long'
  if (!isDisplayText(value)) return 'forbidden-character'
  if (value.trim() !== value) return 'surrounding-space'
  return judgeFormat(value, field, holderIdType)
}

/** Unicode code points, as JSON Schema counts; a text has at most twice as many UTF-16 units. */
function countCharacters(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

function judgeValidity(type: LicenceType, faceData: FaceData): readonly FieldDefect[] {
  const field = type.fields.find(({ name }) => name === 'validUntil')
  const { validFrom: from, validUntil: until } = faceData
  if (field === undefined || typeof from !== 'string' || typeof until !== 'string') return []
  const code = judgePeriod(type.validity, from, until)
  return code === null ? [] : [defect(field, code)]
}

function judgePeriod(
  { longTerm, maxYears }: LicenceType['validity'],
  from: string,
  until: string,
): FieldDefectCode | null {
  if (until === LONG_TERM) return longTerm === 'never' ? 'long-term-not-allowed' : null
  if (!isCalendarDate(from) || !isCalendarDate(until)) return null
  if (longTerm === 'always') return 'long-term-required'
  if (until < from) return 'ends-before-start'
  return maxYears !== null && until > latestEnd(from, maxYears) ? 'valid-too-long' : null
}

/** Of dates with four digits. */
const LAST_YEAR = 9999

/**
 * The last day that `years` years from a day may reach: the same day of that year, as many faces print it.
 * From 29 February it may name no day, but still sorts between the days around it.
 */
function latestEnd(from: string, years: number): string {
  const year = Number(from.slice(0, 4)) + years
  return year > LAST_YEAR ? `${LAST_YEAR}-12-31` : String(year).padStart(4, '0') + from.slice(4)
}

const MAX_NAME_SHOWN = 64
// The name itself is the submitter's: it is in `field`, and stays out of the sentence.
const UNKNOWN_LABEL: Bilingual = { zh: '未知字段', en: 'Unknown field' }

function unknownFields(type: LicenceType, faceData: FaceData): readonly FieldDefect[] {
  const known = new Set(type.fields.map(({ name }) => name))
  return Object.keys(faceData)
    .filter((name) => !known.has(name))
    .map((name) => name.slice(0, MAX_NAME_SHOWN))
    .map((name) => defect({ name, label: UNKNOWN_LABEL, maxLength: 0 }, 'unknown-field'))
}
