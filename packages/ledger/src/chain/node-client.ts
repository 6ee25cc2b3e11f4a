/** A client of one node: what is read, from whichever contract, is read through it. */
import { type Client, createClient, http } from 'viem'

export interface RpcLedgerViewOptions {
  /** Longest wait for one answer of the node. Default: 10,000. */
  readonly timeoutMs?: number
}

const DEFAULT_TIMEOUT_MS = 10_000
/**
 * Bytes of one answer. An honest one is largest where a block is full of acts: about 1 MB of events, of 30 million gas.
 */
const MOST_BYTES = 2 * 1024 * 1024

/** A client of the node at this address. Once more is asked where no answer came, or none of bounded size. */
export function connectNode(
  rpcUrl: string,
  { timeoutMs = DEFAULT_TIMEOUT_MS }: RpcLedgerViewOptions,
): Client {
  const limits = { timeout: timeoutMs, retryCount: 1, maxResponseBodySize: MOST_BYTES }
  return createClient({ transport: http(rpcUrl, limits) })
}
