/** What one result makes of its row. A true report about another licence, another case, or of another time, answers nothing. */
import { type ReportedRequest, showLicenceId, type VerificationReport } from '@hefu/protocol'
import { isSigned } from '@hefu/sdk/display'
import { BATCH_FAULTS } from '../texts/batch-texts.ts'
import { isFresh, isNamed, isOfText } from '../verify/report-relevance.ts'
import type { ForAll } from './batch-lines.ts'
import type { BatchRow, BatchRows, RowLicence } from './batch-rows.ts'
import type { BatchResult } from './batch-service.ts'
import { reasonOfReport } from './result-reason.ts'

export type ToldRow = Omit<BatchRow, 'row' | 'place'>

/** What is known here of the item, beside the service's answer. */
export interface KnownItem {
  /** `undefined`: the page was loaded anew since it was sent. */
  readonly before: BatchRow | undefined
  /** `null`: likewise. */
  readonly forAll: ForAll | null
  /** Unix seconds: nothing that was made before answers it. */
  readonly askedAt: number
  /** Unix seconds. */
  readonly now: number
  /** The name of a file by the digest of what it holds. */
  readonly nameOf: (digest: string) => string | null
}

export function toldRow(result: BatchResult, known: KnownItem, keep: BatchRows['keep']): ToldRow {
  if ('problem' in result) return refused(result.problem, known, keep)
  const { number, verdict, resultCode, nextStep, signed } = result
  const fault = signed === null ? null : faultOf(signed.report, known)
  if (fault !== null) return refused({ code: fault, says: BATCH_FAULTS[fault] }, known, keep)
  const { name = null, digest: sent = null, sought = null } = known.before ?? {}
  const digest = signed?.report.request.presented ?? sent
  const reason = signed === null ? null : reasonOfReport(signed.report)
  return {
    outcome: verdict,
    reason: reason === null ? null : keep(reason.key, reason.says),
    nextStep,
    resultCode,
    number,
    digest,
    sought,
    licence: signed === null ? null : licenceOf(signed.report),
    name: name ?? (digest === null ? null : known.nameOf(digest)),
  }
}

/** Why a true report answers nothing here; `null`: it answers the item. */
function faultOf(report: VerificationReport, known: KnownItem): 'other-item' | 'other-time' | null {
  if (!isOfItem(report, known)) return 'other-item'
  return isFresh(report, known.askedAt, known.now) ? null : 'other-time'
}

/** After a reload nobody knows here what was asked: it is what the batch's own number leads to. */
function isOfItem(report: VerificationReport, { before, forAll }: KnownItem): boolean {
  const { digest = null, sought = null } = before ?? {}
  const isAsked = digest === null || isOfText(report, digest) || (sought !== null && isNamed(report, sought))
  return isAsked && (forAll === null || isOfCase(report.request, forAll))
}

function isOfCase(request: ReportedRequest, { all, asOf }: ForAll): boolean {
  return (
    request.receivingRegion === all.receivingRegion &&
    request.serviceItem === (all.serviceItem ?? null) &&
    request.caseNo === (all.caseNo ?? null) &&
    request.asOf === (asOf ?? null)
  )
}

/** Of what is not signed nobody knows what it is. */
function licenceOf(report: VerificationReport): RowLicence | null {
  if (report.licence === null || !isSigned(report)) return null
  const { licenceId, licenceType, issuer } = report.licence
  const facts = report.findings.find(({ check }) => check === 'issuerAuthority')?.facts ?? {}
  const name = facts['registeredName']
  return {
    id: showLicenceId(licenceId),
    type: licenceType,
    issuer,
    issuerName: typeof name === 'string' ? name : null,
  }
}

function refused(
  { code, says }: Extract<BatchResult, { problem: unknown }>['problem'],
  { before }: KnownItem,
  keep: BatchRows['keep'],
): ToldRow {
  return {
    outcome: 'refused',
    reason: keep(`problem:${code}`, says),
    nextStep: null,
    resultCode: null,
    number: null,
    digest: before?.digest ?? null,
    sought: before?.sought ?? null,
    licence: null,
    name: before?.name ?? null,
  }
}
