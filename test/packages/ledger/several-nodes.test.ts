/** Several nodes of one chain: enough of them are one, whatever becomes of the others. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Network } from '@hefu/ledger'
import { type NodeState, ReplicaStoppedError } from '@hefu/ledger/replica'
import { type LedgerFacts, LedgerUnavailableError } from '@hefu/protocol'
import { expect } from 'chai'
import { after, afterEach, before, describe, it } from 'mocha'
import { rpc } from '../../../scripts/sandbox/chain.ts'
import {
  alteredField,
  DEAD,
  DROPPED_LOG,
  type Fault,
  type FaultProxy,
  forgedLog,
  frozenAt,
  longestRange,
  refusal,
  STALLED,
  slow,
  status,
  TRUNCATED,
  WRONG_HASH,
} from '../../fixtures/fault-proxy.ts'
import { type Followed, startThreeNodes, type ThreeNodes } from './fixtures/three-nodes.ts'

const HELD: Partial<Network> = { engine: 'ethereum', finality: 2 }
const UNHELD: Partial<Network> = { finality: 2 }
/** Who was caught stays set aside for as long as a test lasts. */
const TIMES = { retryAfterMs: 60_000 }
/** Short, so that a test need not wait for long for who does not answer. */
const IMPATIENT = { ...TIMES, timeoutMs: 4_000, patienceMs: 400 }
const OTHER_CONTRACT = `0x${'77'.repeat(20)}`

describe('Three nodes of one chain', function () {
  this.timeout(240_000)
  let three: ThreeNodes
  let nextIndex = 0

  before(async () => {
    three = await startThreeNodes()
    await three.hold()
  })
  afterEach(() => {
    for (const proxy of three.proxies) proxy.fault = null
  })
  after(() => three?.stop())

  const rpcUrl = (): string => three.sandbox.network.rpcUrl
  const newest = async (): Promise<number> => Number(await rpc(rpcUrl(), 'eth_blockNumber', []))

  async function suspendNext(): Promise<void> {
    await rpc(rpcUrl(), 'evm_setAutomine', [true])
    await three.suspend(nextIndex++)
  }

  async function truth(): Promise<readonly LedgerFacts[]> {
    const { replica } = await three.follow({ rpcUrl: rpcUrl(), otherRpcUrls: [], finality: 2 })
    await replica.advance()
    return await three.factsOf(replica)
  }

  async function expectTrue({ replica }: Followed): Promise<void> {
    expect(await three.factsOf(replica)).to.deep.equal(await truth())
  }

  const third = ({ nodes }: Followed): NodeState | undefined => nodes.agreement().nodes[2]

  async function named(followed: Followed, is: (state: NodeState | undefined) => boolean): Promise<void> {
    for (let wait = 0; wait < 200 && !is(third(followed)); wait++) await pause(50)
    expect(is(third(followed)), JSON.stringify(followed.nodes.agreement())).to.equal(true)
  }

  async function advanceUntil({ replica }: Followed, is: () => boolean): Promise<void> {
    for (const deadline = Date.now() + 30_000; !is(); await pause(20)) {
      expect(Date.now()).to.be.below(deadline)
      await replica.advance()
    }
  }

  /** How often it lied, once nothing that it was asked, here or on the way, is left unanswered. */
  async function toldWhenQuiet(liar: FaultProxy): Promise<number> {
    let told = -1
    while (told !== liar.falseAnswers || liar.underWay > 0) {
      told = liar.falseAnswers
      await pause(1_000)
    }
    return told
  }

  async function thrownBy(work: Promise<unknown>): Promise<Error & { readonly code?: string }> {
    return await work.then(
      () => expect.fail('nothing was thrown'),
      (error: Error) => error,
    )
  }

  it('are one: what they agree on is what the chain says, by headers or by what all tell', async () => {
    for (const [network, logsHeldBy] of [
      [HELD, 'header'],
      [UNHELD, 'agreement'],
      [{ ...HELD, otherRpcUrls: [] }, 'one-node'],
    ] as const) {
      const followed = await three.follow(network)
      await followed.replica.advance()
      await expectTrue(followed)
      const agreement = followed.nodes.agreement()
      expect(agreement.logsHeldBy).to.equal(logsHeldBy)
      expect(agreement.agreeing).to.equal(agreement.nodes.length)
      for (const { state, fault } of agreement.nodes) expect([state, fault]).to.deep.equal(['agrees', null])
    }
  })

  it('say of each block how many told of it, though they are farther by now, and of another that nobody did', async () => {
    const [, , third] = three.proxies
    const { nodes } = await three.follow(HELD)
    const before = await nodes.newest()
    while (nodes.agreement().agreeing < 3) await pause(1)
    third.fault = frozenAt(before.number)
    await three.mine(2)
    await nodes.newest()
    expect(nodes.agreement().agreeing).to.equal(2)
    expect(nodes.agreement(before.hash).agreeing).to.equal(3)
    expect(nodes.agreement(`0x${'99'.repeat(32)}`).agreeing).to.equal(0)
  })

  it('are named by host and port alone, whatever their URLs hold', async () => {
    const [, second] = three.proxies
    const { port } = new URL(second.rpcUrl)
    const { nodes, replica } = await three.follow({
      otherRpcUrls: [`http://user:open-sesame@127.0.0.1:${port}/key-1234?token=5678`],
    })
    second.fault = WRONG_HASH
    const said = await thrownBy(replica.advance())
    const told = JSON.stringify([nodes.agreement(), said.message])
    expect(told).to.include(`127.0.0.1:${port}`)
    for (const secret of ['user', 'open-sesame', 'key-1234', '5678']) expect(told).to.not.include(secret)
  })

  const SILENT: Readonly<Record<string, Fault>> = {
    'is dead': DEAD,
    'takes questions and answers none': STALLED,
    'is slow': slow(3_000),
    'is behind a balancer that has nobody': status(502),
    'is asked too often': status(429),
    'has no answer left': refusal(-32_603, 'internal error'),
  }
  for (const [what, fault] of Object.entries(SILENT)) {
    it(`go on while one of them ${what}, and say that it is silent`, async () => {
      const [, , failing] = three.proxies
      failing.fault = fault
      const followed = await three.follow(HELD, IMPATIENT)
      await followed.replica.advance()
      await expectTrue(followed)
      await named(followed, (state) => state?.state === 'silent' && state.fault === null)
      expect(followed.nodes.agreement().agreeing).to.equal(2)
    })
  }

  const FALSE: readonly (readonly [string, Partial<Network>, Fault, string])[] = [
    ['sends half of each answer', HELD, TRUNCATED, 'malformed'],
    ['tells other hashes', HELD, WRONG_HASH, 'wrong-header'],
    ['tells other hashes of an unknown engine', UNHELD, WRONG_HASH, 'other-chain'],
    ['drops a log', HELD, DROPPED_LOG, 'wrong-logs'],
    ['drops a log of an unknown engine', UNHELD, DROPPED_LOG, 'wrong-logs'],
    ['forges a log', HELD, forgedLog(OTHER_CONTRACT), 'wrong-logs'],
    ['forges a log of an unknown engine', UNHELD, forgedLog(OTHER_CONTRACT), 'wrong-logs'],
    ['serves another chain', HELD, alteredField('eth_chainId', [], () => '0x1'), 'other-chain'],
  ]
  for (const [what, network, fault, expected] of FALSE) {
    it(`go on while one of them ${what}, and name it`, async () => {
      const [, , liar] = three.proxies
      liar.fault = fault
      const followed = await three.follow(network, TIMES)
      await followed.replica.advance()
      await expectTrue(followed)
      await named(followed, (state) => state?.state === 'set-aside' && state.fault === expected)
    })
  }

  it('set one aside that was caught: it is asked no more for a while', async () => {
    const [, , liar] = three.proxies
    liar.fault = WRONG_HASH
    const followed = await three.follow(HELD, TIMES)
    await followed.replica.advance()
    await named(followed, (state) => state?.fault === 'wrong-header')
    const told = await toldWhenQuiet(liar)
    await followed.replica.advance()
    expect(liar.falseAnswers).to.equal(told)
  })

  it('try one again that was caught, and trust it once it has told the same as they', async () => {
    const [, , liar] = three.proxies
    liar.fault = WRONG_HASH
    const followed = await three.follow(HELD, { retryAfterMs: 20 })
    await followed.replica.advance()
    const told = liar.falseAnswers
    await advanceUntil(followed, () => liar.falseAnswers > told)
    expect(third(followed)).to.include({ state: 'set-aside', fault: 'wrong-header' })
    liar.fault = null
    await suspendNext()
    await advanceUntil(followed, () => third(followed)?.state === 'agrees')
    expect(third(followed)).to.include({ state: 'agrees', fault: null })
    await expectTrue(followed)
  })

  it('are none of them believed where the network file names another engine’s rule', async () => {
    const { replica } = await three.follow({ ...HELD, engine: 'qbft' }, TIMES)
    const error = await thrownBy(replica.advance())
    expect(error).to.have.property('code', 'inconsistent')
    expect(replica.position).to.equal(null)
  })

  it('call one frozen whose newest block stays while others go on, and behind before that', async () => {
    const followed = await three.follow(HELD, TIMES)
    await followed.replica.advance()
    three.proxies[2].fault = frozenAt(await newest())
    const seen: unknown[] = []
    for (let round = 0; round < 4; round++) {
      await three.mine(1)
      await followed.replica.advance()
      seen.push(third(followed)?.fault ?? third(followed)?.state)
    }
    expect(seen[0]).to.equal('behind')
    expect(seen.at(-1)).to.equal('frozen')
    await expectTrue(followed)
  })

  it('read in shorter ranges where one of them takes no longer ones, and name nobody', async () => {
    three.proxies[1].fault = longestRange(7)
    three.proxies[2].fault = longestRange(5)
    const followed = await three.follow(UNHELD, TIMES)
    await followed.replica.advance()
    await expectTrue(followed)
    for (const { fault, state } of followed.nodes.agreement().nodes)
      expect([state, fault]).to.deep.equal(['agrees', null])
  })

  it('need no question that a node has not: receipts are read one by one as well', async () => {
    for (const proxy of three.proxies)
      proxy.fault = refusal(-32_601, 'Method not found', 'eth_getBlockReceipts')
    const followed = await three.follow(HELD, TIMES)
    await followed.replica.advance()
    await expectTrue(followed)
    expect(followed.nodes.agreement().nodes.map(({ fault }) => fault)).to.deep.equal([null, null, null])
  })

  it('are no answer where only one of them is true: nothing is believed, and it is said in words', async () => {
    const [, second, last] = three.proxies
    const pairs: readonly (readonly [Fault, Fault])[] = [
      [DEAD, WRONG_HASH],
      [WRONG_HASH, frozenAt(3)],
      [alteredField('eth_getBlockByNumber', ['timestamp'], () => '0x77777777'), TRUNCATED],
      [status(429), refusal(-32_005, 'limit exceeded')],
    ]
    for (const network of [HELD, UNHELD]) {
      const followed = await three.follow(network, { ...TIMES, retryAfterMs: 1 })
      await followed.replica.advance()
      const before = await three.factsOf(followed.replica)
      await suspendNext()
      for (const [one, other] of pairs) {
        second.fault = one
        last.fault = other
        const error = await thrownBy(followed.replica.advance())
        expect(error, error.message).to.be.instanceOf(LedgerUnavailableError)
        expect(error.message).to.match(/2 of 3 nodes must tell the same, and [01] did/)
        expect(await three.factsOf(followed.replica)).to.deep.equal(before)
      }
      second.fault = null
      await pause(20)
      await followed.replica.advance()
      await expectTrue(followed)
    }
  })

  it('are no answer where all must agree and two of them tell the same lie', async () => {
    const lie = alteredField('eth_getBlockByNumber', ['timestamp'], () => '0x77777777')
    three.proxies[1].fault = lie
    three.proxies[2].fault = lie
    const { replica } = await three.follow({ ...UNHELD, agreement: 3 }, TIMES)
    expect(await thrownBy(replica.advance())).to.have.property('code', 'inconsistent')
    expect(replica.position).to.equal(null)
  })

  it('cannot be told by one of them that more is final than is', async () => {
    three.proxies[2].fault = alteredField(
      'eth_getBlockByNumber',
      ['number'],
      () => `0x${(1_000_000).toString(16)}`,
      ([block]) => block === 'finalized',
    )
    const { nodes } = await three.follow({ finality: 'finalized' })
    const alone = await three.follow({ rpcUrl: rpcUrl(), otherRpcUrls: [], finality: 'finalized' })
    expect(await nodes.finalNumber()).to.equal(await alone.nodes.finalNumber())
  })

  it('undo together what the chain replaced before it was final, and stop where it was', async () => {
    const followed = await three.follow({ ...HELD, finality: 4 }, TIMES)
    const settled = await three.follow({ ...HELD, finality: 0 }, TIMES)
    await suspendNext()
    await three.mine(1)
    await followed.replica.advance()
    await settled.replica.advance()
    const before = await newest()
    await rpc(rpcUrl(), 'anvil_reorg', [2, []])
    nextIndex -= 1
    expect(await newest()).to.equal(before)

    expect((await followed.replica.advance()).undone).to.equal(2)
    await expectTrue(followed)
    const stopped = await thrownBy(settled.replica.advance())
    expect(stopped).to.be.instanceOf(ReplicaStoppedError).and.to.have.property('code', 'reorganised-too-deep')
  })

  it('stop in words where they all begin anew: another chain, with the same number', async () => {
    const followed = await three.follow(HELD, TIMES)
    await followed.replica.advance()
    const before = followed.replica.position
    const height = await newest()
    await rpc(rpcUrl(), 'anvil_reset', [])
    await three.mine(height + 20)
    const stopped = await thrownBy(followed.replica.advance())
    expect(stopped).to.be.instanceOf(ReplicaStoppedError).and.to.have.property('code', 'chain-replaced')
    expect(stopped.message).to.match(/another chain/)
    expect(followed.replica.position).to.deep.equal(before)
  })
})
