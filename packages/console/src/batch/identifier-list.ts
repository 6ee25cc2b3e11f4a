/** A list of identifiers as office software writes it (RFC 4180): UTF-8 or GB 18030; commas, semicolons or tabs. Untrusted. */
import {
  type Bilingual,
  fillIn,
  kindOfPresented,
  maskValue,
  readPresented,
  showLicenceId,
} from '@hefu/protocol'
import { decodeText } from '@hefu/sdk'
import { parse } from 'csv-parse/browser/esm/sync'
import { BATCH_FAULTS } from '../texts/batch-texts.ts'
import { MOST_ITEMS } from './batch-bounds.ts'

/** One row below the header, or why nothing can be asked of it. */
export interface ListedIdentifier {
  /** Line of the file, from 1. */
  readonly line: number
  /** What its cell says, masked: for people to tell it by. */
  readonly shown: string
  readonly presented: string | null
}

/** Why a list cannot be read. It says nothing of any licence. */
export class ListFault extends Error {
  override readonly name = 'ListFault'
  readonly code: 'list-not-text' | 'list-broken' | 'list-empty'
  readonly says: Bilingual

  constructor(code: ListFault['code'], line = 0) {
    const says = fillIn(BATCH_FAULTS[code], { line })
    super(says.en)
    this.code = code
    this.says = says
  }
}

const HEADERS = /^(?:电子证照标识|证照标识|licence ?id|license ?id|identifier|certificate_identifier|zzbs)$/i
/** A line before the header by which a spreadsheet program is told the separator. */
const SEPARATOR_LINE = /^sep=([,;\t])\r?\n/i
const SEPARATORS = [',', ';', '\t']
/** Of a row: a cell may hold a whole licence. */
const MOST_ROW_CHARACTERS = 524_288
const MOST_SHOWN = 80
/** What may stand in a cell: a person's name in it is sent to nobody. */
const ASKED_FOR = ['licence', 'qr-whole', 'qr-reference', 'qr-distorted', 'licence-id']

/**
 * The identifiers of the column that the header names, else of the first. Of a table one more row than may be asked for is
 * read, and no further.
 *
 * @throws {ListFault}
 */
export function* readIdentifiers(bytes: Uint8Array): Generator<ListedIdentifier, undefined, undefined> {
  const text = textOf(bytes)
  if (text === null) throw new ListFault('list-not-text')
  const said = SEPARATOR_LINE.exec(text)
  const rows = rowsOf(said === null ? text : text.slice(said[0].length), said?.[1])
  const column = rows[0]?.record.findIndex((cell) => HEADERS.test(cell.trim())) ?? -1
  const listed = column < 0 ? rows : rows.slice(1)
  if (listed.length === 0) throw new ListFault('list-empty')
  for (const { record, info } of listed)
    yield listedOf(record[Math.max(0, column)] ?? '', info.lines + (said === null ? 0 : 1))
}

/** What a byte is lost of is no identifier: a list may be read in GB 18030 where a licence's own text may not. */
function textOf(bytes: Uint8Array): string | null {
  const text = decodeText(bytes)
  if (text !== null) return text
  try {
    const decoded = new TextDecoder('gb18030', { fatal: true }).decode(bytes)
    return decoded.includes('\0') ? null : decoded
  } catch {
    return null
  }
}

function listedOf(cell: string, line: number): ListedIdentifier {
  const presented = readPresented(cell)
  const kind = kindOfPresented(presented)
  const shown = [...shownOf(presented, kind)].slice(0, MOST_SHOWN).join('')
  return { line, shown, presented: ASKED_FOR.includes(kind) ? presented : null }
}

/** Digits of an identifier may look like a number of a person: what is public of it is not masked. */
function shownOf(presented: string, kind: string): string {
  return kind === 'licence-id' ? showLicenceId(presented) : maskValue('open', presented)
}

interface Row {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

function rowsOf(text: string, said: string | undefined): readonly Row[] {
  try {
    return parse(text, {
      delimiter: said ?? separatorOf(text),
      info: true,
      bom: true,
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      max_record_size: MOST_ROW_CHARACTERS,
      to: MOST_ITEMS + 2,
    }) as unknown as readonly Row[]
  } catch (error) {
    const { lines } = Object(error) as { readonly lines?: unknown }
    if (!(error instanceof Error) || !('code' in error)) throw error
    throw new ListFault('list-broken', typeof lines === 'number' ? lines : 0)
  }
}

/** The one that the first line has most of. */
function separatorOf(text: string): string {
  const [first = ''] = text.slice(0, MOST_ROW_CHARACTERS).split(/\r?\n|\r/, 1)
  const counts = SEPARATORS.map((separator) => first.split(separator).length)
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ','
}
