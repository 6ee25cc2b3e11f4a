/** Whether a new version may take the place of the one before it: judged before it is signed, for what is anchored stands. */
import {
  LedgerUnavailableError,
  type LegalStatus,
  parseCredential,
  parseLicenceId,
  statusAfter,
} from '@hefu/protocol'
import type { Confirmed } from '../input/lost-content.ts'
import { type RowDefect, rowDefectWith } from '../input/row.ts'
import { type LicenceVersion, versionlessOf } from '../journal/queries.ts'
import type { RecordedEntry } from '../journal/records.ts'
import { STATUS_TEXTS } from '../texts/status-texts.ts'
import { isIn } from './licence-places.ts'
import type { Office } from './office.ts'
import type { RowDraft } from './row-draft.ts'
import { isOtherHolder, type LicenceSubject, subjectOf } from './succession.ts'

/** The legal status of an anchored licence of the agency now; throws `LedgerUnavailableError`. */
export type StatusReading = (licence: LicenceVersion) => Promise<LegalStatus>

export interface VersionTerms {
  /** Left out: no status is asked for. */
  readonly statusOf?: StatusReading
  readonly confirmed?: ReadonlySet<Confirmed>
}

/** Of the drafts of one group. */
export interface VersionOrder {
  /** Why a draft is not signed; `null`: no version stands before it, or it may take the place of the newest. */
  defectOf(draft: RowDraft): Promise<RowDefect | null>
  /** A version that is recorded now. */
  add(licence: LicenceVersion, holder: Holder): void
}

type Holder = Pick<LicenceSubject, 'holderId'>
type Ranges = Awaited<ReturnType<Office['journal']['givenUpRanges']>>
type Standing = LicenceVersion & { readonly holder?: Holder }

/** Asks the journal which versions of these drafts stand; those of `givenUp` never were in force. */
export async function readVersionOrder(
  { journal }: Pick<Office, 'journal'>,
  { statusOf, confirmed }: VersionTerms,
  drafts: readonly RowDraft[],
  givenUp: Ranges,
): Promise<VersionOrder> {
  const newest = new Map<string, Standing>()
  const note = (version: Standing): void => {
    const key = versionlessOf(version.licenceId)
    const known = newest.get(key)
    if (known === undefined || versionOf(known) < versionOf(version)) newest.set(key, version)
  }
  const found = await journal.findVersions(drafts.map(({ licenceId }) => licenceId))
  for (const version of found) if (!isIn(givenUp, version.statusIndex)) note(version)
  const waiting = newest.size === 0 ? new Map<string, number>() : await readWaiting(journal, givenUp)
  const isOther = async ({ licenceId, holder }: Standing, draft: RowDraft): Promise<boolean> => {
    const before = holder ?? (await recordedHolder(journal, licenceId))
    return isOtherHolder(before, draft.faceData)
  }
  const judge = async (before: Standing, draft: RowDraft): Promise<RowDefect | null> => {
    const { licenceId, statusIndex } = before
    const refuse = (code: VersionDefect, details = {}): RowDefect =>
      rowDefectWith(code, 'licenceId', { licenceId, ...details })
    if (versionOf(draft) < versionOf(before)) return refuse('version-behind')
    const number = waiting.get(licenceId)
    if (number !== undefined) return refuse('version-entry-waits', { number })
    const isAnchored = await journal.isAnchored(statusIndex)
    const status = isAnchored ? await findStatus(statusOf, before) : 'valid'
    if (status === null) return refuse('version-unasked')
    if (statusAfter('supersede', status) === null)
      return refuse('version-unlawful', { status: STATUS_TEXTS[status] })
    const isRefused = confirmed?.has('holder') !== true && (await isOther(before, draft))
    return isRefused ? rowDefectWith('version-other-holder', 'holderId', { licenceId }) : null
  }
  return {
    defectOf: async (draft) => {
      const before = newest.get(versionlessOf(draft.licenceId))
      return before === undefined ? null : judge(before, draft)
    },
    add: ({ licenceId, statusIndex }, holder) => note({ licenceId, statusIndex, holder }),
  }
}

type VersionDefect = 'version-behind' | 'version-unlawful' | 'version-entry-waits' | 'version-unasked'

function versionOf({ licenceId }: Pick<RowDraft, 'licenceId'>): number {
  return Number(parseLicenceId(licenceId, 'licenceId').version)
}

/** Which entry waits on a licence, by its identifier. */
async function readWaiting(
  journal: Office['journal'],
  givenUp: Ranges,
): Promise<ReadonlyMap<string, number>> {
  const entries = (await journal.waitingEntries()).filter((entry) => !isGivenUp(entry, givenUp))
  return new Map(entries.flatMap(({ number, licenceIds }) => licenceIds.map((id) => [id, number] as const)))
}

/** Who would have taken the place never will. */
function isGivenUp({ call }: RecordedEntry, givenUp: Ranges): boolean {
  return call.kind === 'supersession' && isIn(givenUp, call.act.successor)
}

/** @returns `null` while the ledger cannot be asked */
async function findStatus(
  statusOf: StatusReading | undefined,
  licence: LicenceVersion,
): Promise<LegalStatus | null> {
  try {
    return statusOf === undefined ? 'valid' : await statusOf(licence)
  } catch (error) {
    if (error instanceof LedgerUnavailableError) return null
    throw error
  }
}

async function recordedHolder(journal: Office['journal'], licenceId: string): Promise<Holder> {
  const licence = (await journal.find([licenceId])).get(licenceId)
  return licence === undefined ? {} : subjectOf(parseCredential(licence.credential))
}
