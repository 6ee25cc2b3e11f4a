/** Comparing what an applicant submitted with the face 智能对比核验 (spec/licence-types.md). */
import { HOLDER_FIELDS, METADATA_FORMATS } from './common-fields.ts'
import type { LicenceType } from './licence-type.ts'
import { normaliseField, normaliseValues } from './normal-form.ts'
import { showField, showSubmitted } from './shown-field.ts'

/** One field that differs; both values masked as the type says, what was submitted more closely (`showSubmitted`). */
export interface FieldDifference {
  readonly field: string
  readonly submitted: string
  readonly shown: string
}

/** Names of the submitted fields, each list in their order. */
export interface FieldComparison {
  /** Their values say the same. */
  readonly same: readonly string[]
  readonly different: readonly string[]
  /** The face does not show them. */
  readonly missing: readonly string[]
}

/** What a comparison finds, with the values that differ. */
export interface FaceComparison extends Omit<FieldComparison, 'different'> {
  readonly different: readonly FieldDifference[]
}

/** A field of the face as it is shown. */
interface ShownField {
  readonly name: string
  readonly value: string
}

/**
 * {@link compareFields}, with both values of what differs masked as the type says; hidden whole where the type does not
 * know the field, and all fields of an unknown type: nobody said how much of them may be seen. Never throws.
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
  const face = faceOf(shown)
  const { different, ...others } = compareFields(type, shown, submitted)
  return {
    ...others,
    different: different.map((name) => ({
      field: name,
      submitted: showSubmitted(type, name, submitted[name] ?? ''),
      shown: showField(type, name, face.get(name) ?? '', face.get('holderIdType')),
    })),
  }
}

/**
 * Compares submitted values with those shown, each in the normal form of its field's format. Fields that the type does
 * not know, and those of an unknown type that are not among the metadata of every licence, are compared as text. Of several holders, in whatever order, each has to
 * have their own number.
 */
export function compareFields(
  type: LicenceType | undefined,
  shown: readonly ShownField[],
  submitted: Readonly<Record<string, string>>,
): FieldComparison {
  const face = faceOf(shown)
  const exchanged = findExchanged(type, face, submitted)
  const found: Record<keyof FieldComparison, string[]> = { same: [], different: [], missing: [] }
  for (const [name, value] of Object.entries(submitted)) {
    const own = face.get(name)
    if (own === undefined) found.missing.push(name)
    else found[name !== exchanged && isSame(type, name, own, value) ? 'same' : 'different'].push(name)
  }
  return found
}

function faceOf(shown: readonly ShownField[]): ReadonlyMap<string, string> {
  return new Map(shown.map(({ name, value }) => [name, value]))
}

function isSame(type: LicenceType | undefined, name: string, shown: string, submitted: string): boolean {
  const format = type === undefined ? METADATA_FORMATS.get(name) : undefined
  const field = type?.fields.find((known) => known.name === name) ?? { format: format ?? 'text' }
  return normaliseField(field, shown) === normaliseField(field, submitted)
}

/**
 * The field whose values, each of which the face has, stand beside other holders than on the face: the last of those that
 * are compared of a holder. `null`: none, or a field that differs by itself.
 */
function findExchanged(
  type: LicenceType | undefined,
  face: ReadonlyMap<string, string>,
  submitted: Readonly<Record<string, string>>,
): string | null {
  const columns = (type?.fields ?? [])
    .filter(({ name, several }) => several === true && HOLDER_FIELDS.includes(name))
    .flatMap((field) => {
      const [own, value] = [face.get(field.name), submitted[field.name]]
      if (own === undefined || value === undefined) return []
      return [{ field, own: normaliseValues(field, own), value: normaliseValues(field, value) }]
    })
  const isSameAlone = columns.every(({ own, value }) => isSameList(own.toSorted(), value.toSorted()))
  const isSameBeside = isSameList(
    rowsOf(columns.map(({ own }) => own)),
    rowsOf(columns.map(({ value }) => value)),
  )
  return isSameAlone && !isSameBeside ? (columns.at(-1)?.field.name ?? null) : null
}

/** What stands in the same place of each column, row by row, in an order of their own. */
function rowsOf([first = [], ...others]: readonly (readonly string[])[]): readonly string[] {
  return first.map((value, i) => JSON.stringify([value, ...others.map((column) => column[i])])).toSorted()
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, i) => text === other[i])
}
