/** Face data 照面信息 against its licence type: every defect is found, no value is ever quoted. */

import { isDisplayText } from '../bytes/text.ts'
import { isCalendarDate } from '../identifiers/calendar-date.ts'
import { birthDateOf } from '../identifiers/resident-id.ts'
import type { Bilingual } from '../language/bilingual.ts'
import { HOLDER_FIELDS, ISSUE_DATE_FIELD } from './common-fields.ts'
import { DEFECT_SENTENCES, type FieldDefectCode, WARNINGS } from './field-defects.ts'
import { judgeFormat } from './field-format.ts'
import { type LicenceField, type LicenceType, LONG_TERM } from './licence-type.ts'
import { valuesOf } from './several.ts'

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
 * Every defect of untrusted face data, in the order of the type's fields; none: it may be issued. `today` is the day in
 * China (`YYYY-MM-DD`) that nothing which has happened may be after.
 *
 * @example
 * ```ts
 * const teacher = findLicenceType('teacher')
 * validateFaceData(teacher, {}, '2026-03-01').every(({ code }) => code === 'missing') // true
 * ```
 */
export function validateFaceData(
  type: LicenceType,
  faceData: FaceData,
  today: string,
): readonly FieldDefect[] {
  return [
    ...type.fields.flatMap((field) => judgeField(field, faceData, today)),
    ...judgeHolders(type, faceData),
    ...judgeOneOf(type, faceData),
    ...judgeValidity(type, faceData),
    ...judgeIssue(type, faceData),
    ...unknownFields(type, faceData),
  ]
}

type DefectiveField = Pick<LicenceField, 'name' | 'label' | 'choices' | 'maxLength'> & {
  readonly oneOf?: readonly Bilingual[]
}

/** A person knows the field by its label on the face. */
function nameField({ label }: DefectiveField, { zh, en }: Bilingual): Bilingual {
  return { zh: `${label.zh}：${zh}`, en: `${label.en}: ${en}` }
}

function defect(field: DefectiveField, code: FieldDefectCode): FieldDefect {
  const severity = WARNINGS.has(code) ? 'warning' : 'refusal'
  return { field: field.name, code, severity, says: nameField(field, DEFECT_SENTENCES[code](field)) }
}

function judgeField(field: LicenceField, faceData: FaceData, today: string): readonly FieldDefect[] {
  const code = Object.hasOwn(faceData, field.name)
    ? judgeText(field, faceData[field.name], faceData['holderIdType'], today)
    : field.required
      ? 'missing'
      : null
  return code === null ? [] : [defect(field, code)]
}

function judgeText(
  field: LicenceField,
  text: unknown,
  holderIdType: unknown,
  today: string,
): FieldDefectCode | null {
  if (typeof text !== 'string') return 'not-text'
  if (text === '') return 'empty'
  if (countCharacters(text) > field.maxLength) return 'too-long'
  if (!isDisplayText(text)) return 'forbidden-character'
  if (hasLostCharacter(field, text)) return 'lost-character'
  const kinds = typeof holderIdType === 'string' ? valuesOf(field, holderIdType) : []
  const codes = valuesOf(field, text).map((value, i) => judgeValue(field, value, kinds[i], today))
  return (
    codes.find((code) => code !== null && !WARNINGS.has(code)) ?? codes.find((code) => code !== null) ?? null
  )
}

function judgeValue(
  field: LicenceField,
  value: string,
  holderIdType: unknown,
  today: string,
): FieldDefectCode | null {
  if (value === '') return 'empty'
  if (value.trim() !== value) return 'surrounding-space'
  const code = judgeFormat(value, field, holderIdType)
  if (code === null && field.rule?.kind === 'past' && value > today) return 'dated-ahead'
  const isUnborn = field.format === 'holder-id' && holderIdType === '111' && birthDateOf(value) > today
  return code === null && isUnborn ? 'not-a-holder-id' : code
}

/** What an input method or a font shows for a character that it does not have. */
const PLACEHOLDER = /[□■▢〓?？]/u
/** Private to the system that wrote it: another shows something else, or nothing. */
const PRIVATE_USE = /\p{Co}/u

function hasLostCharacter({ name, mask }: LicenceField, text: string): boolean {
  if (PRIVATE_USE.test(text)) return true
  return (name === 'holderName' || mask === 'name') && PLACEHOLDER.test(text)
}

/** Where several may hold a licence, each has a name, a kind of document and a number. */
function judgeHolders(type: LicenceType, faceData: FaceData): readonly FieldDefect[] {
  const fields = type.fields.filter(({ name, several }) => several === true && HOLDER_FIELDS.includes(name))
  const counts = fields.flatMap((field) => {
    const text = faceData[field.name]
    return typeof text === 'string' ? [valuesOf(field, text).length] : []
  })
  const field = fields.at(-1)
  return field === undefined || new Set(counts).size < 2 ? [] : [defect(field, 'holder-count')]
}

function judgeOneOf({ oneOf = [], fields }: LicenceType, faceData: FaceData): readonly FieldDefect[] {
  return oneOf.flatMap((names) => {
    if (names.some((name) => Object.hasOwn(faceData, name))) return []
    const known = fields.filter(({ name }) => names.includes(name))
    return known
      .slice(0, 1)
      .map((field) => defect({ ...field, oneOf: known.map(({ label }) => label) }, 'one-of-missing'))
  })
}

/** Nothing is issued after its end; days are texts that sort. */
function judgeIssue(type: LicenceType, faceData: FaceData): readonly FieldDefect[] {
  const field = type.fields.find(({ name }) => name === ISSUE_DATE_FIELD)
  const { [ISSUE_DATE_FIELD]: issuedOn, validUntil } = faceData
  if (field === undefined || typeof issuedOn !== 'string' || typeof validUntil !== 'string') return []
  const isAfter = isCalendarDate(issuedOn) && isCalendarDate(validUntil) && issuedOn > validUntil
  return isAfter ? [defect(field, 'issued-after-end')] : []
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
