/** Rows of NDJSON: one flat object of texts a line. */
import { splitLines } from './lines.ts'
import { type Row, unreadable } from './row.ts'

const STRING_TOKEN = /"(?:[^"\\]|\\.)*"/g

/** Reads rows one after another; broken ones are reported and the reading goes on. */
export async function* parseNdjsonRows(chunks: AsyncIterable<string>): AsyncGenerator<Row> {
  for await (const { number, text } of splitLines(chunks)) {
    yield text === null ? unreadable(number, 'row-too-long') : parseRow(text, number)
  }
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
