/** Lines of a stream as they come. Untrusted; no more than one of them is held. */

/**
 * @throws {RangeError} for a line of more characters, before the rest of it is read
 * @throws {TypeError} for what is no UTF-8
 */
export async function* linesOf(
  body: ReadableStream<Uint8Array> | null,
  mostCharacters: number,
): AsyncGenerator<string, undefined, undefined> {
  if (body === null) return
  const reader = body.getReader()
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let held = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      held += done ? decoder.decode() : decoder.decode(value, { stream: true })
      const lines = held.split('\n')
      held = lines.pop() ?? ''
      for (const line of lines) yield within(line, mostCharacters)
      within(held, mostCharacters)
      if (done) break
    }
    if (held !== '') yield held
  } finally {
    // Who stops reading wants no more of it.
    await reader.cancel().catch(() => undefined)
  }
}

function within(line: string, most: number): string {
  if (line.length <= most) return line
  throw new RangeError('read a line: it is longer than any')
}
