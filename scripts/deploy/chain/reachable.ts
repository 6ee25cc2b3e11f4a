/** Whether there is a node at all: what does not answer is no unfit chain, but a wrong address or a node that is down. */
import { ExplainedError } from '@hefu/service'
import { connectRpc, UnreachableError } from './json-rpc.ts'

/** Nothing that speaks JSON-RPC answers there. */
export class NoNodeError extends ExplainedError {
  override readonly name = 'NoNodeError'
  readonly code = 'no-node'

  constructor(rpcUrl: string, { cause }: { readonly cause: unknown }) {
    const said = cause instanceof UnreachableError ? cause.status : undefined
    super(
      {
        zh: `${rpcUrl} 没有区块链节点应答${said === undefined ? '' : `（HTTP ${said}）`}；请核对 --rpc，或启动节点`,
        en: `no node of a chain answers at ${rpcUrl}${said === undefined ? '' : ` (HTTP ${said})`}: check --rpc, or start the node`,
      },
      { cause },
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
    if (cause instanceof UnreachableError) throw new NoNodeError(rpcUrl, { cause })
  }
}
