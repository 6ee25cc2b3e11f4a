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
  for await (const group of inGroups(joinLines(splitEveryLine(withLineFeeds(chunks))), ROWS_AT_ONCE))
    yield* parseGroup(group)
}

/** Of a text whose lines end in CR alone, as some programs save them: then nothing at its beginning ends in LF. */
async function* withLineFeeds(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let endsInReturns: boolean | undefined
  for await (const chunk of chunks) {
    endsInReturns ??= /\r[^\n]/.test(chunk) && !chunk.includes('\n')
    yield endsInReturns ? chunk.replaceAll('\r', '\n') : chunk
  }
}

/** A line before the header by which a spreadsheet program is told the separator. */
const SEPARATOR_LINE = /^sep=([,;\t])$/i

/** A row as it stands in the file, perhaps over several lines. */
interface Written extends Line {
  readonly dialect: Dialect
}

/** With the separator that the file says; else with the one that the header has most of, outside of quotation marks. */
function findDialect(header: string, said: string | undefined): Dialect {
  const separators = said === undefined ? [',', ';', '\t'] : [said]
  const counts = separators.map((delimiter) => ({ delimiter, width: countCells(header, delimiter) }))
  const { delimiter, width } = counts.reduce((most, other) => (other.width > most.width ? other : most))
  const bareCell = `[^"\n${delimiter}${RECORD_END}]*`
  // Spaces alone may stand around: a tab may be the separator, and one place for it is enough.
  const quotedCell = ` *"(?:[^"${RECORD_END}]|"")*" *`
  const cell = `(?:${quotedCell}|${bareCell})`
  return { delimiter, width, record: new RegExp(`^${cell}(?:${delimiter}${cell})*$`) }
}

/** A line, and whether it opens or closes a quoted cell: counted once, however often the line is looked at. */
interface MarkedLine extends Line {
  readonly turns: boolean
}

/** Lines that are not empty, those of one row together: while a quotation mark is open, the next line belongs to it. */
async function* joinLines(lines: AsyncIterable<Line>): AsyncGenerator<Written> {
  let [dialect, said]: [Dialect?, string?] = []
  const held: MarkedLine[] = []
  const take = function* (isEnd: boolean): Generator<Written> {
    for (;;) {
      const record = firstRecord(held, dialect, isEnd)
      if (record === null) return
      held.splice(0, record.lines)
      if (record.text?.trim() === '') continue
      if (dialect === undefined && said === undefined) {
        said = SEPARATOR_LINE.exec(record.text ?? '')?.[1]
        if (said !== undefined) continue
      }
      const own = dialect ?? findDialect(record.text ?? '', said)
      // A title of one cell tells nothing of how the rows below it are written.
      if (own.width > 1) dialect = own
      yield { number: record.number, text: record.text, dialect: own }
    }
  }
  for await (const line of lines) {
    held.push({ ...line, turns: line.text !== null && hasOddMarks(line.text) })
    yield* take(false)
  }
  yield* take(true)
}

function hasOddMarks(text: string): boolean {
  let isOdd = false
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) isOdd = !isOdd
  return isOdd
}

/**
 * The first row of the lines, and how many of them it takes; `null`: its end is still to come. Lines are joined only
 * where a mark is closed, and the next mark that opens stands behind it or on it: no line is joined more than twice.
 */
function firstRecord(
  lines: readonly MarkedLine[],
  dialect: Dialect | undefined,
  isEnd: boolean,
): (Line & { readonly lines: number }) | null {
  const [first] = lines
  if (first === undefined) return null
  const alone = { number: first.number, text: first.text, lines: 1 }
  if (!first.turns) return alone
  const closing = lines.findIndex(({ turns, text }, i) => i > 0 && (turns || text === null))
  if (closing > 0) {
    if (lines[closing]?.text === null) return alone
    const text = lines
      .slice(0, closing + 1)
      .map((line) => line.text)
      .join('\n')
    // Otherwise the mark is out of place, and the lines behind it are rows of their own.
    return isRow(text, dialect) ? { number: first.number, text, lines: closing + 1 } : alone
  }
  const length = lines.reduce((sum, { text }) => sum + (text?.length ?? 0), 0)
  const waits = !isEnd && lines.length < MOST_LINES && length <= MAX_LINE_CHARACTERS
  return waits ? null : alone
}

function isRow(text: string, dialect: Dialect | undefined): boolean {
  if (dialect === undefined) return true
  const { record, delimiter, width } = dialect
  return record.test(text) && countCells(text, delimiter) === width
}

/** Of a row whose marks are in place. */
function countCells(text: string, delimiter: string): number {
  return text.replaceAll(/"[^"]*"/g, '').split(delimiter).length
}

/** Good rows are parsed together, which is faster. */
function* parseGroup(records: readonly Written[]): Generator<SheetRow> {
  // Of titles of one cell before the header any will do.
  const last = records.at(-1)
  if (last === undefined) return
  const { delimiter, record } = last.dialect
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
