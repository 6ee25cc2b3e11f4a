/** A block that is named and gone is told from a node that merely does not answer: only the first calls for an archive. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRpcLedgerView } from '@hefu/ledger'
import { LedgerUnavailableError } from '@hefu/protocol'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'

const HASH = `0x${'0b'.repeat(32)}` as const
const BLOCK = { number: '0x64', hash: HASH, timestamp: '0x695ba000', transactions: [] }
const LEDGER = `0x${'1e'.repeat(20)}` as const

interface NodeError {
  readonly code: number
  readonly message: string
}

/** What engines say of a block or a state that they have no more. */
const GONE: readonly (readonly [engine: string, error: NodeError])[] = [
  ['Geth, by hash', { code: -32_000, message: `missing trie node ${'ab'.repeat(32)} (path ) <nil>` }],
  ['Geth, by path', { code: -32_000, message: `historical state 0x${'ab'.repeat(32)} is not available` }],
  ['Geth, of a block', { code: -32_000, message: 'header for hash not found' }],
  ['Geth, after a reorganisation', { code: -32_000, message: 'hash is not currently canonical' }],
  ['Geth, of history', { code: 4444, message: 'pruned history unavailable' }],
  ['Besu, of a state', { code: -32_000, message: 'World state unavailable' }],
  ['Besu, of a block', { code: -39_001, message: 'Unknown block' }],
  ['Erigon', { code: -32_000, message: 'old data not available due to pruning' }],
  ['Erigon, of a block', { code: -32_000, message: `block not found: ${HASH}` }],
  ['Nethermind', { code: -32_002, message: `No state available for block 100 (${HASH})` }],
  ['Nethermind, of a block', { code: -32_001, message: `${HASH} could not be found` }],
  ['Reth', { code: -32_000, message: 'state at block #100 is pruned' }],
  ['anvil', { code: -32_602, message: 'BlockOutOfRangeError: block height is 5 but requested was 100' }],
]

/** What says nothing about a block. */
const SILENT: readonly NodeError[] = [
  { code: -32_005, message: 'request rate limited' },
  { code: -32_005, message: 'daily request count exceeded' },
  { code: -32_603, message: 'Internal error' },
  { code: -32_000, message: 'execution timed out' },
  { code: -32_000, message: 'the method is currently not available' },
  { code: -32_601, message: 'the method eth_call does not exist' },
  { code: -32_602, message: 'invalid argument 0' },
  { code: -32_000, message: 'out of gas' },
]

/** What engines say of a call that the contract ends. */
const REVERTED: readonly NodeError[] = [
  { code: 3, message: 'execution reverted' },
  { code: -32_000, message: 'Execution reverted' },
  { code: -32_603, message: 'VM Exception while processing transaction: reverted with custom error' },
]

describe('a block that is named', () => {
  let server: Server
  let says: NodeError
  /** Asked of this method, the node does not answer otherwise. */
  let refuses: string

  before(async () => {
    server = createServer(async (incoming, outgoing) => {
      let text = ''
      for await (const chunk of incoming) text += String(chunk)
      const { id, method } = JSON.parse(text)
      const result = method === 'eth_chainId' ? '0x7a69' : BLOCK
      const answer = method === refuses ? { error: says } : { result }
      outgoing.setHeader('content-type', 'application/json')
      outgoing.end(JSON.stringify({ jsonrpc: '2.0', id, ...answer }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  after(() => server.close())

  async function codeOf(named: boolean): Promise<string> {
    const { port } = server.address() as AddressInfo
    const view = createRpcLedgerView({ chainId: 31_337, ledger: LEDGER, rpcUrl: `http://127.0.0.1:${port}` })
    const block = { number: 100, hash: HASH, time: 0x695b_a000 }
    const query = {
      issuer: '11430000006122244L',
      keyId: HASH,
      statusIndex: 0,
      licenceType: '11100000000013338W011',
      receivingRegion: '440000',
    }
    try {
      await view.lookup({ ...query, ...(named ? { block } : {}) })
    } catch (error) {
      if (error instanceof LedgerUnavailableError) return error.code
      throw error
    }
    return 'answered'
  }

  for (const [engine, error] of GONE) {
    it(`is gone, as ${engine} says: ${error.message.slice(0, 40)}`, async () => {
      says = error
      for (refuses of ['eth_call', 'eth_getBlockByHash']) {
        expect(await codeOf(true), refuses).to.equal('block-unavailable')
      }
    })
  }

  for (const error of SILENT) {
    it(`is not said to be gone by ${error.code} ${error.message}`, async () => {
      says = error
      for (refuses of ['eth_call', 'eth_getBlockByHash', 'eth_chainId']) {
        expect(await codeOf(true), refuses).to.equal('unreachable')
      }
    }).timeout(10_000)
  }

  for (const error of REVERTED) {
    it(`is not said to be gone by ${error.code} ${error.message}: another contract stands there`, async () => {
      says = error
      refuses = 'eth_call'
      for (const named of [true, false]) expect(await codeOf(named)).to.equal('refused')
    }).timeout(10_000)
  }

  it('is not said to be gone where none was named', async () => {
    says = { code: -32_000, message: 'header not found' }
    refuses = 'eth_call'
    expect(await codeOf(false)).to.equal('unreachable')
  })
})
