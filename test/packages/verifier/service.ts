/** A real service on loopback over the sample ledger, its log kept in memory. Who is let in is proven in access.test.ts. */

import type { ChildProcess } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import type { LedgerDirectory, LedgerView, PublicJwk } from '@hefu/protocol'
import { createLogger } from '@hefu/service'
import { startVerifierService, type VerifierServiceOptions } from '@hefu/verifier'
import { createKeyPair, createVerifierKeyFile, NOW, PASSPHRASE } from './sample.ts'
import { testStore } from './test-store.ts'

export interface TestService {
  readonly url: string
  readonly verifierKey: PublicJwk
  /** Everything logged so far. */
  readonly log: () => string
  readonly close: () => Promise<void>
}

export async function startTestService(
  trusted: LedgerView | LedgerDirectory,
  options: Partial<Omit<VerifierServiceOptions, 'network' | 'view' | 'directory'>> = {},
): Promise<TestService> {
  const lines: string[] = []
  const service = await startVerifierService({
    ...('list' in trusted ? { directory: trusted } : { view: trusted }),
    keyFile: await createVerifierKeyFile(createKeyPair()),
    passphrase: PASSPHRASE,
    access: 'unguarded',
    store: await testStore(),
    host: '127.0.0.1',
    port: 0,
    clock: () => NOW,
    logger: createLogger((line) => void lines.push(line)),
    ...options,
  })
  return { ...service, log: () => lines.join('') }
}

/** Where a service of its own process says that it answers: not in its first line always. */
export async function addressOf({ stdout }: ChildProcess): Promise<string> {
  let said = ''
  for await (const text of stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    said += String(text)
    const address = /http:\S+/.exec(said)?.[0]
    if (address !== undefined) return address
  }
  throw new Error(`it ended before it said where it answers: ${said}`)
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into documents of every shape
  readonly json: any
}

export async function post(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return send(`${url}/v1/verifications`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body),
  })
}

/** As a client asks that is told to come again in a moment, for half a minute. */
export async function postUntilServed(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  for (const end = Date.now() + 30_000; ; await pause(50)) {
    const answer = await post(url, body, headers)
    if (answer.json?.code !== 'busy' || Date.now() > end) return answer
  }
}

export async function send(url: string, init: RequestInit = {}): Promise<Answer> {
  const answer = await sendAny(url, init)
  return { ...answer, json: answer.text === '' ? null : JSON.parse(answer.text) }
}

/** Of lines, and of what is no JSON, there is no `json`. */
export async function sendAny(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, init)
  const text = await response.text()
  const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '')
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson && text !== '' ? JSON.parse(text) : null,
  }
}
