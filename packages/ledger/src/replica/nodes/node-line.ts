/** The way to one node: a question in a request of its own, or many in one. */
import { RpcRequestError } from 'viem'
import { getHttpRpcClient } from 'viem/utils'
import { connectNode, nodeLimits, type RpcLedgerViewOptions } from '../../chain/node-client.ts'
import type { NodeLine } from './batched-asking.ts'

export function connectLine(rpcUrl: string, options: RpcLedgerViewOptions): NodeLine {
  const client = connectNode(rpcUrl, options)
  const request = client.request as (question: object) => Promise<unknown>
  const batching = getHttpRpcClient(rpcUrl, nodeLimits(options))
  return {
    client,
    alone: (method, params) => request({ method, params }),
    together: (questions) => batching.request({ body: questions.map((question) => ({ ...question })) }),
    refusalOf: ({ method, params }, error) =>
      new RpcRequestError({ body: { method, params }, error, url: rpcUrl }),
  }
}
