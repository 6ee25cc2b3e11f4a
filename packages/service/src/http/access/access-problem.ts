/** Why somebody is not let in, and how the answer says so (RFC 6750 §3). */
import { createProblems, type ProblemError, type Problems } from '../problem.ts'
import { type SessionProblemCode, sessionProblems } from './session-request.ts'

/** Where another token would help. */
type ChallengeCode =
  | 'token-in-query'
  | 'token-missing'
  | 'token-invalid'
  | 'token-expired'
  | 'token-for-others'
  | 'scope-missing'
  | 'second-factor-missing'

export type AccessProblemCode =
  | ChallengeCode
  | 'client-unknown'
  | 'too-many-requests'
  | 'too-many-refused'
  | 'issuer-unreachable'
  | SessionProblemCode

const ANOTHER_TOKEN = {
  zh: '请向统一身份认证平台重新获取访问令牌后再试',
  en: 'Obtain a new access token from the identity provider, and ask with that',
} as const

export const accessProblem: Problems<AccessProblemCode> = createProblems({
  'token-in-query': {
    status: 400,
    tells: ['WWW-Authenticate'],
    endsConnection: true,
    says: {
      zh: '访问令牌不得写在网址中，该令牌可能已泄露',
      en: 'An access token does not belong in an address, where others may have read it',
    },
    remedy: {
      zh: '请作废该令牌，并将新令牌写入 Authorization 头',
      en: 'Revoke that token, and send a new one in the header Authorization',
    },
  },
  'token-missing': {
    status: 401,
    tells: ['WWW-Authenticate'],
    endsConnection: true,
    says: { zh: '请求未带访问令牌', en: 'The request bears no access token' },
    remedy: {
      zh: '请在 Authorization 头中写入一个 Bearer 令牌',
      en: 'Send one Bearer token in the header Authorization',
    },
  },
  'token-invalid': {
    status: 401,
    tells: ['WWW-Authenticate'],
    endsConnection: true,
    says: { zh: '访问令牌无效', en: 'The access token is not valid' },
    remedy: ANOTHER_TOKEN,
  },
  'token-expired': {
    status: 401,
    tells: ['WWW-Authenticate'],
    endsConnection: true,
    says: { zh: '访问令牌已过期', en: 'The access token has expired' },
    remedy: ANOTHER_TOKEN,
  },
  'token-for-others': {
    status: 401,
    tells: ['WWW-Authenticate'],
    endsConnection: true,
    says: {
      zh: '访问令牌不是为本服务签发的',
      en: 'The access token was issued for another service',
    },
    remedy: {
      zh: '请以本服务的标识（audience）重新获取访问令牌',
      en: 'Obtain a token for the audience of this service',
    },
  },
  'scope-missing': {
    status: 403,
    tells: ['WWW-Authenticate'],
    says: { zh: '访问令牌没有此操作的权限', en: 'The access token does not allow this' },
    remedy: {
      zh: '请获取含有 WWW-Authenticate 头所列 scope 的令牌',
      en: 'Obtain a token with the scope that WWW-Authenticate names',
    },
  },
  'second-factor-missing': {
    status: 401,
    tells: ['WWW-Authenticate'],
    says: {
      zh: '此操作须以第二因素新近登录',
      en: 'This demands that the person has signed in with a second factor, and not long ago',
    },
    remedy: {
      zh: '请按 WWW-Authenticate 头中的 acr_values 和 max_age 重新登录后再试',
      en: 'Have the person sign in again as acr_values and max_age of WWW-Authenticate say',
    },
  },
  'client-unknown': {
    status: 403,
    says: { zh: '本服务未登记该客户端', en: 'This client is not registered with this service' },
    remedy: {
      zh: '请向本服务管理员申请接入',
      en: 'Ask the operator of this service to be registered',
    },
  },
  'too-many-requests': {
    status: 429,
    tells: ['Retry-After'],
    says: { zh: '该客户端的请求次数已达上限', en: 'This client has used up its requests' },
    remedy: {
      zh: '请按 Retry-After 所示秒数后重试；经常如此的，请申请提高上限',
      en: 'Ask again after the seconds in Retry-After; if it happens often, apply for more',
    },
  },
  'too-many-refused': {
    status: 429,
    tells: ['Retry-After'],
    endsConnection: true,
    says: {
      zh: '来自此地址的请求多次未带有效访问令牌',
      en: 'Too many requests from this address bore no valid token',
    },
    remedy: {
      zh: '请按 Retry-After 所示秒数后，以有效令牌重试',
      en: 'After the seconds in Retry-After, ask with a valid token',
    },
  },
  'issuer-unreachable': {
    status: 503,
    says: {
      zh: '暂时无法核对访问令牌，统一身份认证平台没有应答',
      en: 'Access tokens cannot be checked now: the identity provider does not answer',
    },
    remedy: {
      zh: '请稍后重试；仍然如此的，请管理员检查 HEFU_ISSUER 和网络',
      en: 'Ask again later; if it stays so, the operator looks at HEFU_ISSUER and the network',
    },
    retryAfter: 5,
  },
  ...sessionProblems.meanings,
})

/** The codes of RFC 6750 §3.1; none where no token was sent. */
const CHALLENGES: Readonly<Record<ChallengeCode, string | null>> = {
  'token-in-query': 'invalid_request',
  'token-missing': null,
  'token-invalid': 'invalid_token',
  'token-expired': 'invalid_token',
  'token-for-others': 'invalid_token',
  'scope-missing': 'insufficient_scope',
  // RFC 9470 §3.
  'second-factor-missing': 'insufficient_user_authentication',
}

/** The refusal with its challenge. `scope`: what a token must allow; `more`: what else, by the names of its parameters. */
export function challenge(
  code: ChallengeCode,
  scope: string,
  more: Readonly<Record<string, string>> = {},
): ProblemError {
  const error = CHALLENGES[code]
  const parts = [
    'realm="hefu"',
    ...(error === null ? [] : [`error="${error}"`]),
    `scope="${scope}"`,
    ...Object.entries(more).map(([name, value]) => `${name}="${value}"`),
  ]
  return accessProblem(code, [], { headers: { 'WWW-Authenticate': `Bearer ${parts.join(', ')}` } })
}
