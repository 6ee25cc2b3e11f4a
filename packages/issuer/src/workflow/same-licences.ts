/** Licences that would be issued once more under another identifier: found before they are signed. */
import { type LicenceType, parseLicenceId } from '@hefu/protocol'
import type { Confirmed } from '../input/lost-content.ts'
import { type RowDefect, rowDefectWith } from '../input/row.ts'
import type { SameLicence } from '../journal/queries.ts'
import { hasOwnNumber, samenessOf } from '../journal/sameness.ts'
import { fillIn } from '../texts/fill-in.ts'
import { SAME_PLACES } from '../texts/row-texts.ts'
import { isIn } from './licence-places.ts'
import type { Office } from './office.ts'
import type { RowDraft } from './row-draft.ts'

type Draft = Pick<RowDraft, 'licenceId' | 'faceData'>
type Place = Pick<SameLicence, 'licenceId' | 'statusIndex'>
type Ranges = Awaited<ReturnType<Office['journal']['givenUpRanges']>>

/** Of one run; it remembers the lines of the rows that were read last. */
export interface SameLicences {
  /** Asks the journal which licences are one of these drafts; those of `givenUp` never were in force. */
  look(drafts: readonly Draft[], givenUp: Ranges): Promise<void>
  /** Why a draft is not signed; `null`: it is no other licence, or a version of the same. */
  defectOf(draft: Draft): RowDefect | null
  /** A licence that is recorded now. */
  add(licence: SameLicence): void
  /** On which line of the file a licence stands. */
  setLine(licenceId: string, line: number): void
}

/** Rows whose lines are remembered. */
const MOST_LINES = 100_000

export function createSameLicences(
  { journal }: Pick<Office, 'journal'>,
  { type, confirmed }: { readonly type: LicenceType; readonly confirmed?: ReadonlySet<Confirmed> },
): SameLicences {
  const isConfirmed = confirmed?.has('numbers') === true
  const found = new Map<string, Place[]>()
  const lines = new Map<string, number>()
  const note = ({ sameness, licenceId, statusIndex }: SameLicence): void => {
    const places = found.get(keyOf(sameness)) ?? []
    found.set(keyOf(sameness), [...places, { licenceId, statusIndex }])
  }
  const samenessOfDraft = ({ faceData }: Draft): Uint8Array => samenessOf(type.code, faceData)
  return {
    look: async (drafts, givenUp) => {
      if (isConfirmed) return
      found.clear()
      const recorded = await journal.findSame(drafts.map(samenessOfDraft))
      for (const licence of recorded) if (!isIn(givenUp, licence.statusIndex)) note(licence)
    },
    defectOf: (draft) => {
      const same = found.get(keyOf(samenessOfDraft(draft)))?.find((place) => !isOneIdentifier(place, draft))
      if (same === undefined) return null
      const line = lines.get(same.licenceId)
      const where = line === undefined ? SAME_PLACES.elsewhere : fillIn(SAME_PLACES.line, { line })
      return rowDefectWith(codeOf(type), 'licenceNumber', { licenceId: same.licenceId, where })
    },
    add: (licence) => {
      if (!isConfirmed) note(licence)
    },
    setLine: (licenceId, line) => {
      lines.set(licenceId, line)
      const [oldest] = lines.keys()
      if (lines.size > MOST_LINES && oldest !== undefined) lines.delete(oldest)
    },
  }
}

function keyOf(sameness: Uint8Array): string {
  return Buffer.from(sameness).toString('base64')
}

function codeOf({ code }: LicenceType): 'number-issued' | 'face-issued' {
  return hasOwnNumber(code) ? 'number-issued' : 'face-issued'
}

/** Versions of one licence, each of which takes the place of the one before it. */
function isOneIdentifier(a: Pick<Draft, 'licenceId'>, b: Pick<Draft, 'licenceId'>): boolean {
  const [first, second] = [a, b].map(({ licenceId }) => parseLicenceId(licenceId, 'licenceId').serial)
  return first === second
}
