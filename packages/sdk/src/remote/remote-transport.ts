/** One question to a remote verifier over HTTP: bounded in time, in size and in tries. */
import { isDisplayText, parseJsonText } from '@hefu/protocol/report'
import { type RemoteProblem, RemoteVerifierError } from './remote-verifier-error.ts'

export interface TransportOptions {
  readonly fetch: typeof globalThis.fetch
  /** For each try, from asking for a token to the last byte. */
  readonly timeoutMs: number
  /** Tries after the first. */
  readonly retries: number
  readonly accessToken: (() => string | Promise<string>) | undefined
}

/** A report of the largest bundle is far smaller. */
const MAX_ANSWER_BYTES = 1_048_576
/** Members, elements and levels of an answer. */
const MOST_PARTS = 65_536
const MAX_DETAIL_CHARACTERS = 500
const FIRST_PAUSE_MS = 200

/**
 * The text of a 200 answer. Only a connection that failed and a 503 are tried again, after 200, 400, 800 … ms, and a
 * request that is still under way since a connection failed: all tries bear one idempotency key, so that one report is
 * made and one reading recorded. Nothing else is: a refused request stays refused, and a slow service is not helped by
 * more requests.
 *
 * @throws {RangeError} for an access token that is none
 * @throws {RemoteVerifierError} `unreachable`, `timed-out`, `redirected`, `problem` or `bad-answer`
 */
export async function postJson(url: string, body: string, options: TransportOptions): Promise<string> {
  const sent = { body, headers: { 'Idempotency-Key': `"${crypto.randomUUID()}"` } }
  for (let tried = 0; ; tried++) {
    try {
      return await postOnce(url, sent, options)
    } catch (error) {
      if (!isWorthRetrying(error) || tried >= options.retries) throw error
    }
    await pause(FIRST_PAUSE_MS * 2 ** tried)
  }
}

function isWorthRetrying(error: unknown): boolean {
  if (!(error instanceof RemoteVerifierError)) return false
  const { code, problem } = error
  return code === 'unreachable' || problem?.status === 503 || problem?.code === 'request-under-way'
}

interface SentRequest {
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

async function postOnce(url: string, sent: SentRequest, options: TransportOptions): Promise<string> {
  const signal = AbortSignal.timeout(options.timeoutMs)
  const headers = { ...sent.headers, ...(await authorizationOf(options)) }
  const { response, text } = await exchange(url, { ...sent, headers }, options.fetch, signal)
  if (isRedirect(response)) throw new RemoteVerifierError('redirected')
  if (text === undefined) throw new RemoteVerifierError('bad-answer')
  if (response.status === 200) return text
  throw new RemoteVerifierError('problem', {
    problem: readProblem(response.status, text),
    retryAfterSeconds: readRetryAfter(response),
  })
}

/** RFC 6750, 2.1. */
const TOKEN = /^[A-Za-z0-9._~+/-]+=*$/

export function isAccessToken(token: unknown): token is string {
  return typeof token === 'string' && TOKEN.test(token)
}

/** What is no token is a fault of the caller's program, and no outage. It is a secret, and not quoted. */
async function authorizationOf({
  accessToken,
  timeoutMs,
}: TransportOptions): Promise<Readonly<Record<string, string>>> {
  if (accessToken === undefined) return {}
  const token = await withinTime(accessToken(), timeoutMs)
  if (isAccessToken(token)) return { Authorization: `Bearer ${token}` }
  throw new RangeError(
    'accessToken: expect a token of letters, digits and -._~+/ (RFC 6750), without spaces, line ends or a byte-order mark',
  )
}

/** A browser says of a redirect that is not followed no more than that it is one. */
function isRedirect({ type, status, headers }: Response): boolean {
  return type === 'opaqueredirect' || (status >= 300 && status < 400 && headers.has('location'))
}

/** Statuses that say that the same request is answered later. */
const LATER: readonly number[] = [429, 503]

/** RFC 9110, 10.2.3: seconds or a date; `null` for anything else, and where there is none. */
function readRetryAfter({ status, headers }: Response): number | null {
  const told = headers.get('retry-after')
  if (told === null || !LATER.includes(status)) return null
  if (/^[0-9]{1,9}$/.test(told)) return Number(told)
  const at = / GMT$/.test(told) ? Date.parse(told) : Number.NaN
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - Date.now()) / 1_000))
}

/** What is asked of the caller's own program, which may wait for an identity provider that says nothing. */
async function withinTime<T>(asked: T | Promise<T>, milliseconds: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new RemoteVerifierError('timed-out')), milliseconds)
  })
  try {
    return await Promise.race([asked, late])
  } finally {
    clearTimeout(timer)
  }
}

async function exchange(
  url: string,
  { body, headers }: SentRequest,
  fetch: TransportOptions['fetch'],
  signal: AbortSignal,
): Promise<{ response: Response; text: string | undefined }> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...headers },
      body,
      signal,
      // Personal data goes to the address that was configured and to no other.
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    })
    return { response, text: await readCapped(response) }
  } catch (error) {
    throw new RemoteVerifierError(signal.aborted ? 'timed-out' : 'unreachable', { cause: error })
  }
}

/** `undefined` for a body beyond the cap; the rest of it is not read. */
async function readCapped(response: Response): Promise<string | undefined> {
  const reader = response.body?.getReader()
  if (reader === undefined) return ''
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    bytes += value.length
    if (bytes > MAX_ANSWER_BYTES) {
      await reader.cancel()
      return undefined
    }
    text += decoder.decode(value, { stream: true })
  }
}

/** The service's own words are shown only where they are fit to be shown. */
function readProblem(status: number, text: string): RemoteProblem {
  const document = Object(parseJson(text)) as Record<string, unknown>
  const { code, detail } = document
  return {
    status,
    code: typeof code === 'string' && /^[a-z-]{1,64}$/.test(code) ? code : 'unknown',
    detail: typeof detail === 'string' && isDisplayText(detail) ? detail.slice(0, MAX_DETAIL_CHARACTERS) : '',
  }
}

/** `undefined` for a text that is no JSON, or has a member twice. */
export function parseJson(text: string): unknown {
  try {
    return parseJsonText(text, MOST_PARTS, 'answer')
  } catch {
    return undefined
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
