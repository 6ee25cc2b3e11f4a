/** Header fields of answers, as the description of an interface has them: each once, and named where it is answered. */
import type { Bilingual } from '@hefu/protocol'
import type { oas31 } from 'zod-openapi'
import type { ProblemMeaning } from './problem.ts'

/** What is told in the head of an answer. */
type TellingHeader = 'Retry-After' | 'WWW-Authenticate' | 'RateLimit' | 'RateLimit-Policy'

interface Telling {
  readonly says: Bilingual
  readonly schema: {
    readonly type: 'string' | 'integer'
    readonly minimum?: number
  }
  readonly example: string | number
}

const TELLING: Readonly<Record<TellingHeader, Telling>> = {
  'Retry-After': {
    says: { zh: '隔多少秒再请求', en: 'In how many seconds it is worth asking again (RFC 9110 §10.2.3)' },
    schema: { type: 'integer', minimum: 1 },
    example: 5,
  },
  'WWW-Authenticate': {
    says: {
      zh: '需要怎样的访问令牌（scope），原因（error），以及需要怎样的登录（acr_values、max_age）',
      en: 'Which access token is needed (scope), why (error), and what kind of sign-in (acr_values, max_age): RFC 6750 §3, RFC 9470 §3',
    },
    schema: { type: 'string' },
    example: 'Bearer realm="hefu", error="invalid_token", scope="verify"',
  },
  RateLimit: {
    says: {
      zh: '该客户端还可请求的次数（r），以及多少秒后重新计数（t）',
      en: 'How many requests the client has left (r), and in how many seconds they are counted anew (t): draft-ietf-httpapi-ratelimit-headers',
    },
    schema: { type: 'string' },
    example: '"client";r=599;t=60',
  },
  'RateLimit-Policy': {
    says: {
      zh: '该客户端在多少秒（w）内可请求的次数（q）',
      en: 'How many requests the client may make (q) in how many seconds (w)',
    },
    schema: { type: 'string' },
    example: '"client";q=600;w=60',
  },
}

/** As components of a description, where each stands once. */
export const HEADER_COMPONENTS: oas31.HeadersObject = Object.fromEntries(
  Object.entries(TELLING).map(([name, { says, schema, example }]) => [
    name,
    { description: inBoth(says), schema, example },
  ]),
)

function refer(names: readonly TellingHeader[]): oas31.HeadersObject {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
}

const OF_COUNTED = ['RateLimit', 'RateLimit-Policy'] as const

/** Problems of a guarded route before its client is known, and its requests are counted. */
const UNCOUNTED: ReadonlySet<string> = new Set([
  ...['malformed-http', 'headers-too-large', 'expectation-failed'],
  ...['token-in-query', 'token-missing', 'token-invalid', 'token-expired', 'token-for-others'],
  ...['session-missing', 'session-locked', 'session-ended', 'sessions-unreachable', 'session-of-another'],
  ...['session-header-missing', 'session-forbidden-origin', 'session-and-token'],
  ...['client-unknown', 'too-many-refused', 'issuer-unreachable'],
])

/** Of a good answer. @param isCounted whether the route has a client, whose requests are counted */
export function headersOfAnswer(isCounted: boolean): oas31.HeadersObject {
  return refer(isCounted ? OF_COUNTED : [])
}

/** Of the answers of one status. @param problems by their codes */
export function headersOfProblems(
  problems: readonly (readonly [code: string, meaning: ProblemMeaning])[],
  isCounted: boolean,
): oas31.HeadersObject {
  const told = (name: 'Retry-After' | 'WWW-Authenticate'): readonly TellingHeader[] =>
    problems.some(([, meaning]) => tellsOf(meaning).includes(name)) ? [name] : []
  const counted = isCounted && problems.some(([code]) => !UNCOUNTED.has(code))
  return refer([...told('Retry-After'), ...told('WWW-Authenticate'), ...(counted ? OF_COUNTED : [])])
}

/** What every answer of a problem tells in its head. */
export function tellsOf({ retryAfter, tells = [] }: ProblemMeaning): readonly string[] {
  return retryAfter === undefined ? tells : [...tells, 'Retry-After']
}

function inBoth({ zh, en }: Bilingual): string {
  return `${zh} · ${en}`
}
