/** Names of submitted fields stand in the record and in the signed report: none may be a person's data. */
import {
  holdsPersonsNumber,
  type LicenceType,
  MalformedError,
  parsePresented,
  type VerificationRequest,
} from '@hefu/protocol'
import { problem } from './problem.ts'

const EXPECTED = {
  zh: '已知证照类型的字段名，或所出示证照照面上的字段名',
  en: 'names of fields of a licence type that is known here, or of fields that the licence shows',
}

/**
 * Of a type that nobody described here what the licence shows is known.
 *
 * @param now Unix seconds
 * @throws {ProblemError} `not-a-request`, with no word of the names that came
 */
export function assertNamesKnown(
  { submitted, presented }: VerificationRequest,
  licenceTypes: readonly LicenceType[],
  now: number,
): void {
  const isDescribed = (name: string): boolean =>
    licenceTypes.some(({ fields }) => fields.some((field) => field.name === name))
  const others = Object.keys(submitted ?? {}).filter((name) => !isDescribed(name))
  if (others.length === 0) return
  const shown = namesShown(presented)
  if (others.every((name) => shown.has(name) && !holdsPersonsNumber(name, now))) return
  throw problem('not-a-request', [{ pointer: '/submitted', code: 'unknown-member', expected: EXPECTED }])
}

function namesShown(presented: string): ReadonlySet<string> {
  try {
    return new Set(parsePresented(presented).credential.disclosures.map(({ name }) => name))
  } catch (error) {
    if (error instanceof MalformedError) return new Set()
    throw error
  }
}
