/** Whether there is a node at all: what does not answer is no unfit chain, but a wrong address or a node that is down. */
import { connectRpc, UnreachableError } from './json-rpc.ts'

/** Nothing that speaks JSON-RPC answers there. */
export class NoNodeError extends Error {
  override readonly name = 'NoNodeError'

  constructor(rpcUrl: string, options?: ErrorOptions) {
    super(
      `${rpcUrl} 没有区块链节点应答；请核对 --rpc，或启动节点 · no node of a chain answers at ${rpcUrl}: check --rpc, or start the node`,
      options,
    )
  }
}

/** @throws {NoNodeError} */
export async function assertReachable(rpcUrl: string): Promise<void> {
  const rpc = connectRpc(rpcUrl)
  try {
    await rpc('eth_chainId', [])
  } catch (cause) {
    // A node that refuses the question is one; the checks say what it lacks.
    if (cause instanceof UnreachableError || !isRefusal(cause)) throw new NoNodeError(rpcUrl, { cause })
  }
}

/** What came had the form of an answer. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && !error.message.endsWith('neither a result nor an error')
}
