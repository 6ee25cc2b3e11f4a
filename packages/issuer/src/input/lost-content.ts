/** What spreadsheets leave where they lost something: found in the cell, for the value alone may look right. */
import type { LicenceField } from '@hefu/protocol'
import { TO_FILL_IN } from './given-back.ts'
import { type RowDefect, rowDefect } from './row.ts'

/** What a person has looked at and says is right as it stands. */
export type Confirmed = (typeof CONFIRMABLE)[number]
export const CONFIRMABLE = ['digits', 'characters', 'numbers', 'names', 'holder'] as const

const ERROR_VALUE = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|CALC!)$/
/** A number that was shown in too narrow a column, or that was never text. */
const SCIENTIFIC = /^[+-]?\d(?:\.\d+)?E[+-]?\d+$/i
/** A sheet keeps fifteen digits of a number and puts zeros in the place of the others. */
const ZEROS_AFTER_FIFTEEN = /^\d{15}0+$/
/** What a decoder puts where it cannot read, and characters that only one machine's fonts know. */
const LOST = /[\ufffd\ue000-\uf8ff\u{f0000}-\u{10ffff}]/u
/** What an encoder puts where it has no character: signs that a name or an address may hold, but hardly does. */
const MAY_BE_LOST = /[□■〓]|\p{Script=Han}[?？]|[?？]\p{Script=Han}/u

/**
 * What is wrong with a cell, or `null`. In a person's name no such sign is ever right: the rules of the type refuse it,
 * whatever is confirmed.
 */
export function findLost(
  name: string,
  field: LicenceField | undefined,
  cell: string,
  confirmed: ReadonlySet<Confirmed>,
): RowDefect | null {
  if (cell.includes(TO_FILL_IN)) return rowDefect('to-be-filled-in', name)
  if (ERROR_VALUE.test(cell)) return rowDefect('cell-error', name)
  if (SCIENTIFIC.test(cell)) return rowDefect('number-cut', name)
  if (LOST.test(cell)) return rowDefect('character-lost', name)
  if (ZEROS_AFTER_FIFTEEN.test(cell) && !confirmed.has('digits')) return rowDefect('digits-may-be-cut', name)
  const isName = name === 'holderName' || field?.mask === 'name'
  if (!isName && MAY_BE_LOST.test(cell) && !confirmed.has('characters'))
    return rowDefect('character-may-be-lost', name)
  return null
}
