/** What one node answers by itself: what shows a fault, what only that it has no such block, and where it is asked. */
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { LedgerUnavailableError } from '@hefu/protocol'
import { expect } from 'chai'
import { afterEach, beforeEach, describe, it } from 'mocha'
import type { HeldBlock } from '#internal/ledger/replica/nodes/block-receipts'
import { NodeFaultError } from '#internal/ledger/replica/nodes/node-fault'
import { OverlongAnswerError } from '#internal/ledger/replica/nodes/overlong-answer'
import { connectSingleNode, type SingleNode } from '#internal/ledger/replica/nodes/single-node'

const CHAIN_ID = 31_337
const MEGABYTE = 1024 * 1024
const BLOOM = `0x${'ff'.repeat(256)}` as const
const BLOCK: HeldBlock = {
  number: 7,
  hash: `0x${'07'.repeat(32)}`,
  parentHash: `0x${'06'.repeat(32)}`,
  time: 1,
  logsBloom: BLOOM,
  receiptsRoot: `0x${'05'.repeat(32)}`,
}
const HEADER = {
  number: '0x7',
  hash: BLOCK.hash,
  parentHash: BLOCK.parentHash,
  timestamp: '0x1',
  logsBloom: BLOOM,
}
const LEDGER = `0x${'77'.repeat(20)}` as const

/** What becomes of a question; `undefined`: it is answered as a true node does. */
type Says = (response: ServerResponse, id: number) => void

const result =
  (value: unknown): Says =>
  (response, id) =>
    void response.end(JSON.stringify({ jsonrpc: '2.0', id, result: value }))

/** Of a text, as it stands. */
const written =
  (text: string): Says =>
  (response, id) =>
    void response.end(`{"jsonrpc":"2.0","id":${id},"result":${text}}`)

const overlong = written(`"${'x'.repeat(3 * MEGABYTE)}"`)

/** Never ends; whoever has enough hangs up. */
const endless: Says = (response) => {
  const write = (): void => {
    if (!response.destroyed) response.write(' '.repeat(MEGABYTE / 4), () => setImmediate(write))
  }
  write()
}

const refusing =
  (message: string): Says =>
  (response, id) =>
    void response.end(JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32_000, message } }))

function receiptOf(bytes: number): object {
  const logs = [{ address: LEDGER, topics: [], data: `0x${'00'.repeat(bytes)}` }]
  return { type: '0x2', status: '0x1', cumulativeGasUsed: '0x5208', logsBloom: BLOOM, logs }
}

describe('A node by itself', function () {
  this.timeout(20_000)
  const servers: Server[] = []
  let says: Readonly<Record<string, Says>>

  beforeEach(() => {
    says = {}
  })
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections()
      server.close()
    }
  })

  async function listen(
    answer: (method: string, response: ServerResponse, id: number) => void,
  ): Promise<string> {
    const server = createServer(async (request, response) => {
      let text = ''
      for await (const chunk of request) text += String(chunk)
      const { id = 0, method = '' } = text === '' ? {} : JSON.parse(text)
      answer(method, response, id)
    })
    servers.push(server)
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  async function connect(signal?: AbortSignal): Promise<SingleNode> {
    const url = await listen((method, response, id) => {
      const usual = method === 'eth_chainId' ? `0x${CHAIN_ID.toString(16)}` : HEADER
      const say = says[method] ?? result(usual)
      say(response, id)
    })
    return connectSingleNode(url, { chainId: CHAIN_ID }, { signal })
  }

  const thrownBy = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => expect.fail('nothing was thrown'),
      (error: unknown) => error,
    )

  const QUESTIONS: Readonly<Record<string, readonly [string, (node: SingleNode) => Promise<unknown>]>> = {
    'its chain': ['eth_chainId', (node) => node.newest()],
    'its newest block': ['eth_getBlockByNumber', (node) => node.newest()],
    'a block': ['eth_getBlockByNumber', (node) => node.block(7)],
    'what is final': ['eth_getBlockByNumber', (node) => node.finalBlock()],
    'the receipts of a block': ['eth_getBlockReceipts', (node) => node.blockLogs(BLOCK)],
    logs: ['eth_getLogs', (node) => node.logs([LEDGER], { from: 1, to: 7 })],
  }

  for (const [about, [method, ask]] of Object.entries(QUESTIONS)) {
    it(`is caught that names another address to ask about ${about}, and nobody is asked there`, async () => {
      let reached = 0
      const inside = await listen((_, response) => {
        reached += 1
        response.end('{}')
      })
      for (const status of [301, 302, 303, 307, 308]) {
        says = { [method]: (response) => void response.writeHead(status, { location: inside }).end() }
        expect(await thrownBy(ask(await connect())), String(status)).to.include({ fault: 'malformed' })
      }
      expect(reached).to.equal(0)
    })

    it(`is caught that answers about ${about} with what is nested as deep as it likes`, async () => {
      says = { [method]: written(`${'['.repeat(200_000)}${']'.repeat(200_000)}`) }
      expect(await thrownBy(ask(await connect()))).to.include({ fault: 'malformed' })
    })
  }

  it('is caught at a member that is nested so, also where nothing else is read of it', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
    says = { eth_getBlockByNumber: written(JSON.stringify({ ...HEADER, miner: '?' }).replace('"?"', deep)) }
    expect(await thrownBy((await connect()).block(7))).to.include({ fault: 'malformed' })
  })

  for (const [how, lie] of [
    ['more than is read', overlong],
    ['no end', endless],
  ] as const) {
    it(`is caught whose header, or number of its chain, has ${how}`, async () => {
      for (const about of ['its chain', 'its newest block', 'a block'] as const) {
        const [method, ask] = QUESTIONS[about] ?? expect.fail(about)
        says = { [method]: lie }
        expect(await thrownBy(ask(await connect())), about).to.include({ fault: 'malformed' })
      }
    })

    it(`is caught whose receipts at once have ${how}, and each by itself is short`, async () => {
      const transactions = [BLOCK.hash]
      says = {
        eth_getBlockReceipts: lie,
        eth_getBlockByHash: result({ transactions }),
        eth_getTransactionReceipt: result(receiptOf(10)),
      }
      expect(await thrownBy((await connect()).blockLogs(BLOCK))).to.include({ fault: 'malformed' })
    })

    it(`may be true where a receipt, or logs, have ${how}: others tell`, async () => {
      says = {
        eth_getBlockReceipts: lie,
        eth_getBlockByHash: result({ transactions: [BLOCK.hash] }),
        eth_getTransactionReceipt: lie,
        eth_getLogs: lie,
      }
      const node = await connect()
      expect(await thrownBy(node.blockLogs(BLOCK))).to.be.instanceOf(OverlongAnswerError)
      const logs = node.logs([LEDGER], { from: 1, to: 7 })
      expect(await thrownBy(logs)).to.be.instanceOf(OverlongAnswerError)
    })
  }

  it('is heard one by one where all receipts at once are more than is read', async () => {
    says = {
      eth_getBlockReceipts: overlong,
      eth_getBlockByHash: result({ transactions: [`0x${'01'.repeat(32)}`, `0x${'02'.repeat(32)}`] }),
      eth_getTransactionReceipt: result(receiptOf(MEGABYTE / 2)),
    }
    // Which are not what the header holds.
    expect(await thrownBy((await connect()).blockLogs(BLOCK))).to.include({ fault: 'wrong-logs' })
  })

  const UNKNOWN: Readonly<Record<string, Readonly<Record<string, Says>>>> = {
    'no receipts of it': { eth_getBlockReceipts: result(null) },
    'no receipts of it, in words': { eth_getBlockReceipts: refusing('block not found') },
    'no such block': {
      eth_getBlockReceipts: refusing('Method not found'),
      eth_getBlockByHash: result(null),
    },
    'no such transaction any more': {
      eth_getBlockReceipts: refusing('Method not found'),
      eth_getBlockByHash: result({ transactions: [BLOCK.hash] }),
      eth_getTransactionReceipt: result(null),
    },
  }
  for (const [what, answers] of Object.entries(UNKNOWN)) {
    it(`is not caught that says of a block, which may have been replaced, that it has ${what}`, async () => {
      says = answers
      const error = await thrownBy((await connect()).blockLogs(BLOCK))
      expect(error).to.be.instanceOf(LedgerUnavailableError).with.property('code', 'block-unavailable')
      expect(error).to.not.be.instanceOf(NodeFaultError)
    })
  }

  it('is not caught that calls nothing final yet, and is that has no newest block', async () => {
    says = { eth_getBlockByNumber: result(null) }
    const node = await connect()
    expect(await thrownBy(node.finalBlock())).to.include({ code: 'block-unavailable' })
    expect(await thrownBy(node.newest())).to.include({ fault: 'malformed' })
  })

  it('that stalls is waited for no longer than who asks wants', async () => {
    const ending = new AbortController()
    const stalled = new Promise<void>((asked) => {
      says = { eth_getBlockByNumber: () => asked() }
    })
    const node = await connect(ending.signal)
    const asked = [thrownBy(node.newest()), thrownBy(node.block(7)), thrownBy(node.finalBlock())]
    await stalled
    ending.abort()
    for (const error of await Promise.all(asked)) expect(error).to.include({ code: 'unreachable' })
    expect(await thrownBy(node.newest())).to.include({ code: 'unreachable' })
  }).timeout(5_000)
})
