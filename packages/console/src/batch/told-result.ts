/** What one result makes of its row. A true report about another licence, or another case, answers nothing. */
import type { ReportedRequest } from '@hefu/protocol'
import { BATCH_FAULTS } from '../texts/batch-texts.ts'
import type { ForAll } from './batch-lines.ts'
import type { BatchRow, BatchRows } from './batch-rows.ts'
import type { BatchResult } from './batch-service.ts'
import { reasonOfReport } from './result-reason.ts'

export type ToldRow = Omit<BatchRow, 'row' | 'place'>

/** What is known here of the item, beside the service's answer. */
export interface KnownItem {
  /** `undefined`: the page was loaded anew since it was sent. */
  readonly before: BatchRow | undefined
  /** `null`: likewise. */
  readonly forAll: ForAll | null
  /** The name of a file by the digest of what it holds. */
  readonly nameOf: (digest: string) => string | null
}

export function toldRow(result: BatchResult, known: KnownItem, keep: BatchRows['keep']): ToldRow {
  if ('problem' in result) return refused(result.problem, known, keep)
  const { number, verdict, resultCode, nextStep, signed } = result
  if (signed !== null && !isOfItem(signed.report.request, known))
    return refused({ code: 'other-item', says: BATCH_FAULTS['other-item'] }, known, keep)
  const { name = null, digest: sent = null } = known.before ?? {}
  const digest = signed?.report.request.presented ?? sent
  const reason = signed === null ? null : reasonOfReport(signed.report)
  return {
    outcome: verdict,
    reason: reason === null ? null : keep(reason.key, reason.says),
    nextStep,
    resultCode,
    number,
    digest,
    name: name ?? (digest === null ? null : known.nameOf(digest)),
  }
}

function isOfItem(request: ReportedRequest, { before, forAll }: KnownItem): boolean {
  const digest = before?.digest ?? null
  const isText = digest === null || request.presented === digest
  return isText && (forAll === null || isOfCase(request, forAll))
}

function isOfCase(request: ReportedRequest, { all, asOf }: ForAll): boolean {
  return (
    request.receivingRegion === all.receivingRegion &&
    request.serviceItem === (all.serviceItem ?? null) &&
    request.caseNo === (all.caseNo ?? null) &&
    request.asOf === (asOf ?? null)
  )
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
    name: before?.name ?? null,
  }
}
