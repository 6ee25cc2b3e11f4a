/** Cells of a table that office software opens: text, whatever stands in them, and never a formula (OWASP, CSV Injection). */
import { spellUnseen } from '../language/rare-characters.ts'

/**
 * Signs by which a cell is taken for a formula, in their full and small forms too, which some programs narrow; also behind
 * white space, which some leave out.
 */
const FORMULA = /^\s*[=+\-@|%＝＋－＠﹦﹢﹣﹫−\t\r\n]/u

/** In quotation marks, with an apostrophe before what could be a formula. */
export function cellOf(value: string | number | null): string {
  const text = String(value ?? '')
  // What cannot be seen may be left out by whoever reads, and what is behind it be the beginning.
  const shown = spellUnseen(text)
  const isFormula = FORMULA.test(text) || FORMULA.test(text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ''))
  return `"${(isFormula ? `'${shown}` : shown).replaceAll('"', '""')}"`
}

/** A row with its line end, as RFC 4180 has it. */
export function rowOfCells(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`
}
