/** What became of a question to the provider, in the codes of this service. Nothing of what it said is handed on. */
import type { ProblemError } from '@hefu/service'
import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client'
import { consoleProblem, type SignInCode } from '../routes/console-problem.ts'

/** Of answers that are no answers to what was asked, such as the page of a proxy. */
const NO_ANSWERS: ReadonlySet<string | undefined> = new Set([
  undefined,
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
])

/** What is answered, and whether the provider, or what it knows of this client, has to be looked at. */
export interface ProviderFailure {
  readonly problem: ProblemError
  readonly isFault: boolean
}

/** @throws what neither the provider nor the way to it is the reason of */
export function explainProvider(error: unknown): ProviderFailure {
  const code = codeOf(error)
  // Whoever comes back with something made up is no fault, and fills no log.
  const isFault = code === 'provider-unreachable' || code === 'client-refused'
  return { problem: consoleProblem(code), isFault }
}

function codeOf(error: unknown): SignInCode {
  if (error instanceof AuthorizationResponseError) return 'sign-in-refused'
  // The client itself: such as by a secret that is another.
  if (error instanceof WWWAuthenticateChallengeError) return 'client-refused'
  if (error instanceof ResponseBodyError) {
    if (error.status >= 500) return 'provider-unreachable'
    // The code was used, is over, or belongs to another verifier of PKCE.
    return error.error === 'invalid_grant' ? 'sign-in-altered' : 'client-refused'
  }
  if (error instanceof ClientError)
    return NO_ANSWERS.has(error.code) ? 'provider-unreachable' : 'sign-in-altered'
  // By fetch: nothing came. What has a code was called wrongly by us.
  if (error instanceof TypeError && !('code' in error)) return 'provider-unreachable'
  throw error
}
