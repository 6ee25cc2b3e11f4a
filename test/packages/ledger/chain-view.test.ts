/** A view that asks nodes: how often it asks, and what several of them have to tell alike. */
import { setTimeout as pause } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { createNetworkView, createRpcLedgerView, type Network } from '@hefu/ledger'
import { withDeadline } from '@hefu/ledger/deadline'
import { askLedger, type LedgerFacts, type LedgerQuery, listLedgers, pinLedger } from '@hefu/protocol'
import { expect } from 'chai'
import { toQuantity } from 'ethers'
import { after, afterEach, before, describe, it } from 'mocha'
import { createQuorumLedgerView } from '#internal/ledger/chain/quorum-view'
import { rpc } from '../../../scripts/sandbox/chain.ts'
import { nowSeconds } from '../../../scripts/sandbox/founded-sandbox.ts'
import { type BatchRefusal, type CountingProxy, startCountingProxy } from '../../fixtures/counting-proxy.ts'
import { type FaultProxy, STALLED, stalledAt, startFaultProxy } from '../../fixtures/fault-proxy.ts'
import { type Alteration, startRpcProxy } from '../../fixtures/rpc-proxy.ts'
import {
  type AnchoredSandbox,
  createAnchoredSandbox,
  decided,
  done,
  queryOf,
  refusalOf,
} from './fixtures/anchored-sandbox.ts'

const [IN_FORCE, SUSPENDED, NOTED] = [500, 0, 100] as const

let sandbox: AnchoredSandbox
let beforeActs: number
const ends: (() => Promise<void>)[] = []

before(async function () {
  this.timeout(120_000)
  sandbox = await createAnchoredSandbox()
  const { operator, agency } = sandbox
  beforeActs = nowSeconds() - 3_600
  for (const [act, number] of [
    ['suspend', '暂扣1'],
    ['reinstate', '发还1'],
    ['suspend', '暂扣2'],
  ] as const) {
    await done(operator, operator.submitAct(agency, { ...decided(number), act, indices: [SUSPENDED] }))
  }
  for (const code of [0, 2]) {
    const notice = { ...decided('标注1'), code, indices: [NOTED] }
    await done(operator, operator.submitNotice(agency, notice))
  }
})
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})
after(() => sandbox?.stop())

describe('A view asks a node', () => {
  async function countingNode(refusal?: BatchRefusal): Promise<CountingProxy> {
    const proxy = await startCountingProxy(sandbox.chain.rpcUrl, refusal)
    ends.push(proxy.close)
    return proxy
  }

  /** Round trips of the first answer of a view, and of the next. */
  async function tripsOf(query: LedgerQuery, refusal?: BatchRefusal): Promise<readonly [number, number]> {
    const { rpcUrl, trips } = await countingNode(refusal)
    const view = createRpcLedgerView({ ...sandbox.network, rpcUrl })
    const truth = await createRpcLedgerView(sandbox.network).lookup(query)
    const answer = await view.lookup(query)
    expect(answer).to.deep.equal({ ...truth, block: answer.block })
    const first = trips.length
    await view.lookup(query)
    return [first, trips.length - first]
  }

  it('twice an answer where there is no act: for the block, with the chain beside it, and for all facts', async () => {
    expect(await tripsOf(queryOf(sandbox, IN_FORCE))).to.deep.equal([2, 2])
    const { rpcUrl, trips } = await countingNode()
    await createRpcLedgerView({ ...sandbox.network, rpcUrl }).lookup(queryOf(sandbox, IN_FORCE))
    expect(trips.map((methods) => methods.toSorted())).to.deep.equal([
      ['eth_chainId', 'eth_getBlockByNumber'],
      ['eth_call'],
    ])
  })

  it('twice about a time past, where there was no act', async () => {
    expect(await tripsOf({ ...queryOf(sandbox, IN_FORCE), at: beforeActs })).to.deep.equal([2, 2])
  })

  it('twice at a block that is named, as a re-check does', async () => {
    const { block } = await createRpcLedgerView(sandbox.network).lookup(queryOf(sandbox, IN_FORCE))
    expect(await tripsOf({ ...queryOf(sandbox, IN_FORCE), block })).to.deep.equal([2, 2])
  })

  it('once more for each act, and for each notice where the past is asked about', async () => {
    expect(await tripsOf(queryOf(sandbox, SUSPENDED))).to.deep.equal([5, 5])
    expect(await tripsOf(queryOf(sandbox, NOTED))).to.deep.equal([2, 2])
    expect(await tripsOf({ ...queryOf(sandbox, NOTED), at: beforeActs })).to.deep.equal([4, 4])
  })

  for (const [how, refusal] of [
    ['HTTP 413', { status: 413, body: 'batches are not served' }],
    ['HTTP 400 and a page', { status: 400, body: '<html></html>' }],
    [
      'one error for all',
      { status: 200, body: '{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"batch"}}' },
    ],
    ['an empty list', { status: 200, body: '[]' }],
    ['half of the answers', { status: 200, body: '[{"jsonrpc":"2.0","id":0,"result":"0x7a69"}]' }],
  ] as const) {
    it(`each question by itself, where it answers a batch with ${how}`, async () => {
      expect(await tripsOf(queryOf(sandbox, IN_FORCE), refusal)).to.deep.equal([4, 2])
    })
  }
})

describe('A node that answers of another block than it was asked about', () => {
  /** The first so many calls are answered of the block before. */
  async function nodeBehind(answers: number): Promise<FaultProxy> {
    const proxy = await startFaultProxy(sandbox.chain.rpcUrl)
    ends.push(proxy.close)
    const newest = Number(await rpc(sandbox.chain.rpcUrl, 'eth_blockNumber', []))
    let left = answers
    proxy.fault = {
      asks: (method, params) =>
        method === 'eth_call' && left-- > 0 ? [params[0], toQuantity(newest - 1)] : params,
    }
    return proxy
  }

  async function factsFrom({ rpcUrl }: FaultProxy): Promise<LedgerFacts> {
    return await createRpcLedgerView({ ...sandbox.network, rpcUrl }).lookup(queryOf(sandbox, IN_FORCE))
  }

  it('once, as a developer’s node does that is making a block, is asked again and believed', async () => {
    const { block, ...told } = await factsFrom(await nodeBehind(1))
    const { block: _, ...truth } = await factsFrom(await nodeBehind(0))
    expect(told).to.deep.equal(truth)
    expect(block.number).to.be.above(0)
  })

  it('twice tells nothing', async () => {
    expect(await refusalOf(factsFrom(await nodeBehind(2)))).to.equal('inconsistent')
  })
})

describe('A deadline', () => {
  async function nodes(count: number): Promise<readonly FaultProxy[]> {
    const proxies = await Promise.all(
      Array.from({ length: count }, () => startFaultProxy(sandbox.chain.rpcUrl)),
    )
    ends.push(...proxies.map(({ close }) => close))
    return proxies
  }

  /** As a verification asks: the ledger of a directory. */
  async function lookUp(
    [first, ...others]: readonly FaultProxy[],
    milliseconds: number,
  ): Promise<LedgerFacts> {
    const network = {
      ...sandbox.network,
      rpcUrl: first?.rpcUrl ?? '',
      otherRpcUrls: others.map(({ rpcUrl }) => rpcUrl),
    }
    const directory = withDeadline(pinLedger(createNetworkView(network)), milliseconds)
    const [{ view }] = await listLedgers(directory, { notBefore: 0 })
    return await askLedger(view, queryOf(sandbox, IN_FORCE))
  }

  async function expectNothingUnderWay(proxies: readonly FaultProxy[]): Promise<void> {
    const left = (): number => proxies.reduce((sum, { underWay }) => sum + underWay, 0)
    // Far below the ten seconds that an answer of a node is waited for.
    for (const end = Date.now() + 1_000; left() > 0 && Date.now() < end; ) await pause(5)
    expect(left()).to.equal(0)
  }

  for (const [which, method] of [
    ['the first', 'eth_getBlockByNumber'],
    ['the second', 'eth_call'],
  ] as const) {
    it(`ends what is asked of nodes that stall at ${which} question: no socket is held after it`, async () => {
      for (const count of [1, 3]) {
        const proxies = await nodes(count)
        for (const proxy of proxies) proxy.fault = stalledAt(method)
        const answer = lookUp(proxies, 500)
        await pause(300)
        for (const proxy of proxies) expect(proxy.underWay).to.be.at.least(1)
        expect(await refusalOf(answer)).to.equal('unreachable')
        await expectNothingUnderWay(proxies)
      }
    })
  }

  it('that was kept leaves no question behind either, to the one node that stalls', async () => {
    const proxies = await nodes(3)
    const [, , third] = proxies
    if (third !== undefined) third.fault = STALLED
    expect((await lookUp(proxies, 8_000)).status).to.equal('valid')
    await expectNothingUnderWay(proxies)
  })
})

type Lie = Alteration

describe('A view of several nodes', () => {
  const honest: Alteration = () => undefined
  const silent: Alteration = () => {
    throw new Error('out of service')
  }

  /** A network of so many nodes before the one chain. */
  async function networkOf(...alterations: readonly Alteration[]): Promise<Network> {
    const proxies = await Promise.all(alterations.map((alter) => startRpcProxy(sandbox.chain.rpcUrl, alter)))
    ends.push(...proxies.map(({ close }) => close))
    const [rpcUrl = '', ...otherRpcUrls] = proxies.map((proxy) => proxy.rpcUrl)
    return { ...sandbox.network, rpcUrl, otherRpcUrls }
  }

  async function answerOf(query: LedgerQuery, ...alterations: readonly Alteration[]): Promise<LedgerFacts> {
    return await askLedger(createQuorumLedgerView(await networkOf(...alterations)), query)
  }

  const truth = (query: LedgerQuery): Promise<LedgerFacts> =>
    createRpcLedgerView(sandbox.network).lookup(query)

  const blockOf = (result: unknown, change: object): unknown => ({ ...(result as object), ...change })
  const ofBlocks =
    (change: object): Lie =>
    (method, _, result) =>
      /^eth_getBlock/.test(method) && result !== null ? blockOf(result, change) : undefined
  /** The last byte of what the ledger answers at this place is another. */
  const ofLookup =
    (word: number): Lie =>
    (method, _, result) => {
      if (method !== 'eth_call') return undefined
      const [answer, end] = [String(result), 2 + 64 * (word + 1)]
      return `${answer.slice(0, end - 1)}${answer[end - 1] === '1' ? '2' : '1'}${answer.slice(end)}`
    }

  const LIES: Readonly<Record<string, Lie>> = {
    'is silent': silent,
    'serves another chain': (method) => (method === 'eth_chainId' ? '0x1' : undefined),
    'has another newest block': ofBlocks({ hash: `0x${'66'.repeat(32)}` }),
    'is beyond all others': ofBlocks({ number: '0xffffff' }),
    'stands still at the first block': (method, _, result) =>
      method === 'eth_getBlockByNumber' ? blockOf(result, { number: '0x1' }) : undefined,
    'has its clock elsewhere': ofBlocks({ timestamp: '0x1' }),
    'answers no block': (method, _, result) => (/^eth_getBlock/.test(method) ? 'none' : result),
    'answers no facts': (method) => (method === 'eth_call' ? '0x' : undefined),
    'hides events': (method) => (method === 'eth_getLogs' ? [] : undefined),
  }

  for (const [is, lie] of Object.entries(LIES)) {
    it(`tells what two of three tell, where the third ${is}`, async () => {
      for (const index of [IN_FORCE, SUSPENDED]) {
        const query = queryOf(sandbox, index)
        for (const nodes of [
          [lie, honest, honest],
          [honest, honest, lie],
        ]) {
          const { nodes: backing, ...facts } = await answerOf(query, ...nodes)
          expect(facts).to.deep.equal({ ...(await truth(query)), block: facts.block })
          expect(backing).to.include({ needed: 2, logsHeldBy: 'agreement' })
        }
      }
    })
  }

  /** Words of the ledger's answer by which one node alone would be believed, and what it tells is not so. */
  async function believedLies(query: LedgerQuery): Promise<readonly number[]> {
    const expected = await truth(query)
    let [word, words] = [0, 1]
    const network = await networkOf((method, params, result) => {
      if (method === 'eth_call') words = (String(result).length - 2) / 64
      return ofLookup(word)(method, params, result)
    })
    const view = createRpcLedgerView(network)
    const believed: number[] = []
    for (; word < words; word++) {
      const facts = await askLedger(view, query).catch(() => null)
      const isLie = facts !== null && !isDeepStrictEqual({ ...facts, block: expected.block }, expected)
      if (isLie) believed.push(word)
    }
    return believed
  }

  it('tells what two of three tell, where the third alters any word by which it alone would be believed', async () => {
    const query = queryOf(sandbox, IN_FORCE)
    const believed = await believedLies(query)
    expect(believed.length).to.be.above(5)
    const expected = await truth(query)
    let word = 0
    const view = createQuorumLedgerView(
      await networkOf((...asked) => ofLookup(word)(...asked), honest, honest),
    )
    for (word of believed) {
      const { nodes: _, ...facts } = await askLedger(view, query)
      expect(facts, `word ${word}`).to.deep.equal({ ...expected, block: facts.block })
    }
  })

  it('tells nothing where no two of three tell the same', async () => {
    const query = queryOf(sandbox, IN_FORCE)
    const [one = 0, other = 0] = await believedLies(query)
    for (const lies of [
      [ofLookup(one), ofLookup(other)],
      [ofBlocks({ hash: `0x${'66'.repeat(32)}` }), ofBlocks({ hash: `0x${'77'.repeat(32)}` })],
    ] as const) {
      expect(await refusalOf(answerOf(query, honest, ...lies))).to.equal('inconsistent')
      const network = await networkOf(honest, honest, lies[0])
      expect((await createNetworkView(network).lookup(query)).nodes?.needed).to.equal(2)
      expect(await refusalOf(createNetworkView({ ...network, agreement: 3 }).lookup(query))).to.equal(
        'inconsistent',
      )
    }
    expect(await refusalOf(answerOf(query, honest, silent, silent))).to.equal('unreachable')
  })

  it('does not go back to an old block, which two might tell of alike', async () => {
    const query = queryOf(sandbox, IN_FORCE)
    await rpc(sandbox.chain.rpcUrl, 'anvil_mine', ['0xa'])
    const stands: Lie = (method, params, result) =>
      method === 'eth_getBlockByNumber' && params[0] === 'latest'
        ? blockOf(result, { number: '0x2' })
        : undefined
    expect(await refusalOf(answerOf(query, honest, stands, silent))).to.equal('inconsistent')
  })

  it('tells of the block that two have, where one of them has a newer one already, of which the third lies', async () => {
    const query = queryOf(sandbox, IN_FORCE)
    const [word = 0] = await believedLies(query)
    for (const lie of [ofBlocks({ number: '0xffffff' }), ofLookup(word)]) {
      await rpc(sandbox.chain.rpcUrl, 'evm_mine', [])
      const { number, hash } = (await truth(query)).block
      const before = await rpc(sandbox.chain.rpcUrl, 'eth_getBlockByNumber', [toQuantity(number - 1), false])
      const behind: Alteration = (method, params) => {
        if (method === 'eth_chainId') return undefined
        if (method === 'eth_getBlockByNumber' && params[0] === 'latest') return before
        const isBeyond = params[0] === toQuantity(number) || JSON.stringify(params).includes(hash)
        if (isBeyond) throw new Error('header not found')
        return undefined
      }
      const { block, nodes } = await answerOf(query, honest, lie, behind)
      expect(block.number).to.equal(number - 1)
      expect(nodes).to.deep.include({ needed: 2, newest: number })
    }
  })

  it('answers at a block that is named as often as it has to be told', async () => {
    const query = queryOf(sandbox, SUSPENDED)
    const then = await truth(query)
    const named = { ...query, block: then.block }
    expect(await answerOf(named, honest, honest, ofLookup(0))).to.deep.equal(then)
    const gone: Alteration = (method) => {
      if (method === 'eth_call') throw new Error('missing trie node')
      return undefined
    }
    expect(await refusalOf(answerOf(named, honest, gone, gone))).to.equal('block-unavailable')
    const [one = 0, other = 0] = await believedLies(query)
    expect(await refusalOf(answerOf(named, honest, ofLookup(one), ofLookup(other)))).to.equal('inconsistent')
  })

  it('takes two round trips of each node where they are at one block', async () => {
    const proxies = await Promise.all([1, 2, 3].map(() => startCountingProxy(sandbox.chain.rpcUrl)))
    ends.push(...proxies.map(({ close }) => close))
    const [rpcUrl = '', ...otherRpcUrls] = proxies.map((proxy) => proxy.rpcUrl)
    const view = createQuorumLedgerView({ ...sandbox.network, rpcUrl, otherRpcUrls })
    const taken: number[] = []
    // A block that comes in between costs one more.
    for (let answer = 0; answer < 4; answer++) {
      for (const { trips } of proxies) trips.length = 0
      await view.lookup(queryOf(sandbox, IN_FORCE))
      taken.push(Math.max(...proxies.map(({ trips }) => trips.length)))
    }
    expect(Math.min(...taken)).to.equal(2)
  })

  it('is not made where a network file names one node', async () => {
    const { nodes } = await createNetworkView(sandbox.network).lookup(queryOf(sandbox, IN_FORCE))
    expect(nodes).to.equal(undefined)
  })
})
