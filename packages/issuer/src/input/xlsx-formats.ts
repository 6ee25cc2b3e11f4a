/** The formats of the cells of an XLSX file, by the number of their style. */
import { type CellFormat, GENERAL, parseCellFormat } from './cell-format.ts'
import { attributesAt } from './xml-reading.ts'

/** The format of a style; `undefined` for a style that is not there. */
export type FormatOf = (style: string) => CellFormat | undefined

/**
 * Reads the part that holds the styles; an empty one has none, and every cell is shown as it is.
 *
 * @throws {XmlDamage}
 */
export function readFormats(styles: string): FormatOf {
  const general = parseCellFormat(GENERAL)
  if (styles === '') return () => general
  const own = attributesAt(styles, ['numFmts', 'numFmt']).map(
    (attributes) => [Number(attributes.get('numFmtId')), attributes.get('formatCode') ?? ''] as const,
  )
  const codes = new Map([...BUILT_IN, ...own.filter(([, code]) => code !== '')])
  const formats = attributesAt(styles, ['cellXfs', 'xf']).map((attributes) =>
    // A number that names no format is shown in one that only the program knows.
    parseCellFormat(codes.get(Number(attributes.get('numFmtId') ?? 0)) ?? UNKNOWN),
  )
  return (style) => (style === '' ? general : formats[Number(style)])
}

/** Shows nothing of a number. */
const UNKNOWN = '""'

/** ECMA-376 part 1 §18.8.30, with those of Chinese programs; of the others none shows a number as it is. */
const BUILT_IN: readonly (readonly [id: number, code: string])[] = [
  [0, GENERAL],
  [1, '0'],
  [2, '0.00'],
  [14, 'm/d/yyyy'],
  [15, 'd-mmm-yy'],
  [22, 'm/d/yyyy h:mm'],
  [30, 'm-d-yy'],
  [31, 'yyyy"年"m"月"d"日"'],
  [49, '@'],
]
