/** What a face says that a person has to look into, by the rules of its type (spec/licence-types.md). */
import { endOfDay, isCalendarDate, startOfDay } from '../identifiers/calendar-date.ts'
import type { FieldRule, LicenceField, LicenceType } from './licence-type.ts'
import { normaliseValue } from './normal-form.ts'

/** Names of the fields that a rule is about, in the order of the face. */
export interface FaceConcerns {
  /** The day by which the holder had to do something is over. */
  readonly overdue: readonly string[]
  /** Something stands against what the licence is about. */
  readonly burdened: readonly string[]
  /** A day that has been is yet to come. */
  readonly ahead: readonly string[]
  /** Required on the face, with a rule, and not shown: nobody can say. */
  readonly hidden: readonly string[]
}

/** A field of the face as it is shown. */
interface ShownField {
  readonly name: string
  readonly value: string
}

type Concern = Exclude<keyof FaceConcerns, 'hidden'>

/** Unix seconds. */
export interface JudgedTimes {
  /** The time asked about: what was due by then. */
  readonly at: number
  /** The newest time known, whatever time is asked about: what has been. */
  readonly now: number
}

/**
 * What the rules of a type find on a face. Fields that the type does not know have no rules. Never throws.
 *
 * @example
 * ```ts
 * const shown = [{ name: 'reviewBy', value: '2025-06-30' }]
 * judgeFaceRules(findLicenceType('special-operation'), shown, { at: now, now }).overdue // ['reviewBy']
 * ```
 */
export function judgeFaceRules(
  type: LicenceType,
  shown: readonly ShownField[],
  times: JudgedTimes,
): FaceConcerns {
  const face = new Map(shown.map(({ name, value }) => [name, value]))
  const ruled = type.fields.filter(({ rule }) => rule !== undefined)
  const namesOf = (fields: readonly LicenceField[]): readonly string[] => fields.map(({ name }) => name)
  const withConcern = (concern: Concern): readonly string[] =>
    namesOf(ruled.filter((field) => concernOf(field, face.get(field.name), times) === concern))
  return {
    overdue: withConcern('overdue'),
    burdened: withConcern('burdened'),
    ahead: withConcern('ahead'),
    hidden: namesOf(
      ruled.filter(({ name, required, rule }) => required && isWorthHiding(rule) && !face.has(name)),
    ),
  }
}

/** What is not shown may be overdue; to hide a day that has been is of no use to anybody. */
function isWorthHiding(rule: FieldRule | undefined): boolean {
  return rule?.kind !== 'past'
}

function concernOf(
  { rule, format }: LicenceField,
  value: string | undefined,
  { at, now }: JudgedTimes,
): Concern | null {
  if (rule === undefined || value === undefined) return null
  const normal = normaliseValue(format, value)
  switch (rule.kind) {
    case 'due':
      return isCalendarDate(normal) && at >= endOfDay(normal) ? 'overdue' : null
    case 'past':
      return isCalendarDate(normal) && now < startOfDay(normal) ? 'ahead' : null
    case 'burden':
      return rule.words.some((word) => normal.includes(word)) ? 'burdened' : null
  }
}
