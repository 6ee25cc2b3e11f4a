/** Rows of a table whose header names its columns; an empty cell is a field that is left out. */
import type { LicenceField, LicenceType } from '@hefu/protocol'
import { type Columns, findReasons, readColumns } from './columns.ts'
import { TO_DECIDE, TO_FILL_IN } from './given-back.ts'
import { rowsFromHeader } from './header-row.ts'
import { type Confirmed, findLost } from './lost-content.ts'
import { cellDefect, type Row, type RowDefect, unreadable } from './row.ts'
import type { RowsBeingRead } from './rows-read.ts'
import { isBlank, type SheetRow } from './sheet-row.ts'

/** A table of licences of one type. */
export interface Table {
  readonly type: LicenceType
  readonly file: string
  readonly confirmed: ReadonlySet<Confirmed>
  /** Hears every row that has cells, the header first. */
  readonly read: RowsBeingRead
}

/**
 * Reads rows one after another; blank ones are passed over and counted.
 *
 * @throws {IssuerError} `input-header`; as {@link rowsFromHeader}
 */
export async function* parseTableRows(
  rows: AsyncIterable<SheetRow>,
  { type, file, confirmed, read }: Table,
): AsyncGenerator<Row> {
  const fields = new Map(type.fields.map((field) => [field.name, field]))
  let columns: Columns | undefined
  let reasons = -1
  for await (const row of rowsFromHeader(rows, type, file)) {
    if (isBlank(row)) {
      read.passOverBlank()
      continue
    }
    if (row.cells !== undefined) read.add(row.line, givenBack(row, row.cells))
    if (columns !== undefined)
      yield isHeld(row, reasons)
        ? unreadable(row.line, 'row-to-be-decided')
        : rowOf(columns, row, fields, confirmed)
    else {
      columns = readColumns('defect' in row ? [] : row.cells, type, file)
      reasons = findReasons(row.cells ?? [])
    }
  }
}

/** Nothing that would be taken for what was refused. */
function givenBack(row: SheetRow, cells: readonly string[]): readonly string[] {
  return cells.map((cell, i) => (row.lost?.has(i) === true ? TO_FILL_IN : cell))
}

/** Whether it was refused as a whole, and nobody has said that it is right by now. */
function isHeld(row: SheetRow, reasons: number): boolean {
  return row.cells?.[reasons]?.startsWith(TO_DECIDE) === true
}

function rowOf(
  columns: Columns,
  row: SheetRow,
  fields: ReadonlyMap<string, LicenceField>,
  confirmed: ReadonlySet<Confirmed>,
): Row {
  const { line } = row
  if ('defect' in row) return unreadable(line, row.defect)
  const { cells, lost } = row
  // A row that is too short may have been cut; spreadsheets add empty cells, and leave none out.
  const isWhole = cells.length >= columns.length && cells.slice(columns.length).every((cell) => cell === '')
  if (!isWhole) return unreadable(line, 'wrong-column-count')
  const defects: RowDefect[] = []
  const values: [name: string, cell: string][] = []
  for (const [i, name] of columns.entries()) {
    const [cell = '', lostCell] = [cells[i], lost?.get(i)]
    if (name === null) continue
    const defect =
      lostCell === undefined ? findLost(name, fields.get(name), cell, confirmed) : cellDefect(lostCell, name)
    if (defect !== null) defects.push(defect)
    else if (cell !== '') values.push([name, cell])
  }
  return defects.length > 0 ? { line, defects } : { line, values: Object.fromEntries(values) }
}
