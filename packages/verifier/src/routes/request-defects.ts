/** What is wrong with a body, member by member. What was sent is never repeated. */
import { type Bilingual, LICENCE_TYPES } from '@hefu/protocol'
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
  const defects = parsed.error.issues.map((issue) => toDefect(issue, expected, body))
  throw problem('not-a-request', withoutRepeats(defects))
}

/** Without names, several members can have one defect: it is said once. */
function withoutRepeats(defects: readonly RequestDefect[]): readonly RequestDefect[] {
  return [...new Map(defects.map((defect) => [`${defect.pointer} ${defect.code}`, defect])).values()]
}

function describeKnown(expected: ExpectedMembers): Bilingual {
  const names = Object.keys(expected)
  return { zh: `仅含 ${names.join('、')} 的对象`, en: `only ${names.join(', ')}` }
}

function toDefect(issue: z.core.$ZodIssue, expected: ExpectedMembers, body: unknown): RequestDefect {
  const [member] = issue.path
  const pointer = pointerTo(issue.path, expected)
  if (issue.code === 'unrecognized_keys') {
    const known = member === undefined ? describeKnown(expected) : expectedOf(expected, String(member))
    return { pointer, code: 'unknown-member', expected: known }
  }
  if (typeof member !== 'string') return { pointer: '', code: 'wrong-type', expected: OBJECT }
  return { pointer, code: codeOf(issue, member, body), expected: expectedOf(expected, member) }
}

/** Names of fields of a face, and of a challenge, which lie deeper than the members of a request. */
const DEEPER_NAMES: ReadonlySet<PropertyKey> = new Set([
  'nonce',
  'audience',
  'maxAgeSeconds',
  ...LICENCE_TYPES.flatMap(({ fields }) => fields.map(({ name }) => name)),
])

/** Stops before the first name that is not ours: a person's data may have been sent in its place. */
function pointerTo(path: readonly PropertyKey[], expected: ExpectedMembers): string {
  const isOurs = (name: PropertyKey): boolean =>
    typeof name === 'number' || DEEPER_NAMES.has(name) || Object.hasOwn(expected, name)
  const end = path.findIndex((name) => !isOurs(name))
  return (end < 0 ? path : path.slice(0, end)).map((name) => `/${String(name)}`).join('')
}

function codeOf(issue: z.core.$ZodIssue, member: string, body: unknown): RequestDefect['code'] {
  if (!Object.hasOwn(Object(body), member)) return 'missing'
  return issue.code === 'invalid_type' ? 'wrong-type' : 'wrong-value'
}
