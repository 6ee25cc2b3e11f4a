/** Where a table begins: people set a title above its header, 广东省安管人员名单 in merged cells, and hide columns. */
import { type LicenceType, quote } from '@hefu/protocol'
import { IssuerError } from '../error/issuer-error.ts'
import { findColumns, neededColumns } from './columns.ts'
import { sayLost } from './row.ts'
import { isBlank, type SheetRow } from './sheet-row.ts'
import { columnName } from './xlsx-sheet.ts'

/** Title, subtitle, who filled it in and when, how to: more above a header is another table. */
const MOST_TITLES = 10
/** A row of more cells may be a licence: merged cells are one, 填报单位, 填报日期 and 联系人 three. */
const MOST_TITLE_CELLS = 3

/**
 * The rows from the header on, and the blank ones before it; titles above it are left out. What is above is certain to
 * be no licence: no type has so few columns.
 *
 * @throws {IssuerError} `input-no-header` where the first row that is no title names no columns: none of it is quoted, it
 *   may be somebody's; `input-header` where a name cannot be taken as it stands; `input-hidden-columns` where nobody sees
 *   what would be signed
 */
export async function* rowsFromHeader(
  rows: AsyncIterable<SheetRow>,
  type: LicenceType,
  file: string,
): AsyncGenerator<SheetRow> {
  let titles = 0
  let isFound = false
  for await (const row of rows) {
    if (!isFound && !isBlank(row)) {
      isFound = isHeader(row, type)
      if (isFound) {
        assertNamesWhole(row, file)
        assertColumnsSeen(row, type, file)
      } else if (++titles > MOST_TITLES || !isTitle(row)) throw noHeader(type, file)
      else continue
    }
    yield row
  }
  if (!isFound && titles > 0) throw noHeader(type, file)
}

function isHeader(row: SheetRow, type: LicenceType): boolean {
  if ('defect' in row) return false
  const { columns, unknown } = findColumns(row.cells, type)
  const known = columns.filter((name) => name !== null).length
  return known >= unknown.length && known >= 2
}

function isTitle(row: SheetRow): boolean {
  const isWhole = !('defect' in row) && row.lost === undefined
  return isWhole && row.cells.filter((cell) => cell !== '').length <= MOST_TITLE_CELLS
}

function noHeader(type: LicenceType, file: string): IssuerError {
  return new IssuerError('input-no-header', { file, names: neededColumns(type).join(', ') })
}

/** A name that cannot be read would have its column passed over, and the field left out of every licence. */
function assertNamesWhole(header: SheetRow, file: string): void {
  const [lost] = 'defect' in header ? [] : (header.lost?.values() ?? [])
  if (lost === undefined) return
  const { zh, en } = sayLost(lost)
  throw new IssuerError('input-header', { file, reasonZh: zh, reason: en })
}

/** A hidden column of a name that is passed over is passed over. */
function assertColumnsSeen(header: SheetRow, type: LicenceType, file: string): void {
  if ('defect' in header) return
  const { cells, hiddenColumns } = header
  const hidden = findColumns(cells, type).columns.flatMap((name, i) =>
    name !== null && hiddenColumns?.has(i) === true ? [`${columnName(i)} ${quote(cells[i] ?? '')}`] : [],
  )
  if (hidden.length > 0) throw new IssuerError('input-hidden-columns', { file, columns: hidden.join(', ') })
}
