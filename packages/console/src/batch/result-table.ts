/** The rows as a table for office software: no value of any face, and no cell that becomes a formula. */
import { type Bilingual, findLicenceType, inBoth } from '@hefu/protocol'
import { BATCH_TEXTS, OUTCOME_LABELS } from '../texts/batch-texts.ts'
import type { BatchRow, RowLicence } from './batch-rows.ts'
import { rowOfCells } from './table-cells.ts'

interface Column {
  readonly title: Bilingual
  readonly cell: (row: BatchRow, reasons: ReadonlyMap<string, Bilingual>) => Bilingual | number | null
}

const COLUMNS: readonly Column[] = [
  { title: BATCH_TEXTS.row, cell: ({ row }) => row },
  { title: BATCH_TEXTS.name, cell: ({ name }) => inBothOrNot(name) },
  { title: BATCH_TEXTS.licenceId, cell: ({ licence }) => inBothOrNot(licence?.id ?? null) },
  { title: BATCH_TEXTS.licenceType, cell: ({ licence }) => typeOf(licence) },
  { title: BATCH_TEXTS.issuer, cell: ({ licence }) => inBothOrNot(licence?.issuerName ?? null) },
  { title: BATCH_TEXTS.issuerCode, cell: ({ licence }) => inBothOrNot(licence?.issuer ?? null) },
  { title: BATCH_TEXTS.outcome, cell: ({ outcome }) => OUTCOME_LABELS[outcome] },
  { title: BATCH_TEXTS.reason, cell: ({ reason }, reasons) => reasons.get(reason ?? '') ?? null },
  { title: BATCH_TEXTS.nextStep, cell: ({ nextStep }) => nextStep },
  { title: BATCH_TEXTS.resultCode, cell: ({ resultCode }) => resultCode },
  { title: BATCH_TEXTS.sheetNumber, cell: ({ number }) => inBothOrNot(number) },
  { title: BATCH_TEXTS.reasonCode, cell: ({ reason }) => inBothOrNot(reason) },
]
/** Without it office software here reads UTF-8 as GBK. */
const BYTE_ORDER_MARK = '\ufeff'
const ROWS_OF_PIECE = 1_000

/** Pieces of the table, each of some rows, to be put one behind the other. */
export function* writeTable(
  rows: readonly BatchRow[],
  reasons: ReadonlyMap<string, Bilingual>,
  language: keyof Bilingual,
): Generator<string, undefined, undefined> {
  const said = (text: Bilingual | number | null): string | number | null =>
    typeof text === 'object' && text !== null ? text[language] : text
  yield BYTE_ORDER_MARK + rowOfCells(COLUMNS.map(({ title }) => title[language]))
  for (let at = 0; at < rows.length; at += ROWS_OF_PIECE) {
    const piece = rows.slice(at, at + ROWS_OF_PIECE)
    yield piece.map((row) => rowOfCells(COLUMNS.map(({ cell }) => said(cell(row, reasons))))).join('')
  }
}

/** By its name, where the type is known here. */
function typeOf(licence: RowLicence | null): Bilingual | null {
  if (licence === null) return null
  return findLicenceType(licence.type)?.name ?? inBoth(licence.type)
}

function inBothOrNot(text: string | null): Bilingual | null {
  return text === null ? null : inBoth(text)
}
