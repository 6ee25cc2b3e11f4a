/** One question to the service of this page, by whoever is signed in: the browser sends the session, scripts never see it. */
import { parseJsonText } from '@hefu/protocol/report'
import { SHELL_TEXTS } from '../texts/shell-texts.ts'
import { BAD_ANSWER, ServiceProblem, UNREACHABLE } from './service-problem.ts'

/** Pages of elsewhere cannot send it, so that nobody asks in the name of who is signed in. */
const OWN_PAGE = { 'Hefu-Console': '1' } as const
/** Whose the session is: in a question as the page thinks, in an answer as it is. */
const SUBJECT = 'Hefu-Subject'
const TIMEOUT_MS = 15_000
const MOST_ANSWER_CHARACTERS = 4_194_304
/** Members, elements and levels. */
const MOST_ANSWER_PARTS = 262_144
const MOST_SENTENCE_CHARACTERS = 500

export type Question = Omit<RequestInit, 'credentials' | 'headers'> & {
  readonly headers?: Readonly<Record<string, string>>
}

/** What every question says of who sits before the page. */
export interface Asker {
  /** Whoever is shown as signed in; `null`: nobody is. */
  readonly subject: () => string | null
  /** Whether they did something just now: what the page asks by itself keeps no session open. */
  readonly isPresent: () => boolean
}

let asker: Asker = { subject: () => null, isPresent: () => false }

export function askAs(next: Asker): void {
  asker = next
}

/**
 * As `fetch`, in the name of the session; for the SDK too. An answer that was given to another person than the page
 * shows is not seen by whoever asked: in its place stands a problem `session-of-another`.
 */
export async function fetchAsOwnPage(
  input: string | URL | Request,
  init: RequestInit = {},
): Promise<Response> {
  const headers = new Headers(init.headers)
  for (const [name, value] of Object.entries(OWN_PAGE)) headers.set(name, value)
  const subject = asker.subject()
  if (subject !== null) headers.set(SUBJECT, subject)
  if (asker.isPresent()) headers.set('Hefu-Present', '1')
  const answer = await fetch(input, { ...init, headers, credentials: 'same-origin', redirect: 'error' })
  const response = isOfAnother(answer) ? dropped(answer) : answer
  for (const hear of listeners) hear(response)
  return response
}

function isOfAnother({ headers }: Response): boolean {
  const of = headers.get(SUBJECT)
  return of !== null && of !== asker.subject()
}

function dropped(answer: Response): Response {
  answer.body?.cancel().catch(() => undefined)
  return Response.json({ code: 'session-of-another', says: SHELL_TEXTS.ofAnother }, { status: 401 })
}

type Listener = (response: Response) => void
const listeners = new Set<Listener>()

/** Calls `hear` with every answer: of the session, each says whether it still holds. */
export function onAnswer(hear: Listener): void {
  listeners.add(hear)
}

/**
 * The JSON of an answer, read as `T` by who knows the route; `undefined` of one without content.
 *
 * @throws {ServiceProblem} when the service answered otherwise, or not at all
 */
export async function askService<T>(path: string, question: Question = {}): Promise<T> {
  const { signal, ...rest } = question
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  const response = await reach(path, {
    ...rest,
    signal: signal instanceof AbortSignal ? AbortSignal.any([signal, timeout]) : timeout,
  })
  if (response.status === 204) return undefined as T
  const answer = await readJson(response)
  if (response.ok) return answer as T
  throw problemOf(response, answer)
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetchAsOwnPage(path, init)
  } catch (error) {
    if (init.signal?.aborted === true && init.signal.reason instanceof DOMException) {
      if (init.signal.reason.name === 'AbortError') throw error
    }
    throw new ServiceProblem(0, 'unreachable', UNREACHABLE)
  }
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text().catch(() => '')
  try {
    if (text.length <= MOST_ANSWER_CHARACTERS) return parseJsonText(text, MOST_ANSWER_PARTS, 'answer')
  } catch {
    // Told below.
  }
  throw new ServiceProblem(response.status, 'bad-answer', BAD_ANSWER)
}

/** What a refusal says, for who asked by {@link fetchAsOwnPage}. Never throws. */
export async function readProblem(response: Response): Promise<ServiceProblem> {
  try {
    return problemOf(response, await readJson(response))
  } catch {
    return new ServiceProblem(response.status, 'bad-answer', BAD_ANSWER)
  }
}

function problemOf({ status, headers }: Response, answer: unknown): ServiceProblem {
  const { code, says } = Object(answer) as { readonly code?: unknown; readonly says?: unknown }
  const { zh, en } = Object(says) as { readonly zh?: unknown; readonly en?: unknown }
  if (typeof code !== 'string' || typeof zh !== 'string' || typeof en !== 'string')
    return new ServiceProblem(status, 'bad-answer', BAD_ANSWER)
  const sentence = { zh: zh.slice(0, MOST_SENTENCE_CHARACTERS), en: en.slice(0, MOST_SENTENCE_CHARACTERS) }
  const after = headers.get('Retry-After')
  return new ServiceProblem(
    status,
    code,
    sentence,
    after !== null && /^[0-9]{1,6}$/.test(after) ? Number(after) : null,
  )
}
