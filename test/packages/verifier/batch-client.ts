/** Asks a verifier service for batches, as an integrator's program would. */
import { setTimeout as pause } from 'node:timers/promises'
import { type Answer, send } from './service.ts'

const NDJSON = 'application/x-ndjson'

/** Lines as they are sent; an object is one of JSON. */
export function linesOf(items: readonly (object | string)[]): string {
  return items.map((item) => `${typeof item === 'string' ? item : JSON.stringify(item)}\n`).join('')
}

export async function giveBatch(
  url: string,
  body: string | Uint8Array | ReadableStream,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return send(`${url}/v1/batches`, {
    method: 'POST',
    headers: { 'Content-Type': NDJSON, ...headers },
    body: body as string,
    ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
  } as RequestInit)
}

export function askBatch(
  url: string,
  number: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Answer> {
  return send(`${url}/v1/batches/${number}`, { method, headers })
}

/** What the batch is once it is so, such as done: asked again and again, for a minute unless said otherwise. */
export async function waitForBatch(
  url: string,
  number: string,
  // biome-ignore lint/suspicious/noExplicitAny: as it is answered
  isSo: (state: any) => boolean = ({ state }) => state === 'done',
  headers: Record<string, string> = {},
  withinMs = 60_000,
  // biome-ignore lint/suspicious/noExplicitAny: as it is answered
): Promise<any> {
  for (const end = Date.now() + withinMs; ; await pause(25)) {
    const { json } = await askBatch(url, number, headers)
    if (isSo(json)) return json
    if (Date.now() > end) throw new Error(`wait for a batch: it is ${JSON.stringify(json)}`)
  }
}

// biome-ignore lint/suspicious/noExplicitAny: the tests look into lines of every shape
export type ResultLine = any

/** All lines as far as they are, after one where it is named. */
export async function readResults(
  url: string,
  number: string,
  headers: Record<string, string> = {},
  after?: string,
): Promise<readonly ResultLine[]> {
  const query = after === undefined ? '' : `?after=${after}`
  const response = await fetch(`${url}/v1/batches/${number}/results${query}`, { headers })
  const text = await response.text()
  if (response.status !== 200) throw new Error(`read results: ${response.status} ${text}`)
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}
