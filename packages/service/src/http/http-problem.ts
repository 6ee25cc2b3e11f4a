/** The problems that every service may answer with. */
import { createProblems, type ProblemError, type Problems } from './problem.ts'

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
  | 'bad-parameters'
  | 'too-large'
  | 'unsupported-media-type'
  | 'expectation-failed'
  | 'other-host'
  | 'headers-too-large'
  | 'abandoned'
  | 'internal'
  | 'busy'

export const httpProblem: Problems<HttpProblemCode> = createProblems({
  'malformed-http': {
    status: 400,
    says: {
      zh: '请求不是合法的 HTTP 报文（请求行、Host 或格式有误）',
      en: 'The request is not HTTP/1.1: look at its first line, its Host and its form',
    },
    remedy: {
      zh: '请更正客户端程序或其前面的代理；浏览器和常用 HTTP 库不会出现此情形',
      en: 'Correct the client, or what stands before it: no browser or usual HTTP library sends this',
    },
  },
  'incomplete-body': {
    status: 400,
    says: { zh: '请求内容未传完', en: 'The body ended before its end' },
    remedy: {
      zh: '请检查网络后重新发送；Content-Length 须与内容一致',
      en: 'Send it again; Content-Length must be the length of what is sent',
    },
  },
  'not-text': {
    status: 400,
    says: { zh: '请求内容不是 UTF-8 文本', en: 'The body is not UTF-8 text' },
    remedy: { zh: '请以 UTF-8 编码后发送', en: 'Encode the body in UTF-8' },
  },
  'not-json': {
    status: 400,
    says: { zh: '请求内容不是合法的 JSON', en: 'The body is not JSON' },
    remedy: {
      zh: '请用 JSON 库生成请求内容，不要手工拼接',
      en: 'Write the body with a JSON library, not by hand',
    },
  },
  'repeated-member': {
    status: 400,
    says: {
      zh: '请求内容的 JSON 对象中有重复的成员名',
      en: 'An object in the body has two members of one name',
    },
    remedy: { zh: '请去掉重复的成员', en: 'Leave one of the two out' },
  },
  'not-found': {
    status: 404,
    says: { zh: '没有这个地址', en: 'There is nothing at this address' },
    remedy: {
      zh: '请对照接口说明核对地址；地址区分大小写，末尾不带斜杠',
      en: 'Compare the address with the description of the interface: case matters, and no slash ends it',
    },
  },
  'method-not-allowed': {
    status: 405,
    says: { zh: '此地址不支持该方法', en: 'This address does not answer this method' },
    remedy: { zh: '请使用 Allow 头所列的方法', en: 'Use a method that the header Allow names' },
  },
  'not-acceptable': {
    status: 406,
    says: {
      zh: '只能以接口说明所列的媒体类型应答（application/json；逐行的为 application/x-ndjson）',
      en: 'Answers are application/json, or application/x-ndjson where they come in lines',
    },
    remedy: {
      zh: '请在 Accept 中包含该地址应答的媒体类型，或不写 Accept',
      en: 'Name what this address answers in Accept, or leave Accept out',
    },
  },
  'request-timeout': {
    status: 408,
    says: { zh: '请求传输过慢', en: 'The request came too slowly' },
    remedy: {
      zh: '请检查网络；一次请求须在十秒内传完，逐行的须持续传输',
      en: 'Look at the network: a request is to be whole in ten seconds, and one of lines has to keep coming',
    },
  },
  'too-many-members': {
    status: 413,
    says: {
      zh: '请求内容的成员过多（层级、成员和元素合计）',
      en: 'The body has too many members, elements or levels',
    },
    remedy: {
      zh: '请核对是否多传了内容；正常请求远低于此上限',
      en: 'Look whether too much is sent: no real request comes near this bound',
    },
  },
  'too-large': {
    status: 413,
    endsConnection: true,
    says: { zh: '请求内容过大', en: 'The body is too large' },
    remedy: {
      zh: '请核对所传内容；上限见接口说明',
      en: 'Look at what is sent; the bound stands in the description of the interface',
    },
  },
  'unsupported-media-type': {
    status: 415,
    says: {
      zh: '请求内容须为 UTF-8 编码、未压缩的 application/json（逐行的为 application/x-ndjson）',
      en: 'The body must be application/json in UTF-8, or application/x-ndjson where it is of lines, not compressed',
    },
    remedy: {
      zh: '请设置 Content-Type: application/json，不要压缩',
      en: 'Set Content-Type: application/json, and do not compress',
    },
  },
  'expectation-failed': {
    status: 417,
    says: {
      zh: '请求头 Expect 只支持 100-continue',
      en: 'Of what may be expected, only 100-continue is supported',
    },
    remedy: {
      zh: '请去掉 Expect 头，或只写 100-continue',
      en: 'Leave Expect out, or write 100-continue alone',
    },
  },
  'other-host': {
    status: 421,
    says: {
      zh: '本服务不核对访问令牌，只应答以本机名称（localhost、127.0.0.1、[::1]）发来的请求',
      en: 'This service checks no tokens, and answers to names of its own machine alone (localhost, 127.0.0.1, [::1])',
    },
    remedy: {
      zh: '请改用本机名称访问；供他人使用的，请管理员设置 HEFU_ISSUER 并去掉 HEFU_ACCESS=unguarded',
      en: 'Ask by a name of this machine; for others to use it, the operator sets HEFU_ISSUER in the place of HEFU_ACCESS=unguarded',
    },
  },
  'bad-parameters': {
    status: 422,
    says: { zh: '地址中的参数不符合要求', en: 'The address has parameters that it may not have' },
    remedy: {
      zh: '请按 errors 逐项更正；每个参数至多出现一次',
      en: 'Correct what errors names, one by one; no parameter may be there twice',
    },
  },
  'headers-too-large': {
    status: 431,
    says: { zh: '请求头过大', en: 'The headers are too large' },
    remedy: {
      zh: '请去掉不需要的请求头（如 Cookie）；合计上限 16 KiB',
      en: 'Leave out headers that are not needed, such as cookies: 16 KiB is the bound for all',
    },
  },
  abandoned: {
    status: 499,
    says: {
      zh: '客户端在应答前断开了连接，处理随之停止',
      en: 'Whoever asked was gone before the answer, and its work was ended',
    },
    remedy: {
      zh: '只见于日志和计数；客户端请等满十秒再断开，重试须隔数秒，并使用同一 Idempotency-Key',
      en: 'Of the log and the numbers alone: a client waits ten seconds before it leaves, and some seconds before it asks again, with the same Idempotency-Key',
    },
  },
  internal: {
    status: 500,
    says: { zh: '服务内部错误', en: 'The service failed' },
    remedy: {
      zh: '请稍后再试；仍然如此的，请将 requestId 告知本服务管理员',
      en: 'Try again later; if it stays so, tell the operator the requestId',
    },
  },
  busy: {
    status: 503,
    says: { zh: '服务繁忙，请稍后再试', en: 'The service is busy: ask again in a moment' },
    remedy: { zh: '请按 Retry-After 所示秒数后重试', en: 'Ask again after the seconds in Retry-After' },
    retryAfter: 2,
  },
})

/** The problem behind a bare status that the router left. */
export function problemOfStatus(status: number): ProblemError | undefined {
  if (status === 404) return httpProblem('not-found')
  return status === 405 || status === 501 ? httpProblem('method-not-allowed') : undefined
}
