/** What one node can make a reader gather, who reads the receipts of a block one by one, is bounded. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'chai'
import { afterEach, beforeEach, describe, it } from 'mocha'
import type { HeldBlock } from '#internal/ledger/replica/nodes/block-receipts'
import { connectSingleNode, type SingleNode } from '#internal/ledger/replica/nodes/single-node'

const CHAIN_ID = 31_337
/** More than any block has, in less than one answer may be long. */
const MADE_UP = 28_000
const MEGABYTE = 1024 * 1024

const BLOCK: HeldBlock = {
  number: 7,
  hash: `0x${'07'.repeat(32)}`,
  parentHash: `0x${'06'.repeat(32)}`,
  time: 1,
  logsBloom: `0x${'ff'.repeat(256)}`,
  receiptsRoot: `0x${'05'.repeat(32)}`,
}

/** A receipt of one log, of so many bytes of data. */
function receiptOf(bytes: number): object {
  const address = `0x${'77'.repeat(20)}`
  return {
    type: '0x2',
    status: '0x1',
    cumulativeGasUsed: '0x5208',
    logsBloom: BLOCK.logsBloom,
    logs: [{ address, topics: [], data: `0x${'00'.repeat(bytes)}` }],
  }
}

describe('The receipts of a block, one by one', function () {
  this.timeout(30_000)
  let close = (): void => undefined
  afterEach(() => close())
  beforeEach(() => {
    refusal = { code: -32_601, message: 'Method not found' }
  })

  /** How many receipts were asked for, and how many at once at most. */
  const asked = { all: 0, open: 0, most: 0 }

  /** How all of a block at once are refused. */
  let refusal: { readonly code: number; readonly message: string }

  async function nodeOf(transactions: readonly unknown[], receipt: unknown): Promise<SingleNode> {
    Object.assign(asked, { all: 0, open: 0, most: 0 })
    const answers: Readonly<Record<string, () => Promise<object>>> = {
      eth_chainId: async () => ({ result: `0x${CHAIN_ID.toString(16)}` }),
      eth_getBlockReceipts: async () => ({ error: refusal }),
      eth_getBlockByHash: async () => ({ result: { transactions } }),
      eth_getTransactionReceipt: async () => {
        asked.all += 1
        asked.open += 1
        asked.most = Math.max(asked.most, asked.open)
        await pause(5)
        asked.open -= 1
        return { result: receipt }
      },
    }
    const server = createServer(async (request, response) => {
      const parts: Buffer[] = []
      for await (const part of request) parts.push(part)
      const { id, method } = JSON.parse(Buffer.concat(parts).toString())
      response.setHeader('Content-Type', 'application/json')
      response.end(JSON.stringify({ jsonrpc: '2.0', id, ...(await answers[method]?.()) }))
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    close = () => {
      server.closeAllConnections()
      server.close()
    }
    const { port } = server.address() as AddressInfo
    return connectSingleNode(`http://127.0.0.1:${port}`, { chainId: CHAIN_ID }, {})
  }

  const madeUp = (count: number): readonly string[] =>
    Array.from({ length: count }, (_, place) => `0x${place.toString(16).padStart(64, '0')}`)

  async function faultOf(node: SingleNode): Promise<unknown> {
    return await node.blockLogs(BLOCK).then(
      () => expect.fail('nothing was thrown'),
      (error: { readonly fault?: unknown }) => error.fault,
    )
  }

  it('end at the first that is none, however many transactions are named', async () => {
    const node = await nodeOf(madeUp(MADE_UP), { junk: 'x'.repeat(1_000) })
    expect(await faultOf(node)).to.equal('malformed')
    expect(asked.all).to.be.within(1, 16)
  })

  it('end where they are more than a block can have, and not before', async () => {
    const tooMany = await nodeOf(madeUp(MADE_UP), receiptOf(MEGABYTE / 4))
    expect(await faultOf(tooMany)).to.equal('malformed')
    expect(asked.all).to.be.within(16, 32)
    close()
    const enough = await nodeOf(madeUp(15), receiptOf(MEGABYTE / 4))
    expect(await faultOf(enough)).to.equal('wrong-logs')
    expect(asked.all).to.equal(15)
  })

  it('are asked for by no name that is none', async () => {
    const node = await nodeOf([{ hash: BLOCK.hash }], receiptOf(0))
    expect(await faultOf(node)).to.equal('malformed')
    expect(asked.all).to.equal(0)
  })

  for (const refused of [
    { code: -32_602, message: 'invalid params' },
    { code: -32_004, message: 'Method eth_getBlockReceipts is not supported' },
    { code: -32_000, message: 'Missing or invalid parameters' },
    { code: -32_603, message: 'Internal error' },
  ])
    it(`are asked for where all at once are refused by ${refused.code}: ${refused.message}`, async () => {
      const node = await nodeOf(madeUp(3), receiptOf(0))
      refusal = refused
      expect(await faultOf(node)).to.equal('wrong-logs')
      expect(asked.all).to.equal(3)
    })

  it('are not asked for of a block that the node does not have', async () => {
    const node = await nodeOf(madeUp(3), receiptOf(0))
    refusal = { code: -32_000, message: 'block not found' }
    expect(await faultOf(node)).to.equal(undefined)
    expect(asked.all).to.equal(0)
  })

  it('are gathered of one block at a time, and the next one’s also after one that failed', async () => {
    const node = await nodeOf(madeUp(32), receiptOf(0))
    await faultOf(node)
    const faults = await Promise.all([faultOf(node), faultOf(node), faultOf(node)])
    expect(faults).to.deep.equal(['wrong-logs', 'wrong-logs', 'wrong-logs'])
    expect(asked.most).to.be.at.most(16)
    expect(asked.all).to.equal(4 * 32)
  })
})
