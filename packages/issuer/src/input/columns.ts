/** Which field each column holds, by its header. */
import { type LicenceType, maskValue, quote } from '@hefu/protocol'
import { IssuerError } from '../error/issuer-error.ts'
import { HOLDER_KEY_COLUMN } from './holder-key.ts'

/** Field name of each column, `null` for one that is passed over. */
export type Columns = readonly (string | null)[]

/** The column in which refused rows are given back with their reasons; passed over when they come again. */
export const REASONS_COLUMN = '未签发原因 Reasons'

/** Where the reasons stand; -1 in a table that was not given back. */
export function findReasons(header: readonly string[]): number {
  return header.findIndex((cell) => plainName(cell) === plainName(REASONS_COLUMN))
}

/** What spreadsheets number in. */
const NUMBERINGS = plainNames(['', '序号', 'no', 'no.', REASONS_COLUMN])
/** What they remark in; a type with remarks of its own has none beside them, for either may hold what is on the face. */
const REMARKS = plainNames(['备注', '说明', 'remark', 'remarks'])

export const LICENCE_ID = 'licenceId'
const LICENCE_ID_LABELS = ['电子证照标识', '证照标识', '电子证照标识码', 'licence identifier']

/** What a row would be as a header. */
export interface FoundColumns {
  readonly columns: Columns
  /** Cells that name no field and are not passed over. */
  readonly unknown: readonly string[]
}

/** Field names, or their labels in Chinese or English, in any order. */
export function findColumns(row: readonly string[], type: LicenceType): FoundColumns {
  const names = namesOf(type)
  const passedOver = passedOverBeside(names)
  return {
    columns: row.map((cell) => names.get(plainName(cell)) ?? null),
    unknown: row.filter((cell) => !names.has(plainName(cell)) && !passedOver.has(plainName(cell))),
  }
}

/** The columns that a table of this type has at least. */
export function neededColumns({ fields }: LicenceType): readonly string[] {
  return [LICENCE_ID, ...fields.filter(({ required }) => required).map(({ name }) => name)]
}

/**
 * The columns of a header.
 *
 * @throws {IssuerError} `input-header` when some are missing, repeated or not known
 */
export function readColumns(header: readonly string[], type: LicenceType, file: string): Columns {
  const { columns, unknown } = findColumns(header, type)
  const known = columns.filter((name) => name !== null)
  assertComplete(
    {
      missing: neededColumns(type).filter((name) => !known.includes(name)),
      unknown,
      repeated: known.filter((name, i) => known.indexOf(name) !== i),
    },
    file,
  )
  return columns
}

interface Complaints {
  readonly missing: readonly string[]
  readonly unknown: readonly string[]
  readonly repeated: readonly string[]
}

/** The columns are the file's, not a row's: one wrong name would refuse every row, or leave a field out of every one. */
function assertComplete({ missing, unknown, repeated }: Complaints, file: string): void {
  const complaints = [
    { names: missing, zh: '缺少列', en: 'missing' },
    { names: unknown, zh: '无法识别的列', en: 'unknown' },
    { names: repeated, zh: '重复的列', en: 'repeated' },
  ].filter(({ names }) => names.length > 0)
  if (complaints.length === 0) return
  const list = (names: readonly string[]): string =>
    names
      .slice(0, 20)
      .map((name) => quote(maskValue('open', name)))
      .join(', ')
  throw new IssuerError('input-header', {
    file,
    reasonZh: complaints.map(({ names, zh }) => `${zh} ${list(names)}`).join('；'),
    reason: complaints.map(({ names, en }) => `${en} ${list(names)}`).join('; '),
  })
}

/** Whether a cell of the header names the column of the identifiers. */
export function isIdentifierColumn(cell: string): boolean {
  return [LICENCE_ID, ...LICENCE_ID_LABELS].some((label) => plainName(label) === plainName(cell))
}

/** A column that the type names is never passed over. */
function passedOverBeside(names: ReadonlyMap<string, string>): ReadonlySet<string> {
  const hasRemarks = [...REMARKS].some((name) => names.has(name))
  return hasRemarks ? NUMBERINGS : new Set([...NUMBERINGS, ...REMARKS])
}

/** A label that two fields share names neither. */
function namesOf({ fields }: LicenceType): ReadonlyMap<string, string> {
  const labelled = fields.flatMap(({ name, label }) => [name, label.zh, label.en].map((text) => [text, name]))
  const others = [LICENCE_ID, ...LICENCE_ID_LABELS].map((text) => [text, LICENCE_ID])
  const all = [...others, [HOLDER_KEY_COLUMN, HOLDER_KEY_COLUMN], ...labelled]
  const names = new Map<string, string>()
  const ambiguous = new Set<string>()
  for (const [text = '', name = ''] of all) {
    const plain = plainName(text)
    if ((names.get(plain) ?? name) !== name) ambiguous.add(plain)
    names.set(plain, name)
  }
  for (const plain of ambiguous) names.delete(plain)
  return names
}

function plainNames(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.map(plainName))
}

/** People star what is required and say in brackets how to fill it in. */
function plainName(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[(（【[][^()（）【】[\]]*[)）】\]]/g, '')
    .replaceAll(/[*\s]/g, '')
    .toLowerCase()
}
