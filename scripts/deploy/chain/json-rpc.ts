/** Questions to a node, one at a time; what it answers is believed only as far as each check says. */

/** Asks a node; rejects with what it says when it refuses, with an UnreachableError when it says nothing. */
export type Rpc = (method: string, params: readonly unknown[]) => Promise<unknown>

/** No answer came, or none of JSON-RPC: that says nothing about the chain. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError'
  /** Of HTTP, where something answered that is no node. */
  readonly status: number | undefined

  constructor(message: string, { status, ...options }: ErrorOptions & { readonly status?: number } = {}) {
    super(message, options)
    this.status = status
  }
}

const TIMEOUT_MS = 10_000

interface RpcRequest {
  readonly jsonrpc: '2.0'
  readonly id: number
  readonly method: string
  readonly params: readonly unknown[]
}

interface RpcAnswer {
  readonly result?: unknown
  readonly error?: { readonly code?: unknown; readonly message?: unknown } | null
}

export function connectRpc(url: string): Rpc {
  return async (method, params) => {
    const { result, error } = await post(url, { jsonrpc: '2.0', id: 1, method, params })
    if (error !== undefined && error !== null) throw new Error(`${method}: ${String(error.message)}`)
    return result
  }
}

async function post(url: string, request: RpcRequest): Promise<RpcAnswer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const { status } = response
    const answer = (await response.json().catch(() => undefined)) as RpcAnswer | null | undefined
    if (isAnswer(answer)) return answer
    throw new UnreachableError(`${request.method}: HTTP ${status}, and no answer of JSON-RPC`, { status })
  } catch (error) {
    if (error instanceof UnreachableError) throw error
    throw new UnreachableError(`${request.method}: ${String(error)}`, { cause: error })
  }
}

/** A result, or a refusal with its number: what a gateway says in JSON of its own is neither. */
function isAnswer(answer: RpcAnswer | null | undefined): answer is RpcAnswer {
  if (typeof answer !== 'object' || answer === null) return false
  const { result, error } = answer
  if (typeof error === 'object' && error !== null) return typeof error.code === 'number'
  return result !== undefined
}

/**
 * What the node answers; undefined when it refuses, or answers what makes no sense.
 *
 * @throws {UnreachableError} when no answer came
 */
export async function unlessRefused<Result>(answer: Promise<Result>): Promise<Result | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof UnreachableError) throw error
    return undefined
  }
}

/** A block as far as the checks read it. */
export interface BlockHead {
  readonly number: number
  /** As the node tells it. */
  readonly timestamp: number
  readonly gasLimit: number
  readonly stateRoot: string
}

/** @throws when there is no such block, or a number in it is none */
export async function readBlock(rpc: Rpc, tag: string): Promise<BlockHead> {
  const block = (await rpc('eth_getBlockByNumber', [tag, false])) as Readonly<Record<string, unknown>> | null
  if (block === null) throw new Error(`eth_getBlockByNumber: no block ${tag}`)
  return {
    number: parseQuantity(block['number']),
    timestamp: parseQuantity(block['timestamp']),
    gasLimit: parseQuantity(block['gasLimit']),
    stateRoot: String(block['stateRoot']),
  }
}

/** @throws {RangeError} when it is no quantity of JSON-RPC, or too large to count with */
export function parseQuantity(value: unknown): number {
  const parsed = typeof value === 'string' && /^0x[0-9a-f]+$/i.test(value) ? Number(value) : Number.NaN
  if (!Number.isSafeInteger(parsed)) throw new RangeError(`read a quantity: got ${JSON.stringify(value)}`)
  return parsed
}

export function toQuantity(value: number): string {
  return `0x${value.toString(16)}`
}
