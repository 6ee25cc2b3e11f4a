/** Which cells of a sheet get their values from formulas, and of which of them no program has written the value. */
import { type XmlAttributes, XmlDamage } from './xml-reading.ts'

/** A cell as it was read to its end. */
export interface ValuedCell {
  /** Of its value: `str` is said of a text that a formula gave. */
  readonly type: string
  /** The text of its `<v>`. */
  readonly value: string
  /** Whether an element of a value stands in it, an empty one too. */
  readonly hasValue: boolean
}

export interface Formulas {
  /** Notes a formula in a cell, and the cells that it fills beside. */
  add(row: number, column: number, attributes: XmlAttributes): void
  /** Whether a formula fills the cell and no value of it is there, or none that can be relied on. */
  isWithoutValue(row: number, column: number, cell: ValuedCell): boolean
  /** Whether a formula fills the cell which, where it is read as empty, was not computed. */
  needsValue(row: number, column: number): boolean
  /** The rows between two others that formulas of several cells fill. */
  filledRows(after: number, before: number): Generator<number>
}

/**
 * Of one sheet. `areComputed`: whether the file says so; where it does not, no value beside a formula is relied on.
 * `assertRoom` hears how many cells a formula fills, and up to which column.
 */
export function createFormulas(
  areComputed: boolean,
  placeOf: (row: number, column: number) => number,
  assertRoom: (cells: number, columns: number) => void,
): Formulas {
  const places = new Set<number>()
  const filledRows = new Set<number>()
  let lastFilled = 0
  const fill = ({ rows: [top, bottom], columns: [left, right] }: Range): void => {
    assertRoom((bottom - top + 1) * (right - left + 1), right + 1)
    lastFilled = Math.max(lastFilled, bottom)
    for (let row = top; row <= bottom; row++) {
      filledRows.add(row)
      for (let column = left; column <= right; column++) places.add(placeOf(row, column))
    }
  }
  return {
    filledRows: function* (after, before) {
      for (let row = after + 1; row < before && row <= lastFilled; row++) if (filledRows.has(row)) yield row
    },
    needsValue: (row, column) => places.has(placeOf(row, column)),
    add: (row, column, attributes) => {
      places.add(placeOf(row, column))
      const range = rangeOf(attributes)
      if (range !== null) fill(range)
    },
    isWithoutValue: (row, column, cell) => {
      const place = placeOf(row, column)
      if (!places.has(place)) return false
      if (!areComputed || !isWritten(cell)) return true
      // What the formula gave is an empty text.
      if (cell.type === 'str' && cell.value.trim() === '') places.delete(place)
      return false
    },
  }
}

/** Of a text alone the value may be empty. */
function isWritten({ type, value, hasValue }: ValuedCell): boolean {
  const isText = type === 'str' || type === 's' || type === 'inlineStr'
  return hasValue && value.trim() !== UNSET_NUMBER && (isText || value.trim() !== '')
}

/** What Apache POI puts beside a formula that it has not computed: spreadsheet programs write a nought as `0`. */
const UNSET_NUMBER = '0.0'

/** Of any sheet: rows are numbered, so that there are no more of them. */
export const LAST_ROW = 1_048_576

/** From 1, and from 0. */
interface Range {
  readonly rows: readonly [first: number, last: number]
  readonly columns: readonly [first: number, last: number]
}

/** The cells that a formula of several fills; a shared one stands in each of its cells. */
function rangeOf(attributes: XmlAttributes): Range | null {
  const ref = attributes.get('ref')
  if (ref === undefined || !/^(?:array|dataTable)$/.test(attributes.get('t') ?? '')) return null
  const [, left = '', top = '', right = left, bottom = top] =
    /^([A-Z]{1,3})([1-9][0-9]{0,6})(?::([A-Z]{1,3})([1-9][0-9]{0,6}))?$/.exec(ref) ?? []
  const range: Range = {
    rows: [Number(top), Number(bottom)],
    columns: [columnNumber(left), columnNumber(right)],
  }
  const isOrdered = range.rows[0] <= range.rows[1] && range.columns[0] <= range.columns[1]
  if (left === '' || !isOrdered || range.rows[1] > LAST_ROW)
    throw new XmlDamage('read a formula: the cells that it fills are no range')
  return range
}

/** From 0. */
export function columnNumber(letters: string): number {
  let column = 0
  for (const letter of letters) column = 26 * column + letter.charCodeAt(0) - 64
  return column - 1
}
