/** Everything that a request can be answered with instead of what it asked for, as data (RFC 9457). */
import type { Bilingual } from '@hefu/protocol'

/** What a problem means wherever it occurs: the code is for programs, the sentences are for people. */
export interface ProblemMeaning {
  /** HTTP status. */
  readonly status: number
  readonly says: Bilingual
  /** What whoever reads it can do; of the catalogue, not of the answer. */
  readonly remedy: Bilingual
  /** When it is worth asking again, in seconds. */
  readonly retryAfter?: number
  /** Header fields that each answer of it has, with values of the moment. */
  readonly tells?: readonly ('Retry-After' | 'WWW-Authenticate')[]
  /** Who is answered so is heard no further on the same connection, whatever was sent behind the request. */
  readonly endsConnection?: true
}

/** One member of a request that is not as it must be. What was sent there is never repeated. */
export interface RequestDefect {
  /** JSON Pointer (RFC 6901) into the body. */
  readonly pointer: string
  readonly code: 'missing' | 'wrong-type' | 'wrong-value' | 'unknown-member'
  readonly expected: Bilingual
}

/** Thrown by any step of a route to end it with a problem. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly code: string
  readonly meaning: ProblemMeaning
  readonly defects: readonly RequestDefect[]
  /** What its answer has beside that of every problem. */
  readonly additions: ProblemAdditions

  constructor(
    code: string,
    meaning: ProblemMeaning,
    defects: readonly RequestDefect[] = [],
    additions: ProblemAdditions = {},
  ) {
    super(meaning.says.en)
    this.code = code
    this.meaning = meaning
    this.defects = defects
    this.additions = additions
  }
}

/** Header fields by name. Nothing of the sender's. */
export type AnswerHeaders = Readonly<Record<string, string>>

/** What the answer to one problem has beside that of every other. */
export interface ProblemAdditions {
  /** Further members of the document, of the service's own state. What was sent is never among them. */
  readonly about?: object
  /** What an answer of this status has to say in its head. */
  readonly headers?: AnswerHeaders
}

/** Makes the problems of one table, and of no other. */
export interface Problems<Code extends string> {
  (code: Code, defects?: readonly RequestDefect[], additions?: ProblemAdditions): ProblemError
  /** The table, for who lists all that a service may answer. */
  readonly meanings: Readonly<Record<Code, ProblemMeaning>>
}

/**
 * The problems of a service, by their codes.
 *
 * @example
 * ```ts
 * const problem = createProblems({
 *   gone: {
 *     status: 410,
 *     says: { zh: '已删除', en: 'It is gone' },
 *     remedy: { zh: '不必再次请求', en: 'Do not ask again' },
 *   },
 * })
 * throw problem('gone')
 * ```
 */
export function createProblems<Code extends string>(
  table: Readonly<Record<Code, ProblemMeaning>>,
): Problems<Code> {
  const make = (code: Code, defects?: readonly RequestDefect[], additions?: ProblemAdditions): ProblemError =>
    new ProblemError(code, table[code], defects, additions)
  return Object.assign(make, { meanings: table })
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json'

/** Of so many defects each is named; however many a request has, its answer stays small. */
const MOST_NAMED_DEFECTS = 20

/** The problem document of an error: members of RFC 9457, and `code`, `says`, `requestId`, `errors`, `moreErrors` of ours, after those of the service's state. */
export function encodeProblem(
  { code, meaning, defects, additions }: ProblemError,
  requestId: string,
): string {
  const { status, says } = meaning
  const named = defects.slice(0, MOST_NAMED_DEFECTS)
  const more = defects.length - named.length
  return JSON.stringify({
    ...additions.about,
    type: `urn:hefu:problem:${code}`,
    title: `${says.zh} ${says.en}`,
    status,
    detail: detailOf(says, named, more),
    instance: `urn:uuid:${requestId}`,
    code,
    says,
    requestId,
    ...(named.length > 0 ? { errors: named } : {}),
    ...(more > 0 ? { moreErrors: more } : {}),
  })
}

function detailOf(says: Bilingual, defects: readonly RequestDefect[], more: number): string {
  if (defects.length === 0) return `${says.zh}。${says.en}.`
  const groups = [...Map.groupBy(defects, ({ expected }) => expected)].map(([expected, members]) => ({
    expected,
    pointers: members.map(({ pointer }) => pointer || '/'),
  }))
  const zh = groups.map(({ expected, pointers }) => `${pointers.join('、')} 应为${expected.zh}`)
  const en = groups.map(({ expected, pointers }) => `${pointers.join(', ')}: expected ${expected.en}`)
  if (more > 0) {
    zh.push(`另有 ${more} 处`)
    en.push(`${more} more`)
  }
  return `${zh.join('；')}。${en.join('; ')}.`
}
