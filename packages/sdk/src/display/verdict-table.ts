/** The table of many verifications: a line each, for who goes through a folder. Nothing of a face is on it. */
import {
  type Bilingual,
  fillIn,
  inBoth,
  joinTexts,
  showLicenceId,
  type Verdict,
  type VerificationReport,
  withRemark,
} from '@hefu/protocol'
import type { Verification } from '../verification/verification.ts'
import { displayWidthOf, padTo } from './display-width.ts'
import { VERDICT_MARKS } from './sheet-texts.ts'
import { TABLE_TEXTS } from './table-texts.ts'
import { verdictOf, whyOf } from './verdict-words.ts'
import { type SheetLanguage, VOICES } from './voice.ts'

/** What became of a file. `unread`: nothing came out of it; `failed`: there is no report to rely on. */
export type FileOutcome = Verdict | 'unread' | 'failed'

/** A line of the table. */
export interface TableRow {
  /** As it may be shown. */
  readonly name: string
  readonly outcome: FileOutcome
  readonly verdict: Bilingual
  readonly reason: Bilingual
  readonly licenceType: Bilingual
  readonly licenceId: string
}

/** How many files ended how, what was left alone, and whether these are all. */
export interface TableSummary {
  readonly counts: Readonly<Record<FileOutcome, number>>
  readonly leftAlone: Readonly<Record<'hidden' | 'links' | 'special' | 'system', number>>
  readonly isPartial: boolean
}

const TEXTS = TABLE_TEXTS
/** Columns that are filled up to; what is longer moves the rest of its line, and is never cut. */
const WIDEST = 60
const GAP = '  '
const NOTHING = '–'
/** What would end the line or move within it. */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu

/** @param isChanged whether the file around the licence was changed since it was attached */
export function rowOfVerification(
  name: string,
  { report, licenceType }: Verification,
  isChanged: boolean,
): TableRow {
  const { licence } = report
  const why = whyOf(report, licenceType ?? undefined) ?? inBoth('')
  const type = licence === null ? inBoth(NOTHING) : (licenceType?.name ?? inBoth(licence.licenceType))
  return {
    name,
    outcome: report.verdict,
    verdict: verdictOf(report),
    reason: isChanged ? withChange(why) : orNothing(why),
    licenceType: licence === null || isSigned(report) ? type : withRemark(type, TEXTS.unproven),
    licenceId: licence === null ? NOTHING : showLicenceId(licence.licenceId),
  }
}

export function rowOfFault(name: string, outcome: 'unread' | 'failed', reason: Bilingual): TableRow {
  const nothing = { licenceType: inBoth(NOTHING), licenceId: NOTHING }
  return { name, outcome, verdict: TEXTS[outcome], reason, ...nothing }
}

function withChange(why: Bilingual): Bilingual {
  return why.zh === '' ? TEXTS.changedSince : joinTexts([why, TEXTS.changedSince], 'remark')
}

function orNothing(text: Bilingual): Bilingual {
  return text.zh === '' ? inBoth(NOTHING) : text
}

function isSigned({ findings }: VerificationReport): boolean {
  return findings.some(({ code }) => code === 'signature/verified')
}

/** The table and what is said below it, each line ended by a line feed. */
export function renderTable(
  rows: readonly TableRow[],
  summary: TableSummary,
  language: SheetLanguage,
): string {
  const { say, head } = VOICES[language]
  const heads = [TEXTS.file, TEXTS.verdict, TEXTS.reason, TEXTS.licenceType, TEXTS.licenceId].map(head)
  const lines = rows.map(({ name, outcome, verdict, reason, licenceType, licenceId }) =>
    [name, `${markOf(outcome)} ${say(verdict)}`, say(reason), say(licenceType), licenceId].map((cell) =>
      cell.replace(BREAKS, ' '),
    ),
  )
  const widths = heads.map((title, i) =>
    lines.reduce(
      (most, line) => Math.max(most, Math.min(WIDEST, displayWidthOf(line[i] ?? ''))),
      displayWidthOf(title),
    ),
  )
  const rule = '─'.repeat(widths.reduce((sum, width) => sum + width + GAP.length, -GAP.length))
  const table = [heads, ...lines].map((line) => lineOf(line, widths))
  return [table[0], rule, ...table.slice(1), rule, ...renderSummary(summary).map(say), ''].join('\n')
}

function lineOf(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, i) => padTo(cell, widths[i] ?? 0))
    .join(GAP)
    .trimEnd()
}

function markOf(outcome: FileOutcome): string {
  return outcome === 'unread' || outcome === 'failed' ? VERDICT_MARKS.undetermined : VERDICT_MARKS[outcome]
}

/** The sentences below the table. */
export function renderSummary({ counts, leftAlone, isPartial }: TableSummary): readonly Bilingual[] {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const isAnyLeft = Object.values(leftAlone).some((count) => count > 0)
  return [
    fillIn(TEXTS.counts, { ...textsOf(counts), total: String(total) }),
    ...(isAnyLeft ? [fillIn(TEXTS.leftAlone, textsOf(leftAlone))] : []),
    ...(isPartial ? [TEXTS.partial] : []),
  ]
}

function textsOf(numbers: Readonly<Record<string, number>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, String(number)]))
}
