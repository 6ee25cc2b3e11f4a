/** Everything that a request can be answered with instead of a report, as data (RFC 9457). */
import type { Bilingual } from '@hefu/protocol'

/** A closed union: codes are for programs, sentences for people. */
export type ProblemCode =
  | 'malformed-http'
  | 'incomplete-body'
  | 'not-text'
  | 'not-json'
  | 'not-found'
  | 'method-not-allowed'
  | 'not-acceptable'
  | 'request-timeout'
  | 'too-large'
  | 'unsupported-media-type'
  | 'not-a-request'
  | 'headers-too-large'
  | 'internal'
  | 'ledger-unreachable'
  | 'ledger-stale'
  | 'registry-unreachable'
  | 'registry-stale'

interface ProblemMeaning {
  /** HTTP status. */
  readonly status: number
  readonly says: Bilingual
}

const PROBLEMS: Readonly<Record<ProblemCode, ProblemMeaning>> = {
  'malformed-http': {
    status: 400,
    says: { zh: '请求不是合法的 HTTP 报文', en: 'The request is not HTTP/1.1' },
  },
  'incomplete-body': { status: 400, says: { zh: '请求内容未传完', en: 'The body ended before its end' } },
  'not-text': { status: 400, says: { zh: '请求内容不是 UTF-8 文本', en: 'The body is not UTF-8 text' } },
  'not-json': { status: 400, says: { zh: '请求内容不是合法的 JSON', en: 'The body is not JSON' } },
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
  'too-large': { status: 413, says: { zh: '请求内容过大', en: 'The body is too large' } },
  'unsupported-media-type': {
    status: 415,
    says: {
      zh: '请求内容须为 UTF-8 编码、未压缩的 application/json',
      en: 'The body must be application/json in UTF-8, not compressed',
    },
  },
  'not-a-request': {
    status: 422,
    says: { zh: '核验请求不符合要求', en: 'The body is not a verification request' },
  },
  'headers-too-large': { status: 431, says: { zh: '请求头过大', en: 'The headers are too large' } },
  internal: { status: 500, says: { zh: '服务内部错误', en: 'The service failed' } },
  'ledger-unreachable': {
    status: 503,
    says: { zh: '账本暂时无法访问', en: 'The ledger cannot be reached' },
  },
  'ledger-stale': { status: 503, says: { zh: '账本数据过旧', en: 'The ledger’s data is too old' } },
  'registry-unreachable': {
    status: 503,
    says: { zh: '账本名录暂时无法访问', en: 'The registry of ledgers cannot be reached' },
  },
  'registry-stale': {
    status: 503,
    says: { zh: '账本名录数据过旧', en: 'The data of the registry of ledgers is too old' },
  },
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
  readonly code: ProblemCode
  readonly defects: readonly RequestDefect[]

  constructor(code: ProblemCode, defects: readonly RequestDefect[] = []) {
    super(PROBLEMS[code].says.en)
    this.code = code
    this.defects = defects
  }

  get status(): number {
    return PROBLEMS[this.code].status
  }
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json'

/** The problem document of an error: members of RFC 9457, and `code`, `says`, `requestId`, `errors` of ours. */
export function encodeProblem(error: ProblemError, requestId: string): string {
  const { status, says } = PROBLEMS[error.code]
  return JSON.stringify({
    type: `urn:hefu:problem:${error.code}`,
    title: `${says.zh} ${says.en}`,
    status,
    detail: detailOf(error),
    instance: `urn:uuid:${requestId}`,
    code: error.code,
    says,
    requestId,
    ...(error.defects.length > 0 ? { errors: error.defects } : {}),
  })
}

function detailOf({ code, defects }: ProblemError): string {
  if (defects.length === 0) return `${PROBLEMS[code].says.zh}。${PROBLEMS[code].says.en}.`
  const zh = defects.map((d) => `${d.pointer || '/'} 应为${d.expected.zh}`).join('；')
  const en = defects.map((d) => `${d.pointer || '/'}: expected ${d.expected.en}`).join('; ')
  return `${zh}。${en}.`
}

const PROBLEM_OF_STATUS: ReadonlyMap<number, ProblemCode> = new Map([
  [404, 'not-found'],
  [405, 'method-not-allowed'],
  [501, 'method-not-allowed'],
])

/** The problem behind a bare status that the router left. */
export function problemOfStatus(status: number): ProblemError | undefined {
  const code = PROBLEM_OF_STATUS.get(status)
  return code === undefined ? undefined : new ProblemError(code)
}
