/** The rows of the first sheet of an XLSX file, each cell as a text. */
import { readFile } from 'node:fs/promises'
import { type CellValue, DefterError, streamXlsxRows } from 'hucre'
import { IssuerError } from '../error/issuer-error.ts'
import type { RowOnlyDefectCode } from '../texts/row-texts.ts'
import type { SheetRow } from './sheet-row.ts'

/** A larger file is exported as CSV, which is read as it comes. */
export const MAX_XLSX_BYTES = 64_000_000

/**
 * Reads rows one after another.
 *
 * @throws {IssuerError} `input-not-xlsx` when it cannot be read, or is locked by a password
 */
export async function* readXlsxCells(file: string): AsyncGenerator<SheetRow> {
  let width = 0
  try {
    for await (const { index, values } of streamXlsxRows(await readFile(file), { sheet: 0 })) {
      width ||= values.length
      yield sheetRow(index + 1, values, width)
    }
  } catch (error) {
    if (!(error instanceof DefterError)) throw error
    throw new IssuerError('input-not-xlsx', { file }, { cause: error })
  }
}

/** Empty cells at the end of a row stand in no file. */
function sheetRow(line: number, values: readonly CellValue[], width: number): SheetRow {
  const cells: string[] = []
  for (const value of values) {
    const cell = textOf(value)
    if ('defect' in cell) return { line, defect: cell.defect }
    cells.push(cell.text.trim())
  }
  while (cells.length < width) cells.push('')
  return { line, cells }
}

type Cell = { readonly text: string } | { readonly defect: RowOnlyDefectCode }

function textOf(value: CellValue): Cell {
  if (value === null) return { text: '' }
  if (typeof value === 'string') return { text: value }
  if (value instanceof Date) return dayOf(value)
  if (typeof value === 'boolean') return { text: value ? 'TRUE' : 'FALSE' }
  return numberOf(value)
}

/** A sheet keeps fifteen digits of a number, and puts zeros in the place of the others. */
const MOST_EXACT = 999_999_999_999_999

function numberOf(value: number): Cell {
  if (Math.abs(value) > MOST_EXACT || !Number.isFinite(value)) return { defect: 'number-cut' }
  return { text: String(value) }
}

/** Days are kept as times without a zone. */
function dayOf(value: Date): Cell {
  if (Number.isNaN(value.getTime())) return { defect: 'cell-error' }
  const [day = '', time = ''] = value.toISOString().split('T')
  return { text: time.startsWith('00:00:00') ? day : `${day} ${time.slice(0, 8)}` }
}
