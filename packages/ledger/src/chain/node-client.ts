/** A client of one node: what is read, from whichever contract, is read through it. */
import { type Client, createClient, http } from 'viem'

export interface RpcLedgerViewOptions {
  /** Longest wait for one answer of the node. Default: 10,000. */
  readonly timeoutMs?: number
}

const DEFAULT_TIMEOUT_MS = 10_000

/** A client of the node at this address. Once more is asked where no answer came. */
export function connectNode(
  rpcUrl: string,
  { timeoutMs = DEFAULT_TIMEOUT_MS }: RpcLedgerViewOptions,
): Client {
  return createClient({ transport: http(rpcUrl, { timeout: timeoutMs, retryCount: 1 }) })
}
