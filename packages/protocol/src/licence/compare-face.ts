/** Comparing what an applicant submitted with the face 智能对比核验 (spec/licence-types.md). */
import type { LicenceType } from './licence-type.ts'
import { normaliseValue } from './normal-form.ts'
import { showField } from './shown-field.ts'

/** One field that differs; both values masked as the type says. */
export interface FieldDifference {
  readonly field: string
  readonly submitted: string
  readonly shown: string
}

/** What a comparison finds, in the order of the submitted fields. */
export interface FaceComparison {
  /** Names of the fields whose values say the same. */
  readonly same: readonly string[]
  readonly different: readonly FieldDifference[]
  /** Names of submitted fields that the face does not show. */
  readonly missing: readonly string[]
}

/** A field of the face as it is shown. */
interface ShownField {
  readonly name: string
  readonly value: string
}

/**
 * Compares submitted values with those shown, each in the normal form of its field's format. Fields that the
 * type does not know, and all fields of an unknown type, are compared as text and hidden whole: nobody said
 * how much of them may be seen.
 *
 * @example
 * ```ts
 * const shown = [{ name: 'holderName', value: '张样例' }]
 * const type = findLicenceType('safety-manager')
 * compareFace(type, shown, { holderName: '张 样例' }).same // ['holderName']
 * compareFace(type, shown, { holderName: '李冒名' }).different // [{ field: 'holderName', submitted: '李**', shown: '张**' }]
 * ```
 */
export function compareFace(
  type: LicenceType | undefined,
  shown: readonly ShownField[],
  submitted: Readonly<Record<string, string>>,
): FaceComparison {
  const face = new Map(shown.map(({ name, value }) => [name, value]))
  const same: string[] = []
  const different: FieldDifference[] = []
  const missing: string[] = []
  for (const [name, value] of Object.entries(submitted)) {
    const own = face.get(name)
    if (own === undefined) missing.push(name)
    else if (isSame(type, name, own, value)) same.push(name)
    else different.push(showDifference(type, name, own, value))
  }
  return { same, different, missing }
}

function isSame(type: LicenceType | undefined, name: string, shown: string, submitted: string): boolean {
  const format = type?.fields.find((field) => field.name === name)?.format ?? 'text'
  return normaliseValue(format, shown) === normaliseValue(format, submitted)
}

function showDifference(
  type: LicenceType | undefined,
  field: string,
  shown: string,
  submitted: string,
): FieldDifference {
  return { field, submitted: showField(type, field, submitted), shown: showField(type, field, shown) }
}
