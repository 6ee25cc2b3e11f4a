/** What kind of file lies before us, told by what is in it and not by its name; and its rows as they come. */
import { stat } from 'node:fs/promises'
import { reasonOf } from '@hefu/service'
import { IssuerError } from '../error/issuer-error.ts'
import { readCsvCells } from './csv-cells.ts'
import { parseNdjsonRows } from './ndjson.ts'
import type { Row } from './row.ts'
import type { SheetRow } from './sheet-row.ts'
import { findEncoding, readStart, readTextChunks } from './text-chunks.ts'
import { readXlsxCells } from './xlsx-cells.ts'
import { MAX_XLSX_BYTES } from './xlsx-parts.ts'

/** `onBytes` hears how much of the file has been read. */
type Reading<T> = (onBytes?: (total: number) => void) => AsyncGenerator<T>

/** A table whose first row names its columns, or an object a line. */
export type SheetFile = { readonly bytes: number } & (
  | { readonly kind: 'table'; readonly rows: Reading<SheetRow> }
  | { readonly kind: 'objects'; readonly rows: Reading<Row> }
)

/**
 * Opens CSV, XLSX or NDJSON. A text's encoding is checked to the end before any row is given out.
 *
 * @throws {IssuerError} `input-unreadable`, `input-not-text`, `input-damaged-utf8`, `input-old-spreadsheet`,
 *   `input-xlsx-too-large`
 */
export async function openSheetFile(file: string): Promise<SheetFile> {
  const { size: bytes } = await stat(file).catch((error: unknown) => {
    throw new IssuerError('input-unreadable', { file, reason: reasonOf(error) })
  })
  const start = await readStart(file)
  if (begins(start, OLE_CONTAINER)) throw new IssuerError('input-old-spreadsheet', { file })
  if (begins(start, ZIP_ENTRY)) {
    if (bytes > MAX_XLSX_BYTES) throw new IssuerError('input-xlsx-too-large', { file, most: MAX_XLSX_BYTES })
    return { bytes, kind: 'table', rows: () => readXlsxCells(file) }
  }
  const encoding = await findEncoding(file)
  const chunks = (onBytes?: (total: number) => void) => readTextChunks(file, encoding, onBytes)
  return (await holdsObjects(file, chunks()))
    ? { bytes, kind: 'objects', rows: (onBytes) => parseNdjsonRows(chunks(onBytes)) }
    : { bytes, kind: 'table', rows: (onBytes) => readCsvCells(chunks(onBytes)) }
}

/** Where XLSX begins, as every ZIP. */
const ZIP_ENTRY = [0x50, 0x4b, 0x03, 0x04]
/** Where XLS begins, and an XLSX under a password. */
const OLE_CONTAINER = [0xd0, 0xcf, 0x11, 0xe0]

function begins(start: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, i) => start[i] === byte)
}

async function holdsObjects(file: string, chunks: AsyncGenerator<string>): Promise<boolean> {
  if (/\.(?:ndjson|jsonl)$/i.test(file)) return true
  for await (const first of chunks) return first.trimStart().startsWith('{')
  return false
}
