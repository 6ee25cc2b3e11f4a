/**
 * A JSON text that anybody may have written, in whichever of its forms: no more of it than is expected, no member twice.
 * Formats of ours have one text each and are read by `parseStrictJson`.
 */
import { measureJson } from './json-measure.ts'
import { describeType, malformed } from './malformed.ts'

/**
 * The value of a text of at most so many members, elements and levels together. Of two members of one name every parser
 * believes another: such a text is refused. Nothing of the text is repeated.
 *
 * @throws {MalformedError} `too-large`, `not-json`, `repeated-member`
 * @example
 * ```ts
 * parseJsonText(' { "a": [1] }', 100, 'it') // { a: [1] }
 * parseJsonText('{"a":1,"a":2}', 100, 'it') // throws MalformedError
 * parseJsonText('[1,2,3]', 2, 'it') // throws MalformedError
 * ```
 */
export function parseJsonText(text: string, mostParts: number, where: string): unknown {
  const written = measureJson(text, mostParts)
  if (written === null)
    throw malformed('too-large', where, `at most ${mostParts} members, elements and levels`, 'more')
  const value = parse(text, where)
  if (written.members === countMembers(value)) return value
  throw malformed('repeated-member', where, 'each name once in an object', 'a name twice')
}

function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw malformed('not-json', where, 'JSON (RFC 8259)', describeType(text))
  }
}

/** Members that are left of those that were written: of two of one name the parser keeps the last. */
function countMembers(value: unknown): number {
  let count = 0
  const open: unknown[] = [value]
  while (open.length > 0) {
    const one = open.pop()
    if (typeof one !== 'object' || one === null) continue
    const parts = Object.values(one)
    if (!Array.isArray(one)) count += parts.length
    for (const part of parts) open.push(part)
  }
  return count
}
