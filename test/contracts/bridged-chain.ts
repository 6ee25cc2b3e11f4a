/** The in-process chain behind an address of its own, as a ledger view asks a node. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { ethers } from './ledger-fixture.ts'

export interface BridgedChain {
  readonly rpcUrl: string
  close(): void
}

interface RpcCall {
  readonly id: number
  readonly method: string
  readonly params?: unknown[]
}

export async function bridgeChain(): Promise<BridgedChain> {
  const server = createServer(async (request, response) => {
    const { id, method, params = [] } = (await json(request)) as RpcCall
    const answer = await ethers.provider.send(method, params).then(
      (result: unknown) => ({ result }),
      (error: Error) => ({ error: { code: -32_000, message: error.message } }),
    )
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ jsonrpc: '2.0', id, ...answer }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    rpcUrl: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
