/**
 * The rows of a CSV (RFC 4180), separated by comma, semicolon or tab as its header is. A quoted cell may hold line
 * breaks: the lines belong to one row. A quotation mark that is never closed spoils its own line and no other.
 */
import { parse } from 'csv-parse/sync'
import { inGroups } from './in-groups.ts'
import { type Line, MAX_LINE_CHARACTERS, splitEveryLine } from './lines.ts'
import type { SheetRow } from './sheet-row.ts'

/** A row of more lines is taken for a quotation mark that was forgotten. */
const MOST_LINES = 32
const ROWS_AT_ONCE = 500
/** Between records for the parser alone: no text that is read has it. */
const RECORD_END = '\u001e'

/** How the rows of one file are written. */
interface Dialect {
  readonly delimiter: string
  readonly record: RegExp
  /** Cells of the header. */
  readonly width: number
}

/** Reads rows one after another; broken ones are reported and the reading goes on. */
export async function* readCsvCells(chunks: AsyncIterable<string>): AsyncGenerator<SheetRow> {
  for await (const group of inGroups(joinLines(splitEveryLine(chunks)), ROWS_AT_ONCE))
    yield* parseGroup(group)
}

/** A row as it stands in the file, perhaps over several lines. */
interface Written extends Line {
  readonly dialect: Dialect
}

/** The separator that the header has most of, outside of quotation marks. */
function findDialect(header: string): Dialect {
  const bare = header.replaceAll(/"[^"]*"/g, '')
  const counts = [',', ';', '\t'].map((delimiter) => ({ delimiter, width: bare.split(delimiter).length }))
  const { delimiter, width } = counts.reduce((most, other) => (other.width > most.width ? other : most))
  const bareCell = `[^"\n${delimiter}${RECORD_END}]*`
  // Spaces alone may stand around: a tab may be the separator, and one place for it is enough.
  const quotedCell = ` *"(?:[^"${RECORD_END}]|"")*" *`
  const cell = `(?:${quotedCell}|${bareCell})`
  return { delimiter, width, record: new RegExp(`^${cell}(?:${delimiter}${cell})*$`) }
}

/** Lines that are not empty, those of one row together: while a quotation mark is open, the next line belongs to it. */
async function* joinLines(lines: AsyncIterable<Line>): AsyncGenerator<Written> {
  let dialect: Dialect | undefined
  let held: readonly Line[] = []
  const take = function* (isEnd: boolean): Generator<Written> {
    for (;;) {
      const record = firstRecord(held, dialect, isEnd)
      if (record === null) return
      held = held.slice(record.lines)
      if (record.text?.trim() === '') continue
      dialect ??= findDialect(record.text ?? '')
      yield { number: record.number, text: record.text, dialect }
    }
  }
  for await (const line of lines) {
    held = [...held, line]
    yield* take(false)
  }
  yield* take(true)
}

/** The first row of the lines, and how many of them it takes; `null`: its end is still to come. */
function firstRecord(
  lines: readonly Line[],
  dialect: Dialect | undefined,
  isEnd: boolean,
): (Line & { readonly lines: number }) | null {
  const [first] = lines
  if (first === undefined) return null
  const closed = countUntilClosed(lines)
  if (closed === 1) return { ...first, lines: 1 }
  if (closed !== null) {
    const text = lines
      .slice(0, closed)
      .map((line) => line.text)
      .join('\n')
    // Otherwise the mark is out of place, and the lines behind it are rows of their own.
    return isRow(text, dialect) ? { number: first.number, text, lines: closed } : { ...first, lines: 1 }
  }
  const length = lines.reduce((sum, { text }) => sum + (text?.length ?? 0), 0)
  const waits = !isEnd && lines.length < MOST_LINES && length <= MAX_LINE_CHARACTERS
  return waits ? null : { ...first, lines: 1 }
}

/** After how many lines no quotation mark is open; `null`: one is, as far as they go. */
function countUntilClosed(lines: readonly Line[]): number | null {
  let isOpen = false
  for (const [i, { text }] of lines.entries()) {
    if (text === null) return i === 0 ? 1 : null
    if (text.split('"').length % 2 === 0) isOpen = !isOpen
    if (!isOpen) return i + 1
  }
  return null
}

function isRow(text: string, dialect: Dialect | undefined): boolean {
  if (dialect === undefined) return true
  const { record, delimiter, width } = dialect
  return record.test(text) && cellsOf([text], delimiter)[0]?.length === width
}

/** Good rows are parsed together, which is faster. */
function* parseGroup(records: readonly Written[]): Generator<SheetRow> {
  const [first] = records
  if (first === undefined) return
  const { delimiter, record } = first.dialect
  const judged = records.map(({ number: line, text }) => ({ line, text, defect: defectOf(text, record) }))
  const good = judged.flatMap(({ text, defect }) => (text === null || defect !== null ? [] : [text]))
  const parsed = cellsOf(good, delimiter)
  let next = 0
  for (const { line, defect } of judged) {
    yield defect === null
      ? { line, cells: (parsed[next++] ?? []).map((cell) => cell.trim()) }
      : { line, defect }
  }
}

function defectOf(text: string | null, record: RegExp): 'row-too-long' | 'broken-quotes' | null {
  if (text === null) return 'row-too-long'
  return record.test(text) ? null : 'broken-quotes'
}

function cellsOf(records: readonly string[], delimiter: string): readonly (readonly string[])[] {
  const options = { record_delimiter: RECORD_END, relax_column_count: true, trim: true, delimiter }
  return parse(records.join(RECORD_END), options)
}
