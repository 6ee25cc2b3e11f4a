/** A node that does not say everything, or not the truth: what it answers otherwise comes from a true one. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Request {
  readonly id: number
  readonly method: string
  readonly params: readonly unknown[]
}

/** What the proxy says in place of an answer; undefined lets the true one pass. Throws to refuse. */
export type Alteration = (method: string, params: readonly unknown[], result: unknown) => unknown

export interface RpcProxy {
  readonly rpcUrl: string
  close(): Promise<void>
}

export async function startRpcProxy(target: string, alter: Alteration): Promise<RpcProxy> {
  const answer = async (request: Request): Promise<object> => {
    const { id, method, params } = request
    const { result, error } = (await ask(target, request)) as { result?: unknown; error?: object }
    if (error !== undefined) return { jsonrpc: '2.0', id, error }
    try {
      return { jsonrpc: '2.0', id, result: alter(method, params, result) ?? result }
    } catch (refused) {
      return { jsonrpc: '2.0', id, error: { code: -32_000, message: (refused as Error).message } }
    }
  }
  const server = createServer(async (incoming, outgoing) => {
    let text = ''
    for await (const chunk of incoming) text += String(chunk)
    const body: Request | Request[] = JSON.parse(text)
    const answered = Array.isArray(body) ? await Promise.all(body.map(answer)) : await answer(body)
    outgoing.setHeader('content-type', 'application/json').end(JSON.stringify(answered))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    rpcUrl: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

async function ask(url: string, request: Request): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(request) })
  return await response.json()
}
