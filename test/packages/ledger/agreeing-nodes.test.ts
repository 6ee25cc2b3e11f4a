/** Who of several nodes is asked, and who is waited for: nobody stands in the way of those that tell the truth. */
import { setTimeout as pause } from 'node:timers/promises'
import type { ReadBlock } from '@hefu/ledger/replica'
import { LedgerUnavailableError } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { AgreeingNodes } from '#internal/ledger/replica/nodes/agreeing-nodes'
import type { SharedQuestion } from '#internal/ledger/replica/nodes/ballot'
import { NodeStanding } from '#internal/ledger/replica/nodes/node-standing'
import { OverlongAnswerError } from '#internal/ledger/replica/nodes/overlong-answer'
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
    expect((await nodes.hear(QUESTION)).answers.size).to.equal(2)
    expect(await nodes.anyOf(QUESTION)).to.equal(TRUE)
    expect(putOff.asked).to.equal(0)
  })

  it('are heard, or prove an answer, where one of the others fails or is silent', async () => {
    for (const failing of [dead, hanging]) {
      expect((await agreeing(setAside(TRUE), telling(TRUE), failing()).hear(QUESTION)).answers.size).to.equal(
        2,
      )
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
  this.timeout(12 * PATIENCE_MS)

  it('is waited for where what it says could be enough, until it is gone, and then no more', async () => {
    const nodes = agreeing(telling(TRUE), telling(null), hanging())
    expect(await msOf(expectTooFew(nodes))).to.be.within(4 * PATIENCE_MS, 8 * PATIENCE_MS)
    expect(await msOf(expectTooFew(nodes))).to.be.below(PATIENCE_MS)
  })

  it('is not waited for where what it says could not be enough', async () => {
    const three = [telling(TRUE), telling(FALSE), telling(null)].map(({ standing }) => standing)
    const nodes = new AgreeingNodes([...three, hanging().standing], 3, PATIENCE_MS)
    expect(await msOf(expectTooFew(nodes))).to.be.below(3 * PATIENCE_MS)
  })

  it('is waited for where without it too few would answer, and where it is the only one', async () => {
    const late = (): FakeNode => telling(TRUE, 2 * PATIENCE_MS)
    const [one, two] = await Promise.all([
      agreeing(telling(TRUE), dead(), late()).ask(QUESTION),
      agreeing(late()).ask(QUESTION),
    ])
    expect([one.answer, two.answer]).to.deep.equal([TRUE, TRUE])
  })

  it('and true is as good as any other: one that lies besides stops nobody, before it is caught and after', async () => {
    const liar = telling(FALSE)
    const nodes = agreeing(telling(TRUE), liar, telling(TRUE, 1.5 * PATIENCE_MS))
    for (let times = 0; times < 3; times++) {
      expect((await nodes.ask(QUESTION)).answer).to.equal(TRUE)
      expect(liar.standing.state.fault).to.equal('other-chain')
    }
  })

  it('is heard where besides only one answers that was caught, or that tells of much less than another', async () => {
    const late = (): FakeNode => telling(TRUE, 1.5 * PATIENCE_MS)
    const beside = await agreeing(telling(TRUE), setAside(FALSE), late()).hear(QUESTION)
    expect(beside.believed).to.deep.equal([TRUE, TRUE])
    const mayBecome = (heard: readonly Told[]): boolean => !heard.every((told) => told === TRUE)
    const apart = await agreeing(telling(TRUE), telling(FALSE), late()).hear(QUESTION, mayBecome)
    expect(apart.answers.size).to.equal(3)
  })

  it('is told of when it answers what others were heard about without it', async () => {
    const late = telling(TRUE, 1.5 * PATIENCE_MS)
    const heard = await agreeing(telling(TRUE), telling(TRUE), late).hear(QUESTION)
    expect(heard.answers.size).to.equal(2)
    const told = await new Promise((resolve) => heard.eachLate((...answer) => resolve(answer)))
    expect(told).to.deep.equal([late.standing, TRUE])
  })
})

describe('A node that takes a little less than patience', () => {
  const slow = (): FakeNode => telling(TRUE, 0.75 * PATIENCE_MS)

  it('is waited for once, and after that no more where enough others answer', async () => {
    const nodes = agreeing(telling(TRUE), telling(TRUE), slow())
    expect((await nodes.hear(QUESTION)).answers.size).to.equal(3)
    expect((await nodes.hear(QUESTION)).answers.size).to.equal(2)
  })

  it('is asked for proof in its turn once, and after that behind the others', async () => {
    const late = slow()
    const nodes = agreeing(telling(TRUE), telling(TRUE), late)
    for (let times = 0; times < 9; times++) await nodes.anyOf(QUESTION)
    expect(late.asked).to.equal(1)
  })

  it('is like any other where all take as long', async () => {
    const late = slow()
    const nodes = agreeing(slow(), slow(), late)
    expect((await nodes.hear(QUESTION)).answers.size).to.equal(3)
    expect((await nodes.hear(QUESTION)).answers.size).to.equal(3)
  })
})

describe('A node that answers at more length than is read', () => {
  const overlong = (): FakeNode => new FakeNode(() => Promise.reject(new OverlongAnswerError()))
  const short = { ...QUESTION, bytesOf: () => 1_000 }
  const long = { ...QUESTION, bytesOf: () => 3 * 1024 * 1024 }

  it('is caught where what is agreed on, or proven, is short, whoever of them comes first', async () => {
    const [first, last, asked] = [overlong(), overlong(), overlong()]
    await agreeing(first, telling(TRUE, 20), telling(TRUE, 20)).ask(short)
    last.say = () => pause(40).then(() => Promise.reject(new OverlongAnswerError()))
    await agreeing(telling(TRUE), telling(TRUE), last).ask(short)
    await agreeing(asked, telling(TRUE)).anyOf(short)
    await pause(60)
    for (const { standing } of [first, last, asked]) expect(standing.state.fault).to.equal('malformed')
  })

  it('is not where it is as long as that', async () => {
    const nodes = [overlong(), overlong()]
    await agreeing(nodes[0] as FakeNode, telling(TRUE, 20), telling(TRUE, 20)).ask(long)
    await agreeing(nodes[1] as FakeNode, telling(TRUE)).anyOf(long)
    for (const { standing } of nodes) expect(standing.state.fault).to.equal(null)
  })
})
