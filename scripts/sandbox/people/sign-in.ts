/** Signing in, step by step: who and the password; then, where it is asked for, the second factor. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Koa, { type Context } from 'koa'
import { errors, type InteractionResults, type Provider } from 'oidc-provider'
import { setPageHeaders } from './page-headers.ts'
import { readPostedForm } from './posted-form.ts'
import { findPerson, SAMPLE_PEOPLE, type SamplePerson } from './sample-people.ts'
import { createSecondFactor, PASSWORD_ACR, SECOND_FACTOR_ACR, type SecondFactor } from './second-factor.ts'
import {
  renderCodePage,
  renderMessagePage,
  renderPasswordPage,
  type SignInError,
  STYLE_PATH,
} from './sign-in-page.ts'
import { createTries, type Tries } from './tries.ts'

/** Everything below it is a page of ours. */
export const SIGN_IN_PATH = '/sign-in/'

const TRIES_A_MINUTE = { ofOne: 10, ofAll: 60 }

/** The reasons for which a code is enough: who it is, is known. */
const CODE_REASONS: ReadonlySet<string> = new Set(['second_factor', 'max_age'])

export interface SignInOptions {
  /** Of all sample people. */
  readonly password: string
  /** Origin of the console, where a sign-in leads in the end. */
  readonly consoleOrigin: string
}

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>

interface Desk extends SignInOptions {
  readonly provider: Provider
  readonly tries: Tries
  readonly secondFactor: SecondFactor
}

/** The application of the pages below {@link SIGN_IN_PATH}. */
export function createSignIn(provider: Provider, options: SignInOptions): Koa {
  const people = SAMPLE_PEOPLE.map(({ id }) => id)
  const desk: Desk = {
    ...options,
    provider,
    tries: createTries(people, TRIES_A_MINUTE),
    secondFactor: createSecondFactor(people),
  }
  const style = readFileSync(join(import.meta.dirname, 'sign-in.css'))
  const app = new Koa()
  app.use(async (ctx) => {
    setPageHeaders(ctx, options.consoleOrigin)
    if (ctx.path !== STYLE_PATH) return answer(desk, ctx)
    ctx.type = 'text/css; charset=utf-8'
    ctx.body = style
  })
  return app
}

async function answer(desk: Desk, ctx: Context): Promise<void> {
  const interaction = await findInteraction(desk, ctx)
  if (interaction === undefined) return sayOver(ctx)
  if (ctx.method === 'POST') return take(desk, ctx, interaction)
  if (ctx.method === 'GET' || ctx.method === 'HEAD') return show(desk, ctx, interaction)
  ctx.status = 405
  ctx.set('Allow', 'GET, HEAD, POST')
}

/** The one that the browser's cookie and the path name alike. */
async function findInteraction({ provider }: Desk, ctx: Context): Promise<Interaction | undefined> {
  try {
    const interaction = await provider.interactionDetails(ctx.req, ctx.res)
    return ctx.path === SIGN_IN_PATH + interaction.uid ? interaction : undefined
  } catch (error) {
    if (error instanceof errors.SessionNotFound) return undefined
    throw error
  }
}

function sayOver(ctx: Context): void {
  ctx.status = 400
  ctx.type = 'html'
  ctx.body = renderMessagePage(
    { zh: '登录已过期', en: 'Sign-in is over' },
    {
      zh: '本次登录已过期或已完成，请返回原系统重新登录。',
      en: 'This sign-in is over or done. Go back to where you came from, and sign in again.',
    },
  )
}

/** Who is to give a code; undefined: the password comes first. */
function personForCode({ prompt, params, session }: Interaction): SamplePerson | undefined {
  const isCodeEnough = prompt.reasons.every((reason) => CODE_REASONS.has(reason))
  if (!isCodeEnough || !wantsSecondFactor(params['acr_values'])) return undefined
  return findPerson(session?.accountId ?? '')
}

/** Whether an authorization request asks for a second factor. */
export function wantsSecondFactor(acrValues: unknown): boolean {
  return typeof acrValues === 'string' && acrValues.split(' ').includes(SECOND_FACTOR_ACR)
}

function show(
  { secondFactor }: Pick<Desk, 'secondFactor'>,
  ctx: Context,
  interaction: Interaction,
  error?: SignInError,
  chosen?: string,
): void {
  const form = { action: ctx.path, ...(error === undefined ? {} : { error }) }
  const person = personForCode(interaction)
  ctx.type = 'html'
  ctx.body =
    person === undefined
      ? renderPasswordPage({ ...form, ...(chosen === undefined ? {} : { chosen }) })
      : renderCodePage(form, person, secondFactor.codeOf(person.id))
}

async function take(desk: Desk, ctx: Context, interaction: Interaction): Promise<void> {
  const fields = await readPostedForm(ctx, new URL(desk.provider.issuer).origin)
  if (fields === undefined) return sayNoForm(ctx)
  const known = personForCode(interaction)
  const who = known?.id ?? fields.get('person') ?? ''
  const refused = known === undefined ? passwordError(desk, who, fields) : codeError(desk, who, fields)
  if (refused === null) return finish(desk, ctx, who, known === undefined ? PASSWORD_ACR : SECOND_FACTOR_ACR)
  ctx.status = refused === 'too-many-tries' ? 429 : 403
  show(desk, ctx, interaction, refused, who)
}

function sayNoForm(ctx: Context): void {
  ctx.status = 400
  ctx.type = 'html'
  ctx.body = renderMessagePage(
    { zh: '无法登录', en: 'Cannot sign in' },
    {
      zh: '登录信息不是由本页提交的，请返回原系统重新登录。',
      en: 'This was not sent by the page itself. Go back to where you came from, and sign in again.',
    },
  )
}

function passwordError(
  { tries, password }: Desk,
  who: string,
  fields: ReadonlyMap<string, string>,
): SignInError | null {
  if (!tries.take(who)) return 'too-many-tries'
  const isRight = isSame((fields.get('password') ?? '').trim(), password)
  if (!isRight || findPerson(who) === undefined) return 'wrong-password'
  tries.giveBack(who)
  return null
}

function codeError(
  { tries, secondFactor }: Desk,
  who: string,
  fields: ReadonlyMap<string, string>,
): SignInError | null {
  if (!tries.take(who)) return 'too-many-tries'
  if (!secondFactor.take(who, (fields.get('code') ?? '').trim())) return 'wrong-code'
  tries.giveBack(who)
  return null
}

/** In the same time, whatever is wrong. */
function isSame(one: string, other: string): boolean {
  const [left, right] = [one, other].map((text) => createHash('sha256').update(text).digest())
  return left !== undefined && right !== undefined && timingSafeEqual(left, right)
}

async function finish({ provider }: Desk, ctx: Context, accountId: string, acr: string): Promise<void> {
  const amr = acr === SECOND_FACTOR_ACR ? ['pwd', 'otp', 'mfa'] : ['pwd']
  const result: InteractionResults = { login: { accountId, acr, amr } }
  const next = await provider.interactionResult(ctx.req, ctx.res, result, { mergeWithLastSubmission: false })
  ctx.status = 303
  ctx.redirect(next)
}
