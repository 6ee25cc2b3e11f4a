/** The verdict sheet: one verification as plain text, for the screen of a clerk and for the case file. */
import {
  type Bilingual,
  dayOf,
  defectSentenceOf,
  encodeHex,
  encodeReport,
  type FieldDifference,
  type Finding,
  fillIn,
  formatChinaTime,
  joinTexts,
  type LicenceType,
  maskValue,
  nextStepOf,
  PROVINCES,
  provinceOf,
  type ReportedLedger,
  type ReportedLicence,
  type ReportedNodes,
  resultSentenceOf,
  sentenceOf,
  showLicenceId,
  suite,
  type VerificationReport,
  whomToAsk,
  withRemark,
} from '@hefu/protocol'
import type { AnnotatedCopy, FaceField, Verification } from '../verification/verification.ts'
import { labelOf, shownValueOf, spellOut } from './field-words.ts'
import { remarkOf } from './finding-remarks.ts'
import { CHECK_LABELS, LOG_HOLDER_TEXTS, SHEET_TEXTS, STATUS_MARKS, VERDICT_MARKS } from './sheet-texts.ts'
import { verdictOf, whyOf } from './verdict-words.ts'
import { type SheetLanguage, VOICES, type Voice } from './voice.ts'

export interface SheetOptions {
  readonly language: SheetLanguage
}

const RULE = '─'.repeat(64)
const TEXTS = SHEET_TEXTS

/** The sheet, each line ended by a line feed. Face values are masked; the full ones are in `faceData`. */
export function renderSheet(verification: Verification, { language }: SheetOptions): string {
  const voice = VOICES[language]
  const { report, faceData, annotatedCopy, differences } = verification
  const type = verification.licenceType ?? undefined
  const sections = [
    renderVerdict(report, type, voice),
    report.licence === null ? [] : renderLicence(report.licence, verification, type, voice),
    renderFace(faceData, type, voice),
    annotatedCopy === null ? [] : renderCopy(annotatedCopy, voice),
    renderChecks(report, type, voice),
    renderDifferences(differences, type, voice),
    renderDefects(report, language),
    renderRequest(report, voice),
    renderProvenance(verification, voice),
  ]
  const body = sections.filter((section) => section.length > 0).map((section) => section.join('\n'))
  return `${[voice.say(TEXTS.title), RULE, body.join('\n\n'), RULE].join('\n')}\n`
}

/** What is read from across the counter: the verdict with its reason, and what to do. */
function renderVerdict(report: VerificationReport, type: LicenceType | undefined, voice: Voice): string[] {
  const { verdict, resultCode, findings } = report
  const [decided, reason] = [verdictOf(report), whyOf(report, type)]
  const headline = reason === null ? decided : fillIn(TEXTS.verdictWithReason, { verdict: decided, reason })
  return [
    `${VERDICT_MARKS[verdict]} ${voice.say(headline)}`,
    `  ${voice.say(nextStepOf(report))}`,
    voice.line(TEXTS.resultCode, `${resultCode} ${voice.say(resultSentenceOf(findings))}`),
  ]
}

function renderLicence(
  licence: ReportedLicence,
  { report, faceData, holder }: Verification,
  type: LicenceType | undefined,
  voice: Voice,
): string[] {
  const { validFrom, validUntil } = licence
  // The end is the first second after the last day.
  const until = validUntil === null ? TEXTS.longTerm : dayOf(validUntil - 1)
  const period = fillIn(TEXTS.period, { from: dayOf(validFrom), until })
  return [
    voice.head(isSigned(report) ? TEXTS.licence : TEXTS.licenceUnproven),
    voice.line(TEXTS.licenceType, type === undefined ? licence.licenceType : voice.say(type.name)),
    voice.line(TEXTS.licenceId, showLicenceId(licence.licenceId)),
    // The face has it, where the face is shown.
    ...(holder === null || faceData.length > 0
      ? []
      : [voice.line(TEXTS.holder, voice.say(shownValueOf(type, holder.name, holder.value)))]),
    voice.line(TEXTS.issuer, licence.issuer),
    ...renderOffice(report.findings, voice),
    voice.line(TEXTS.validity, voice.say(period)),
  ]
}

/** Issuer and whom to ask as the ledger has them: what the face says is the face's word. */
function renderOffice(findings: readonly Finding[], voice: Voice): string[] {
  const facts = findings.find(({ check }) => check === 'issuerAuthority')?.facts ?? {}
  const { registeredName, capacity, responsible, responsibleRegion, responsibleName, contact } = facts
  const who = [responsibleName, responsible ?? responsibleRegion, contact].filter(
    (part) => part !== undefined,
  )
  return [
    ...(registeredName === undefined ? [] : [voice.line(TEXTS.registeredName, String(registeredName))]),
    ...(capacity === undefined
      ? []
      : [voice.line(TEXTS.askToday, who.length === 0 ? voice.say(whomToAsk(findings)) : who.join(' '))]),
  ]
}

function renderFace(faceData: readonly FaceField[], type: LicenceType | undefined, voice: Voice): string[] {
  if (faceData.length === 0) return []
  const kind = faceData.find(({ name }) => name === 'holderIdType')?.value
  return [
    voice.head(TEXTS.face),
    ...faceData.map(({ name, value }) =>
      voice.line(labelOf(type, name), voice.say(shownValueOf(type, name, value, kind))),
    ),
  ]
}

/** The clerk compares the use with the case: that is what the copy was made for. */
function renderCopy({ cause, maker, audience, madeAt, expiresAt }: AnnotatedCopy, voice: Voice): string[] {
  return [
    voice.head(TEXTS.annotatedCopy),
    voice.line(TEXTS.cause, maskValue('open', cause)),
    voice.line(TEXTS.maker, maskValue(isOrganisation(maker) ? 'open' : 'name', maker)),
    ...(VISIBLE_ASCII.test(audience) ? [voice.line(TEXTS.audience, audienceText(audience))] : []),
    voice.line(TEXTS.madeAt, formatChinaTime(madeAt)),
    voice.line(TEXTS.copyEnds, formatChinaTime(expiresAt)),
  ]
}

const VISIBLE_ASCII = /^[!-~]+$/
const REGION_AUDIENCE = /^urn:hefu:region:([0-9]{6})$/

function audienceText(audience: string): string {
  const [, region] = REGION_AUDIENCE.exec(audience) ?? []
  return region === undefined ? maskValue('open', audience) : regionText(region)
}

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
function isSigned({ findings }: VerificationReport): boolean {
  return findings.some(({ code }) => code === 'signature/verified')
}

function renderChecks(report: VerificationReport, type: LicenceType | undefined, voice: Voice): string[] {
  const { findings } = report
  const groups = new Map<string, Finding[]>()
  for (const found of findings) {
    const isIdle = !isSigned(report) && found.status === 'pass' && found.check !== 'wellFormed'
    const name = isIdle ? IDLE : (SILENCES.exec(found.code)?.[0] ?? found.check)
    groups.set(name, [...(groups.get(name) ?? []), found])
  }
  return [
    voice.head(TEXTS.checks),
    ...[...groups].map(([name, group]) => renderCheck(group, name === IDLE, type, voice)),
  ]
}

/** What keeps many checks from being made is said once, beside all their names. */
const SILENCES = /(?:ledger-unreachable|ledger-stale|ledger-ahead|nothing-to-check)$/

/** What would pass if the issuer had signed it: as the signature does not verify, it speaks for nothing. */
const IDLE = 'idle'

function renderCheck(
  group: readonly Finding[],
  isIdle: boolean,
  type: LicenceType | undefined,
  voice: Voice,
): string {
  const [found] = group
  if (found === undefined) return ''
  const says = voice.say(
    isIdle ? TEXTS.withoutSignature : withRemark(sentenceOf(found.code), remarkOf(found, type)),
  )
  const labels = joinTexts(
    group.map(({ check }) => CHECK_LABELS[check]),
    'list',
  )
  return `  ${STATUS_MARKS[isIdle ? 'skipped' : found.status]}${voice.line(labels, says).slice(1)}`
}

function renderDifferences(
  differences: readonly FieldDifference[],
  type: LicenceType | undefined,
  voice: Voice,
): string[] {
  if (differences.length === 0) return []
  return [
    voice.head(TEXTS.differences),
    ...differences.map(({ field, submitted, shown }) => {
      const both = { submitted: spellOut(field, submitted), shown: spellOut(field, shown) }
      const text = submitted === shown ? TEXTS.differenceHidden : TEXTS.difference
      return voice.line(labelOf(type, field), voice.say(fillIn(text, both)))
    }),
  ]
}

/** The defect's own words and its place are English, for who made the file; what kind it is of is said in the sheet's language. */
function renderDefects({ defects }: VerificationReport, language: SheetLanguage): string[] {
  if (defects.length === 0) return []
  const voice = VOICES[language]
  const lines = defects.map(({ code, where, expected, found }) => {
    const says = voice.say(defectSentenceOf(code))
    return language === 'zh' ? `  ${says}` : `  ${where}: ${says} (expected ${expected}, found ${found})`
  })
  return [voice.head(TEXTS.defects), ...new Set(lines)]
}

function renderRequest({ request }: VerificationReport, voice: Voice): string[] {
  const { receivingRegion, serviceItem, caseNo, asOf } = request
  return [
    voice.head(TEXTS.request),
    voice.line(TEXTS.receivingRegion, regionText(receivingRegion)),
    ...(serviceItem === null ? [] : [voice.line(TEXTS.serviceItem, maskValue('open', serviceItem))]),
    ...(caseNo === null ? [] : [voice.line(TEXTS.caseNo, maskValue('open', caseNo))]),
    ...(asOf === null ? [] : [voice.line(TEXTS.judgedAt, formatChinaTime(asOf))]),
  ]
}

function renderProvenance({ report, attestation, recheck }: Verification, voice: Voice): string[] {
  const { ledger, checkedAt } = report
  const digest = suite.sha256Base64url(encodeReport(report))
  return [
    voice.line(TEXTS.sheetNumber, report.number ?? sheetNumberOf(report)),
    ...(recheck === null
      ? []
      : [voice.line(TEXTS.recheckCode, recheck.code), voice.line(TEXTS.recheckPage, recheck.page)]),
    ...(ledger === null
      ? [voice.line(TEXTS.dataAsOf, voice.say(TEXTS.noData))]
      : [
          voice.line(TEXTS.dataAsOf, formatChinaTime(ledger.blockTime)),
          voice.line(TEXTS.dataAge, voice.say(ageText(ledger, checkedAt))),
          voice.line(TEXTS.block, String(ledger.blockNumber)),
          ...(ledger.nodes === undefined
            ? []
            : [voice.line(TEXTS.nodes, voice.say(nodesText(ledger, ledger.nodes)))]),
        ]),
    voice.line(TEXTS.checkedAt, formatChinaTime(checkedAt)),
    voice.line(TEXTS.checkedBy, BLANK),
    voice.line(TEXTS.reportDigest, digest),
    voice.line(TEXTS.signed, voice.say(attestation === null ? TEXTS.signedByNoOne : TEXTS.signedByVerifier)),
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
