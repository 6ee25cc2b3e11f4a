/** What became of a question to the provider, in the codes of this service. Nothing of what it said is handed on. */
import { ProblemError } from '@hefu/service'
import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client'
import { consoleProblem, type SignInCode } from '../routes/console-problem.ts'

/** Of answers that are no answers to what was asked, such as the page of a proxy. */
const NO_ANSWERS: ReadonlySet<string | undefined> = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
])

/** The problem of an error that the provider, or the way to it, is the reason of; any other error is thrown on. */
export function problemOfProvider(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  return consoleProblem(codeOf(error))
}

function codeOf(error: unknown): SignInCode {
  if (error instanceof AuthorizationResponseError) return 'sign-in-refused'
  if (error instanceof ResponseBodyError) {
    if (error.status >= 500) return 'provider-unreachable'
    // The code was used, is over, or belongs to another verifier of PKCE.
    return error.error === 'invalid_grant' ? 'sign-in-altered' : 'sign-in-refused'
  }
  if (error instanceof ClientError)
    return NO_ANSWERS.has(error.code) ? 'provider-unreachable' : 'sign-in-altered'
  // By fetch: nothing came. What has a code was called wrongly by us.
  if (error instanceof TypeError && !('code' in error)) return 'provider-unreachable'
  throw error
}
