/** Rows of a table whose first row names its columns; an empty cell is a field that is left out. */
import type { LicenceType } from '@hefu/protocol'
import { type Columns, readColumns } from './columns.ts'
import { type Confirmed, findLost } from './lost-content.ts'
import { type Row, unreadable } from './row.ts'
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
 * Reads rows one after another; blank ones are passed over.
 *
 * @throws {IssuerError} `input-header`, `input-no-header`
 */
export async function* parseTableRows(
  rows: AsyncIterable<SheetRow>,
  { type, file, confirmed, read }: Table,
): AsyncGenerator<Row> {
  let columns: Columns | undefined
  for await (const row of rows) {
    if (isBlank(row)) continue
    if ('cells' in row) read.add(row.line, row.cells)
    if (columns !== undefined) yield rowOf(columns, row, confirmed)
    else columns = readColumns('cells' in row ? row.cells : [], type, file)
  }
}

function rowOf(columns: Columns, row: SheetRow, confirmed: ReadonlySet<Confirmed>): Row {
  const { line } = row
  if ('defect' in row) return unreadable(line, row.defect)
  const { cells } = row
  // A row that is too short may have been cut; spreadsheets add empty cells, and leave none out.
  const isWhole = cells.length >= columns.length && cells.slice(columns.length).every((cell) => cell === '')
  if (!isWhole) return unreadable(line, 'wrong-column-count')
  const filled = columns.flatMap((name, i) =>
    name === null || cells[i] === '' ? [] : [[name, cells[i] ?? ''] as const],
  )
  const defects = filled.flatMap(([name, cell]) => findLost(name, cell, confirmed) ?? [])
  return defects.length > 0 ? { line, defects } : { line, values: Object.fromEntries(filled) }
}
