/** Rows of NDJSON: one flat object of texts a line. */
import { MalformedError, parseJsonText } from '@hefu/protocol'
import { splitLines } from './lines.ts'
import { type Row, unreadable } from './row.ts'

/** Members, elements and levels: far more than any type has fields. */
const MOST_PARTS = 4_096

/** Reads rows one after another; broken ones are reported and the reading goes on. */
export async function* parseNdjsonRows(chunks: AsyncIterable<string>): AsyncGenerator<Row> {
  for await (const { number, text } of splitLines(chunks)) {
    yield text === null ? unreadable(number, 'row-too-long') : parseRow(text, number)
  }
}

function parseRow(text: string, line: number): Row {
  let value: unknown
  try {
    value = parseJsonText(text, MOST_PARTS, 'row')
  } catch (error) {
    const isRepeated = error instanceof MalformedError && error.code === 'repeated-member'
    return unreadable(line, isRepeated ? 'repeated-name' : 'not-json')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return unreadable(line, 'not-an-object')
  return { line, values: value as Readonly<Record<string, unknown>> }
}
