/** Who of several nodes is asked, and who is waited for: nobody stands in the way of those that tell the truth. */
import { setTimeout as pause } from 'node:timers/promises'
import type { ReadBlock } from '@hefu/ledger/replica'
import { LedgerUnavailableError } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { AgreeingNodes } from '#internal/ledger/replica/nodes/agreeing-nodes'
import type { SharedQuestion } from '#internal/ledger/replica/nodes/ballot'
import { NodeStanding } from '#internal/ledger/replica/nodes/node-standing'
import type { SingleNode } from '#internal/ledger/replica/nodes/single-node'

const PATIENCE_MS = 200
/** Who is put off stays so for as long as a test lasts. */
const TIMES = { clock: () => 0, retryAfterMs: 60_000, patienceMs: PATIENCE_MS }

type Told = ReadBlock | null

const blockOf = (digits: string): ReadBlock => ({
  number: 7,
  hash: `0x${digits.repeat(32)}`,
  parentHash: `0x${'06'.repeat(32)}`,
  time: 1,
  logsBloom: null,
})
const TRUE = blockOf('aa')
const FALSE = blockOf('bb')

/** A node that says this of every block, and how often it was asked. */
class FakeNode {
  asked = 0
  readonly standing: NodeStanding
  say: () => Promise<Told>

  constructor(say: () => Promise<Told>) {
    this.say = say
    const node = { block: () => this.#answer() } as unknown as SingleNode
    this.standing = new NodeStanding('http://127.0.0.1:8545', node, TIMES)
  }

  #answer(): Promise<Told> {
    this.asked += 1
    return this.say()
  }
}

const telling = (told: Told, afterMs = 0): FakeNode => new FakeNode(() => pause(afterMs, told))
const dead = (): FakeNode =>
  new FakeNode(() => Promise.reject(new LedgerUnavailableError('unreachable', 'reach the ledger: refused')))
const hanging = (): FakeNode => new FakeNode(() => new Promise(() => undefined))

/** One that answers again, and is put off because it did not before. */
async function backAgain(told: Told): Promise<FakeNode> {
  const node = dead()
  await node.standing.ask('newest', (one) => one.block(7)).catch(() => undefined)
  node.say = async () => told
  node.asked = 0
  return node
}

/** One that is put off because it was caught. */
function setAside(told: Told): FakeNode {
  const node = telling(told)
  node.standing.catchAt('block', 'malformed')
  return node
}

/** Two of them must tell the same. */
function agreeing(...nodes: readonly FakeNode[]): AgreeingNodes {
  const standings = nodes.map(({ standing }) => standing)
  return new AgreeingNodes(standings, Math.min(2, nodes.length), PATIENCE_MS)
}

const QUESTION: SharedQuestion<Told> = {
  question: 'block',
  purpose: 'read block 7',
  ask: (node) => node.block(7),
  keyOf: (told) => told?.hash ?? '',
  faultOf: (told) => (told === null ? null : 'other-chain'),
}

async function expectTooFew(nodes: AgreeingNodes): Promise<void> {
  const error = await nodes.ask(QUESTION).catch((thrown: unknown) => thrown)
  expect(error).to.be.instanceOf(LedgerUnavailableError)
}

async function msOf(work: Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work
  return performance.now() - begun
}

describe('Nodes that are put off', () => {
  it('are asked before their time where the others do not tell the same', async () => {
    const [first, second, liar] = [setAside(TRUE), telling(TRUE), telling(FALSE)]
    const { answer } = await agreeing(first, second, liar).ask(QUESTION)
    expect(answer).to.equal(TRUE)
    expect(first.standing.state.fault).to.equal(null)
    expect(liar.standing.state.fault).to.equal('other-chain')
  })

  it('are not asked where the others do', async () => {
    const putOff = setAside(FALSE)
    const nodes = agreeing(putOff, telling(TRUE), telling(TRUE))
    expect((await nodes.ask(QUESTION)).answer).to.equal(TRUE)
    expect((await nodes.hear(QUESTION)).size).to.equal(2)
    expect(await nodes.anyOf(QUESTION)).to.equal(TRUE)
    expect(putOff.asked).to.equal(0)
  })

  it('are heard, or prove an answer, where one of the others fails or is silent', async () => {
    for (const failing of [dead, hanging]) {
      expect((await agreeing(setAside(TRUE), telling(TRUE), failing()).hear(QUESTION)).size).to.equal(2)
      expect(await agreeing(setAside(TRUE), failing(), failing()).anyOf(QUESTION)).to.equal(TRUE)
      expect((await agreeing(setAside(TRUE), telling(TRUE), failing()).ask(QUESTION)).answer).to.equal(TRUE)
    }
  })

  it('that were silent are believed as soon as they answer, and who lied meanwhile is caught', async () => {
    const liar = telling(FALSE)
    const nodes = agreeing(await backAgain(TRUE), telling(TRUE), liar)
    await nodes.ask(QUESTION).catch(() => undefined)
    await pause(20)
    expect(liar.standing.state.fault).to.equal('other-chain')
    expect((await nodes.ask(QUESTION)).answer).to.equal(TRUE)
  })

  it('help nothing where nobody tells the same as another', async () => {
    await expectTooFew(agreeing(setAside(blockOf('cc')), telling(TRUE), telling(FALSE)))
  })
})

describe('A node that is silent', function () {
  this.timeout(4 * PATIENCE_MS)

  it('is waited for no longer than patience lasts where enough others have answered', async () => {
    const nodes = agreeing(telling(TRUE), telling(null), hanging())
    expect(await msOf(expectTooFew(nodes))).to.be.within(PATIENCE_MS / 2, 2 * PATIENCE_MS)
    expect(await msOf(expectTooFew(nodes))).to.be.below(PATIENCE_MS / 2)
  })

  it('is waited for where without it too few would answer, and where it is the only one', async () => {
    const late = (): FakeNode => telling(TRUE, 2 * PATIENCE_MS)
    const [one, two] = await Promise.all([
      agreeing(telling(TRUE), dead(), late()).ask(QUESTION),
      agreeing(late()).ask(QUESTION),
    ])
    expect([one.answer, two.answer]).to.deep.equal([TRUE, TRUE])
  })

  it('counts all the same when it answers: who lied meanwhile is caught', async () => {
    const liar = telling(FALSE)
    await expectTooFew(agreeing(telling(TRUE), liar, telling(TRUE, 1.5 * PATIENCE_MS)))
    expect(liar.standing.state.fault).to.equal(null)
    await pause(PATIENCE_MS)
    expect(liar.standing.state.fault).to.equal('other-chain')
  })
})
