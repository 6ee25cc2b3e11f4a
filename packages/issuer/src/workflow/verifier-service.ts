/** A verifier service that takes deposits, asked by this agency's own credentials. What it answers is untrusted. */
import { setTimeout as pause } from 'node:timers/promises'
import { parseJsonText } from '@hefu/protocol'
import { reasonOf } from '@hefu/service'
import { z } from 'zod'
import { IssuerError } from '../error/issuer-error.ts'

export interface VerifierServiceOptions {
  /** Base address of the service. */
  readonly url: string
  /** Where its tokens are issued (RFC 6749 §4.4). */
  readonly tokenUrl: string
  /** By which its tokens are for it (RFC 8707). */
  readonly audience: string
  readonly clientId: string
  /** A secret. */
  readonly secret: string
  /** Ends waiting, and what is under way. */
  readonly signal: AbortSignal
}

export interface VerifierService {
  /**
   * Deposits one text.
   *
   * @returns why it is not kept, of which nothing but the text is the cause; `null`: it is kept
   * @throws {IssuerError} `verifier-unavailable`, `verifier-refused`, `token-refused`
   */
  deposit(presented: string, reference: string): Promise<DepositRefusal | null>
}

export interface DepositRefusal {
  readonly code: string
  /** The checks that the licence did not pass. */
  readonly findings: readonly string[]
}

export function createVerifierService(options: VerifierServiceOptions): VerifierService {
  const tokenOf = createTokenSource(options)
  const url = `${options.url.replace(/\/$/, '')}/v1/deposits`
  return {
    deposit: async (presented, reference) => {
      const answer = await askPatiently(options, async () => ({
        url,
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${await tokenOf()}` },
        body: JSON.stringify({ presented, reference }),
      }))
      if (answer.status === 200) return null
      const refusal = readRefusal(answer.text)
      if (TEXT_IS_THE_CAUSE.has(refusal.code)) return refusal
      throw new IssuerError('verifier-refused', { url, status: answer.status, code: refusal.code })
    },
  }
}

const TEXT_IS_THE_CAUSE: ReadonlySet<string> = new Set(['deposit-refused', 'not-a-request', 'too-large'])

interface Question {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

interface Answer {
  readonly status: number
  readonly retryAfter: string | null
  readonly text: string
}

const TIMEOUT_MS = 30_000
const MOST_TRIES = 8
/** Tries without any answer: nobody may be there. */
const MOST_UNANSWERED = 3
const FIRST_PAUSE_SECONDS = 0.5
/** Who is told to wait longer comes again another time. */
const LONGEST_PAUSE_SECONDS = 60

/**
 * The answer that is none of 429 and 503: after these, and where there was none, the question is asked again, not before
 * the service wants it (`Retry-After`, RFC 9110 §10.2.3).
 *
 * @throws {IssuerError} `verifier-unavailable`
 */
async function askPatiently(
  { signal }: Pick<VerifierServiceOptions, 'signal'>,
  question: () => Promise<Question>,
): Promise<Answer> {
  for (let tried = 1; ; tried++) {
    const asked = await question()
    const outcome = await askOnce(asked, signal)
    if (!(outcome instanceof Error) && outcome.status !== 429 && outcome.status !== 503) return outcome
    const seconds = pauseAfter(outcome, tried)
    const most = outcome instanceof Error ? MOST_UNANSWERED : MOST_TRIES
    if (tried >= most || seconds > LONGEST_PAUSE_SECONDS || signal.aborted)
      throw new IssuerError('verifier-unavailable', { url: asked.url, reason: reasonOfFailure(outcome) })
    await pause(seconds * 1000, undefined, { signal }).catch(() => undefined)
  }
}

function pauseAfter(outcome: Answer | Error, tried: number): number {
  const backOff = FIRST_PAUSE_SECONDS * 2 ** (tried - 1)
  if (outcome instanceof Error || outcome.retryAfter === null) return Math.min(backOff, LONGEST_PAUSE_SECONDS)
  return /^[0-9]{1,9}$/.test(outcome.retryAfter) ? Math.max(Number(outcome.retryAfter), backOff) : backOff
}

function reasonOfFailure(outcome: Answer | Error): string {
  if (!(outcome instanceof Error)) return `${outcome.status} ${readRefusal(outcome.text).code}`
  return reasonOf(outcome.cause instanceof Error ? outcome.cause : outcome)
}

/** An error where there was no whole answer. */
async function askOnce({ url, headers, body }: Question, signal: AbortSignal): Promise<Answer | Error> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, Accept: 'application/json' },
      body,
      // A licence goes to the address that was named, and to no other.
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    })
    const { status } = response
    return { status, retryAfter: response.headers.get('retry-after'), text: await readBounded(response) }
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

const MOST_BYTES = 65_536

/** Of what is longer, the beginning. */
async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > MOST_BYTES) break
  }
  return new TextDecoder().decode(Buffer.concat(chunks))
}

const code = z.string().regex(/^[A-Za-z0-9/_-]{1,64}$/)
const refusalAnswer = z.object({ code, findings: z.array(code).max(64).default([]) })
const UNKNOWN: DepositRefusal = { code: 'unknown', findings: [] }

/** The service's own codes are shown only where they are codes. */
function readRefusal(text: string): DepositRefusal {
  return refusalAnswer.safeParse(parseAnswer(text)).data ?? UNKNOWN
}

const MOST_PARTS = 4_096

/** `undefined` for what is no JSON. */
function parseAnswer(text: string): unknown {
  try {
    return parseJsonText(text, MOST_PARTS, 'answer')
  } catch {
    return undefined
  }
}

const tokenAnswer = z.object({ access_token: z.string().min(1).max(8_192), expires_in: z.number().min(0) })
/** A token is not used up to its last second. */
const SPARE_SECONDS = 30

/** One token for all that is asked side by side, until its term ends. */
function createTokenSource(options: VerifierServiceOptions): () => Promise<string> {
  let held: Promise<HeldToken> | undefined
  let until = Number.POSITIVE_INFINITY
  return async () => {
    if (held === undefined || performance.now() >= until) {
      until = Number.POSITIVE_INFINITY
      held = requestToken(options)
    }
    const requested = await held
    until = requested.until
    return requested.token
  }
}

interface HeldToken {
  readonly token: string
  /** By `performance.now`. */
  readonly until: number
}

/** By the client's own credentials. @throws {IssuerError} `token-refused`, `verifier-unavailable` */
async function requestToken(options: VerifierServiceOptions): Promise<HeldToken> {
  const { tokenUrl: url, clientId, secret, audience: resource } = options
  const credentials = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`)
  const question = {
    url,
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      Authorization: `Basic ${credentials.toString('base64')}`,
    },
    body: String(new URLSearchParams({ grant_type: 'client_credentials', resource, scope: 'deposit' })),
  }
  const { status, text } = await askPatiently(options, async () => question)
  const { data } = tokenAnswer.safeParse(status === 200 ? parseAnswer(text) : undefined)
  if (data === undefined)
    throw new IssuerError('token-refused', { url, status, reason: refusedTokenCode(text) })
  return { token: data.access_token, until: performance.now() + (data.expires_in - SPARE_SECONDS) * 1000 }
}

/** RFC 6749 §5.2. */
function refusedTokenCode(text: string): string {
  return z.object({ error: code }).safeParse(parseAnswer(text)).data?.error ?? 'unknown'
}
