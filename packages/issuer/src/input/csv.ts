/** Rows of a CSV (RFC 4180): a header of field names, an empty cell for a field that is left out. */
import { pipeline, Readable } from 'node:stream'
import { type LicenceType, quote } from '@hefu/protocol'
import { type CsvError, type Info, parse } from 'csv-parse'
import { IssuerError } from '../issuer-error.ts'
import type { RowOnlyDefectCode } from '../texts/row-texts.ts'
import { type Row, type UnreadableRow, unreadable } from './row.ts'

/** UTF-16 units; longer rows are reported and left out. */
const MAX_ROW_CHARACTERS = 131_072

interface ParsedRecord {
  readonly info: Info
  readonly record: readonly string[]
}

/**
 * Reads rows one after another; broken ones are reported and the reading goes on.
 *
 * @throws {IssuerError} `input-header` when the columns are not those of the type, `input-empty`
 */
export async function* parseCsvRows(
  chunks: AsyncIterable<string>,
  type: LicenceType,
  file: string,
): AsyncGenerator<Row> {
  const skipped: UnreadableRow[] = []
  const parser = parse({
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: MAX_ROW_CHARACTERS,
    on_skip: (error) => {
      skipped.push(unreadable(Number(error?.['lines'] ?? 0), codeOf(error)))
      return undefined
    },
  })
  // Failures on either side end the iteration below, which is where they are met.
  pipeline(Readable.from(chunks), parser, () => undefined)
  let rows = 0
  let header: readonly string[] | undefined
  for await (const { info, record } of parser as AsyncIterable<ParsedRecord>) {
    rows += skipped.length
    yield* skipped.splice(0)
    if (header === undefined) {
      assertHeader(record, type, file)
      header = record
    } else {
      rows++
      yield rowOf(header, record, info.lines)
    }
  }
  rows += skipped.length
  yield* skipped.splice(0)
  if (rows === 0) throw new IssuerError('input-empty', { file })
}

function codeOf(error: CsvError | undefined): RowOnlyDefectCode {
  return error?.code === 'CSV_MAX_RECORD_SIZE' ? 'row-too-long' : 'broken-quotes'
}

function rowOf(header: readonly string[], record: readonly string[], lastLine: number): Row {
  const lineBreaks = record.reduce((total, cell) => total + cell.split('\n').length - 1, 0)
  const line = lastLine - lineBreaks
  if (record.length !== header.length) return unreadable(line, 'wrong-column-count')
  const cells = header.map((name, i) => [name, record[i] ?? ''] as const)
  return { line, values: Object.fromEntries(cells.filter(([, cell]) => cell !== '')) }
}

/** The columns are the file's, not a row's: one wrong name would refuse every row. */
function assertHeader(header: readonly string[], type: LicenceType, file: string): void {
  const known = ['licenceId', ...type.fields.map(({ name }) => name)]
  const required = ['licenceId', ...type.fields.filter((field) => field.required).map(({ name }) => name)]
  const unknown = header.filter((name) => !known.includes(name))
  const repeated = header.filter((name, i) => header.indexOf(name) !== i)
  const missing = required.filter((name) => !header.includes(name))
  const complaints = [
    { names: missing, zh: '缺少列', en: 'missing' },
    { names: unknown, zh: '未知的列', en: 'unknown' },
    { names: repeated, zh: '重复的列', en: 'repeated' },
  ].filter(({ names }) => names.length > 0)
  if (complaints.length === 0) return
  const list = (names: readonly string[]): string => names.slice(0, 20).map(quote).join(', ')
  throw new IssuerError('input-header', {
    file,
    reasonZh: complaints.map(({ names, zh }) => `${zh} ${list(names)}`).join('；'),
    reason: complaints.map(({ names, en }) => `${en} ${list(names)}`).join('; '),
  })
}
