/** What a request shows for itself: a token, or the session of a browser that stands for one. */
import type { ProblemError } from '../problem.ts'
import type { Exchange } from '../route.ts'
import { challenge } from './access-problem.ts'
import type { Claims, TokenRefusal } from './access-token.ts'
import { assertNoTokenInQuery, readBearerToken } from './bearer-token.ts'
import {
  namesSession,
  readCookie,
  readSessionCookie,
  readSessionUse,
  type SessionPlace,
  type SessionUse,
  sessionProblem,
  tellSubject,
} from './session-request.ts'

export interface Credential {
  /** Untrusted where it was sent: whether anybody issued it is not known yet. */
  readonly token: string
  /** What the issuer said of the person when they signed in, beside the claims of the token. */
  readonly claims: Claims
  /** What is answered where the token is refused. */
  refused(refusal: Exclude<TokenRefusal, 'unknown-key'>, scope: string): Promise<ProblemError>
}

/** @throws {ProblemError} why there is none */
export type CredentialReader = (exchange: Exchange, scope: string) => Promise<Credential>

/** What a session stands for, and whose it is: opaque, and the same for a person each time. */
export interface SessionCredential extends Credential {
  readonly subject: string
}

/** Sessions of browsers. */
export interface BrowserSessions extends SessionPlace {
  /**
   * What a session stands for, by what stands in its cookie.
   *
   * @throws {ProblemError} `session-locked`, `session-ended`, `session-of-another`, `sessions-unreachable`, `issuer-unreachable`
   */
  find(cookie: string, use: SessionUse): Promise<SessionCredential>
}

/** Reads tokens, and sessions where there are any. Both at once would leave open who asks. */
export function createCredentialReader(sessions: BrowserSessions | undefined): CredentialReader {
  return async (ctx, scope) => {
    assertNoTokenInQuery(ctx, scope)
    if (sessions === undefined || !showsSession(ctx, sessions)) return bearerOf(ctx, scope)
    if (ctx.req.headers.authorization !== undefined) throw sessionProblem('session-and-token')
    const found = await sessions.find(readSessionCookie(ctx, sessions), readSessionUse(ctx))
    // Told before anything is done: whatever is answered then says for whom.
    tellSubject(ctx, found.subject)
    return found
  }
}

/** A cookie that comes along with a token and without the header is nobody’s word: browsers send it unasked. */
function showsSession(ctx: Exchange, { cookie }: SessionPlace): boolean {
  if (namesSession(ctx)) return true
  return ctx.req.headers.authorization === undefined && readCookie(ctx.req, cookie) !== undefined
}

function bearerOf(ctx: Exchange, scope: string): Credential {
  const token = readBearerToken(ctx, scope)
  return { token, claims: {}, refused: async (refusal) => challenge(refusal, scope) }
}
