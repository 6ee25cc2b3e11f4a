/** What a reader does for one answer is bounded, whatever members entered and whatever a node makes up. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRpcLedgerView, ledgerAbi } from '@hefu/ledger'
import { type LedgerFacts, type LedgerQuery, LedgerUnavailableError, STATUS_CHANGES } from '@hefu/protocol'
import { expect } from 'chai'
import { Interface, type JsonFragment } from 'ethers'
import { after, before, describe, it } from 'mocha'
import { rpc } from '../../../scripts/sandbox/chain.ts'
import { nowSeconds } from '../../../scripts/sandbox/founded-sandbox.ts'
import { startRpcProxy } from '../../fixtures/rpc-proxy.ts'
import { type AnchoredSandbox, createAnchoredSandbox, queryOf } from './fixtures/anchored-sandbox.ts'

const LEDGER = new Interface(ledgerAbi as unknown as JsonFragment[])
const LAST_BLOCK = 2_000_000
const MOST_COUNTED = 2n ** 23n - 1n
type Fields = Record<string, unknown>
type Answer = LedgerFacts | LedgerUnavailableError

describe('what is read for one answer', function () {
  this.timeout(120_000)
  let sandbox: AnchoredSandbox
  /** The true answer about a licence on which there was no act, and the block it comes from. */
  let lookup: string
  let block: unknown
  let asked: string[]

  before(async () => {
    sandbox = await createAnchoredSandbox()
    block = await rpc(sandbox.chain.rpcUrl, 'eth_getBlockByNumber', ['latest', false])
    const proxy = await startRpcProxy(sandbox.chain.rpcUrl, (method, _, result) => {
      if (method === 'eth_call') lookup = String(result)
      return undefined
    })
    await createRpcLedgerView({ ...sandbox.network, rpcUrl: proxy.rpcUrl }).lookup(queryOf(sandbox, 0))
    await proxy.close()
  })
  after(() => sandbox?.stop())

  function altered(change: Fields): string {
    const [found] = LEDGER.decodeFunctionResult('lookup', lookup)
    return LEDGER.encodeFunctionResult('lookup', [{ ...found.toObject(), ...change }])
  }

  /** One correction of the first licence to suspended a block, each naming the block before as its own, the first none. */
  function actIn(blockNumber: number, count: number): object[] {
    const isFirst = LAST_BLOCK - blockNumber === count - 1
    const values = [
      `0x${Buffer.from(sandbox.agency).toString('hex')}`,
      STATUS_CHANGES.indexOf('correct'),
      1,
      `0x${'12'.repeat(20)}`,
      1,
      [0],
      [isFirst ? 0 : blockNumber - 1],
      { effectiveAt: 1, endsAt: 0, legalBasis: `0x41${'00'.repeat(15)}`, number: '文1' },
    ]
    const event = LEDGER.getEvent('StatusActed')
    if (event === null) throw new Error('no such event')
    const where = { blockNumber: `0x${blockNumber.toString(16)}`, logIndex: '0x0', transactionIndex: '0x0' }
    const hashes = { blockHash: `0x${'11'.repeat(32)}`, transactionHash: `0x${'22'.repeat(32)}` }
    const { ledger: address } = sandbox.network
    return [{ address, ...LEDGER.encodeEventLog(event, values), ...where, ...hashes, removed: false }]
  }

  /** What a view says over a node whose answers are all made up. */
  async function lookUp(query: LedgerQuery, change: Fields, acts = 0): Promise<Answer> {
    const made = altered(change)
    asked = []
    const answers: Record<string, (params: { fromBlock: string }[]) => unknown> = {
      eth_chainId: () => `0x${sandbox.network.chainId.toString(16)}`,
      eth_call: () => made,
      eth_getLogs: ([range]) => actIn(Number(range?.fromBlock), acts),
      eth_getBlockByNumber: () => block,
    }
    const server = createServer(async (incoming, outgoing) => {
      let text = ''
      for await (const chunk of incoming) text += String(chunk)
      const { id, method, params } = JSON.parse(text)
      asked.push(method)
      outgoing
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ jsonrpc: '2.0', id, result: answers[method]?.(params) }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    try {
      const view = createRpcLedgerView({ ...sandbox.network, rpcUrl: `http://127.0.0.1:${port}` })
      return await view.lookup(query)
    } catch (error) {
      if (error instanceof LedgerUnavailableError) return error
      throw error
    } finally {
      server.closeAllConnections()
      server.close()
    }
  }

  const word = (status: bigint, count: bigint): Fields => ({
    statusWord: status | (BigInt(LAST_BLOCK) << 192n) | (count << 232n),
  })
  const codeOf = (answer: Answer): string => ('code' in answer ? answer.code : 'answered')
  const logs = (): number => asked.filter((method) => method === 'eth_getLogs').length
  const past = (): LedgerQuery => ({ ...queryOf(sandbox, 0), at: nowSeconds() - 3600 })

  it('is a history of 256 acts on a word at most: one more is refused before it is read', async () => {
    expect(codeOf(await lookUp(past(), word(1n, 256n), 256))).to.equal('answered')
    expect(logs()).to.equal(256)
    expect(codeOf(await lookUp(past(), word(1n, 257n), 257))).to.equal('history-too-long')
    expect(logs()).to.equal(0)
  })

  it('is no history without an end, which a node makes up with the counter at its maximum', async () => {
    expect(codeOf(await lookUp(past(), word(1n, MOST_COUNTED)))).to.equal('history-too-long')
    expect(logs()).to.equal(0)
  })

  it('is no more of it than the counter says, where the node tells of more', async () => {
    expect(codeOf(await lookUp(past(), word(1n, 3n), 1000))).to.equal('inconsistent')
    expect(logs()).to.equal(4)
  })

  it('is none where only today is asked about: the state alone says that it is suspended, and until when', async () => {
    const notes = { count: 0, lastBlock: 0, standing: 0n, suspensionEnd: 2_000_000_000, restrictionEnd: 0 }
    const answer = await lookUp(queryOf(sandbox, 0), { ...word(1n, 257n), notes })
    expect(answer).to.deep.include({ status: 'suspended', statusEndsAt: 2_000_000_000, acts: [] })
    expect(logs()).to.equal(0)
  })

  it('is none for the past of notices of which there were more', async () => {
    const notes = { count: 257, lastBlock: LAST_BLOCK, standing: 1n, suspensionEnd: 0, restrictionEnd: 0 }
    expect(codeOf(await lookUp(past(), { notes }))).to.equal('history-too-long')
    expect(await lookUp(queryOf(sandbox, 0), { notes })).to.deep.include({ notices: [0] })
    expect(logs()).to.equal(0)
  })

  for (const [is, change] of [
    [
      '20,000 origins',
      {
        origins: Array.from({ length: 20_000 }, (_, index) => ({
          issuer: `0x${'31'.repeat(18)}`,
          index,
          since: 1,
          status: 0,
          notices: 0n,
        })),
      },
    ],
    ['a name of a million characters', { agencyName: `${'名'.repeat(1_000_000)}\n\n` }],
  ] as const) {
    it(`is no answer of ${is}`, async () => {
      expect(codeOf(await lookUp(queryOf(sandbox, 0), change))).to.equal('answer-too-large')
    })
  }
})
