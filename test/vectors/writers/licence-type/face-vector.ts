/** An invented face, changed, and the defects that it then has. */
import { type FieldDefectCode, residentIdCheckCharacter } from '@hefu/protocol'
import { generateLicences } from '../../../../scripts/sample/licence-rows.ts'
import { codeOf } from './licence-types.ts'

export const ISSUER = '11430000006122244L'

export type Face = Readonly<Record<string, unknown>>

type FoundDefect = readonly [field: string, code: FieldDefectCode]

/** The day that a face is judged on. */
export const TODAY = '2026-03-01'

/** The first invented licence of a type. */
function faceOf(slug: string): Face {
  const [row] = generateLicences({ type: slug, issuer: ISSUER, count: 1, seed: 9, issuedIn: 2025 })
  const { licenceId: _, ...face } = row ?? {}
  return face
}

/** `changes` to an invented face; `undefined` takes a field away. No defects: it may be issued. */
export function faceVector(
  is: string,
  slug: string,
  changes: Face,
  ...defects: readonly FoundDefect[]
): object {
  return {
    is,
    type: codeOf(slug),
    face: { ...faceOf(slug), ...changes },
    today: TODAY,
    valid: defects.every(([, code]) => code === 'uscc-check' || code === 'old-resident-id'),
    defects: defects.map(([field, code]) => ({ field, code })),
  }
}

/** From a day that most years do not have. */
export const PERIOD = { validFrom: '2024-02-29', issuedOn: '2024-02-29' }

/** The number of 17 digits with its check character. */
export const numberOf = (digits: string): string => digits + residentIdCheckCharacter(digits)

export const OWNERS: Face = {
  holderName: '样例甲、SMITH, JOHN',
  holderIdType: '111、414',
  holderId: '11010519491231002X、E12345678',
  coOwnership: '共同共有',
}
