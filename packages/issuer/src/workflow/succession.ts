/** Whether one licence may well take the place of another: one of another type, or of another holder, hardly does. */
import { parseCredential, type UnverifiedCredential } from '@hefu/protocol'
import { IssuerError } from '../error/issuer-error.ts'
import type { Journal } from '../journal/journal.ts'

/** What a person has looked at and says is right as it stands. */
export type SuccessionDoubt = (typeof SUCCESSION_DOUBTS)[number]
export const SUCCESSION_DOUBTS = ['type', 'holder'] as const

/** Of what a licence is, and whose. */
export interface LicenceSubject {
  /** URN of its type. */
  readonly type: string
  /** Number of the holder's document, or of several; absent: it is not shown. Personal data. */
  readonly holderId?: string
}

export function subjectOf({ claims, disclosures }: UnverifiedCredential): LicenceSubject {
  const holderId = disclosures.find(({ name }) => name === 'holderId')?.value
  return { type: claims.vct, ...(holderId === undefined ? {} : { holderId }) }
}

/** The subject of a licence of the journal; `null`: it has none of that identifier. */
export async function findSubject(journal: Journal, licenceId: string): Promise<LicenceSubject | null> {
  const licence = (await journal.find([licenceId])).get(licenceId)
  return licence === undefined ? null : subjectOf(parseCredential(licence.credential))
}

/**
 * Nothing was sent yet; what is not known of a licence is not compared.
 *
 * @throws {IssuerError} `successor-other-type`, `successor-other-holder`
 */
export function assertSucceeds(
  successor: LicenceSubject | null,
  earlier: LicenceSubject | null,
  confirmed: ReadonlySet<SuccessionDoubt>,
): void {
  if (successor === null || earlier === null) return
  if (!confirmed.has('type') && successor.type !== earlier.type) throw new IssuerError('successor-other-type')
  if (!confirmed.has('holder') && isOtherHolder(successor, earlier))
    throw new IssuerError('successor-other-holder')
}

type Held = Pick<LicenceSubject, 'holderId'>

/** Whether both show a holder's number, and not the same one. */
export function isOtherHolder(one: Held, other: Held): boolean {
  const holders = [one, other].flatMap(({ holderId }) => (holderId === undefined ? [] : [plainId(holderId)]))
  return new Set(holders).size > 1
}

/** Without spaces, and a resident number without what was added to it in 1999. */
function plainId(holderId: string): string {
  return holderId
    .normalize('NFKC')
    .replaceAll(/\s/gu, '')
    .toUpperCase()
    .replaceAll(/(?<![0-9A-Z])(\d{6})19(\d{9})[\dX](?![0-9A-Z])/g, '$1$2')
}
