/** The verdict sheet: one verification as plain text, for the screen of a clerk and for the case file. */
import {
  type Bilingual,
  defectSentenceOf,
  fillIn,
  type LicenceType,
  nextStepOf,
  resultSentenceOf,
  type VerificationReport,
} from '@hefu/protocol'
import type { Verification } from '../verification/verification.ts'
import { SHEET_TEXTS, STATUS_MARKS, VERDICT_MARKS } from './sheet-texts.ts'
import {
  copyLines,
  differenceLines,
  faceLines,
  isSigned,
  licenceLines,
  provenanceLines,
  requestLines,
  type ToldCheck,
  type ToldLine,
  toldChecks,
} from './told-lines.ts'
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
  const { report } = verification
  const sections = [
    renderVerdict(report, verification.licenceType ?? undefined, voice),
    renderSection(
      isSigned(report) ? TEXTS.licence : TEXTS.licenceUnproven,
      licenceLines(verification),
      voice,
    ),
    renderSection(TEXTS.face, faceLines(verification), voice),
    renderSection(TEXTS.annotatedCopy, copyLines(verification.annotatedCopy), voice),
    [voice.head(TEXTS.checks), ...toldChecks(verification).map((check) => renderCheck(check, voice))],
    renderSection(TEXTS.differences, differenceLines(verification), voice),
    renderDefects(report, language),
    renderSection(TEXTS.request, requestLines(verification), voice),
    renderLines(provenanceLines(verification), voice),
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

/** A section of no lines is not there. */
function renderSection(title: Bilingual, lines: readonly ToldLine[], voice: Voice): readonly string[] {
  return lines.length === 0 ? [] : [voice.head(title), ...renderLines(lines, voice)]
}

function renderLines(lines: readonly ToldLine[], voice: Voice): readonly string[] {
  return lines.map(({ label, value }) => voice.line(label, voice.say(value)))
}

function renderCheck({ status, label, says }: ToldCheck, voice: Voice): string {
  return `  ${STATUS_MARKS[status]}${voice.line(label, voice.say(says)).slice(1)}`
}

/** The defect's own words and its place are English, for who made the file; what kind it is of is said in the sheet's language. */
function renderDefects({ defects }: VerificationReport, language: SheetLanguage): readonly string[] {
  if (defects.length === 0) return []
  const voice = VOICES[language]
  const lines = defects.map(({ code, where, expected, found }) => {
    const says = voice.say(defectSentenceOf(code))
    return language === 'zh' ? `  ${says}` : `  ${where}: ${says} (expected ${expected}, found ${found})`
  })
  return [voice.head(TEXTS.defects), ...new Set(lines)]
}
