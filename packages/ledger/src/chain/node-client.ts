/** A client of one node: what is read, from whichever contract, is read through it. By JSON-RPC 2.0. */
import { isRefusal, NodeRefusalError, NodeSilenceError } from './node-error.ts'
import { createNodePost, type NodePost, type RpcLedgerViewOptions } from './node-post.ts'

/** A question to a node. */
export interface NodeQuestion {
  readonly method: string
  readonly params: readonly unknown[]
}

/** All answers may be a lie. Every function throws {@link NodeSilenceError} and {@link NodeRefusalError}. */
export interface NodeClient {
  /** One question in a request of its own, made once more where no answer came, or none of bounded size. */
  ask(question: NodeQuestion): Promise<unknown>
  /** In one request; a node that takes no batch, or fails, is asked each by itself. The answers in their order. */
  askTogether(questions: readonly NodeQuestion[]): Promise<readonly unknown[]>
  /** The same node, whose questions end with the signal. */
  until(signal: AbortSignal | undefined): NodeClient
}

const PAUSE_MS = 150
/** Of JSON-RPC: an internal error, and a limit that is exceeded for now. */
const PASSING: readonly number[] = [-32_603, -32_005]
/** Of HTTP: what a request that is made again may be spared. */
const PASSING_STATUSES: readonly number[] = [403, 408, 413, 429, 500, 502, 503, 504]

/** A client of the node at this address. Nothing is asked yet. */
export function connectNode(rpcUrl: string, options: RpcLedgerViewOptions): NodeClient {
  return createClient(createNodePost(rpcUrl, options), options.signal)
}

function createClient(post: NodePost, signal?: AbortSignal): NodeClient {
  const askOnce = async (question: NodeQuestion): Promise<unknown> =>
    resultOf(await post(toRequest(question, 0), signal))
  const ask = async (question: NodeQuestion): Promise<unknown> => {
    try {
      return await askOnce(question)
    } catch (error) {
      if (!isPassing(error) || signal?.aborted === true) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    return askOnce(question)
  }
  return {
    ask,
    askTogether: async (questions) => {
      try {
        return inOrder(await post(questions.map(toRequest), signal), questions.length).map(resultOf)
      } catch (error) {
        if (signal?.aborted === true) throw error
        return await Promise.all(questions.map(ask))
      }
    },
    until: (ending) => createClient(post, ending),
  }
}

/** A question as a request has it. */
export function toRequest({ method, params }: NodeQuestion, id: number): object {
  return { jsonrpc: '2.0', id, method, params }
}

/** By their ids, which are 0, 1, 2 …: answers come in whatever order. */
function inOrder(answers: unknown, count: number): readonly unknown[] {
  const list = Array.isArray(answers) ? answers : []
  return Array.from({ length: count }, (_, id) => list.find((answer) => Object(answer).id === id))
}

function resultOf(answer: unknown): unknown {
  const { result, error } = Object(answer) as { readonly result?: unknown; readonly error?: unknown }
  if (isRefusal(error)) throw new NodeRefusalError(error)
  if (result === undefined) throw new NodeSilenceError('no-json')
  return result
}

function isPassing(error: unknown): boolean {
  if (error instanceof NodeRefusalError) return PASSING.includes(error.code)
  if (!(error instanceof NodeSilenceError) || error.silence === 'redirected') return false
  return error.status === undefined || PASSING_STATUSES.includes(error.status)
}
