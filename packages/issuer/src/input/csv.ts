/**
 * Rows of a CSV (RFC 4180): a header of field names, an empty cell for a field that is left out. A cell holds
 * no line break, since no field of a licence may: so a quotation mark that is never closed spoils its own line
 * and no other.
 */
import { type LicenceType, quote } from '@hefu/protocol'
import { parse } from 'csv-parse/sync'
import { inGroups } from '../in-groups.ts'
import { IssuerError } from '../issuer-error.ts'
import type { RowOnlyDefectCode } from '../texts/row-texts.ts'
import { HOLDER_KEY_COLUMN } from './holder-key.ts'
import { type Line, splitLines } from './lines.ts'
import { type Row, unreadable } from './row.ts'

const LINES_AT_ONCE = 500
const CELL = '(?:[^",]*|"(?:[^"]|"")*")'
const RECORD = new RegExp(`^${CELL}(?:,${CELL})*$`)

type Cells = readonly string[]

/**
 * Reads rows one after another; broken ones are reported and the reading goes on.
 *
 * @throws {IssuerError} `input-header` when the columns are not those of the type, `input-no-header` when there are none
 */
export async function* parseCsvRows(
  chunks: AsyncIterable<string>,
  type: LicenceType,
  file: string,
): AsyncGenerator<Row> {
  let header: Cells | undefined
  for await (const group of inGroups(splitLines(chunks), LINES_AT_ONCE)) {
    for (const [line, cells] of parseGroup(group)) {
      if (header !== undefined) {
        if (!isBlank(cells)) yield rowOf(header, line, cells)
      } else {
        assertHeader(typeof cells === 'string' ? [] : cells, type, file)
        header = cells as Cells
      }
    }
  }
}

/** The cells of every line, or what is wrong with it; good lines are parsed together, which is faster. */
function parseGroup(lines: readonly Line[]): readonly [line: number, Cells | RowOnlyDefectCode][] {
  const judged = lines.map(({ number, text }) => ({ number, text, defect: judgeLine(text) }))
  const good = judged.filter(({ defect }) => defect === null).map(({ text }) => text)
  const records = parse(good.join('\n'), { record_delimiter: '\n', relax_column_count: true }) as Cells[]
  let next = 0
  return judged.map(({ number, defect }) => [number, defect ?? records[next++] ?? []])
}

function judgeLine(text: string | null): RowOnlyDefectCode | null {
  if (text === null) return 'row-too-long'
  return RECORD.test(text) ? null : 'broken-quotes'
}

/** What a spreadsheet leaves below the last row. */
function isBlank(cells: Cells | RowOnlyDefectCode): boolean {
  return typeof cells !== 'string' && cells.every((cell) => cell === '')
}

function rowOf(header: Cells, line: number, cells: Cells | RowOnlyDefectCode): Row {
  if (typeof cells === 'string') return unreadable(line, cells)
  if (cells.length !== header.length) return unreadable(line, 'wrong-column-count')
  const named = header.map((name, i) => [name, cells[i] ?? ''] as const)
  return { line, values: Object.fromEntries(named.filter(([, cell]) => cell !== '')) }
}

/**
 * The columns are the file's, not a row's: one wrong name would refuse every row. A line without any name of a column is
 * a row, and nothing of it is repeated.
 */
function assertHeader(header: Cells, type: LicenceType, file: string): void {
  const known = ['licenceId', HOLDER_KEY_COLUMN, ...type.fields.map(({ name }) => name)]
  if (!header.some((name) => known.includes(name))) throw new IssuerError('input-no-header', { file })
  const required = ['licenceId', ...type.fields.filter((field) => field.required).map(({ name }) => name)]
  const complaints = [
    { names: required.filter((name) => !header.includes(name)), zh: '缺少列', en: 'missing' },
    { names: header.filter((name) => !known.includes(name)), zh: '无法识别的列', en: 'unknown' },
    { names: header.filter((name, i) => header.indexOf(name) !== i), zh: '重复的列', en: 'repeated' },
  ].filter(({ names }) => names.length > 0)
  if (complaints.length === 0) return
  const list = (names: Cells): string => names.slice(0, 20).map(quote).join(', ')
  throw new IssuerError('input-header', {
    file,
    reasonZh: complaints.map(({ names, zh }) => `${zh} ${list(names)}`).join('；'),
    reason: complaints.map(({ names, en }) => `${en} ${list(names)}`).join('; '),
  })
}
