/** `GET /session/sign-in` and `/session/callback`: a person goes to the identity provider, and comes back. */
import type { IncomingMessage } from 'node:http'
import {
  createGate,
  createRefusedTries,
  type Exchange,
  type Handler,
  holdsCookie,
  type ParameterValues,
  ProblemError,
  parseParameters,
  type RefusedTries,
  type RouteParameter,
  readCookie,
  route,
  type SecondFactor,
} from '@hefu/service'
import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client'
import { consoleProblem } from '../routes/console-problem.ts'
import type { Admit, AdmittedPerson } from './admission.ts'
import { type BegunSignIn, openSignIn, SIGN_IN_SECONDS, sealSignIn } from './begun-sign-in.ts'
import { CONSOLE_PATH, failedAt, parseLeadTo } from './lead-to.ts'
import type { Provider, SignInDemands } from './provider.ts'
import { type CookieNames, setCookie } from './session-cookie.ts'
import type { SessionSeal } from './session-seal.ts'
import type { Sessions } from './sessions.ts'

export interface SignInServices {
  readonly provider: Provider
  readonly admit: Admit
  readonly sessions: Sessions
  readonly seal: SessionSeal
  readonly cookies: CookieNames
  readonly secondFactor: SecondFactor
  /** From which address a request comes. */
  readonly addressOf: (req: IncomingMessage) => string
  /** Unix seconds. */
  readonly clock: () => number
}

/** Each may wait for the provider. */
const MOST_UNDER_WAY = 32
const MOST_FAILED_PER_MINUTE = 30
/** Clocks may be apart. */
const SKEW_SECONDS = 30

const parameters = {
  return: {
    in: 'query',
    expected: { zh: '以 /console/ 开头的路径', en: 'a path that begins with /console/' },
    parse: parseLeadTo,
    schema: { type: 'string' },
  },
  fresh: choice('1'),
  factor: choice('second'),
} as const

type Asked = ParameterValues<typeof parameters>

function choice<Value extends string>(value: Value): RouteParameter<Value> {
  return {
    in: 'query',
    expected: { zh: value, en: value },
    parse: (text) => (text === value ? value : null),
    schema: { type: 'string', const: value },
  }
}

export function signInRoute(services: SignInServices): Handler {
  return route()
    .find(parseParameters(parameters))
    .within(createGate(MOST_UNDER_WAY))
    .answer((ctx, { parameters: asked }) =>
      leadingOn(ctx, async () => {
        const { provider, seal, cookies, clock } = services
        const begun: BegunSignIn = {
          state: randomState(),
          nonce: randomNonce(),
          verifier: randomPKCECodeVerifier(),
          leadTo: asked.return ?? CONSOLE_PATH,
          demands: await demandsOf(services, ctx, asked),
          begunAt: clock(),
        }
        const address = await provider.signInAt(begun, begun.demands)
        ctx.append('Set-Cookie', setCookie(cookies.signIn, sealSignIn(begun, seal), cookies, SIGN_IN_SECONDS))
        lead(ctx, 302, address)
      }),
    )
}

async function demandsOf(
  services: SignInServices,
  ctx: Exchange,
  { fresh, factor }: Asked,
): Promise<SignInDemands> {
  return {
    fresh: fresh !== undefined || (await wasLeft(services, ctx)),
    secondFactor: factor === undefined ? null : services.secondFactor,
  }
}

/**
 * Whether somebody was signed in in this browser and is not now: signed out, locked, ended, or given way to others. Who
 * comes then has to prove who they are, for the provider may still know whoever was here.
 */
async function wasLeft({ sessions, cookies }: SignInServices, { req }: Exchange): Promise<boolean> {
  if (holdsCookie(req, cookies.left)) return true
  if (!holdsCookie(req, cookies.session)) return false
  const cookie = readCookie(req, cookies.session)
  const found = cookie === undefined ? null : await sessions.look(cookie)
  return found === null || found.isLocked
}

/** Everything of the address was sent by whoever likes. */
export function callbackRoute(services: SignInServices): Handler {
  const tries = createRefusedTries(MOST_FAILED_PER_MINUTE)
  return route()
    .within(createGate(MOST_UNDER_WAY))
    .answer((ctx) =>
      leadingOn(ctx, async () => {
        const { sessions, cookies } = services
        ctx.append('Set-Cookie', setCookie(cookies.signIn, '', cookies, 0))
        const { person, leadTo } = await counting(services, tries, ctx, () => complete(services, ctx))
        // A new one, whatever the browser had: nobody can have put it there.
        const cookie = await sessions.begin(person, readCookie(ctx.req, cookies.session))
        ctx.append('Set-Cookie', setCookie(cookies.session, cookie, cookies))
        ctx.append('Set-Cookie', setCookie(cookies.left, '', cookies, 0))
        lead(ctx, 303, leadTo)
      }),
    )
}

interface Completed {
  readonly person: AdmittedPerson
  readonly leadTo: string
}

/** @throws {ProblemError} with a code of a sign-in */
async function complete(services: SignInServices, ctx: Exchange): Promise<Completed> {
  const { req, querystring } = ctx
  const { provider, admit, seal, cookies, clock } = services
  const sealed = readCookie(req, cookies.signIn)
  const begun = sealed === undefined ? null : openSignIn(sealed, seal, clock())
  if (begun === null) throw consoleProblem('sign-in-lapsed')
  const tokens = await provider.complete(querystring, begun)
  const person = await admit(tokens)
  // It may have been left since the sign-in was begun.
  const fresh = begun.demands.fresh || (await wasLeft(services, ctx))
  const demanded = { ...begun, demands: { ...begun.demands, fresh } }
  assertDemands(demanded, tokens.said?.auth_time, person, clock())
  return { person, leadTo: begun.leadTo }
}

/** A provider may leave demands aside (`acr_values` and `prompt` are wishes): what came is looked at. */
function assertDemands(
  { demands, begunAt }: BegunSignIn,
  authTime: number | undefined,
  { content: { signIn } }: AdmittedPerson,
  now: number,
): void {
  const { fresh, secondFactor } = demands
  const at = signIn?.at ?? authTime ?? 0
  if (fresh && at < begunAt - SKEW_SECONDS) throw consoleProblem('sign-in-refused')
  if (secondFactor === null) return
  const isRecent = now - at <= secondFactor.maxAgeSeconds
  if (signIn?.acr !== secondFactor.acr || !isRecent) throw consoleProblem('second-factor-refused')
}

/** Who comes back with nothing time and again is not listened to for a while. */
async function counting<T>(
  { addressOf, clock }: SignInServices,
  tries: RefusedTries,
  { req }: Exchange,
  work: () => Promise<T>,
): Promise<T> {
  const address = addressOf(req)
  if (tries.wait(address, clock()) > 0) throw consoleProblem('sign-in-too-often')
  try {
    return await work()
  } catch (error) {
    // Without its cookie nobody here began it: pages of elsewhere can send browsers here as often as they like.
    const isTry =
      error instanceof ProblemError && error.meaning.status < 500 && error.code !== 'sign-in-lapsed'
    if (isTry) tries.count(address, clock())
    throw error
  }
}

/** A person looks at a page, and not at a problem: what is wrong is said there, by its code. */
async function leadingOn(ctx: Exchange, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    ctx.state.problem = error.code
    ctx.state.described = { signIn: error.code }
    lead(ctx, 303, failedAt(error.code))
  }
}

function lead(ctx: Exchange, status: 302 | 303, address: string): void {
  ctx.status = status
  ctx.set('Location', address)
  ctx.body = ''
}
