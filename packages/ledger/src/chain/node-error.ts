/** Why a node gave no result: none came, or it said that there is none. */

/**
 * `timed-out`: none came in time. `lost`: the connection failed. `status`: HTTP says that it failed. `redirected`: HTTP
 * names another address, which is not asked. `too-large`: more than is read. `no-json`: it cannot be read.
 */
export type NodeSilence = 'timed-out' | 'lost' | 'status' | 'redirected' | 'too-large' | 'no-json'

const SILENCES: Readonly<Record<NodeSilence, string>> = {
  'timed-out': 'the node did not answer in time',
  lost: 'the connection to the node failed',
  status: 'the node’s server answered that it failed',
  redirected: 'the node’s server redirects, which is not followed',
  'too-large': 'the node’s answer is too large',
  'no-json': 'the node’s answer is no JSON',
}

/** No answer came that can be read. The message holds nothing that the node said. */
export class NodeSilenceError extends Error {
  override readonly name = 'NodeSilenceError'
  readonly silence: NodeSilence
  /** Of HTTP, for `status`, and for `redirected` where it is known. */
  readonly status: number | undefined

  constructor(silence: NodeSilence, { status, cause }: { status?: number; cause?: unknown } = {}) {
    super(status === undefined ? SILENCES[silence] : `${SILENCES[silence]} (status ${status})`, { cause })
    this.silence = silence
    this.status = status
  }
}

/** An error of JSON-RPC. */
export interface RpcRefusal {
  readonly code: number
  readonly message: string
}

/** The node answered with an error of JSON-RPC. The message holds nothing that it said. */
export class NodeRefusalError extends Error {
  override readonly name = 'NodeRefusalError'
  readonly code: number
  /** The node’s own words, believed in nothing. */
  readonly said: string
  /** Of HTTP, where that says that it failed. */
  readonly status: number | undefined

  constructor({ code, message }: RpcRefusal, status?: number) {
    super('the node refuses to answer')
    this.code = code
    this.said = message
    this.status = status
  }
}

/** The node knows no such block. */
export class BlockUnknownError extends Error {
  override readonly name = 'BlockUnknownError'

  constructor() {
    super('the node knows no such block')
  }
}

/** Whether this member of an answer is an error of JSON-RPC. */
export function isRefusal(error: unknown): error is RpcRefusal {
  const { code, message } = Object(error) as Record<string, unknown>
  return typeof code === 'number' && typeof message === 'string'
}
