/** From rows to recorded credentials: judged, signed, and in the journal before anything else happens. */
import {
  canonicalJwk,
  createCredential,
  formatChinaTime,
  hashLeaf,
  type IssuingKey,
  type LicenceType,
  parseCredential,
  statusListUri,
  suite,
} from '@hefu/protocol'
import { HOLDER_KEY_COLUMN, isUsableKey } from '../input/holder-key.ts'
import { inGroups } from '../input/in-groups.ts'
import type { Confirmed } from '../input/lost-content.ts'
import type { RenditionsOf } from '../input/rendition-files.ts'
import { type ReadRow, type Row, type RowDefect, rowDefect } from '../input/row.ts'
import type { NewEntry, RecordedLicence } from '../journal/records.ts'
import { samenessOf } from '../journal/sameness.ts'
import { judgeNames, type RegisteredAgency } from './face-names.ts'
import { assertJournalComplete } from './journal-complete.ts'
import { isIn } from './licence-places.ts'
import { namingFields } from './named-fields.ts'
import { earlierVersionsOf, NEW_VERSION_DECISION, supersessionBy } from './new-version.ts'
import type { Office } from './office.ts'
import { type JudgedRow, judgeRow, type RowDraft } from './row-draft.ts'
import { createSameLicences, type SameLicences } from './same-licences.ts'
import { compareClocks, signingTime } from './signing-time.ts'
import { readVersionOrder, type StatusReading } from './version-order.ts'

/** How the rows of one file fared. */
export interface RowCounts {
  readonly rows: number
  readonly recorded: number
  readonly alreadyIssued: number
  readonly refused: number
}

/** What is signed, and with which key. */
export interface Assignment {
  readonly type: LicenceType
  readonly key: IssuingKey
  /** Of the decision under which a new version takes the place of the one before it; public. */
  readonly decisionNumber?: string
  /** As the ledger has this agency, which the names on a face are compared with; left out: they are not compared. */
  readonly registered?: RegisteredAgency
  /** What became of the version before a new one; left out: it is not asked for. */
  readonly statusOf?: StatusReading
  /** The files that show a licence, to be bound to it; left out: none is. */
  readonly renditionsOf?: RenditionsOf
  /** What a person has compared with the originals. */
  readonly confirmed?: ReadonlySet<Confirmed>
}

const ROWS_AT_ONCE = 500

type Fate = 'recorded' | 'alreadyIssued' | 'refused'

/**
 * Records the good rows and tells of the bad ones; a licence that the journal has under another identifier is bad too.
 * Memory does not grow with the rows.
 *
 * @throws {IssuerError} `journal-behind`, `clock-ahead`, and from the rows' source
 */
export async function recordLicences(
  { onEvent, ...parts }: Office,
  assignment: Assignment,
  rows: AsyncIterable<Row>,
): Promise<RowCounts> {
  const office: Office =
    onEvent === undefined ? parts : { ...parts, onEvent: namingFields(onEvent, assignment.type) }
  await assertJournalComplete(office)
  await compareClocks(office)
  const counts = { rows: 0, recorded: 0, alreadyIssued: 0, refused: 0 }
  const same = createSameLicences(office, assignment)
  for await (const group of inGroups(rows, ROWS_AT_ONCE)) {
    // Who else records meanwhile would give out the same indexes.
    for (const fate of await office.journal.alone(() => recordGroup(office, assignment, group, same))) {
      counts.rows++
      counts[fate]++
    }
    if (office.signal?.aborted === true) break
  }
  return counts
}

async function recordGroup(
  office: Office,
  assignment: Assignment,
  group: readonly Row[],
  same: SameLicences,
): Promise<readonly Fate[]> {
  const { type, key, decisionNumber = NEW_VERSION_DECISION } = assignment
  const signedAt = await signingTime(office)
  const judged = await Promise.all(
    group.map(async (row) => ({ row, found: await judge(office.agency, row, assignment, signedAt) })),
  )
  const drafts = judged.map(({ row, found }) => tellDefects(office, row, found))
  const good = drafts.filter((draft) => draft !== null)
  const known = new Map(await office.journal.find(good.map(({ licenceId }) => licenceId)))
  const givenUp = await office.journal.givenUpRanges()
  await same.look(good, givenUp)
  const order = await readVersionOrder(office, assignment, good, givenUp)
  const fresh: RecordedLicence[] = []
  const fates: Fate[] = []
  let statusIndex = await office.journal.nextStatusIndex()
  for (const draft of drafts) {
    const earlier = draft === null ? undefined : known.get(draft.licenceId)
    const isNew = draft !== null && earlier === undefined
    const defect = isNew ? (same.defectOf(draft) ?? (await order.defectOf(draft))) : null
    if (draft === null) fates.push('refused')
    else if (earlier !== undefined) fates.push(repeatedFate(office, draft, earlier, givenUp))
    else if (defect !== null) fates.push(refuse(office, draft, defect))
    else {
      const licence = await sign(office, key, draft, { type, statusIndex: statusIndex++, signedAt })
      known.set(licence.licenceId, licence)
      same.add(licence)
      order.add(licence, draft.faceData)
      fresh.push(licence)
      fates.push('recorded')
    }
    if (draft !== null && fates.at(-1) !== 'refused') same.setLine(draft.licenceId, draft.line)
  }
  if (fresh.length > 0) {
    const terms = { decisionNumber, enteredAt: office.now() }
    await office.journal.record(fresh, await supersessionsOf(office, fresh, givenUp, terms))
    office.onEvent?.({ event: 'recorded', licences: fresh.length })
  }
  return fates
}

/** New versions take the place of those before them, once they are anchored. */
async function supersessionsOf(
  { agency, journal }: Office,
  fresh: readonly RecordedLicence[],
  givenUp: Awaited<ReturnType<Office['journal']['givenUpRanges']>>,
  terms: { readonly decisionNumber: string; readonly enteredAt: number },
): Promise<readonly NewEntry[]> {
  const versions = fresh.map(({ licenceId }) => earlierVersionsOf(licenceId))
  const recorded = await journal.find(versions.flat())
  const known = new Map([...recorded, ...fresh.map((licence) => [licence.licenceId, licence] as const)])
  return fresh.flatMap((licence, i) => {
    const earlier = versions[i]?.map((id) => known.get(id)).find((found) => found !== undefined)
    if (earlier === undefined || isIn(givenUp, earlier.statusIndex)) return []
    return [supersessionBy(agency, licence, earlier, terms)]
  })
}

async function judge(agency: string, row: Row, assignment: Assignment, signedAt: number): Promise<JudgedRow> {
  if (!('values' in row)) return { draft: null, defects: row.defects }
  const [today = ''] = formatChinaTime(signedAt).split(' ')
  const judged = await refuseUnusableKey(judgeRow(row, assignment.type, agency, today))
  return bindRenditions(refuseOtherNames(judged, row, assignment), assignment)
}

/** Whichever row was judged first, they are told of in their order. */
function tellDefects({ onEvent }: Office, { line }: Row, { draft, defects }: JudgedRow): RowDraft | null {
  if (defects.length > 0) onEvent?.({ event: draft === null ? 'row-refused' : 'row-warned', line, defects })
  return draft
}

async function refuseUnusableKey(judged: JudgedRow): Promise<JudgedRow> {
  const jwk = judged.draft?.claims.cnf?.jwk
  if (jwk === undefined || (await isUsableKey(jwk))) return judged
  return { draft: null, defects: [...judged.defects, rowDefect('not-a-holder-key', HOLDER_KEY_COLUMN)] }
}

/** What a person has not compared, and every verifier would have one look into. */
function refuseOtherNames(
  judged: JudgedRow,
  { values }: ReadRow,
  { type, registered, confirmed }: Assignment,
): JudgedRow {
  if (registered === undefined || confirmed?.has('names') === true) return judged
  const defects = judgeNames(values, type, registered)
  return defects.length === 0 ? judged : { draft: null, defects: [...judged.defects, ...defects] }
}

/** Who asks for renditions to be bound has none issued without. */
async function bindRenditions(judged: JudgedRow, { renditionsOf }: Assignment): Promise<JudgedRow> {
  const { draft, defects } = judged
  if (draft === null || renditionsOf === undefined) return judged
  const renditions = await renditionsOf(draft.licenceId)
  if ('code' in renditions) return { draft: null, defects: [...defects, renditions] }
  return { draft: { ...draft, claims: { ...draft.claims, renditions } }, defects }
}

/** The same licence again: nothing to do when it says the same, refused when it does not, or was given up. */
function repeatedFate(
  office: Office,
  draft: RowDraft,
  earlier: RecordedLicence,
  givenUp: Awaited<ReturnType<Office['journal']['givenUpRanges']>>,
): Fate {
  const { line, licenceId } = draft
  if (isIn(givenUp, earlier.statusIndex)) return refuse(office, draft, rowDefect('given-up', 'licenceId'))
  if (saysTheSame(draft, earlier)) {
    office.onEvent?.({ event: 'already-issued', line, licenceId })
    return 'alreadyIssued'
  }
  return refuse(office, draft, rowDefect('content-differs', 'licenceId'))
}

function refuse({ onEvent }: Office, { line }: RowDraft, defect: RowDefect): Fate {
  onEvent?.({ event: 'row-refused', line, defects: [defect] })
  return 'refused'
}

/**
 * Validity follows from the face, type and issuer from the identifier: face, holder's key and, where they are to be bound,
 * renditions are all there is to compare.
 */
function saysTheSame({ faceData, claims }: RowDraft, { credential }: RecordedLicence): boolean {
  const { disclosures, claims: earlier } = parseCredential(credential)
  return (
    textOfKey(claims) === textOfKey(earlier) &&
    (claims.renditions === undefined ||
      JSON.stringify(claims.renditions) === JSON.stringify(earlier.renditions)) &&
    disclosures.length === Object.keys(faceData).length &&
    disclosures.every(({ name, value }) => Object.hasOwn(faceData, name) && faceData[name] === value)
  )
}

function textOfKey({ cnf }: RowDraft['claims']): string | undefined {
  return cnf && canonicalJwk(cnf.jwk)
}

/** As what, under which index and when a draft is signed. */
interface Signing {
  readonly type: LicenceType
  readonly statusIndex: number
  readonly signedAt: number
}

async function sign(
  { agency, ledger }: Office,
  key: IssuingKey,
  { licenceId, claims, faceData }: RowDraft,
  { type, statusIndex, signedAt }: Signing,
): Promise<RecordedLicence> {
  const { iss, vct, jti, ...validity } = claims
  const status = { status_list: { idx: statusIndex, uri: statusListUri(ledger, agency) } }
  const draft = { claims: { iss, vct, jti, iat: signedAt, ...validity, status }, faceData }
  const { compact, signingInput } = await createCredential(draft, key, suite)
  const leafHash = hashLeaf(new TextEncoder().encode(signingInput), suite)
  const sameness = samenessOf(type.code, faceData)
  return { licenceId, statusIndex, type: type.code, credential: compact, leafHash, sameness }
}
