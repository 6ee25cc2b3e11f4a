/** Everything that a request can be answered with instead of what it asked for, as data (RFC 9457). */
import type { Bilingual } from '@hefu/protocol'

/** What a problem means wherever it occurs: the code is for programs, the sentences are for people. */
export interface ProblemMeaning {
  /** HTTP status. */
  readonly status: number
  readonly says: Bilingual
  /** When it is worth asking again, in seconds. */
  readonly retryAfter?: number
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
  /** Further members of the document, of the service's own state. What was sent is never among them. */
  readonly about: object

  constructor(
    code: string,
    meaning: ProblemMeaning,
    defects: readonly RequestDefect[] = [],
    about: object = {},
  ) {
    super(meaning.says.en)
    this.code = code
    this.meaning = meaning
    this.defects = defects
    this.about = about
  }
}

/** Makes the problems of one table, and of no other. */
export type Problems<Code extends string> = (
  code: Code,
  defects?: readonly RequestDefect[],
  about?: object,
) => ProblemError

/**
 * The problems of a service, by their codes.
 *
 * @example
 * ```ts
 * const problem = createProblems({ gone: { status: 410, says: { zh: '已删除', en: 'It is gone' } } })
 * throw problem('gone')
 * ```
 */
export function createProblems<Code extends string>(
  table: Readonly<Record<Code, ProblemMeaning>>,
): Problems<Code> {
  return (code, defects, about) => new ProblemError(code, table[code], defects, about)
}

/** Codes of the problems that every service may answer with. */
export type HttpProblemCode =
  | 'malformed-http'
  | 'incomplete-body'
  | 'not-text'
  | 'not-json'
  | 'repeated-member'
  | 'too-many-members'
  | 'not-found'
  | 'method-not-allowed'
  | 'not-acceptable'
  | 'request-timeout'
  | 'too-large'
  | 'unsupported-media-type'
  | 'expectation-failed'
  | 'headers-too-large'
  | 'internal'
  | 'busy'

export const httpProblem: Problems<HttpProblemCode> = createProblems({
  'malformed-http': {
    status: 400,
    says: {
      zh: '请求不是合法的 HTTP 报文（请求行、Host 或格式有误）',
      en: 'The request is not HTTP/1.1: look at its first line, its Host and its form',
    },
  },
  'incomplete-body': { status: 400, says: { zh: '请求内容未传完', en: 'The body ended before its end' } },
  'not-text': { status: 400, says: { zh: '请求内容不是 UTF-8 文本', en: 'The body is not UTF-8 text' } },
  'not-json': { status: 400, says: { zh: '请求内容不是合法的 JSON', en: 'The body is not JSON' } },
  'repeated-member': {
    status: 400,
    says: {
      zh: '请求内容的 JSON 对象中有重复的成员名',
      en: 'An object in the body has two members of one name',
    },
  },
  'not-found': { status: 404, says: { zh: '没有这个地址', en: 'There is nothing at this address' } },
  'method-not-allowed': {
    status: 405,
    says: { zh: '此地址不支持该方法', en: 'This address does not answer this method' },
  },
  'not-acceptable': {
    status: 406,
    says: { zh: '只能以 application/json 应答', en: 'Answers are application/json only' },
  },
  'request-timeout': { status: 408, says: { zh: '请求传输过慢', en: 'The request came too slowly' } },
  'too-many-members': {
    status: 413,
    says: {
      zh: '请求内容的成员过多（层级、成员和元素合计）',
      en: 'The body has too many members, elements or levels',
    },
  },
  'too-large': { status: 413, says: { zh: '请求内容过大', en: 'The body is too large' } },
  'unsupported-media-type': {
    status: 415,
    says: {
      zh: '请求内容须为 UTF-8 编码、未压缩的 application/json',
      en: 'The body must be application/json in UTF-8, not compressed',
    },
  },
  'expectation-failed': {
    status: 417,
    says: {
      zh: '请求头 Expect 只支持 100-continue',
      en: 'Of what may be expected, only 100-continue is supported',
    },
  },
  'headers-too-large': { status: 431, says: { zh: '请求头过大', en: 'The headers are too large' } },
  internal: { status: 500, says: { zh: '服务内部错误', en: 'The service failed' } },
  busy: {
    status: 503,
    says: { zh: '服务繁忙，请稍后再试', en: 'The service is busy: ask again in a moment' },
    retryAfter: 2,
  },
})

export const PROBLEM_MEDIA_TYPE = 'application/problem+json'

/** Of so many defects each is named; however many a request has, its answer stays small. */
const MOST_NAMED_DEFECTS = 20

/** The problem document of an error: members of RFC 9457, and `code`, `says`, `requestId`, `errors`, `moreErrors` of ours, after those of the service's state. */
export function encodeProblem({ code, meaning, defects, about }: ProblemError, requestId: string): string {
  const { status, says } = meaning
  const named = defects.slice(0, MOST_NAMED_DEFECTS)
  const more = defects.length - named.length
  return JSON.stringify({
    ...about,
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

/** The problem behind a bare status that the router left. */
export function problemOfStatus(status: number): ProblemError | undefined {
  if (status === 404) return httpProblem('not-found')
  return status === 405 || status === 501 ? httpProblem('method-not-allowed') : undefined
}
