/** Identifiers for licences that have none yet (赋码): written into a table before anything is signed. */
import { randomBytes } from 'node:crypto'
import { dirname } from 'node:path'
import { encodeLicenceId, type LicenceType } from '@hefu/protocol'
import { type GrowingFile, openGrowingFile, reasonOf, removeUnfinished, SECRET_MODE } from '@hefu/service'
import { IssuerError } from '../error/issuer-error.ts'
import { isIdentifierColumn, LICENCE_ID } from './columns.ts'
import { rowsFromHeader } from './header-row.ts'
import { exists, hasCode } from './new-file.ts'
import { openSheetFile } from './sheet-file.ts'
import { isBlank, type SheetRow } from './sheet-row.ts'
import { encodeRecord, TABLE_MARK } from './written-table.ts'

/** Whose identifiers they are. */
export interface Allotment {
  readonly type: LicenceType
  /** USCC. */
  readonly agency: string
}

/**
 * Copies a table to `to`, with an identifier in every row that has none, and returns how many were allotted. They are
 * drawn by chance, and say nothing of the holder; so this table, not the first one, is what is issued, also again. It is
 * readable by its owner only.
 *
 * @throws {IssuerError} `allot-exists` for a file that is there already, which is never written over;
 *   `allot-not-a-table`; `allot-unreadable-row` for a row that cannot be copied; `output-unwritable`; as
 *   {@link openSheetFile} and {@link rowsFromHeader}
 */
export async function allotIdentifiers(file: string, to: string, allotment: Allotment): Promise<number> {
  if (await exists(to)) throw new IssuerError('allot-exists', { file: to })
  const sheet = await openSheetFile(file)
  if (sheet.kind !== 'table') throw new IssuerError('allot-not-a-table', { file })
  await removeUnfinished(dirname(to))
  const growing = attempt(to, () => openGrowingFile(to, SECRET_MODE))
  try {
    const allotted = await copyRows(sheet.rows(), file, allotment, (text) =>
      attempt(to, () => growing.append(text)),
    )
    placeNew(growing, to)
    return allotted
  } catch (error) {
    growing.drop()
    throw error
  }
}

/** The identifier of a new licence, its serial drawn by chance. */
function drawIdentifier({ type, agency }: Allotment): string {
  return encodeLicenceId({ licenceType: type.code, issuer: agency, serial: drawSerial(), version: '001' })
}

/** Without the letters that are taken for digits: thirty-two are left, five bits each. */
const SERIAL_CHARACTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** Seventy bits: no two of one agency are ever alike. With the letter before them they are never somebody's number. */
const DRAWN_CHARACTERS = 14

function drawSerial(): string {
  const drawn = [...randomBytes(DRAWN_CHARACTERS)].map((byte) => SERIAL_CHARACTERS.charAt(byte % 32))
  return `A${drawn.join('')}`
}

async function copyRows(
  rows: AsyncIterable<SheetRow>,
  file: string,
  allotment: Allotment,
  write: (text: string) => void,
): Promise<number> {
  let column: number | undefined
  let allotted = 0
  for await (const row of rowsFromHeader(rows, allotment.type, file)) {
    if (isBlank(row)) continue
    const cells = cellsOf(row, file)
    if (column === undefined) {
      column = cells.findIndex(isIdentifierColumn)
      write(TABLE_MARK + encodeRecord(column < 0 ? [LICENCE_ID, ...cells] : cells))
    } else {
      // A row that is too short stays so, and is refused when it is issued.
      const isMissing = column < 0 || cells[column] === ''
      const identifier = isMissing ? drawIdentifier(allotment) : ''
      if (isMissing) allotted++
      const filled = isMissing && column >= 0 ? cells.with(column, identifier) : cells
      write(encodeRecord(column < 0 ? [identifier, ...filled] : filled))
    }
  }
  return allotted
}

/** What a copy would lose is mended first. */
function cellsOf(row: SheetRow, file: string): readonly string[] {
  if (!('defect' in row) && row.lost === undefined) return row.cells
  throw new IssuerError('allot-unreadable-row', { file, line: row.line })
}

/** Another file may have got the name since it was looked for. */
function placeNew(growing: GrowingFile, file: string): void {
  attempt(file, () => {
    try {
      growing.placeNew()
    } catch (error) {
      if (hasCode(error, 'EEXIST')) throw new IssuerError('allot-exists', { file })
      throw error
    }
  })
}

function attempt<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof IssuerError) throw error
    throw new IssuerError('output-unwritable', { file, reason: reasonOf(error) }, { cause: error })
  }
}
