/** How one of several nodes stands: what puts it off, and what alone ends that. */
import { setTimeout as pause } from 'node:timers/promises'
import { LedgerUnavailableError } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { NodeStanding } from '#internal/ledger/replica/nodes/node-standing'
import type { Question } from '#internal/ledger/replica/nodes/question-times'
import type { SingleNode } from '#internal/ledger/replica/nodes/single-node'

const RETRY_MS = 100
const TIMES = { clock: () => 0, retryAfterMs: RETRY_MS, patienceMs: 1_000 }
/** What is asked of it is given with each question. */
const NODE = {} as SingleNode

function standing(): NodeStanding {
  return new NodeStanding('http://127.0.0.1:8545', NODE, TIMES)
}

async function failAt(node: NodeStanding, question: Question): Promise<void> {
  const silence = new LedgerUnavailableError('unreachable', 'reach the ledger: it took too long')
  await node.ask(question, () => Promise.reject(silence)).catch(() => undefined)
}

async function answerRightly(node: NodeStanding, question: Question): Promise<void> {
  await node.ask(question, async () => 'the same as others')
  node.agreed(question)
}

const isDue = (node: NodeStanding): boolean => node.dueAt <= performance.now()
const msUntilDue = (node: NodeStanding): number => node.dueAt - performance.now()

describe('A node that did not answer', () => {
  it('stays put off until its time, whatever else it answers rightly', async () => {
    const node = standing()
    await failAt(node, 'block')
    await answerRightly(node, 'newest')
    expect(isDue(node)).to.equal(false)
    await pause(RETRY_MS + 5)
    expect(isDue(node)).to.equal(true)
  })

  it('is put off for longer each time that it does not answer the same again', async () => {
    const node = standing()
    for (const longest of [RETRY_MS, 2 * RETRY_MS, 4 * RETRY_MS]) {
      await failAt(node, 'block')
      expect(msUntilDue(node)).to.be.within(longest / 2, longest)
      await answerRightly(node, 'newest')
      await pause(longest + 5)
    }
  })

  it('is due at once, and as if it had never failed, when it has answered the same rightly', async () => {
    const node = standing()
    await failAt(node, 'block')
    await pause(RETRY_MS + 5)
    await failAt(node, 'block')
    await answerRightly(node, 'block')
    expect(isDue(node)).to.equal(true)
    await failAt(node, 'block')
    expect(msUntilDue(node)).to.be.within(0, RETRY_MS)
  })

  it('stays put off while it is caught at another question, and the other way round', async () => {
    for (const [first, second] of [
      ['block', 'newest'],
      ['newest', 'block'],
    ] as const) {
      const node = standing()
      await failAt(node, 'block')
      node.catchAt('newest', 'other-chain')
      await answerRightly(node, first)
      expect(isDue(node)).to.equal(false)
      await answerRightly(node, second)
      expect(isDue(node)).to.equal(true)
      expect(node.state.fault).to.equal(null)
    }
  })
})

describe('A node that was caught at what is not asked again', () => {
  const OTHERS = 8

  async function caught(): Promise<NodeStanding> {
    const node = standing()
    node.stands(5, 5, true)
    node.catchAt('receipts', 'malformed')
    return node
  }

  it('is as before once it has answered other questions often enough, after its time and not before', async () => {
    const node = await caught()
    for (let times = 0; times < OTHERS; times++) await answerRightly(node, 'newest')
    expect(node.state).to.include({ state: 'set-aside', fault: 'malformed' })
    await pause(RETRY_MS + 5)
    for (let times = 0; times < OTHERS - 1; times++) await answerRightly(node, 'newest')
    expect(node.state.fault).to.equal('malformed')
    await answerRightly(node, 'block')
    expect(node.state).to.include({ state: 'agrees', fault: null })
  })

  it('is put off for longer when it is caught at the same again', async () => {
    const node = await caught()
    await pause(RETRY_MS + 5)
    for (let times = 0; times < 2 * OTHERS; times++) await answerRightly(node, 'newest')
    node.catchAt('receipts', 'malformed')
    expect(msUntilDue(node)).to.be.within(RETRY_MS, 2 * RETRY_MS)
  })
})

describe('A node that has no such block', () => {
  it('is neither caught nor silent nor put off: it may have been replaced', async () => {
    const node = standing()
    node.stands(5, 5, true)
    const unknown = new LedgerUnavailableError('block-unavailable', 'ask the node: it knows no such block')
    await node.ask('newest', async () => 'answered')
    await node.ask('receipts', () => Promise.reject(unknown)).catch(() => undefined)
    expect(node.state).to.include({ state: 'agrees', fault: null })
    expect(isDue(node)).to.equal(true)
  })
})

describe('A node that is frozen', () => {
  const HEAD = 5

  /** It tells of its block, which others have too, while they have one more each time. */
  function frozen(clock = (): number => 0): NodeStanding {
    const node = new NodeStanding('http://127.0.0.1:8545', NODE, { ...TIMES, clock })
    for (let agreed = HEAD; agreed < HEAD + 4; agreed++) {
      node.stands(HEAD, agreed, true)
      node.agreed('newest')
    }
    return node
  }

  it('stays so, since when it was called so, and is put off for longer each time', async () => {
    let now = 100
    const node = frozen(() => now)
    now = 200
    for (const [round, longest] of [RETRY_MS, 2 * RETRY_MS, 4 * RETRY_MS].entries()) {
      expect(node.state).to.include({ state: 'set-aside', fault: 'frozen', since: 100 })
      expect(msUntilDue(node)).to.be.within(longest / 2, longest)
      await pause(longest + 5)
      // What it tells of its block is true; that it is no newer one stays wrong.
      await answerRightly(node, 'newest')
      node.stands(HEAD, HEAD + 4 + round, true)
      node.agreed('newest')
    }
  })

  it('is no more once it tells of a newer block, and the same as others', () => {
    const node = frozen()
    node.stands(HEAD + 3, HEAD + 4, true)
    expect(node.state.fault).to.equal('frozen')
    node.agreed('newest')
    expect(node.state).to.include({ state: 'behind', fault: null })
    expect(isDue(node)).to.equal(true)
  })

  it('is no more once others have none newer than it', () => {
    const node = frozen()
    node.stands(HEAD, HEAD, true)
    node.agreed('newest')
    expect(node.state).to.include({ state: 'agrees', fault: null })
  })
})

describe('A node that tells of more than others', () => {
  it('is ahead, and does not agree, until enough others tell of as much', () => {
    const node = new NodeStanding('http://127.0.0.1:8545', NODE, { ...TIMES, clock: () => 0 })
    node.stands(8, 5, true)
    expect(node.state).to.include({ state: 'ahead', newest: 8, fault: null })
    node.stands(8, 8, true)
    node.agreed('newest')
    expect(node.state).to.include({ state: 'agrees', fault: null })
  })
})
