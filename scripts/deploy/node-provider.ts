import { type JsonRpcPayload, JsonRpcProvider, type JsonRpcResult, type TransactionRequest } from 'ethers'

/** A node as scripts and tests reach it: no answer is kept, no call is batched, and no transaction runs out of gas by a second. */
export class NodeProvider extends JsonRpcProvider {
  /** @param pollingInterval how often a new block is asked for, in milliseconds */
  constructor(rpcUrl: string, pollingInterval: number) {
    super(rpcUrl, undefined, { cacheTimeout: -1, polling: true, pollingInterval, batchMaxCount: 1 })
  }

  /** As ethers asks, but that the platform reads the answer: by ethers alone code and events are read ten times as long. */
  override async _send(payload: JsonRpcPayload | JsonRpcPayload[]): Promise<JsonRpcResult[]> {
    const request = this._getConnection()
    request.setHeader('content-type', 'application/json')
    request.body = Buffer.from(JSON.stringify(payload))
    const response = await request.send()
    response.assertOk()
    const answer = JSON.parse(Buffer.from(response.body ?? []).toString('utf8'))
    return Array.isArray(answer) ? answer : [answer]
  }

  /**
   * What a call costs depends on the second in which it is mined: a time that stands there already costs next to
   * nothing to write, and a second later it costs what writing does. Gas that is not used is not paid.
   */
  override async estimateGas(transaction: TransactionRequest): Promise<bigint> {
    const estimated = await super.estimateGas(transaction)
    return estimated + estimated / 4n + 50_000n
  }
}
