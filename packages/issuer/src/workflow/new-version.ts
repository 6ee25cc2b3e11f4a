/** A licence that is made anew, with a higher version, takes the place of the one before it. */
import { encodeLicenceId, parseLicenceId } from '@hefu/protocol'
import type { NewEntry, RecordedLicence } from '../journal/records.ts'
import { digestOf } from './entry-digest.ts'

/** Decision under which a new version supersedes the one before it, where none is given: public. */
export const NEW_VERSION_DECISION = '换发新版本'

/** The identifiers that earlier versions of this one would have, the newest first. */
export function earlierVersionsOf(licenceId: string): readonly string[] {
  const { check: _, ...parts } = parseLicenceId(licenceId, 'licenceId')
  const before = Number(parts.version) - 1
  return Array.from({ length: Math.max(0, before) }, (_none, i) =>
    encodeLicenceId({ ...parts, version: String(before - i).padStart(3, '0') }),
  )
}

/** The entry by which a licence takes the place of an earlier one, once it is anchored. */
export function supersessionBy(
  issuer: string,
  successor: Pick<RecordedLicence, 'licenceId' | 'statusIndex'>,
  earlier: Pick<RecordedLicence, 'licenceId' | 'statusIndex'>,
  { decisionNumber, enteredAt }: { readonly decisionNumber: string; readonly enteredAt: number },
): NewEntry {
  const act = {
    decisionNumber,
    effectiveAt: 0,
    statusIndex: earlier.statusIndex,
    successor: successor.statusIndex,
  }
  const call = { kind: 'supersession', issuer, act } as const
  const draft = { call, licenceIds: [earlier.licenceId], effectiveAt: null }
  return { ...draft, digest: digestOf(draft), enteredAt }
}
