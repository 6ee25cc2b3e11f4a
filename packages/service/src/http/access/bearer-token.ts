/** The access token of a request: one, in the header, and nowhere else (RFC 6750 §2). */
import type { Exchange } from '../route.ts'
import { challenge } from './access-problem.ts'

/** The grammar of RFC 6750 §2.1, with as many spaces as RFC 9110 §11.4 allows, and far longer than any token that is used. */
const BEARER = /^Bearer +([A-Za-z0-9\-._~+/]{1,8192}=*)$/i
/** RFC 6750 §2.3; addresses are logged, kept and passed on by everything on the way. */
const QUERY_PARAMETER = 'access_token'

/** @throws {ProblemError} `token-in-query` */
export function assertNoTokenInQuery({ query }: Pick<Exchange, 'query'>, scope: string): void {
  if (Object.hasOwn(query, QUERY_PARAMETER)) throw challenge('token-in-query', scope)
}

/**
 * Untrusted: whether anybody issued it is not known yet.
 *
 * @throws {ProblemError} `token-missing`; `token-invalid` for two, and for what cannot be one
 */
export function readBearerToken({ req }: Pick<Exchange, 'req'>, scope: string): string {
  // Node would keep the first of several in silence, and a proxy before it perhaps the last.
  const [sent, ...others] = req.headersDistinct['authorization'] ?? []
  if (sent === undefined || !/^Bearer\b/i.test(sent)) throw challenge('token-missing', scope)
  const token = BEARER.exec(sent)?.[1]
  if (token === undefined || others.length > 0) throw challenge('token-invalid', scope)
  return token
}
