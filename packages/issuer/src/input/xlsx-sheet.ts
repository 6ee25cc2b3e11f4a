/** Whether every reader would find the same cells in the first sheet of an XLSX file. */
import { maskValue, quote } from '@hefu/protocol'
import { IssuerError } from '../error/issuer-error.ts'
import { assertAtMost, type XlsxParts } from './xlsx-parts.ts'
import { findFirstSheet } from './xlsx-workbook.ts'
import { readXml, type XmlAttributes } from './xml-reading.ts'

const MOST_CELLS = 4_000_000
const MOST_COLUMNS = 256
/** What a cell of a spreadsheet program holds. */
const MOST_CELL_CHARACTERS = 32_767
/** Of any sheet: rows are numbered, so that there are no more of them. */
const LAST_ROW = 1_048_576

export interface FirstSheet {
  /** As it may be shown. */
  readonly name: string
  /** By row: the columns, from 0, of formulas of which no program has written the value. */
  readonly unvalued: ReadonlyMap<number, readonly number[]>
}

/**
 * Looks through the first sheet.
 *
 * @throws {IssuerError} `input-not-xlsx`, `input-xlsx-too-much`; `input-xlsx-cell` for cells that stand twice, elsewhere
 *   than they say, or say nothing that is there
 */
export function checkFirstSheet(parts: XlsxParts, file: string): FirstSheet {
  const { name, text, texts } = findFirstSheet(parts, file)
  const shown = quote(maskValue('open', name))
  const unvalued = new Map<number, number[]>()
  const sheet = createSheetReading({ file, sheet: shown, texts })
  readXml(text, {
    open: sheet.open,
    text: sheet.text,
    close: (tag) => {
      const lost = sheet.close(tag)
      if (lost !== null) unvalued.set(lost.row, [...(unvalued.get(lost.row) ?? []), lost.column])
    },
  })
  return { name: shown, unvalued }
}

/** The letters of a column, from 0: `A`, `Z`, `AA`. */
export function columnName(column: number): string {
  const last = String.fromCharCode(65 + (column % 26))
  return column < 26 ? last : columnName(Math.floor(column / 26) - 1) + last
}

interface Place {
  readonly row: number
  readonly column: number
}

interface SheetReading {
  open(tag: string, attributes: XmlAttributes): void
  text(part: string): void
  /** Where a formula without its value ended. */
  close(tag: string): Place | null
}

interface SheetAbout {
  readonly file: string
  readonly sheet: string
  /** How many shared texts there are. */
  readonly texts: number
}

function createSheetReading({ file, sheet, texts }: SheetAbout): SheetReading {
  let [cells, row, column] = [0, 0, -1]
  let cell = { type: '', value: '', length: 0, isOpen: false, hasFormula: false, hasValue: false }
  let isValue = false
  const refuse = (ref: string, zh: string, en: string): never => {
    throw new IssuerError('input-xlsx-cell', {
      file,
      sheet,
      row,
      cell: quote(ref.slice(0, 20)),
      whatZh: zh,
      what: en,
    })
  }
  const openRow = (ref = String(row + 1)): void => {
    const next = /^[1-9][0-9]{0,6}$/.test(ref) ? Number(ref) : LAST_ROW + 1
    if (next > LAST_ROW) refuse(ref, '行号超出表格范围', 'names a row that no sheet has')
    if (next <= row) refuse(ref, '行号重复或未按顺序排列', 'names a row twice or out of order')
    row = next
    column = -1
  }
  const openCell = (ref: string | undefined, type = ''): void => {
    assertAtMost(++cells, MOST_CELLS, { zh: '单元格数', en: 'cells' }, file)
    const next = ref === undefined ? column + 1 : columnOf(ref, row)
    if (next === null) refuse(ref ?? '', '单元格位置与所在行不符', 'names another place than where it stands')
    else {
      assertAtMost(next + 1, MOST_COLUMNS, { zh: '列数', en: 'columns' }, file)
      if (next <= column) refuse(ref ?? '', '单元格重复或未按顺序排列', 'stands twice or out of order')
      column = next
    }
    cell = { type, value: '', length: 0, isOpen: true, hasFormula: false, hasValue: false }
  }
  const closeCell = (): Place | null => {
    const { type, value, hasFormula, hasValue } = cell
    cell.isOpen = false
    const index = Number(value)
    // The reader takes the first text where none is named.
    const isText = type !== 's' || (/^\s*\d+\s*$/.test(value) && index < texts)
    if (!isText)
      refuse(columnName(column) + row, '单元格引用的文字不存在', 'refers to a text that is not there')
    return hasFormula && !hasValue ? { row, column } : null
  }
  const openValue = (): void => {
    if (cell.hasValue) refuse(columnName(column) + row, '单元格有两个值', 'has two values')
    cell.hasValue = true
  }
  return {
    open: (tag, attributes) => {
      if (tag === 'row') openRow(attributes.get('r'))
      else if (tag === 'c') openCell(attributes.get('r'), attributes.get('t'))
      else if (tag === 'f') cell.hasFormula = true
      else if (cell.isOpen && (tag === 'v' || tag === 'is')) openValue()
      isValue = tag === 'v'
    },
    text: (part) => {
      if (!cell.isOpen) return
      cell.length += part.length
      assertAtMost(
        cell.length,
        MOST_CELL_CHARACTERS,
        { zh: '一个单元格的字符数', en: 'characters of a cell' },
        file,
      )
      if (isValue) cell.value += part
    },
    close: (tag) => {
      isValue = false
      return tag === 'c' && cell.isOpen ? closeCell() : null
    },
  }
}

/** `null` for what is no cell of this row. */
function columnOf(ref: string, row: number): number | null {
  const [, letters = '', digits = ''] = /^([A-Z]{1,3})([1-9][0-9]{0,6})$/.exec(ref) ?? []
  if (letters === '' || Number(digits) !== row) return null
  let column = 0
  for (const letter of letters) column = 26 * column + letter.charCodeAt(0) - 64
  return column - 1
}
