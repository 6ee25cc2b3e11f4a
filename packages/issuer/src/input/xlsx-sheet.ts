/** Whether every reader would find the same cells in a sheet of an XLSX file, and a person what is kept in them. */
import { maskValue, quote } from '@hefu/protocol'
import { IssuerError } from '../error/issuer-error.ts'
import type { RowOnlyDefectCode } from '../texts/row-texts.ts'
import { type FormatOf, readFormats } from './xlsx-formats.ts'
import { columnNumber, createFormulas, type Formulas, LAST_ROW } from './xlsx-formulas.ts'
import { assertAtMost, type XlsxParts } from './xlsx-parts.ts'
import { findSheet } from './xlsx-workbook.ts'
import { attributesAt, readXml, resolveEntities, type XmlAttributes, XmlDamage } from './xml-reading.ts'

const MOST_CELLS = 4_000_000
const MOST_COLUMNS = 256
/** What a cell of a spreadsheet program holds. */
export const MOST_CELL_CHARACTERS = 32_767
const CELL_CHARACTERS = { zh: '一个单元格的字符数', en: 'characters of a cell' }

/** A cell that is not taken as it is kept: why it is refused, or what is seen of it. */
export type CellMark = RowOnlyDefectCode | { readonly text: string }

export interface CheckedSheet {
  /** As it may be shown. */
  readonly name: string
  /** Among all sheets, from 0. */
  readonly index: number
  readonly markOf: (row: number, column: number) => CellMark | undefined
  readonly formulas: Pick<Formulas, 'needsValue' | 'filledRows'>
  /** Numbers of the rows that nobody sees. */
  readonly hiddenRows: ReadonlySet<number>
  /** From 0. */
  readonly hiddenColumns: ReadonlySet<number>
}

/**
 * Looks through the sheet that is read.
 *
 * @throws {XmlDamage} as {@link spanOf}
 * @throws {IssuerError} `input-not-xlsx`, `input-xlsx-too-much`; `input-xlsx-cell` for cells that stand twice, elsewhere
 *   than they say, or say nothing that is there
 */
export function checkSheet(parts: XlsxParts, file: string): CheckedSheet {
  const part = findSheet(parts, file)
  const name = quote(maskValue('open', part.name))
  const marks = new Map<number, CellMark>()
  const placeOf = (row: number, column: number): number => row * MOST_COLUMNS + column
  const sheet = createSheetReading({
    file,
    sheet: name,
    texts: countTexts(part.texts, file),
    formatOf: readFormats(part.styles),
    areComputed: part.areComputed,
    placeOf,
    mark: (row, column, mark) => marks.set(placeOf(row, column), mark),
  })
  readXml(part.text, sheet)
  return {
    name,
    index: part.index,
    markOf: (row, column) => marks.get(placeOf(row, column)),
    formulas: sheet.formulas,
    hiddenRows: sheet.hiddenRows,
    hiddenColumns: sheet.hiddenColumns,
  }
}

/** @throws {IssuerError} `input-xlsx-too-much` for a text that no cell holds */
function countTexts(texts: string, file: string): number {
  let length = 0
  if (texts === '') return 0
  readXml(texts, {
    open: (tag) => {
      if (tag === 'si') length = 0
    },
    text: (part) => {
      length += resolveEntities(part).length
      assertAtMost(length, MOST_CELL_CHARACTERS, CELL_CHARACTERS, file)
    },
  })
  return attributesAt(texts, ['si']).length
}

/** The letters of a column, from 0: `A`, `Z`, `AA`. */
export function columnName(column: number): string {
  const last = String.fromCharCode(65 + (column % 26))
  return column < 26 ? last : columnName(Math.floor(column / 26) - 1) + last
}

interface SheetReading {
  open(tag: string, attributes: XmlAttributes): void
  text(part: string): void
  close(tag: string): void
  readonly formulas: Formulas
  readonly hiddenRows: ReadonlySet<number>
  readonly hiddenColumns: ReadonlySet<number>
}

interface SheetAbout {
  readonly file: string
  readonly sheet: string
  /** How many shared texts there are. */
  readonly texts: number
  readonly formatOf: FormatOf
  /** Whether the values beside formulas are theirs. */
  readonly areComputed: boolean
  readonly placeOf: (row: number, column: number) => number
  readonly mark: (row: number, column: number, mark: CellMark) => void
}

/** A cell as far as it was read. */
interface OpenCell {
  readonly type: string
  readonly style: string
  value: string
  length: number
  isOpen: boolean
  hasValue: boolean
}

function openedCell(attributes: XmlAttributes): OpenCell {
  const [type = '', style = ''] = [attributes.get('t'), attributes.get('s')]
  return { type, style, value: '', length: 0, isOpen: true, hasValue: false }
}

/** What a number must look like: the reader would take others of which programs take none. */
const NUMBER = /^-?(?:\d+\.?\d*|\.\d+)(?:E[+-]?\d+)?$/i

/** What is seen of a cell, where that is another than what is kept. */
function markOf({ type, style, value, hasValue }: OpenCell, formatOf: FormatOf): CellMark | null {
  if (type === 'e') return 'cell-error'
  if (!hasValue) return null
  const format = formatOf(style)
  if (type === 's' || type === 'str' || type === 'inlineStr')
    return format?.showsTexts === true ? null : 'shown-otherwise'
  if ((type !== '' && type !== 'n') || value === '') return null
  const shown = NUMBER.test(value.trim()) ? format?.showNumber(Number(value)) : 'otherwise'
  if (shown === 'as-kept') return null
  return shown === undefined || shown === 'otherwise' ? 'shown-otherwise' : shown
}

/** Marked so, or without the extent that this attribute tells. */
function isHidden(attributes: XmlAttributes, extent: 'ht' | 'width'): boolean {
  return /^(?:1|true)$/.test(attributes.get('hidden') ?? '') || Number(attributes.get(extent) ?? 1) === 0
}

/**
 * The first and the last of the columns that are formatted together, from 1, behind those before.
 *
 * @throws {XmlDamage} for what two readers may take for two formats of one column
 */
function spanOf(attributes: XmlAttributes, before: number): readonly [first: number, last: number] {
  const [first, last] = [Number(attributes.get('min')), Number(attributes.get('max'))]
  const isSpan = Number.isInteger(first) && Number.isInteger(last) && before < first && first <= last
  if (!isSpan) throw new XmlDamage('read the columns of a sheet: one stands twice, out of order or nowhere')
  return [first, last]
}

function createSheetReading(about: SheetAbout): SheetReading {
  const { file, sheet, texts, formatOf, mark } = about
  const hiddenRows = new Set<number>()
  const hiddenColumns = new Set<number>()
  let [cells, row, column, formatted] = [0, 0, -1, 0]
  let cell: OpenCell = { ...openedCell(new Map()), isOpen: false }
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
  const takeCells = (count: number, columns: number): void => {
    cells += count
    assertAtMost(cells, MOST_CELLS, { zh: '单元格数', en: 'cells' }, file)
    assertAtMost(columns, MOST_COLUMNS, { zh: '列数', en: 'columns' }, file)
  }
  const formulas = createFormulas(about.areComputed, about.placeOf, takeCells)
  const openRow = (attributes: XmlAttributes): void => {
    const ref = attributes.get('r') ?? String(row + 1)
    const next = /^[1-9][0-9]{0,6}$/.test(ref) ? Number(ref) : LAST_ROW + 1
    if (next > LAST_ROW) refuse(ref, '行号超出表格范围', 'names a row that no sheet has')
    if (next <= row) refuse(ref, '行号重复或未按顺序排列', 'names a row twice or out of order')
    row = next
    column = -1
    if (isHidden(attributes, 'ht')) hiddenRows.add(row)
  }
  const openColumns = (attributes: XmlAttributes): void => {
    const [first, last] = spanOf(attributes, formatted)
    formatted = last
    if (!isHidden(attributes, 'width')) return
    for (let hidden = first; hidden <= Math.min(last, MOST_COLUMNS); hidden++) hiddenColumns.add(hidden - 1)
  }
  const openCell = (attributes: XmlAttributes): void => {
    const ref = attributes.get('r')
    const next = ref === undefined ? column + 1 : columnOf(ref, row)
    if (next === null) refuse(ref ?? '', '单元格位置与所在行不符', 'names another place than where it stands')
    else {
      takeCells(1, next + 1)
      if (next <= column) refuse(ref ?? '', '单元格重复或未按顺序排列', 'stands twice or out of order')
      column = next
    }
    cell = openedCell(attributes)
  }
  const closeCell = (): void => {
    const { type, value } = cell
    cell.isOpen = false
    const index = Number(value)
    // The reader takes the first text where none is named.
    const isText = type !== 's' || (/^\s*\d+\s*$/.test(value) && index < texts)
    if (!isText)
      refuse(columnName(column) + row, '单元格引用的文字不存在', 'refers to a text that is not there')
    const marked = formulas.isWithoutValue(row, column, cell)
      ? 'formula-without-value'
      : markOf(cell, formatOf)
    if (marked !== null) mark(row, column, marked)
  }
  const openValue = (): void => {
    if (cell.hasValue) refuse(columnName(column) + row, '单元格有两个值', 'has two values')
    cell.hasValue = true
  }
  return {
    open: (tag, attributes) => {
      if (tag === 'row') openRow(attributes)
      else if (tag === 'col') openColumns(attributes)
      else if (tag === 'c') openCell(attributes)
      else if (cell.isOpen && tag === 'rPh')
        // The reader would join how a text is pronounced to the text.
        refuse(columnName(column) + row, '单元格带有注音', 'has a phonetic text')
      else if (cell.isOpen && tag === 'f') formulas.add(row, column, attributes)
      else if (cell.isOpen && (tag === 'v' || tag === 'is')) openValue()
      isValue = tag === 'v'
    },
    text: (part) => {
      if (!cell.isOpen) return
      const meant = resolveEntities(part)
      cell.length += meant.length
      assertAtMost(cell.length, MOST_CELL_CHARACTERS, CELL_CHARACTERS, file)
      if (isValue) cell.value += meant
    },
    close: (tag) => {
      isValue = false
      if (tag === 'c' && cell.isOpen) closeCell()
    },
    formulas,
    hiddenRows,
    hiddenColumns,
  }
}

/** `null` for what is no cell of this row. */
function columnOf(ref: string, row: number): number | null {
  const [, letters = '', digits = ''] = /^([A-Z]{1,3})([1-9][0-9]{0,6})$/.exec(ref) ?? []
  return letters === '' || Number(digits) !== row ? null : columnNumber(letters)
}
