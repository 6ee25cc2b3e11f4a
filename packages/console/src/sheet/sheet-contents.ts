/** What stands on a printed sheet, section by section: the same for a verification that is shown and for a report that is kept. */
import {
  type Bilingual,
  dayOf,
  defectSentenceOf,
  type FindingStatus,
  fillIn,
  formatChinaTime,
  inBoth,
  maskValue,
  nextStepOf,
  type ResultCode,
  resultSentenceOf,
  type Verdict,
  withRemark,
} from '@hefu/protocol'
import {
  type AgencyNames,
  copyLines,
  differenceLines,
  faceLines,
  isSigned,
  licenceLines,
  provenanceLines,
  requestLines,
  SHEET_TEXTS,
  type ToldLine,
  toldChecks,
  verdictOf,
  whyOf,
} from '@hefu/sdk/display'
import type { Verification } from '@hefu/sdk/remote'
import { PRINT_TEXTS } from '../texts/sheet-texts.ts'
import { nothingFoundText } from '../verify/nothing-found.ts'

export interface SheetSection {
  readonly title: Bilingual
  readonly lines: readonly ToldLine[]
}

/** One check with what came of it. */
export interface SheetCheck {
  readonly status: FindingStatus
  /** `null`: the sentence says it by itself. */
  readonly label: Bilingual | null
  readonly says: Bilingual
}

export interface SheetContents {
  readonly number: string
  /** Whether a service signed the report: nothing else is a sheet. */
  readonly isSigned: boolean
  readonly verdict: Verdict
  readonly says: Bilingual
  readonly reason: Bilingual | null
  readonly nextStep: Bilingual
  readonly result: ToldLine
  /** Licence, face, copy and differences; those of no line are not there. */
  readonly sections: readonly SheetSection[]
  readonly checks: readonly SheetCheck[]
  readonly defects: readonly Bilingual[]
  /** Request and provenance. */
  readonly asked: readonly SheetSection[]
  /** What opens the report again; `null`: no service keeps it. */
  readonly recheck: { readonly code: string | null } | null
}

/** What no report holds, and a sheet says beside it. */
export interface SheetBeside {
  /** 用证事由 as the clerk typed it; `null`: none, or it is not known. */
  readonly useCause: string | null
  /** Of agencies that the report has by their codes alone. */
  readonly names?: AgencyNames
}

const NOTHING_BESIDE: SheetBeside = { useCause: null }

/** The sheet of a verification, its face masked. */
export function sheetOfVerification(
  verification: Verification,
  { useCause, names }: SheetBeside = NOTHING_BESIDE,
): SheetContents {
  const { report, attestation, recheck, annotatedCopy, licenceType } = verification
  const type = licenceType ?? undefined
  const provenance = provenanceLines(verification).filter(({ label }) => !SHOWN_APART.includes(label))
  return {
    number: numberIn(verification),
    isSigned: attestation !== null,
    verdict: report.verdict,
    says: verdictOf(report),
    reason: nothingFoundText(verification) ?? whyOf(report, type, names),
    nextStep: nextStepOf(report),
    result: resultLine(report.resultCode, resultSentenceOf(report.findings)),
    sections: filled([
      [isSigned(report) ? SHEET_TEXTS.licence : SHEET_TEXTS.licenceUnproven, licenceLines(verification)],
      [SHEET_TEXTS.face, faceLines(verification)],
      [SHEET_TEXTS.annotatedCopy, copyLines(annotatedCopy)],
      [SHEET_TEXTS.differences, differenceLines(verification)],
    ]),
    checks: toldChecks(verification, names),
    defects: distinct(report.defects.map(({ code }) => defectSentenceOf(code))),
    asked: filled([
      [SHEET_TEXTS.request, [...requestLines(verification), ...useLines(useCause)]],
      [PRINT_TEXTS.provenance, provenance],
    ]),
    recheck: attestation === null || recheck === null ? null : { code: recheck.code },
  }
}

/** The report leaves it out: only who typed it vouches for it, and that is said. */
function useLines(useCause: string | null): readonly ToldLine[] {
  if (useCause === null) return []
  const shown = inBoth(maskValue('open', useCause))
  return [told(SHEET_TEXTS.cause, withRemark(shown, PRINT_TEXTS.typedUse))]
}

/** Number and code stand beside the QR code, and who checked signs below. */
const SHOWN_APART: readonly Bilingual[] = [
  SHEET_TEXTS.sheetNumber,
  SHEET_TEXTS.recheckCode,
  SHEET_TEXTS.recheckPage,
  SHEET_TEXTS.checkedBy,
]

function numberIn(verification: Verification): string {
  return provenanceLines(verification).find(({ label }) => label === SHEET_TEXTS.sheetNumber)?.value.zh ?? ''
}

function resultLine(code: ResultCode, says: Bilingual): ToldLine {
  return { label: SHEET_TEXTS.resultCode, value: { zh: `${code} ${says.zh}`, en: `${code} ${says.en}` } }
}

function filled(sections: readonly (readonly [Bilingual, readonly ToldLine[]])[]): readonly SheetSection[] {
  return sections.flatMap(([title, lines]) => (lines.length === 0 ? [] : [{ title, lines }]))
}

/** Several defects of one kind are one sentence to a clerk. */
function distinct(texts: readonly Bilingual[]): readonly Bilingual[] {
  return [...new Map(texts.map((text) => [text.zh, text])).values()]
}

/** As `GET /v1/reports/:number/sheet` answers it; times in Unix seconds. */
export interface KeptSheet {
  readonly number: string
  readonly checkedAt: number
  readonly verdict: Verdict
  readonly resultCode: ResultCode
  readonly says: {
    readonly verdict: Bilingual
    readonly reason: Bilingual | null
    readonly result: Bilingual
    readonly nextStep: Bilingual
  }
  readonly request: {
    readonly receivingRegion: string
    readonly province: string | null
    readonly serviceItem: string | null
    readonly caseNo: string | null
    readonly asOf: number | null
  }
  readonly licence: {
    readonly licenceType: string
    readonly name: Bilingual | null
    readonly licenceId: string
    readonly issuer: string
    readonly issuerName: string | null
    readonly validFrom: number
    readonly validUntil: number | null
  } | null
  readonly ledger: { readonly blockNumber: number; readonly blockTime: number } | null
  readonly checks: readonly { readonly status: FindingStatus; readonly says: Bilingual }[]
  readonly reportDigest: string
  readonly kid: string
}

/** The sheet of a report that the service keeps: signed, and without any value of the face. */
export function sheetOfReport(kept: KeptSheet): SheetContents {
  const { says } = kept
  return {
    number: kept.number,
    isSigned: true,
    verdict: kept.verdict,
    says: says.verdict,
    reason: says.reason,
    nextStep: says.nextStep,
    result: resultLine(kept.resultCode, says.result),
    sections: filled([[SHEET_TEXTS.licence, licenceOf(kept)]]),
    checks: kept.checks.map(({ status, says }) => ({ status, label: null, says })),
    defects: [],
    asked: filled([
      [SHEET_TEXTS.request, requestOf(kept)],
      [PRINT_TEXTS.provenance, provenanceOf(kept)],
    ]),
    recheck: { code: null },
  }
}

function licenceOf({ licence }: KeptSheet): readonly ToldLine[] {
  if (licence === null) return []
  const { name, licenceType, licenceId, issuer, issuerName, validFrom, validUntil } = licence
  // The end is the first second after the last day.
  const until = validUntil === null ? SHEET_TEXTS.longTerm : dayOf(validUntil - 1)
  return [
    told(SHEET_TEXTS.licenceType, name ?? inBoth(licenceType)),
    told(SHEET_TEXTS.licenceId, inBoth(licenceId)),
    told(
      SHEET_TEXTS.issuer,
      issuerName === null
        ? inBoth(issuer)
        : fillIn(PRINT_TEXTS.issuerWithName, { name: issuerName, code: issuer }),
    ),
    told(SHEET_TEXTS.validity, fillIn(SHEET_TEXTS.period, { from: dayOf(validFrom), until })),
    told(SHEET_TEXTS.face, PRINT_TEXTS.keptFace),
  ]
}

function requestOf({ request }: KeptSheet): readonly ToldLine[] {
  const { receivingRegion, province, serviceItem, caseNo, asOf } = request
  return [
    told(SHEET_TEXTS.receivingRegion, inBoth(`${receivingRegion} ${province ?? ''}`.trim())),
    ...(serviceItem === null ? [] : [told(SHEET_TEXTS.serviceItem, inBoth(serviceItem))]),
    ...(caseNo === null ? [] : [told(SHEET_TEXTS.caseNo, inBoth(caseNo))]),
    ...(asOf === null ? [] : [told(SHEET_TEXTS.judgedAt, inBoth(formatChinaTime(asOf)))]),
  ]
}

function provenanceOf({ ledger, checkedAt, reportDigest, kid }: KeptSheet): readonly ToldLine[] {
  return [
    ...(ledger === null
      ? [told(SHEET_TEXTS.dataAsOf, SHEET_TEXTS.noData)]
      : [
          told(SHEET_TEXTS.dataAsOf, inBoth(formatChinaTime(ledger.blockTime))),
          told(SHEET_TEXTS.block, inBoth(ledger.blockNumber)),
        ]),
    told(SHEET_TEXTS.checkedAt, inBoth(formatChinaTime(checkedAt))),
    told(SHEET_TEXTS.reportDigest, inBoth(reportDigest)),
    told(SHEET_TEXTS.signed, SHEET_TEXTS.signedByVerifier),
    told(PRINT_TEXTS.signedBy, inBoth(kid)),
  ]
}

function told(label: Bilingual, value: Bilingual): ToldLine {
  return { label, value }
}
