/** The verdict sheet: one verification as plain text, for the screen of a clerk and for the case file. */
import {
  type Bilingual,
  encodeReport,
  type FieldDifference,
  type Finding,
  type FindingFacts,
  formatChinaTime,
  type LicenceType,
  maskValue,
  NEXT_STEPS,
  PROVINCES,
  provinceOf,
  RESULT_SENTENCES,
  type ReportedLicence,
  sentenceOf,
  showField,
  suite,
  VERDICT_SENTENCES,
  type VerificationReport,
} from '@hefu/protocol'
import type { AnnotatedCopy, FaceField, Verification } from '../verification/verification.ts'
import {
  CHECK_LABELS,
  ENTERED_BY,
  NOTICE_LABELS,
  SHEET_TEXTS,
  STATUS_MARKS,
  VERDICT_MARKS,
} from './sheet-texts.ts'

/** `both`: Chinese first, English beside it. */
export type SheetLanguage = 'zh' | 'en' | 'both'

export interface SheetOptions {
  readonly language: SheetLanguage
}

const RULE = '─'.repeat(64)
const TEXTS = SHEET_TEXTS

/** How this sheet says things, in its language. */
interface Voice {
  /** A sentence. */
  readonly say: (text: Bilingual) => string
  /** A line `label：value`, indented. */
  readonly line: (label: Bilingual, value: string) => string
  /** The heading of a section. */
  readonly head: (label: Bilingual) => string
}

/** The sheet, each line ended by a line feed. Face values are masked; the full ones are in `faceData`. */
export function renderSheet(verification: Verification, { language }: SheetOptions): string {
  const voice = VOICES[language]
  const { report, faceData, annotatedCopy, differences } = verification
  const type = verification.licenceType ?? undefined
  const sections = [
    renderVerdict(report, voice),
    report.licence === null ? [] : renderLicence(report.licence, report.findings, type, voice),
    renderFace(faceData, type, voice),
    annotatedCopy === null ? [] : renderCopy(annotatedCopy, voice),
    renderChecks(report.findings, type, voice),
    renderDifferences(differences, type, voice),
    renderDefects(report, voice),
    renderRequest(report, voice),
    renderProvenance(verification, voice),
  ]
  const body = sections.filter((section) => section.length > 0).map((section) => section.join('\n'))
  return `${[voice.say(TEXTS.title), RULE, body.join('\n\n'), RULE].join('\n')}\n`
}

const VOICES: Readonly<Record<SheetLanguage, Voice>> = {
  zh: {
    say: ({ zh }) => zh,
    line: ({ zh }, value) => `  ${zh}：${value}`,
    head: ({ zh }) => zh,
  },
  en: {
    say: ({ en }) => en,
    line: ({ en }, value) => `  ${en}: ${value}`,
    head: ({ en }) => en,
  },
  both: {
    say: ({ zh, en }) => `${zh} · ${en}`,
    line: ({ zh, en }, value) => `  ${zh} ${en}：${value}`,
    head: ({ zh, en }) => `${zh} ${en}`,
  },
}

function renderVerdict({ verdict, resultCode }: VerificationReport, voice: Voice): string[] {
  return [
    `${VERDICT_MARKS[verdict]} ${voice.say(VERDICT_SENTENCES[verdict])}`,
    `  ${voice.say(NEXT_STEPS[verdict])}`,
    voice.line(TEXTS.resultCode, `${resultCode} ${voice.say(RESULT_SENTENCES[resultCode])}`),
  ]
}

function renderLicence(
  licence: ReportedLicence,
  findings: readonly Finding[],
  type: LicenceType | undefined,
  voice: Voice,
): string[] {
  const until = licence.validUntil
  // The end is the first second after the last day.
  const end = until === null ? voice.say(TEXTS.longTerm) : formatDay(until - 1)
  return [
    voice.head(TEXTS.licence),
    voice.line(TEXTS.licenceType, type === undefined ? licence.licenceType : voice.say(type.name)),
    voice.line(TEXTS.licenceId, maskValue('open', licence.licenceId)),
    voice.line(TEXTS.issuer, licence.issuer),
    ...renderOffice(findings, voice),
    voice.line(TEXTS.validity, `${formatDay(licence.validFrom)} – ${end}`),
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
      : [voice.line(TEXTS.askToday, who.length === 0 ? voice.say(TEXTS.councilNamed) : who.join(' '))]),
  ]
}

function renderFace(faceData: readonly FaceField[], type: LicenceType | undefined, voice: Voice): string[] {
  if (faceData.length === 0) return []
  return [
    voice.head(TEXTS.face),
    ...faceData.map(({ name, value }) => voice.line(labelOf(name, type), showField(type, name, value))),
  ]
}

/** The clerk compares the use with the case: that is what the copy was made for. */
function renderCopy({ cause, maker, madeAt, expiresAt }: AnnotatedCopy, voice: Voice): string[] {
  return [
    voice.head(TEXTS.annotatedCopy),
    voice.line(TEXTS.cause, cause),
    voice.line(TEXTS.maker, maker),
    voice.line(TEXTS.madeAt, formatChinaTime(madeAt)),
    voice.line(TEXTS.copyEnds, formatChinaTime(expiresAt)),
  ]
}

function labelOf(name: string, type: LicenceType | undefined): Bilingual {
  return type?.fields.find((field) => field.name === name)?.label ?? { zh: name, en: name }
}

function renderChecks(findings: readonly Finding[], type: LicenceType | undefined, voice: Voice): string[] {
  return [
    voice.head(TEXTS.checks),
    ...findings.map((found) => {
      const mark = STATUS_MARKS[found.status]
      const says = `${voice.say(sentenceOf(found.code))}${renderFields(found, type, voice)}${renderBasis(found, voice)}`
      return `  ${mark}${voice.line(CHECK_LABELS[found.check], says).slice(1)}`
    }),
  ]
}

function renderDifferences(
  differences: readonly FieldDifference[],
  type: LicenceType | undefined,
  voice: Voice,
): string[] {
  if (differences.length === 0) return []
  return [
    voice.head(TEXTS.differences),
    ...differences.map(({ field, submitted, shown }) =>
      voice.line(
        labelOf(field, type),
        `${voice.head(TEXTS.submitted)} ${submitted}; ${voice.head(TEXTS.onLicence)} ${shown}`,
      ),
    ),
  ]
}

/** What a finding adds to its sentence: the act behind a status, the agreement that recognises, when a ledger was open. */
function renderBasis({ check, code, facts }: Finding, voice: Voice): string {
  const { agreement } = facts
  const parts = check === 'status' ? statusBasis(facts, voice) : []
  if (code === 'anchor/ledger-not-open') parts.push(...openingBasis(facts, voice))
  if (check === 'recognition' && agreement !== undefined) {
    parts.push(`${voice.head(TEXTS.agreement)} ${agreement}`)
  }
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`
}

/** When the batch was anchored, beside when its ledger opened and closed. */
function openingBasis({ anchoredAt, openedAt, closedAt }: FindingFacts, voice: Voice): string[] {
  const timed = (label: Bilingual, time: unknown): string[] =>
    typeof time === 'number' ? [`${voice.head(label)} ${formatChinaTime(time)}`] : []
  return [
    ...timed(TEXTS.anchoredAt, anchoredAt),
    ...timed(TEXTS.ledgerOpened, openedAt),
    ...timed(TEXTS.ledgerClosed, closedAt),
  ]
}

function statusBasis(facts: FindingFacts, voice: Voice): string[] {
  const { act, decisionNumber, effectiveAt, capacity, endedAt, successorIndex, destination } = facts
  const entered = ENTERED_BY[String(capacity)]
  return [
    ...(act === 'correct' ? [voice.head(TEXTS.corrected)] : []),
    ...(typeof decisionNumber === 'string' && typeof effectiveAt === 'number'
      ? [decisionNumber, formatDay(effectiveAt)]
      : []),
    ...(entered === undefined ? [] : [voice.head(entered)]),
    ...(typeof endedAt === 'number' ? [`${voice.head(TEXTS.termEnded)} ${formatDay(endedAt)}`] : []),
    ...listOf(facts, 'notices').map((code) => renderNotice(code, voice)),
    ...listOf(facts, 'originNotices').map(
      (code) => `${voice.head(TEXTS.onOrigin)} ${renderNotice(code, voice)}`,
    ),
    ...(destination === undefined ? [] : [`${voice.head(TEXTS.destination)} ${destination}`]),
    ...(typeof successorIndex === 'number' ? [`${voice.head(TEXTS.newerIndex)} ${successorIndex}`] : []),
  ]
}

function listOf(facts: FindingFacts, name: string): readonly string[] {
  const fact = facts[name]
  return Array.isArray(fact) ? fact.map(String) : []
}

/** The list of notices is open: one that has no words here is shown by its code. */
function renderNotice(code: string, voice: Voice): string {
  const label = NOTICE_LABELS[Number(code)]
  return label === undefined ? `${voice.head(TEXTS.notice)} ${code}` : voice.head(label)
}

/** Which fields a comparison is about, and which a demand finds missing or too many. */
function renderFields({ check, facts }: Finding, type: LicenceType | undefined, voice: Voice): string {
  const labels = (names: readonly string[]): string =>
    names.map((name) => voice.head(labelOf(name, type))).join(', ')
  const named = (label: Bilingual, names: readonly string[]): string[] =>
    names.length === 0 ? [] : [`${voice.head(label)} ${labels(names)}`]
  if (check === 'demand') {
    const parts = [
      ...named(TEXTS.notShown, listOf(facts, 'missing')),
      ...named(TEXTS.beyondDemand, listOf(facts, 'overAsked')),
    ]
    return parts.length === 0 ? '' : ` (${parts.join('; ')})`
  }
  if (check !== 'comparison' && check !== 'faceRules') return ''
  const names = Object.keys(facts).flatMap((name) => listOf(facts, name))
  return names.length === 0 ? '' : ` (${labels(names)})`
}

function renderDefects({ defects }: VerificationReport, voice: Voice): string[] {
  if (defects.length === 0) return []
  return [
    voice.head(TEXTS.defects),
    ...defects.map(
      ({ where, expected, found }) =>
        `  ${where}: ${voice.head(TEXTS.expected)} ${expected}; ${voice.head(TEXTS.found)} ${found}`,
    ),
  ]
}

function renderRequest({ request }: VerificationReport, voice: Voice): string[] {
  const { receivingRegion, serviceItem, caseNo, asOf } = request
  const province = PROVINCES[provinceOf(receivingRegion)] ?? ''
  return [
    voice.head(TEXTS.request),
    voice.line(TEXTS.receivingRegion, `${receivingRegion} ${province}`.trimEnd()),
    ...(serviceItem === null ? [] : [voice.line(TEXTS.serviceItem, serviceItem)]),
    ...(caseNo === null ? [] : [voice.line(TEXTS.caseNo, caseNo)]),
    ...(asOf === null ? [] : [voice.line(TEXTS.judgedAt, formatChinaTime(asOf))]),
  ]
}

function renderProvenance({ report, attestation }: Verification, voice: Voice): string[] {
  const { ledger, checkedAt } = report
  const asOf =
    ledger === null
      ? voice.say(TEXTS.noData)
      : `${formatChinaTime(ledger.blockTime)} (${voice.head(TEXTS.block)} ${ledger.blockNumber})`
  return [
    voice.line(TEXTS.dataAsOf, asOf),
    voice.line(TEXTS.checkedAt, formatChinaTime(checkedAt)),
    voice.line(TEXTS.reportDigest, suite.sha256Base64url(encodeReport(report))),
    voice.line(TEXTS.signed, voice.say(attestation === null ? TEXTS.signedByNoOne : TEXTS.signedByVerifier)),
  ]
}

function formatDay(seconds: number): string {
  return formatChinaTime(seconds).split(' ')[0] ?? ''
}
