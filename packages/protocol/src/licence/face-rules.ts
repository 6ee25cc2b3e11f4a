/** What a face says that a person has to look into, by the rules of its type (spec/licence-types.md). */
import { endOfDay, isCalendarDate, startOfDay } from '../identifiers/calendar-date.ts'
import { type LicenceField, type LicenceType, LONG_TERM } from './licence-type.ts'
import { normaliseValue } from './normal-form.ts'
import { isHarmlessRemark } from './remark-form.ts'

/** Names of the fields that a rule is about, in the order of the face. */
export interface FaceConcerns {
  /** The day by which the holder had to do something is over. */
  readonly overdue: readonly string[]
  /** Something stands against what the licence is about. */
  readonly burdened: readonly string[]
  /** A free text says more than what is known to say nothing against it. */
  readonly remarked: readonly string[]
  /** A day that has been is yet to come. */
  readonly ahead: readonly string[]
  /** What stands there is nothing that the rule can be judged by: nobody can say. */
  readonly unreadable: readonly string[]
  /** Not shown, and kept back as far as anybody can tell. */
  readonly hidden: readonly string[]
}

/** A field of the face as it is shown. */
interface ShownField {
  readonly name: string
  readonly value: string
}

/** What is there to be judged: the fields that are shown, and of how many the issuer signed digests. */
export interface JudgedFace {
  readonly shown: readonly ShownField[]
  readonly signed: number
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
 * const type = findLicenceType('special-operation')
 * judgeFaceRules(type, { shown, signed: 1 }, { at: now, now }).overdue // ['reviewBy']
 * ```
 */
export function judgeFaceRules(
  type: LicenceType,
  { shown, signed }: JudgedFace,
  times: JudgedTimes,
): FaceConcerns {
  const face = new Map(shown.map(({ name, value }) => [name, value]))
  const ruled = type.fields.filter(({ rule }) => rule !== undefined)
  const namesOf = (fields: readonly LicenceField[]): readonly string[] => fields.map(({ name }) => name)
  const withConcern = (concern: Concern): readonly string[] =>
    namesOf(ruled.filter((field) => concernOf(field, face.get(field.name), times) === concern))
  // A face that is shown whole has none of the fields that need not be there; one that has to be there is missed in any case.
  const isAwaited = ({ required }: LicenceField): boolean => required || shown.length < signed
  return {
    overdue: withConcern('overdue'),
    burdened: withConcern('burdened'),
    remarked: withConcern('remarked'),
    ahead: withConcern('ahead'),
    unreadable: withConcern('unreadable'),
    hidden: namesOf(ruled.filter((field) => isToBeShown(field) && isAwaited(field) && !face.has(field.name))),
  }
}

/**
 * Whether a field has to be shown whatever else is kept back: it may speak against the licence. To hide a day that has
 * been is of no use to anybody.
 */
export function isToBeShown({ rule }: Pick<LicenceField, 'rule'>): boolean {
  return rule !== undefined && rule.kind !== 'past'
}

function concernOf(field: LicenceField, value: string | undefined, times: JudgedTimes): Concern | null {
  const { rule, format } = field
  if (rule === undefined || value === undefined) return null
  if (rule.kind === 'remark') return isHarmlessRemark(value, rule.harmless) ? null : 'remarked'
  const normal = normaliseValue(format, value)
  return rule.kind === 'burden'
    ? concernOfBurden(field, normal, rule.words)
    : concernOfDay(rule.kind, normal, times)
}

/** A text may say anything; of a choice, what is none of them says neither yes nor no. */
function concernOfBurden(
  { format, choices = [] }: LicenceField,
  normal: string,
  words: readonly string[],
): Concern | null {
  if (words.some((word) => normal.includes(normaliseValue(format, word)))) return 'burdened'
  const isChoice = format !== 'choice' || choices.some((choice) => normaliseValue(format, choice) === normal)
  return isChoice ? null : 'unreadable'
}

/** What has no end is never due; it is no day that has been. */
function concernOfDay(kind: 'due' | 'past', normal: string, { at, now }: JudgedTimes): Concern | null {
  if (kind === 'due' && normal === LONG_TERM) return null
  if (!isCalendarDate(normal)) return 'unreadable'
  if (kind === 'due') return at >= endOfDay(normal) ? 'overdue' : null
  return now < startOfDay(normal) ? 'ahead' : null
}
