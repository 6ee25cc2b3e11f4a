/** Questions to a node, one at a time; what it answers is believed only as far as each check says. */

/** Asks a node; rejects with what it says when it refuses. */
export type Rpc = (method: string, params: readonly unknown[]) => Promise<unknown>

const TIMEOUT_MS = 10_000

export function connectRpc(url: string): Rpc {
  return async (method, params) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const answer: unknown = await response.json()
    const { result, error } = (answer ?? {}) as { result?: unknown; error?: { message?: unknown } }
    if (error !== undefined && error !== null) throw new Error(`${method}: ${String(error.message)}`)
    if (result === undefined) throw new Error(`${method}: neither a result nor an error`)
    return result
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
