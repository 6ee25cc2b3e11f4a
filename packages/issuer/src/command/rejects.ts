/**
 * The refused rows for the agency to mend and hand in again: as the table that they came in with their reasons in a
 * last column (XLSX or CSV), or as NDJSON, one defect a line.
 */
import { dirname } from 'node:path'
import { openGrowingFile, reasonOf, removeUnfinished, SECRET_MODE } from '@hefu/service'
import { IssuerError } from '../error/issuer-error.ts'
import { REASONS_COLUMN } from '../input/columns.ts'
import { TO_DECIDE } from '../input/given-back.ts'
import { exists } from '../input/new-file.ts'
import type { RowDefect } from '../input/row.ts'
import type { RowsRead } from '../input/rows-read.ts'
import { encodeRecord, encodeXlsx, TABLE_MARK } from '../input/written-table.ts'

export interface Rejects {
  add(line: number, defects: readonly RowDefect[]): void
  /** Gives the file its name, also when no row was refused. */
  close(): Promise<void>
  /** After a failure: keeps what is there, but leaves no empty file. */
  abandon(): Promise<void>
}

/**
 * In the form that the name of the file says; personal data, as what was given in, and readable by its owner only.
 *
 * @throws {IssuerError} `rejects-exist` for a file that is there already, which is never written over;
 *   `output-unwritable`, here and from every function
 */
export async function createRejects(file: string, read: RowsRead): Promise<Rejects> {
  const attempt = async <T>(work: () => T | Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw unwritable(file, error)
    }
  }
  if (await exists(file)) throw new IssuerError('rejects-exist', { file })
  await removeUnfinished(dirname(file))
  const growing = await attempt(() => openGrowingFile(file, SECRET_MODE))
  const form = formOf(file, read)
  let isEmpty = true
  const place = async (): Promise<void> => {
    growing.append(await form.rest())
    growing.placeNew()
  }
  return {
    add: (line, defects) => {
      isEmpty = false
      try {
        growing.append(form.encode(line, defects))
      } catch (error) {
        throw unwritable(file, error)
      }
    },
    close: () => attempt(place),
    abandon: () => attempt(isEmpty ? growing.drop : place),
  }
}

function unwritable(file: string, cause: unknown): IssuerError {
  return new IssuerError('output-unwritable', { file, reason: reasonOf(cause) }, { cause })
}

interface RejectsForm {
  /** What can be written of a row at once. */
  encode(line: number, defects: readonly RowDefect[]): string
  /** What can be written when all rows are there. */
  rest(): Promise<string | Uint8Array>
}

/** Whether refused rows are written to a file of this name in the columns of their table. */
export function isTableName(file: string): boolean {
  return /\.(?:csv|xlsx)$/i.test(file)
}

function formOf(file: string, read: RowsRead): RejectsForm {
  if (/\.xlsx$/i.test(file)) return workbookOf(read)
  return /\.csv$/i.test(file) ? tableOf(read) : DEFECT_LINES
}

const DEFECT_LINES: RejectsForm = {
  encode: (line, defects) =>
    defects
      .map(({ field, code, says: { zh, en } }) =>
        JSON.stringify({ line, field: field ?? null, code, zh, en }),
      )
      .map((text) => `${text}\n`)
      .join(''),
  rest: async () => '',
}

/** The header before the first row. */
function tableOf(read: RowsRead): RejectsForm {
  let isBegun = false
  return {
    encode: (line, defects) => {
      const header = isBegun ? '' : TABLE_MARK + encodeRecord(headerOf(read))
      isBegun = true
      return header + encodeRecord(cellsOf(read, line, defects))
    },
    rest: async () => '',
  }
}

/** A workbook is written in one piece: its rows are kept until then. */
function workbookOf(read: RowsRead): RejectsForm {
  const rows: (readonly string[])[] = []
  return {
    encode: (line, defects) => {
      rows.push(cellsOf(read, line, defects))
      return ''
    },
    rest: () => encodeXlsx([headerOf(read), ...rows]),
  }
}

function namesOf(read: RowsRead): readonly string[] {
  return read.header().filter((name) => name !== REASONS_COLUMN)
}

function headerOf(read: RowsRead): readonly string[] {
  return [...namesOf(read), REASONS_COLUMN]
}

function cellsOf(read: RowsRead, line: number, defects: readonly RowDefect[]): readonly string[] {
  const [header, cells] = [read.header(), read.cellsOf(line)]
  const kept = header.flatMap((name, i) => (name === REASONS_COLUMN ? [] : [cells[i] ?? '']))
  return [...kept, reasonsOf(line, defects)]
}

function reasonsOf(line: number, defects: readonly RowDefect[]): string {
  const each = defects.map(({ says }) => `${says.zh} ${says.en}`)
  // Of such a row the columns do not show what was wrong with it.
  const isWhole = defects.some(({ field }) => field === undefined)
  return `${isWhole ? TO_DECIDE : ''}第 ${line} 行 line ${line}: ${each.join('；')}`
}
