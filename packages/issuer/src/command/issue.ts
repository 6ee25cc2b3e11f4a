import { createRpcLedgerView } from '@hefu/ledger'
import {
  findLicenceType,
  keyIdOf,
  type LedgerView,
  LICENCE_TYPES,
  type LicenceType,
  quote,
} from '@hefu/protocol'
import { IssuerError } from '../error/issuer-error.ts'
import { pathsOf, readAgency } from '../home/agency-home.ts'
import { allotIdentifiers } from '../input/allotted-identifiers.ts'
import { openLicenceFile } from '../input/licence-file.ts'
import type { Confirmed } from '../input/lost-content.ts'
import { renditionsIn } from '../input/rendition-files.ts'
import type { Row } from '../input/row.ts'
import { COMMAND_TEXTS } from '../texts/command-texts.ts'
import { parseDecisionNumber } from '../workflow/decision.ts'
import type { Office } from '../workflow/office.ts'
import { assertReadyToIssue, type PreflightSubject } from '../workflow/preflight.ts'
import { type Assignment, type RowCounts, recordLicences } from '../workflow/record-licences.ts'
import type { StatusReading } from '../workflow/version-order.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { createNarrator } from './narrator.ts'
import { withSigningOffice } from './open-office.ts'
import { createProgress } from './progress.ts'
import { createRejects, isTableName, type Rejects } from './rejects.ts'
import { finishWithProgress } from './resume.ts'
import { type CommonOptions, homeOf, type Session, sentence, tell } from './session.ts'

export interface IssueOptions extends CommonOptions {
  readonly type: string
  readonly out?: string
  readonly batchSize: number
  readonly rejects?: string
  readonly allot?: string
  /** Folder of the files that show the licences. */
  readonly renditions?: string
  /** Number of the decision under which new versions take the place of those before them. */
  readonly decision?: string
  readonly confirm?: readonly Confirmed[]
}

/** `hefu-issuer issue`. */
export async function issue(session: Session, given: string, options: IssueOptions): Promise<ExitCode> {
  const home = homeOf(options, session)
  const type = parseType(options.type)
  const file = await allot(session, options, { file: given, home, type })
  const confirmed = new Set(options.confirm)
  const { bytes, kind, rows, read } = await openLicenceFile(file, type, confirmed)
  if (kind === 'objects') assertRejectsOfObjects(options.rejects)
  const progress = createProgress(session, options)
  const narrator = createNarrator(session, options, progress)
  const { out, batchSize } = options
  try {
    const counts = await withSigningOffice(
      session,
      { home, out, onEvent: narrator.hear },
      async (office, key, { network, region }) => {
        const view = createRpcLedgerView(network)
        const subject = { agency: office.agency, region, kid: key.kid, type }
        const registered = await assertReadyToIssue({ view, operator: office.operator }, subject)
        progress.begin('签名登记 · signing', bytes)
        const rejects = options.rejects === undefined ? undefined : await createRejects(options.rejects, read)
        narrator.writeRejectsTo(rejects)
        const counted = await record(
          office,
          {
            type,
            key,
            confirmed,
            statusOf: statusIn(view, subject),
            ...(registered === null ? {} : { registered }),
            ...termsOf(options),
          },
          rows(progress.reach),
          rejects,
        )
        await finishWithProgress(office, progress, batchSize)
        return counted
      },
    )
    const folder = out ?? pathsOf(home).bundles
    const code = conclude(session, options, { ...counts, blankRows: read.blankRows() }, folder)
    return narrator.refusedEntries() > 0 && code === EXIT.done ? EXIT.ledgerRefused : code
  } finally {
    progress.end()
  }
}

/** What came as objects has no columns to go back in. */
function assertRejectsOfObjects(file: string | undefined): void {
  if (file !== undefined && isTableName(file)) throw new IssuerError('rejects-of-objects', { file })
}

/** The file to issue: the one that was given, or the one in which every row has its identifier. */
async function allot(
  session: Session,
  options: IssueOptions,
  { file, home, type }: { readonly file: string; readonly home: string; readonly type: LicenceType },
): Promise<string> {
  if (options.allot === undefined) return file
  const { agency } = await readAgency(home)
  const count = await allotIdentifiers(file, options.allot, { type, agency })
  tell(session, options, { event: 'allotted', count, file: options.allot }, [
    sentence(COMMAND_TEXTS.allotted, { count, file: options.allot }),
  ])
  return options.allot
}

function statusIn(view: LedgerView, { agency, kid, region, type }: PreflightSubject): StatusReading {
  return async ({ statusIndex }) => {
    const asked = { issuer: agency, keyId: keyIdOf(kid), licenceType: type.code, receivingRegion: region }
    return (await view.lookup({ ...asked, statusIndex })).status
  }
}

function termsOf({
  decision,
  renditions,
}: IssueOptions): Pick<Assignment, 'decisionNumber' | 'renditionsOf'> {
  return {
    ...(decision === undefined ? {} : { decisionNumber: parseDecisionNumber(decision) }),
    ...(renditions === undefined ? {} : { renditionsOf: renditionsIn(renditions) }),
  }
}

async function record(
  office: Office,
  assignment: Assignment,
  rows: AsyncIterable<Row>,
  rejects: Rejects | undefined,
): Promise<RowCounts> {
  try {
    const counts = await recordLicences(office, assignment, rows)
    await rejects?.close()
    return counts
  } catch (error) {
    await rejects?.abandon()
    throw error
  }
}

function parseType(value: string): LicenceType {
  const type = findLicenceType(value)
  if (type !== undefined) return type
  const known = LICENCE_TYPES.map(({ slug }) => slug).join(', ')
  throw new IssuerError('unknown-type', { value: quote(value), known })
}

interface FileCounts extends RowCounts {
  /** Passed over. */
  readonly blankRows: number
}

function conclude(session: Session, options: IssueOptions, counts: FileCounts, folder: string): ExitCode {
  const interrupted = session.signal.aborted
  tell(session, options, { event: 'summary', ...counts, interrupted, bundles: folder }, [
    sentence(interrupted ? COMMAND_TEXTS.recordedSoFar : COMMAND_TEXTS.issued, { ...counts }),
    ...(counts.blankRows === 0 ? [] : [sentence(COMMAND_TEXTS.blankRows, { count: counts.blankRows })]),
    interrupted ? sentence(COMMAND_TEXTS.interrupted) : sentence(COMMAND_TEXTS.bundles, { folder }),
  ])
  if (interrupted) return EXIT.interrupted
  return counts.refused > 0 ? EXIT.rowsRefused : EXIT.done
}
