/** A file of licences of one type, as spreadsheets and systems export it. */
import { stat } from 'node:fs/promises'
import type { LicenceType } from '@hefu/protocol'
import { reasonOf } from '@hefu/service'
import { IssuerError } from '../error/issuer-error.ts'
import { readCsvCells } from './csv-cells.ts'
import type { Confirmed } from './lost-content.ts'
import { parseNdjsonRows } from './ndjson.ts'
import type { Row } from './row.ts'
import { createRowsRead, type RowsRead } from './rows-read.ts'
import { parseTableRows, type Table } from './table-rows.ts'
import { findEncoding, readStart, readTextChunks } from './text-chunks.ts'
import { readXlsxCells } from './xlsx-cells.ts'
import { MAX_XLSX_BYTES } from './xlsx-parts.ts'

export interface LicenceFile {
  readonly bytes: number
  /**
   * The rows, read as they are asked for. `onBytes` hears how much of the file has been read.
   *
   * @throws {IssuerError} `input-header`, `input-no-header`, `input-empty`, `input-not-xlsx`, `input-xlsx-too-much`,
   *   `input-xlsx-declaration`, `input-xlsx-cell`
   */
  rows(onBytes?: (total: number) => void): AsyncGenerator<Row>
  /** What was read of it as cells. */
  readonly read: RowsRead
}

/**
 * Opens a file of licences: CSV, XLSX or NDJSON, told by what is in it. A text's encoding is checked to the end before
 * any row is given out.
 *
 * @throws {IssuerError} `input-unreadable`, `input-not-text`, `input-damaged-utf8`, `input-old-spreadsheet`,
 *   `input-xlsx-too-large`
 */
export async function openLicenceFile(
  file: string,
  type: LicenceType,
  confirmed: ReadonlySet<Confirmed> = new Set(),
): Promise<LicenceFile> {
  const table = { type, file, confirmed, read: createRowsRead() }
  const { size } = await stat(file).catch((error: unknown) => {
    throw new IssuerError('input-unreadable', { file, reason: reasonOf(error) })
  })
  const start = await readStart(file)
  if (begins(start, OLE_CONTAINER)) throw new IssuerError('input-old-spreadsheet', { file })
  if (begins(start, ZIP_ENTRY)) return openXlsx(table, size)
  const encoding = await findEncoding(file)
  return {
    bytes: size,
    read: table.read,
    rows: (onBytes) => someRows(parseText(readTextChunks(file, encoding, onBytes), table), file),
  }
}

/** Where XLSX begins, as every ZIP. */
const ZIP_ENTRY = [0x50, 0x4b, 0x03, 0x04]
/** Where XLS begins, and an XLSX under a password. */
const OLE_CONTAINER = [0xd0, 0xcf, 0x11, 0xe0]

function begins(start: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, i) => start[i] === byte)
}

function openXlsx(table: Table, size: number): LicenceFile {
  const { file, read } = table
  if (size > MAX_XLSX_BYTES) throw new IssuerError('input-xlsx-too-large', { file, most: MAX_XLSX_BYTES })
  return { bytes: size, read, rows: () => someRows(parseTableRows(readXlsxCells(file), table), file) }
}

/** One object a line, or a table. */
async function* parseText(chunks: AsyncGenerator<string>, table: Table): AsyncGenerator<Row> {
  const { value: first = '' } = await chunks.next()
  const all = withFirst(first, chunks)
  const isNdjson = /\.(?:ndjson|jsonl)$/i.test(table.file) || first.trimStart().startsWith('{')
  if (isNdjson) yield* parseNdjsonRows(all)
  else yield* parseTableRows(readCsvCells(all), table)
}

async function* withFirst(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first
  yield* rest
}

async function* someRows(rows: AsyncIterable<Row>, file: string): AsyncGenerator<Row> {
  let isEmpty = true
  for await (const row of rows) {
    isEmpty = false
    yield row
  }
  if (isEmpty) throw new IssuerError('input-empty', { file })
}
