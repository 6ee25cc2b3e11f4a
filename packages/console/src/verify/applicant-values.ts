/** What the applicant stated, to be compared with the face; personal data, in memory alone. */
import { LICENCE_TYPES, type LicenceField, type LicenceType } from '@hefu/protocol'
import { reactive, shallowRef } from 'vue'
import { onForget } from '../session/typed-work.ts'

/** Field name → text as typed. */
export const applicantValues: Record<string, string> = reactive({})

/** Code of the type whose fields are offered; empty: none was chosen, and none was met yet. */
export const applicantType = shallowRef('')

export function forgetApplicant(): void {
  for (const name of Object.keys(applicantValues)) delete applicantValues[name]
  applicantType.value = ''
}

onForget(forgetApplicant)

/** As the request takes one: bounded, and comparable in time that its length bounds. */
const MOST_VALUE_CHARACTERS = 2_048
const MARKS_IN_A_ROW = /\p{M}{31}/u

/** Whether a value can be compared. */
export function isComparable(value: string): boolean {
  return value.length <= MOST_VALUE_CHARACTERS && !MARKS_IN_A_ROW.test(value)
}

/**
 * Of all that was stated what a licence of this type has on its face: what belongs to another licence of the same case is
 * not held against this one. `null`: of no type that is known, so nothing.
 */
export function submittedOf(
  type: LicenceType | null,
  values: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const stated = (type?.fields ?? []).flatMap(({ name }) => {
    const value = values[name]?.trim() ?? ''
    return value === '' || !isComparable(value) ? [] : [[name, value] as const]
  })
  return Object.fromEntries(stated)
}

export function typeOfCode(code: string): LicenceType | null {
  return LICENCE_TYPES.find((type) => type.code === code) ?? null
}

/** The fields that can be stated: of a type those that the item demands; all, where it says nothing of the type. */
export function offeredFields(
  type: LicenceType | null,
  demanded: readonly string[] | null,
): readonly LicenceField[] {
  const fields = type?.fields ?? []
  return demanded === null ? fields : fields.filter(({ name }) => demanded.includes(name))
}
