/** A JSON text that anybody may have written: no more of it than is expected, no member twice. */
import { httpProblem } from './http-problem.ts'
import { measureJson } from './json-measure.ts'

/**
 * The value of a text of at most so many members, elements and levels. Nothing of the text is repeated.
 *
 * @throws {ProblemError} `too-many-members`, `not-json`, `repeated-member`
 */
export function parseJsonText(text: string, mostParts: number): unknown {
  const written = measureJson(text, mostParts)
  if (written === null) throw httpProblem('too-many-members')
  const value = parse(text)
  if (written.members !== countMembers(value)) throw httpProblem('repeated-member')
  return value
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw httpProblem('not-json')
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
