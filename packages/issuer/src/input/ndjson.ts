/** Rows of NDJSON: one flat object of texts a line. */
import { IssuerError } from '../issuer-error.ts'
import { type Row, unreadable } from './row.ts'

/** UTF-16 units. */
const MAX_LINE_CHARACTERS = 131_072
const STRING_TOKEN = /"(?:[^"\\]|\\.)*"/g

/**
 * Reads rows one after another; broken ones are reported and the reading goes on. Empty lines are passed over.
 *
 * @throws {IssuerError} `input-empty`
 */
export async function* parseNdjsonRows(chunks: AsyncIterable<string>, file: string): AsyncGenerator<Row> {
  let line = 0
  let rows = 0
  for await (const text of splitLines(chunks)) {
    line++
    if (text !== null && text.trim() === '') continue
    rows++
    yield text === null ? unreadable(line, 'row-too-long') : parseRow(text, line)
  }
  if (rows === 0) throw new IssuerError('input-empty', { file })
}

function parseRow(text: string, line: number): Row {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return unreadable(line, 'not-json')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return unreadable(line, 'not-an-object')
  const values = value as Readonly<Record<string, unknown>>
  return repeatsName(text, values) ? unreadable(line, 'repeated-name') : { line, values }
}

/** JSON.parse keeps the last of two equal names: of an object of texts, every name and value is one token. */
function repeatsName(text: string, values: Readonly<Record<string, unknown>>): boolean {
  const names = Object.keys(values)
  if (!names.every((name) => typeof values[name] === 'string')) return false
  return (text.match(STRING_TOKEN)?.length ?? 0) !== 2 * names.length
}

/** Lines without their ends; `null` for one that is too long to be held. */
async function* splitLines(chunks: AsyncIterable<string>): AsyncGenerator<string | null> {
  let held = ''
  let overflowed = false
  for await (const chunk of chunks) {
    const parts = chunk.split('\n')
    for (const [i, part] of parts.entries()) {
      if (held.length + part.length <= MAX_LINE_CHARACTERS) held += part
      else overflowed = true
      if (i === parts.length - 1) break
      yield overflowed ? null : held.replace(/\r$/, '')
      held = ''
      overflowed = false
    }
  }
  if (held !== '' || overflowed) yield overflowed ? null : held
}
