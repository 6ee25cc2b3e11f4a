/** A client of one node: what is read, from whichever contract, is read through it. */
import { type Client, createClient, type HttpTransportConfig, http } from 'viem'

export interface RpcLedgerViewOptions {
  /** Longest wait for one answer of the node. Default: 10,000. */
  readonly timeoutMs?: number
}

const DEFAULT_TIMEOUT_MS = 10_000
/**
 * Bytes of one answer. An honest one is largest where a block is full of acts: about 1 MB of events, of 30 million gas.
 */
const MOST_BYTES = 2 * 1024 * 1024

/** A node, and another client of it, by which what is asked at once goes in one request. */
export interface ConnectedNode {
  readonly client: Client
  readonly batching: Client
}

/** Two questions in one request, which is not made again: each is asked by itself then. */
const TOGETHER: HttpTransportConfig = { retryCount: 0, batch: { wait: 0, batchSize: 2 } }

/** The node at this address, for who has two questions at once. */
export function connectBatchingNode(rpcUrl: string, options: RpcLedgerViewOptions): ConnectedNode {
  return {
    client: connectNode(rpcUrl, options),
    batching: connectNode(rpcUrl, options, TOGETHER),
  }
}

/** Two questions in one request; a node that takes no batch, or fails, is asked each by itself. */
export async function askTogether<Answer>(
  { client, batching }: ConnectedNode,
  ask: (by: Client) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await ask(batching)
  } catch {
    return ask(client)
  }
}

/** The same client, whose questions end with the signal. */
export function clientUntil(client: Client, signal: AbortSignal | undefined): Client {
  const request = (question: unknown) => client.request(question as never, { signal })
  return { ...client, request: request as Client['request'] }
}

/** A client of the node at this address. Once more is asked where no answer came, or none of bounded size. */
export function connectNode(
  rpcUrl: string,
  options: RpcLedgerViewOptions,
  further: HttpTransportConfig = {},
): Client {
  return createClient({ transport: http(rpcUrl, { ...nodeLimits(options), retryCount: 1, ...further }) })
}

/** What one request to a node is bounded by. */
export interface NodeLimits {
  /** Milliseconds. */
  readonly timeout: number
  /** Bytes. */
  readonly maxResponseBodySize: number
  readonly fetchFn: (...asked: Parameters<typeof fetch>) => Promise<Response>
}

export function nodeLimits({ timeoutMs = DEFAULT_TIMEOUT_MS }: RpcLedgerViewOptions): NodeLimits {
  return { timeout: timeoutMs, maxResponseBodySize: MOST_BYTES, fetchFn: fetchWithoutDelay }
}

/** When it is asked again is not for the node to say: `Retry-After` may be years. */
async function fetchWithoutDelay(...asked: Parameters<typeof fetch>): Promise<Response> {
  const { status, body } = await fetch(...asked)
  return new Response(body, { status })
}
