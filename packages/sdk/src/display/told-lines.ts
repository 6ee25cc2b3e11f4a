/**
 * What a verification says, line by line and in both languages: the sections of a sheet, for whoever shows them, on paper
 * or on a screen. Values of the face are masked.
 */
import {
  type Bilingual,
  type CheckName,
  dayOf,
  encodeHex,
  encodeReport,
  type FieldDifference,
  type Finding,
  type FindingStatus,
  fillIn,
  formatChinaTime,
  inBoth,
  joinTexts,
  type LicenceType,
  maskValue,
  PROVINCES,
  provinceOf,
  type ReportedLedger,
  type ReportedNodes,
  sentenceOf,
  showLicenceId,
  suite,
  type VerificationReport,
  whomToAsk,
  withRemark,
} from '@hefu/protocol'
import type { AnnotatedCopy, Verification } from '../verification/verification.ts'
import { labelOf, shownValueOf, spellOut } from './field-words.ts'
import { type AgencyNames, NO_NAMES, remarkOf } from './finding-remarks.ts'
import { CHECK_LABELS, LOG_HOLDER_TEXTS, SHEET_TEXTS } from './sheet-texts.ts'

/** A line `label：value`. */
export interface ToldLine {
  readonly label: Bilingual
  readonly value: Bilingual
}

/** What one check came to, or several that one silence kept from being made. */
export interface ToldCheck {
  readonly checks: readonly CheckName[]
  /** `skipped` of what would pass had the issuer signed it. */
  readonly status: FindingStatus
  readonly label: Bilingual
  readonly says: Bilingual
}

const TEXTS = SHEET_TEXTS

const line = (label: Bilingual, value: Bilingual | string | number): ToldLine => ({
  label,
  value: typeof value === 'object' ? value : inBoth(value),
})

/** Type, identifier, holder where the face is not shown, validity, and whom to ask; none of what is no licence. */
export function licenceLines({ report, faceData, holder, licenceType }: Verification): readonly ToldLine[] {
  const { licence } = report
  if (licence === null) return []
  const type = licenceType ?? undefined
  const { validFrom, validUntil } = licence
  // The end is the first second after the last day.
  const until = validUntil === null ? TEXTS.longTerm : dayOf(validUntil - 1)
  return [
    line(TEXTS.licenceType, type === undefined ? licence.licenceType : type.name),
    line(TEXTS.licenceId, showLicenceId(licence.licenceId)),
    // The face has it, where the face is shown.
    ...(holder === null || faceData.length > 0
      ? []
      : [line(TEXTS.holder, shownValueOf(type, holder.name, holder.value))]),
    line(TEXTS.issuer, licence.issuer),
    ...officeLines(report.findings),
    line(TEXTS.validity, fillIn(TEXTS.period, { from: dayOf(validFrom), until })),
  ]
}

/** Issuer and whom to ask as the ledger has them: what the face says is the face's word. */
function officeLines(findings: readonly Finding[]): readonly ToldLine[] {
  const facts = findings.find(({ check }) => check === 'issuerAuthority')?.facts ?? {}
  const { registeredName, capacity, responsible, responsibleRegion, responsibleName, contact } = facts
  const who = [responsibleName, responsible ?? responsibleRegion, contact].filter(
    (part) => part !== undefined,
  )
  return [
    ...(registeredName === undefined ? [] : [line(TEXTS.registeredName, String(registeredName))]),
    ...(capacity === undefined
      ? []
      : [line(TEXTS.askToday, who.length === 0 ? whomToAsk(findings) : who.join(' '))]),
  ]
}

/** The fields of the face in their order. */
export function faceLines({ faceData, licenceType }: Verification): readonly ToldLine[] {
  const type = licenceType ?? undefined
  const kind = faceData.find(({ name }) => name === 'holderIdType')?.value
  return faceData.map(({ name, value }) => line(labelOf(type, name), shownValueOf(type, name, value, kind)))
}

/** The clerk compares the use with the case: that is what the copy was made for. */
export function copyLines(copy: AnnotatedCopy | null): readonly ToldLine[] {
  if (copy === null) return []
  const { cause, maker, audience, madeAt, expiresAt } = copy
  return [
    line(TEXTS.cause, maskValue('open', cause)),
    line(TEXTS.maker, maskValue(isOrganisation(maker) ? 'open' : 'name', maker)),
    ...(VISIBLE_ASCII.test(audience) ? [line(TEXTS.audience, audienceText(audience))] : []),
    line(TEXTS.madeAt, formatChinaTime(madeAt)),
    line(TEXTS.copyEnds, formatChinaTime(expiresAt)),
  ]
}

const VISIBLE_ASCII = /^[!-~]+$/
const REGION_AUDIENCE = /^urn:hefu:region:([0-9]{6})$/

function audienceText(audience: string): string {
  const [, region] = REGION_AUDIENCE.exec(audience) ?? []
  return region === undefined ? maskValue('open', audience) : regionText(region)
}

/** A region by its code, and its province by name. */
function regionText(code: string): string {
  return `${code} ${PROVINCES[provinceOf(code)] ?? ''}`.trimEnd()
}

/** Names of people are shorter, end otherwise, or have a dot between their parts. */
const ORGANISATION =
  /^[^·]{4,}(?:公司|集团|厂|店|社|院|所|局|厅|委|会|中心|学校|大学|银行|政府|部|处|站|馆|队|户)$/u

function isOrganisation(name: string): boolean {
  return ORGANISATION.test(name)
}

/** Whether what the licence says is the issuer's word. */
export function isSigned({ findings }: VerificationReport): boolean {
  return findings.some(({ code }) => code === 'signature/verified')
}

/**
 * All checks in their order; what keeps many from being made is said once, beside all their names.
 *
 * @param agencies those that the report has by their codes alone
 */
export function toldChecks(
  { report, licenceType }: Verification,
  agencies: AgencyNames = NO_NAMES,
): readonly ToldCheck[] {
  const groups = new Map<string, Finding[]>()
  for (const found of report.findings) {
    const isIdle = !isSigned(report) && found.status === 'pass' && found.check !== 'wellFormed'
    const name = isIdle ? IDLE : (SILENCES.exec(found.code)?.[0] ?? found.check)
    groups.set(name, [...(groups.get(name) ?? []), found])
  }
  return [...groups].flatMap(([name, group]) =>
    toldCheck(group, name === IDLE, licenceType ?? undefined, agencies),
  )
}

const SILENCES = /(?:ledger-unreachable|ledger-stale|ledger-ahead|nothing-to-check)$/

/** What would pass if the issuer had signed it: as the signature does not verify, it speaks for nothing. */
const IDLE = 'idle'

function toldCheck(
  group: readonly Finding[],
  isIdle: boolean,
  type: LicenceType | undefined,
  agencies: AgencyNames,
): readonly ToldCheck[] {
  const [found] = group
  if (found === undefined) return []
  const checks = group.map(({ check }) => check)
  return [
    {
      checks,
      status: isIdle ? 'skipped' : found.status,
      label: joinTexts(
        checks.map((check) => CHECK_LABELS[check]),
        'list',
      ),
      says: isIdle
        ? TEXTS.withoutSignature
        : withRemark(sentenceOf(found.code), remarkOf(found, type, agencies)),
    },
  ]
}

/** What was submitted otherwise than the face has it, both masked. */
export function differenceLines({ differences, licenceType }: Verification): readonly ToldLine[] {
  return differences.map((difference) =>
    line(labelOf(licenceType ?? undefined, difference.field), differenceText(difference)),
  )
}

function differenceText({ field, submitted, shown }: FieldDifference): Bilingual {
  const both = { submitted: spellOut(field, submitted), shown: spellOut(field, shown) }
  return fillIn(submitted === shown ? TEXTS.differenceHidden : TEXTS.difference, both)
}

/** For whom, for what, and at which time was asked. */
export function requestLines({ report: { request } }: Verification): readonly ToldLine[] {
  const { receivingRegion, serviceItem, caseNo, asOf } = request
  return [
    line(TEXTS.receivingRegion, regionText(receivingRegion)),
    ...(serviceItem === null ? [] : [line(TEXTS.serviceItem, maskValue('open', serviceItem))]),
    ...(caseNo === null ? [] : [line(TEXTS.caseNo, maskValue('open', caseNo))]),
    ...(asOf === null ? [] : [line(TEXTS.judgedAt, formatChinaTime(asOf))]),
  ]
}

/** Number and code of the sheet, how fresh the data is, who checked, and by whose signature. */
export function provenanceLines({ report, attestation, recheck }: Verification): readonly ToldLine[] {
  const { ledger, checkedAt } = report
  return [
    line(TEXTS.sheetNumber, report.number ?? sheetNumberOf(report)),
    ...(recheck === null
      ? []
      : [line(TEXTS.recheckCode, recheck.code), line(TEXTS.recheckPage, recheck.page)]),
    ...(ledger === null ? [line(TEXTS.dataAsOf, TEXTS.noData)] : ledgerLines(ledger, checkedAt)),
    line(TEXTS.checkedAt, formatChinaTime(checkedAt)),
    line(TEXTS.checkedBy, BLANK),
    line(TEXTS.reportDigest, suite.sha256Base64url(encodeReport(report))),
    line(TEXTS.signed, attestation === null ? TEXTS.signedByNoOne : TEXTS.signedByVerifier),
  ]
}

function ledgerLines(ledger: ReportedLedger, checkedAt: number): readonly ToldLine[] {
  const { blockTime, blockNumber, nodes } = ledger
  return [
    line(TEXTS.dataAsOf, formatChinaTime(blockTime)),
    line(TEXTS.dataAge, ageText(ledger, checkedAt)),
    line(TEXTS.block, blockNumber),
    ...(nodes === undefined ? [] : [line(TEXTS.nodes, nodesText(ledger, nodes))]),
  ]
}

/** A block may be a little ahead of the verifier's clock. */
function ageText({ blockTime, maxAge }: ReportedLedger, checkedAt: number): Bilingual {
  const age = String(Math.max(0, checkedAt - blockTime))
  return maxAge === undefined
    ? fillIn(TEXTS.age, { age })
    : fillIn(TEXTS.ageWithLimit, { age, limit: String(maxAge) })
}

function nodesText({ blockNumber }: ReportedLedger, nodes: ReportedNodes): Bilingual {
  const { agreeing, needed, newest, logsHeldBy } = nodes
  const behind = (newest ?? blockNumber) - blockNumber
  return joinTexts(
    [
      fillIn(TEXTS.nodesAgree, { agreeing: String(agreeing), needed: String(needed) }),
      ...(behind > 0 ? [fillIn(TEXTS.behind, { value: String(behind) })] : []),
      LOG_HOLDER_TEXTS[logsHeldBy],
    ],
    'remark',
  )
}

/** To be signed on paper. */
const BLANK = '_'.repeat(16)

/** Of a report that no service keeps: day and the beginning of the report's digest in hexadecimal, to be read out and typed: one of a counter's many. */
function sheetNumberOf(report: VerificationReport): string {
  const day = formatChinaTime(report.checkedAt).slice(0, 10).replaceAll('-', '')
  return `${day}-${encodeHex(suite.sha256(encodeReport(report)))
    .slice(2, 10)
    .toUpperCase()}`
}
