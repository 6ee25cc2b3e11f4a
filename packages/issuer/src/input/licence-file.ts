/** A file of licences of one type. */
import { stat } from 'node:fs/promises'
import type { LicenceType } from '@hefu/protocol'
import { reasonOf } from '../durable-file.ts'
import { IssuerError } from '../issuer-error.ts'
import { parseCsvRows } from './csv.ts'
import { parseNdjsonRows } from './ndjson.ts'
import type { Row } from './row.ts'
import { assertUtf8, readUtf8Chunks } from './utf8-chunks.ts'

export interface LicenceFile {
  readonly bytes: number
  /**
   * The rows, read as they are asked for. `onBytes` hears how much of the file has been read.
   *
   * @throws {IssuerError} `input-header`, `input-no-header`, `input-empty`
   */
  rows(onBytes?: (total: number) => void): AsyncGenerator<Row>
}

/**
 * Opens a `.csv` or `.ndjson` file; its encoding is checked to the end before any row is given out.
 *
 * @throws {IssuerError} `input-unreadable`, `input-unknown-format`, `input-not-utf8`, `input-gb18030`
 */
export async function openLicenceFile(file: string, type: LicenceType): Promise<LicenceFile> {
  const parse = parserOf(file, type)
  const { size } = await stat(file).catch((error: unknown) => {
    throw new IssuerError('input-unreadable', { file, reason: reasonOf(error) })
  })
  await assertUtf8(file)
  return { bytes: size, rows: (onBytes) => someRows(parse(readUtf8Chunks(file, onBytes)), file) }
}

function parserOf(file: string, type: LicenceType): (chunks: AsyncIterable<string>) => AsyncGenerator<Row> {
  if (/\.csv$/i.test(file)) return (chunks) => parseCsvRows(chunks, type, file)
  if (/\.(?:ndjson|jsonl)$/i.test(file)) return parseNdjsonRows
  throw new IssuerError('input-unknown-format', { file })
}

async function* someRows(rows: AsyncIterable<Row>, file: string): AsyncGenerator<Row> {
  let isEmpty = true
  for await (const row of rows) {
    isEmpty = false
    yield row
  }
  if (isEmpty) throw new IssuerError('input-empty', { file })
}
