/** `/session`: who is signed in at the console, that they are still there, and that they leave. */
import {
  answerJson,
  assertJsonAcceptable,
  createGate,
  type Exchange,
  type Handler,
  readCookie,
  readSessionCookie,
  readSessionUse,
  route,
  type SecondFactor,
  type SessionPlace,
  tellSubject,
} from '@hefu/service'
import { LEDGER_READ, REPORTS, RETRIEVE, UNMASK, VERIFY } from '../access/scope.ts'
import { consoleProblem } from '../routes/console-problem.ts'
import type { KeptSession } from './kept-sessions.ts'
import { ROLES } from './session-content.ts'
import { type CookieNames, setCookie } from './session-cookie.ts'
import { type SessionTerms, subjectOf } from './sessions.ts'
import { callbackRoute, type SignInServices, signInRoute } from './sign-in.ts'

/** What stands at each of the addresses. */
export interface SessionHandlers {
  readonly session: Handler
  readonly signIn: Handler
  readonly callback: Handler
  readonly touch: Handler
  readonly lock: Handler
  readonly signOut: Handler
}

export interface SessionDesk extends SignInServices {
  readonly terms: SessionTerms
  readonly origin: string
}

const SIGN_IN_AT = '/session/sign-in'
const MOST_ASKING = 64

/** Where people sign in. */
export function createSessionDesk(desk: SessionDesk): SessionHandlers {
  const { sessions, cookies, origin } = desk
  const place = { origin, cookie: cookies.session }
  return {
    session: route()
      .assert(assertJsonAcceptable)
      .within(createGate(MOST_ASKING))
      .answer(async (ctx) => {
        const cookie = readCookie(ctx.req, cookies.session)
        const found = cookie === undefined ? null : await sessions.look(cookie)
        answerJson(ctx, found === null ? { signedIn: false, signInAt: SIGN_IN_AT } : tell(found, desk))
      }),
    signIn: signInRoute(desk),
    callback: callbackRoute(desk),
    touch: route()
      .within(createGate(MOST_ASKING))
      .answer(async (ctx) => {
        // That is what it says: somebody is there.
        const use = { ...readSessionUse(ctx), isPersons: true }
        tellSubject(ctx, subjectOf(await sessions.use(readSessionCookie(ctx, place), use)))
        ctx.status = 204
      }),
    lock: route()
      .within(createGate(MOST_ASKING))
      .answer(async (ctx) => {
        const locked = await sessions.lock(readSessionCookie(ctx, place), readSessionUse(ctx))
        // Also once the browser was closed, and knows the session no more.
        noteLeft(ctx, cookies)
        tellSubject(ctx, subjectOf(locked))
        ctx.status = 204
      }),
    signOut: signOutRoute(desk, place),
  }
}

function signOutRoute(desk: SessionDesk, place: SessionPlace): Handler {
  const { sessions, cookies, provider } = desk
  return route()
    .assert(assertJsonAcceptable)
    .within(createGate(MOST_ASKING))
    .answer(async (ctx) => {
      const ended = await sessions.end(readSessionCookie(ctx, place))
      ctx.append('Set-Cookie', setCookie(cookies.session, '', cookies, 0))
      noteLeft(ctx, cookies)
      // It has ended here, whatever the provider says; its faults were heard of.
      const refresh = ended?.content.tokens.refresh ?? null
      const [leaveAt] = await Promise.all([
        provider.leaveAt().catch(() => null),
        refresh === null ? undefined : provider.revoke(refresh).catch(() => undefined),
      ])
      answerJson(ctx, { leaveAt })
    })
}

/** Longer than any provider remembers a browser, as far as we can know. */
const LEFT_SECONDS = 30 * 86_400

function noteLeft(ctx: Exchange, cookies: CookieNames): void {
  ctx.append('Set-Cookie', setCookie(cookies.left, '1', cookies, LEFT_SECONDS))
}

/** What the page is told of its session: no token, and nobody’s name at the provider. */
function tell(session: KeptSession, { terms, secondFactor, clock }: SessionDesk): object {
  const { name, roles, region, scopes, signIn } = session.content
  return {
    signedIn: true,
    name,
    subject: subjectOf(session),
    roles,
    region,
    scopes,
    secondFactorUntil: secondFactorUntil(signIn, secondFactor, clock()),
    idleSeconds: terms.idleSeconds,
    expiresAt: session.endsAt,
    locked: session.isLocked,
  }
}

/** Unix seconds; `null`: the person has to sign in with a second factor first. */
function secondFactorUntil(
  signIn: KeptSession['content']['signIn'],
  { acr, maxAgeSeconds }: SecondFactor,
  now: number,
): number | null {
  const until = signIn?.acr === acr ? signIn.at + maxAgeSeconds : 0
  return until > now ? until : null
}

/** Where everybody is let in: on one's own machine. */
export function createOpenDesk(
  { idleSeconds, sessionSeconds }: SessionTerms,
  clock: () => number,
): SessionHandlers {
  const done = route().answer((ctx) => {
    ctx.status = 204
  })
  return {
    ...createAbsentDesk(),
    session: route()
      .assert(assertJsonAcceptable)
      .answer((ctx) => {
        const expiresAt = clock() + sessionSeconds
        answerJson(ctx, {
          signedIn: true,
          name: 'anybody',
          subject: 'anybody',
          roles: ROLES,
          region: null,
          scopes: [VERIFY, REPORTS, RETRIEVE, UNMASK, LEDGER_READ],
          secondFactorUntil: expiresAt,
          idleSeconds,
          expiresAt,
          locked: false,
        })
      }),
    touch: done,
    // There is no proof that could unlock anything: the page alone is locked.
    lock: done,
    signOut: route()
      .assert(assertJsonAcceptable)
      .answer((ctx) => answerJson(ctx, { leaveAt: null })),
  }
}

/** Where nobody signs in. */
export function createAbsentDesk(): SessionHandlers {
  const refuse = route().answer(() => {
    throw consoleProblem('no-sign-in')
  })
  return {
    session: route()
      .assert(assertJsonAcceptable)
      .answer((ctx) => answerJson(ctx, { signedIn: false, signInAt: null })),
    signIn: refuse,
    callback: refuse,
    touch: refuse,
    lock: refuse,
    signOut: refuse,
  }
}
