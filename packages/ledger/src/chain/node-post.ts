/** One request to a node over HTTP: bounded in time and in size. */
import { isRefusal, NodeRefusalError, NodeSilenceError } from './node-error.ts'

export interface RpcLedgerViewOptions {
  /** Longest wait for one answer of the node. Default: 10,000. */
  readonly timeoutMs?: number
  /** Ends every question that is under way, and every one that comes after, as if the node had been lost. */
  readonly signal?: AbortSignal | undefined
}

const DEFAULT_TIMEOUT_MS = 10_000
/**
 * Bytes of one answer. An honest one is largest where a block is full of acts: about 1 MB of events, of 30 million gas.
 */
export const MOST_ANSWER_BYTES: number = 2 * 1024 * 1024

/**
 * Posts a JSON document and reads the one that is answered. It is asked once: when it is asked again is for the caller
 * to say, and not for `Retry-After`, which may be years; and it is asked where the network file says, and not where the
 * node sends one to.
 *
 * @throws {NodeSilenceError} {@link NodeRefusalError} where HTTP says that it failed and the answer tells why
 */
export type NodePost = (body: unknown, signal?: AbortSignal) => Promise<unknown>

/** What is posted to the node at this address. */
export function createNodePost(
  rpcUrl: string,
  { timeoutMs = DEFAULT_TIMEOUT_MS, signal: always }: RpcLedgerViewOptions,
): NodePost {
  const { url, headers } = addressOf(rpcUrl)
  return async (body, signal) => {
    // Not by `AbortSignal.any` and `AbortSignal.timeout`: what they make outlives each request.
    const ending = new AbortController()
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      ending.abort()
    }, timeoutMs)
    const end = (): void => ending.abort()
    for (const one of [always, signal]) {
      one?.addEventListener('abort', end)
      if (one?.aborted === true) end()
    }
    try {
      return await readAnswer(
        await fetch(url, {
          method: 'POST',
          headers,
          body: JSON.stringify(body),
          signal: ending.signal,
          // Whoever runs a node would choose what this machine asks of others in its own network.
          redirect: 'manual',
        }),
      )
    } catch (error) {
      if (error instanceof NodeSilenceError || error instanceof NodeRefusalError) throw error
      throw new NodeSilenceError(isLate ? 'timed-out' : 'lost', { cause: error })
    } finally {
      clearTimeout(timer)
      for (const one of [always, signal]) one?.removeEventListener('abort', end)
    }
  }
}

/** Name and password of an address are sent beside it: `fetch` takes no address that has them. */
function addressOf(rpcUrl: string): {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
} {
  const url = new URL(rpcUrl)
  const { username, password } = url
  url.username = url.password = ''
  const headers = { 'Content-Type': 'application/json' }
  if (username === '' && password === '') return { url: url.href, headers }
  const credentials = new TextEncoder().encode([username, password].map(decodeURIComponent).join(':'))
  const Authorization = `Basic ${btoa(String.fromCharCode(...credentials))}`
  return { url: url.href, headers: { ...headers, Authorization } }
}

async function readAnswer(response: Response): Promise<unknown> {
  if (isRedirection(response)) {
    await response.body?.cancel()
    const { status } = response
    throw new NodeSilenceError('redirected', status === 0 ? {} : { status })
  }
  const answer = parse(await readBounded(response))
  if (response.ok) {
    if (answer === undefined) throw new NodeSilenceError('no-json')
    return answer
  }
  const { status } = response
  // A whole batch is refused by one error, bare or in a list of its own.
  const { error } = Object(Array.isArray(answer) ? answer[0] : answer) as { readonly error?: unknown }
  throw isRefusal(error) ? new NodeRefusalError(error, status) : new NodeSilenceError('status', { status })
}

/** A browser says nothing of one but that it is one. */
function isRedirection({ type, status }: Response): boolean {
  return type === 'opaqueredirect' || (300 <= status && status < 400)
}

/** `undefined`: it is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The rest of an answer that is too large is not read. */
async function readBounded({ body }: Response): Promise<string> {
  const reader = body?.getReader()
  if (reader === undefined) return ''
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    bytes += value.length
    if (bytes > MOST_ANSWER_BYTES) {
      await reader.cancel()
      throw new NodeSilenceError('too-large')
    }
    text += decoder.decode(value, { stream: true })
  }
}
