/** What is wrong with a body, member by member. What was sent is never repeated. */
import type { Bilingual } from '@hefu/protocol'
import type { RequestDefect } from '@hefu/service'
import type { z } from 'zod'
import { problem } from './problem.ts'

/** What each member has to be: said where it is not, and in the description of the interface. */
export type ExpectedMembers = Readonly<Record<string, Bilingual>>

export const FIELD_NAME: RegExp = /^[a-z][A-Za-z0-9]{0,63}$/

const OBJECT: Bilingual = { zh: 'JSON 对象', en: 'a JSON object' }

/** What a member has to be. */
export function expectedOf(expected: ExpectedMembers, member: string): Bilingual {
  return expected[member] ?? OBJECT
}

/** A schema that says of itself what its member has to be. */
export function described<Schema extends z.ZodType>(
  expected: ExpectedMembers,
  member: string,
  schema: Schema,
): Schema {
  const { zh, en } = expectedOf(expected, member)
  return schema.meta({ description: `${zh} · ${en}` }) as Schema
}

/**
 * Narrows an untrusted body.
 *
 * @throws {ProblemError} `not-a-request` with every defect
 */
export function parseBody<Schema extends z.ZodType>(
  schema: Schema,
  expected: ExpectedMembers,
  body: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  // Said once, however many members are unknown.
  const onlyKnown = describeKnown(expected)
  throw problem(
    'not-a-request',
    parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((name) => unknownMember(name, onlyKnown))
        : [toDefect(issue, expected, body)],
    ),
  )
}

function describeKnown(expected: ExpectedMembers): Bilingual {
  const names = Object.keys(expected)
  return { zh: `仅含 ${names.join('、')} 的对象`, en: `only ${names.join(', ')}` }
}

function unknownMember(name: string, expected: Bilingual): RequestDefect {
  return { pointer: pointerTo([name]), code: 'unknown-member', expected }
}

function toDefect(issue: z.core.$ZodIssue, expected: ExpectedMembers, body: unknown): RequestDefect {
  const [member] = issue.path
  if (typeof member !== 'string') return { pointer: '', code: 'wrong-type', expected: OBJECT }
  return {
    pointer: pointerTo(issue.path),
    code: codeOf(issue, member, body),
    expected: expectedOf(expected, member),
  }
}

/** Stops before the first name that is no name of a program: a person's data may have been sent in its place. */
function pointerTo(path: readonly PropertyKey[]): string {
  const end = path.findIndex((name) => !FIELD_NAME.test(String(name)) && typeof name !== 'number')
  return (end < 0 ? path : path.slice(0, end)).map((name) => `/${String(name)}`).join('')
}

function codeOf(issue: z.core.$ZodIssue, member: string, body: unknown): RequestDefect['code'] {
  if (!Object.hasOwn(Object(body), member)) return 'missing'
  return issue.code === 'invalid_type' ? 'wrong-type' : 'wrong-value'
}
