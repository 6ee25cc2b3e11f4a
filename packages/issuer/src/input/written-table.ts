/** Writing a table as it is read here: CSV in UTF-8, with the mark by which spreadsheet programs know it, or XLSX. */

import { writeXlsx } from 'hucre'

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
  const cells = rows.map((row) => row.map((cell) => (cell === '' ? null : escapeCell(cell))))
  return writeXlsx({ sheets: [{ name: '未签发 Refused', columns, rows: cells }] })
}

/** What readers would take for an escape, and what XML cannot hold though text can: one such cell would spoil the file. */
function escapeCell(cell: string): string {
  return cell
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll(/[\ufffe\uffff]/g, (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase()}_`)
}
