/** A file of licences of one type, as spreadsheets and systems export it. */
import type { LicenceType } from '@hefu/protocol'
import { IssuerError } from '../error/issuer-error.ts'
import type { Confirmed } from './lost-content.ts'
import type { Row } from './row.ts'
import { createRowsRead, type RowsRead } from './rows-read.ts'
import { openSheetFile, type SheetFile } from './sheet-file.ts'
import { parseTableRows } from './table-rows.ts'

export interface LicenceFile {
  readonly bytes: number
  readonly kind: SheetFile['kind']
  /**
   * The rows, read as they are asked for. `onBytes` hears how much of the file has been read.
   *
   * @throws {IssuerError} `input-header`, `input-no-header`, `input-hidden-columns`, `input-empty`, `input-not-xlsx`, `input-xlsx-too-much`,
   *   `input-xlsx-declaration`, `input-xlsx-cell`
   */
  rows(onBytes?: (total: number) => void): AsyncGenerator<Row>
  /** What was read of it as cells. */
  readonly read: RowsRead
}

/**
 * Opens a file of licences.
 *
 * @throws {IssuerError} as {@link openSheetFile}
 */
export async function openLicenceFile(
  file: string,
  type: LicenceType,
  confirmed: ReadonlySet<Confirmed> = new Set(),
): Promise<LicenceFile> {
  const sheet = await openSheetFile(file)
  const table = { type, file, confirmed, read: createRowsRead() }
  return {
    bytes: sheet.bytes,
    kind: sheet.kind,
    read: table.read,
    rows: (onBytes) =>
      someRows(
        sheet.kind === 'table' ? parseTableRows(sheet.rows(onBytes), table) : sheet.rows(onBytes),
        file,
      ),
  }
}

async function* someRows(rows: AsyncIterable<Row>, file: string): AsyncGenerator<Row> {
  let isEmpty = true
  for await (const row of rows) {
    isEmpty = false
    yield row
  }
  if (isEmpty) throw new IssuerError('input-empty', { file })
}
