/** The way to one node: a question in a request of its own, or many in one. */
import { connectNode, toRequest } from '../../chain/node-client.ts'
import { createNodePost, type RpcLedgerViewOptions } from '../../chain/node-post.ts'
import type { NodeLine } from './batched-asking.ts'

export function connectLine(rpcUrl: string, options: RpcLedgerViewOptions): NodeLine {
  const client = connectNode(rpcUrl, options)
  const post = createNodePost(rpcUrl, options)
  return {
    client,
    alone: (method, params) => client.ask({ method, params }),
    together: (questions) => post(questions.map((question) => toRequest(question, question.id))),
  }
}
