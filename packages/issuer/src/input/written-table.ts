/** Writing a table as it is read here: CSV in UTF-8, with the mark by which spreadsheet programs know it, or XLSX. */
import { writeXlsx } from 'hucre'
import { MOST_CELL_CHARACTERS } from './xlsx-sheet.ts'

/** Before the first record. */
export const TABLE_MARK = '\ufeff'

/** One row (RFC 4180). */
export function encodeRecord(cells: readonly string[]): string {
  const quoted = cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
  return `${quoted.join(',')}\r\n`
}

/** A workbook of one sheet, all of it text: no program takes a long number for one and cuts it, nor what is typed in anew. */
export async function encodeXlsx(rows: readonly (readonly string[])[]): Promise<Uint8Array> {
  const [header = []] = rows
  const columns = header.map(() => ({ numFmt: '@' }))
  const cells = rows.map((row) => row.map((cell) => (cell === '' ? null : boundCell(escapeCell(cell)))))
  return writeXlsx({ sheets: [{ name: '未签发 Refused', columns, rows: cells }] })
}

/**
 * In the place of what no cell holds: one such cell would make the file one that no program opens. The sign before it
 * is refused wherever it is read, so that nobody issues these words.
 */
const TOO_LONG =
  '\ufffd 原文超过 32767 个字符，单元格容纳不下，未抄入；请见原文件 · Too long for a cell: see the file that it came from'

function boundCell(cell: string): string {
  return cell.length > MOST_CELL_CHARACTERS ? TOO_LONG : cell
}

/** What readers would take for an escape, and what XML cannot hold though text can: one such cell would spoil the file. */
function escapeCell(cell: string): string {
  return cell
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll(/[\ufffe\uffff]/g, (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase()}_`)
}
