/** The rows of the first sheet of an XLSX file that is not hidden, each cell as a text. */
import { readFile } from 'node:fs/promises'
import { type CellValue, type StreamRow, streamXlsxRows } from 'hucre'
import { IssuerError } from '../error/issuer-error.ts'
import type { RowOnlyDefectCode } from '../texts/row-texts.ts'
import { isBlank, type LostCell, type SheetRow } from './sheet-row.ts'
import { unpackXlsx } from './xlsx-parts.ts'
import { type CellMark, type CheckedSheet, checkSheet, columnName } from './xlsx-sheet.ts'
import { XmlDamage } from './xml-reading.ts'
import { ZipDamage } from './zip-entries.ts'

/**
 * Reads rows one after another. What the file unpacks to is looked through before it is read: the reader itself would
 * take two gigabytes, of two cells of one name the last, and a formula without a value for an empty cell.
 *
 * @throws {IssuerError} `input-not-xlsx` when it cannot be read, or is locked by a password; `input-xlsx-too-much`,
 *   `input-xlsx-declaration`, `input-xlsx-cell`
 */
export async function* readXlsxCells(file: string): AsyncGenerator<SheetRow> {
  let width = 0
  try {
    const archive = await readFile(file)
    const sheet = checkSheet(unpackXlsx(archive, file), file)
    let last = 0
    for await (const { index, values } of readRows(archive, sheet.index)) {
      yield* rowsNotComputed(sheet, last, index + 1)
      last = index + 1
      const row = sheetRow(last, values, width, sheet)
      width = Math.max(width, row.cells.length)
      const isUnseen = sheet.hiddenRows.has(row.line) && !isBlank(row)
      yield isUnseen ? hiddenRow(row) : row
    }
    yield* rowsNotComputed(sheet, last, Number.POSITIVE_INFINITY)
  } catch (error) {
    const isDamage = [ReaderDamage, ZipDamage, XmlDamage].some((kind) => error instanceof kind)
    throw isDamage ? new IssuerError('input-not-xlsx', { file }, { cause: error }) : error
  }
}

/** What the reader could not read; a mistake of our own is none. */
class ReaderDamage extends Error {
  override readonly name = 'ReaderDamage'
}

/** Whatever the reader throws is of what it reads. */
async function* readRows(archive: Uint8Array, sheet: number): AsyncGenerator<StreamRow> {
  try {
    yield* streamXlsxRows(archive, { sheet })
  } catch (cause) {
    throw new ReaderDamage('read the rows of a sheet', { cause })
  }
}

/** Rows between two that are there, which a formula fills as soon as it is computed. */
function* rowsNotComputed({ formulas }: CheckedSheet, after: number, before: number): Generator<SheetRow> {
  for (const line of formulas.filledRows(after, before)) yield { line, defect: 'formula-without-value' }
}

type ReadableRow = Exclude<SheetRow, { readonly defect: unknown }>

/** Empty cells at the end of a row stand in no file. */
function sheetRow(
  line: number,
  values: readonly CellValue[],
  width: number,
  { name: sheet, markOf, formulas, hiddenColumns }: CheckedSheet,
): ReadableRow {
  const lost = new Map<number, LostCell>()
  const cells = Array.from({ length: Math.max(width, values.length) }, (_, column) => {
    const { text, defect: found } = seen(textOf(values[column] ?? null), markOf(line, column))
    const isEmpty = text.trim() === '' && formulas.needsValue(line, column)
    const defect = found ?? (isEmpty ? 'formula-without-value' : undefined)
    if (defect !== undefined) lost.set(column, { code: defect, sheet, cell: columnName(column) + line })
    return text.trim()
  })
  return {
    line,
    cells,
    ...(lost.size > 0 ? { lost } : {}),
    ...(hiddenColumns.size > 0 ? { hiddenColumns } : {}),
  }
}

/** Whoever shows it has not mended what its cells lost. */
function hiddenRow({ line, cells, lost }: ReadableRow): SheetRow {
  return { line, defect: 'row-hidden', cells, ...(lost === undefined ? {} : { lost }) }
}

function seen(kept: Cell, mark: CellMark | undefined): Cell {
  if (mark === undefined) return kept
  return typeof mark === 'string' ? { ...kept, defect: mark } : mark
}

interface Cell {
  readonly text: string
  readonly defect?: RowOnlyDefectCode
}

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
  const text = String(value)
  return Math.abs(value) <= MOST_EXACT ? { text } : { text, defect: 'number-cut' }
}

/** Days are kept as times without a zone. */
function dayOf(value: Date): Cell {
  if (Number.isNaN(value.getTime())) return { text: '', defect: 'cell-error' }
  const [day = '', time = ''] = value.toISOString().split('T')
  return { text: time.startsWith('00:00:00') ? day : `${day} ${time.slice(0, 8)}` }
}
