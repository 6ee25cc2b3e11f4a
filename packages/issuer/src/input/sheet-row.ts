/** A row of cells, whatever kind of file it stands in. Untrusted, and personal data. */
import type { RowOnlyDefectCode } from '../texts/row-texts.ts'

/** A row that could be read, and one that could not. */
export type SheetRow =
  | {
      /** Line of the file where it begins, or row of the sheet; from 1. */
      readonly line: number
      /** Without the white space around. */
      readonly cells: readonly string[]
      /** By column, from 0: what cannot be taken as it stands. */
      readonly lost?: ReadonlyMap<number, LostCell>
      /** From 0: columns of the sheet that nobody sees. */
      readonly hiddenColumns?: ReadonlySet<number>
    }
  | {
      readonly line: number
      readonly defect: RowOnlyDefectCode
      /** What stands in it, where that is known: for giving it back. */
      readonly cells?: readonly string[]
      readonly lost?: ReadonlyMap<number, LostCell>
    }

export interface LostCell {
  readonly code: RowOnlyDefectCode
  /** Where a person finds it: name of the sheet and of the cell. */
  readonly sheet: string
  readonly cell: string
}

/** Whether nothing stands in the row: spreadsheets keep rows that were emptied. */
export function isBlank(row: SheetRow): boolean {
  return !('defect' in row) && row.lost === undefined && row.cells.every((cell) => cell === '')
}
