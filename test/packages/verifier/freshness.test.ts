/** How fresh an answer is: by its block, by what the nodes have, and by who they are; in readiness, and in reports without their names. */
import type { NodeState, NodesAgreement } from '@hefu/ledger/replica'
import { type LedgerBlock, LedgerUnavailableError, type LedgerView } from '@hefu/protocol'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { reportNodes, withNodes } from '#internal/verifier/ledger/nodes-word'
import { createSample, NOW, type Sample } from './sample.ts'
import { post, send, startTestService, type TestService } from './service.ts'

function node(name: string, newest: number | null, state: NodeState['state'] = 'agrees'): NodeState {
  return { node: name, state, newest, since: NOW - 60, fault: null }
}

const NODES = [
  node('10.0.0.1:8545', 9),
  node('10.0.0.2:8545', 8, 'behind'),
  node('10.0.0.3:8545', 9_999, 'set-aside'),
]
const agreed: NodesAgreement = { needed: 2, agreeing: 2, logsHeldBy: 'header', nodes: NODES }

describe('the freshness of a service', () => {
  let sample: Sample

  let service: TestService
  /** What the one service stands on, while a test has it so. */
  let asked: LedgerView
  let nodes: NodesAgreement

  before(async () => {
    sample = await createSample()
    const view: LedgerView = { ...sample.view, lookup: (query) => asked.lookup(query) }
    service = await startTestService(view, { agreement: () => nodes })
  })
  after(() => service?.close())

  /** What readiness and a verification say. */
  async function askService({ url }: TestService) {
    const ready = await send(`${url}/health/ready`)
    const answer = await post(url, { presented: sample.bundle, receivingRegion: '440000' })
    return { status: ready.status, ready: ready.json, report: answer.json.report }
  }

  async function ask(view: LedgerView, agreement: NodesAgreement) {
    asked = view
    nodes = agreement
    return await askService(service)
  }

  const viewAt = (block: Partial<LedgerBlock>): LedgerView => ({
    ...sample.view,
    lookup: async (query) => {
      const facts = await sample.view.lookup(query)
      return { ...facts, block: { ...facts.block, ...block } }
    },
  })

  it('says how old the block is, how far behind the nodes’ newest, and how each node is', async () => {
    const { status, ready } = await ask(sample.view, agreed)
    expect(status).to.equal(200)
    expect(ready.freshness).to.deep.equal({ age: 60, maxAge: 300, lag: 3 })
    expect(ready.nodes).to.deep.equal({ needed: 2, agreeing: 2, newest: 8, logsHeldBy: 'header' })
    expect(ready.nodeStates).to.deep.equal(NODES)
  })

  it('counts in readiness no node that is silent or set aside by now, and in a report who told of its block', async () => {
    const away = { ...agreed, nodes: [node('a:1', 9), node('b:1', 9, 'silent'), node('c:1', 9, 'set-aside')] }
    const { ready, report } = await ask(sample.view, away)
    expect(ready.nodes).to.include({ needed: 2, agreeing: 1 })
    expect(report.ledger.nodes).to.include({ needed: 2, agreeing: 2 })
  })

  it('is of the block that is answered, and of no newer one', async () => {
    const asked: unknown[] = []
    const view = withNodes(sample.view, (blockHash) => {
      asked.push(blockHash)
      return agreed
    })
    const { block } = await view.lookup({
      issuer: '11430000000000201H',
      keyId: `0x${'00'.repeat(32)}`,
      statusIndex: 0,
      licenceType: '11100000000013338W011',
      receivingRegion: '440000',
    })
    expect(asked).to.deep.equal([block.hash])
  })

  it('stands in every report, without the name of any node', async () => {
    const { report } = await ask(sample.view, agreed)
    expect(report.verdict).to.equal('accepted')
    expect(report.ledger).to.deep.include({
      blockNumber: 5,
      maxAge: 300,
      nodes: { needed: 2, agreeing: 2, newest: 8, logsHeldBy: 'header' },
    })
    expect(JSON.stringify(report)).to.not.include('10.0.0')
    expect(service.log()).to.not.include('10.0.0')
  })

  it('says nothing of nodes where nobody knows of them', async () => {
    const unsaid = await startTestService(sample.view)
    const { status, ready, report } = await askService(unsaid).finally(unsaid.close)
    expect([status, ready.nodes, ready.nodeStates]).to.deep.equal([200, undefined, undefined])
    expect(ready.freshness).to.deep.equal({ age: 60, maxAge: 300, lag: null })
    expect(report.ledger).to.not.have.property('nodes')
  })

  it('of a replica that reads the past is not there yet, and says how far it is: 503 ledger-behind', async () => {
    const past = viewAt({ number: 5, time: NOW - 86_000 })
    const ahead = { ...agreed, nodes: [node('a:1', 4_000_005), node('b:1', 4_000_005)] }
    const { status, ready, report } = await ask(past, ahead)
    expect([status, ready.code]).to.deep.equal([503, 'ledger-behind'])
    expect(ready.block.number).to.equal(5)
    expect(ready.freshness).to.include({ lag: 4_000_000 })
    expect(report.verdict).to.equal('undetermined')
  })

  it('of a replica that has read nothing is not there yet, and says what it has before it', async () => {
    const lookup = async (): Promise<never> => {
      throw new LedgerUnavailableError('unreachable', 'it has not read the ledger yet')
    }
    const { status, ready, report } = await ask({ ...sample.view, lookup }, agreed)
    expect([status, ready.code, ready.nodes.newest]).to.deep.equal([503, 'ledger-behind', 8])
    expect(report.verdict).to.equal('undetermined')
  })

  it('of a replica that has stopped is none, however far the nodes are: 503 ledger-unreachable', async () => {
    const lookup = async (): Promise<never> => {
      throw new LedgerUnavailableError('inconsistent', 'it has stopped')
    }
    const { status, ready } = await ask({ ...sample.view, lookup }, agreed)
    expect([status, ready.code]).to.deep.equal([503, 'ledger-unreachable'])
  })

  it('of a chain that stands still is too old, and nothing is behind: 503 ledger-stale', async () => {
    const still = { ...agreed, nodes: [node('a:1', 5), node('b:1', 5)] }
    const { status, ready, report } = await ask(viewAt({ time: NOW - 301 }), still)
    expect([status, ready.code, ready.freshness.lag]).to.deep.equal([503, 'ledger-stale', 0])
    expect(report.findings[1].facts).to.deep.equal({ blockTime: NOW - 301, maxAge: 300 })
  })
})

describe('what nodes say together', () => {
  const newestOf = (needed: number, ...nodes: readonly NodeState[]) =>
    reportNodes({ ...agreed, needed, nodes }).newest

  it('is the newest block of as many as are needed: one alone moves nothing', () => {
    expect(newestOf(2, node('a', 10), node('b', 9), node('c', 9_999))).to.equal(10)
    expect(newestOf(2, node('a', 10), node('b', 9_999, 'set-aside'))).to.equal(null)
    expect(newestOf(2, node('a', 10), node('b', null, 'silent'))).to.equal(null)
    expect(newestOf(1, node('a', 10))).to.equal(10)
  })
})
