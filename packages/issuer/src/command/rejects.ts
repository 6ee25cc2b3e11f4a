/**
 * The refused rows for the agency to mend and hand in again: as the table that they came in with their reasons in a
 * last column, or as NDJSON, one defect a line.
 */
import { dirname } from 'node:path'
import { openGrowingFile, reasonOf, removeUnfinished } from '@hefu/service'
import { IssuerError } from '../error/issuer-error.ts'
import { REASONS_COLUMN } from '../input/columns.ts'
import type { RowDefect } from '../input/row.ts'
import type { RowsRead } from '../input/rows-read.ts'

export interface Rejects {
  add(line: number, defects: readonly RowDefect[]): void
  /** Gives the file its name, also when no row was refused. */
  close(): void
  /** After a failure: keeps what is there, but leaves no empty file. */
  abandon(): void
}

/**
 * A table where the file is named `.csv`: personal data, as what was given in.
 *
 * @throws {IssuerError} `output-unwritable`, here and from every function
 */
export async function createRejects(file: string, read: RowsRead): Promise<Rejects> {
  const attempt = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw new IssuerError('output-unwritable', { file, reason: reasonOf(error) }, { cause: error })
    }
  }
  await removeUnfinished(dirname(file))
  const growing = attempt(() => openGrowingFile(file))
  const write = /\.csv$/i.test(file) ? tableWriter(read) : defectLines
  let isEmpty = true
  return {
    add: (line, defects) => {
      isEmpty = false
      attempt(() => growing.append(write(line, defects)))
    },
    close: () => attempt(growing.place),
    abandon: () => attempt(isEmpty ? growing.drop : growing.place),
  }
}

type RowWriter = (line: number, defects: readonly RowDefect[]) => string

const defectLines: RowWriter = (line, defects) =>
  defects
    .map(({ field, code, says: { zh, en } }) => JSON.stringify({ line, field: field ?? null, code, zh, en }))
    .map((text) => `${text}\n`)
    .join('')

/** With the mark by which spreadsheet programs know UTF-8; the header before the first row. */
function tableWriter(read: RowsRead): RowWriter {
  let isBegun = false
  return (line, defects) => {
    const names = read.header().filter((name) => name !== REASONS_COLUMN)
    const header = isBegun ? '' : `\ufeff${recordOf([...names, REASONS_COLUMN])}`
    isBegun = true
    const cells = names.map((name) => read.cellsOf(line)[read.header().indexOf(name)] ?? '')
    return header + recordOf([...cells, reasonsOf(line, defects)])
  }
}

function reasonsOf(line: number, defects: readonly RowDefect[]): string {
  const each = defects.map(
    ({ field, says }) => `${field === undefined ? '' : `${field} `}${says.zh} ${says.en}`,
  )
  return `第 ${line} 行 line ${line}: ${each.join('；')}`
}

function recordOf(cells: readonly string[]): string {
  const quoted = cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
  return `${quoted.join(',')}\r\n`
}
