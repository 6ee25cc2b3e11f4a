/** One licence as it stands in a file. Untrusted, and personal data. */
import type { Bilingual, FieldDefect, TextDetails } from '@hefu/protocol'
import { fillIn } from '../texts/fill-in.ts'
import { CELL_TEXT, ROW_TEXTS, type RowOnlyDefectCode } from '../texts/row-texts.ts'
import type { LostCell } from './sheet-row.ts'

export type RowDefectCode = FieldDefect['code'] | RowOnlyDefectCode

/** What is wrong with a row; a `warning` does not keep it from being issued. Never quotes a value. */
export interface RowDefect {
  /** Absent when the whole row is meant. */
  readonly field?: string
  readonly code: RowDefectCode
  readonly severity: 'refusal' | 'warning'
  readonly says: Bilingual
}

/** The row could be read: field name → value, `licenceId` among them. */
export interface ReadRow {
  /** Line of the file where it begins, from 1. */
  readonly line: number
  readonly values: Readonly<Record<string, unknown>>
}

/** The row could not be read. */
export interface UnreadableRow {
  readonly line: number
  readonly defects: readonly RowDefect[]
}

export type Row = ReadRow | UnreadableRow

/** A refusal of the whole row, or of one field of it. */
export function rowDefect(code: RowOnlyDefectCode, field?: string): RowDefect {
  return { ...(field === undefined ? {} : { field }), code, severity: 'refusal', says: ROW_TEXTS[code] }
}

/** A refusal of one field that names what it was compared with. */
export function rowDefectWith(code: RowOnlyDefectCode, field: string, details: TextDetails): RowDefect {
  return { field, code, severity: 'refusal', says: fillIn(ROW_TEXTS[code], details) }
}

/** A refusal of one cell of a sheet, which is named. */
export function cellDefect(lost: LostCell, field: string): RowDefect {
  return { field, code: lost.code, severity: 'refusal', says: sayLost(lost) }
}

/** Where a cell stands, and what is wrong with it. */
export function sayLost({ code, sheet, cell }: LostCell): Bilingual {
  const { zh, en } = ROW_TEXTS[code]
  const place = fillIn(CELL_TEXT, { sheet, cell })
  return { zh: place.zh + zh, en: place.en + en }
}

/** What a person should look into, and does not keep the row from being issued. */
export function rowWarning(code: RowOnlyDefectCode, field: string): RowDefect {
  return { field, code, severity: 'warning', says: ROW_TEXTS[code] }
}

/** A row that could not be read. */
export function unreadable(line: number, code: RowOnlyDefectCode): UnreadableRow {
  return { line, defects: [rowDefect(code)] }
}
