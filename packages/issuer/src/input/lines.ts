/** The lines of a text that comes in chunks. */

/** One line, without its end. */
export interface Line {
  /** From 1. */
  readonly number: number
  /** `null` for a line that is too long to be held. */
  readonly text: string | null
}

/** UTF-16 units. */
export const MAX_LINE_CHARACTERS = 131_072

/** Every line that is not empty; lines end in LF or CRLF. */
export async function* splitLines(chunks: AsyncIterable<string>): AsyncGenerator<Line> {
  for await (const line of splitEveryLine(chunks)) {
    if (line.text === null || line.text.trim() !== '') yield line
  }
}

/** Every line, empty ones too. */
export async function* splitEveryLine(chunks: AsyncIterable<string>): AsyncGenerator<Line> {
  let number = 0
  for await (const line of splitAll(chunks)) {
    number++
    yield { number, text: line?.replace(/\r$/, '') ?? null }
  }
}

async function* splitAll(chunks: AsyncIterable<string>): AsyncGenerator<string | null> {
  let held: string | null = ''
  for await (const chunk of chunks) {
    const [first = '', ...rest] = chunk.split('\n')
    held = append(held, first)
    for (const part of rest) {
      yield held
      held = append('', part)
    }
  }
  yield held
}

function append(held: string | null, part: string): string | null {
  return held === null || held.length + part.length > MAX_LINE_CHARACTERS ? null : held + part
}
