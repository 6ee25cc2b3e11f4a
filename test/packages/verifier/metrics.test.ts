/** The numbers for operators: they count what happened, are read at an address of their own, and hold nobody's data. */
import type { NodeState } from '@hefu/ledger/replica'
import { createRegistry } from '@hefu/service'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { createSample, FACE, type Sample } from './sample.ts'
import { post, send, startTestService, type TestService } from './service.ts'
import { startVerifierProcess, writeVerifierFiles } from './verifier-process.ts'

const NODES: readonly NodeState[] = (['agrees', 'agrees', 'set-aside'] as const).map((state, place) => ({
  node: `10.0.0.${place}:8545`,
  state,
  newest: 5,
  since: 0,
  fault: null,
}))

describe('the metrics of the verifier', () => {
  const registry = createRegistry()
  let sample: Sample
  let service: TestService

  before(async () => {
    sample = await createSample()
    service = await startTestService(sample.view, {
      registry,
      replicaStates: () => ['following', 'stopped'],
      agreement: () => ({ needed: 2, agreeing: 2, logsHeldBy: 'header', nodes: NODES }),
    })
  })
  after(() => service.close())

  /** The samples whose name begins so, as their lines say them. */
  const linesOf = async (name: string): Promise<readonly string[]> =>
    (await registry.metrics()).split('\n').filter((line) => line.startsWith(name))

  it('count requests by route and status, problems by code, and verdicts once they are kept', async () => {
    const asked = { presented: sample.bundle, receivingRegion: '440000' }
    await post(service.url, asked)
    await post(service.url, { ...asked, receivingRegion: 'x' })
    expect(await linesOf('hefu_http_requests_total')).to.have.members([
      'hefu_http_requests_total{method="POST",route="/v1/verifications",status="200"} 1',
      'hefu_http_requests_total{method="POST",route="/v1/verifications",status="422"} 1',
    ])
    expect(await linesOf('hefu_http_problems_total')).to.deep.equal([
      'hefu_http_problems_total{code="not-a-request"} 1',
    ])
    expect(await linesOf('hefu_verdicts_total')).to.deep.equal([
      'hefu_verdicts_total{kind="verification",verdict="accepted"} 1',
    ])
    expect(await linesOf('hefu_store_commit_seconds_count')).to.deep.equal([
      'hefu_store_commit_seconds_count 1',
    ])
    expect(await linesOf('hefu_http_requests_under_way')).to.deep.equal(['hefu_http_requests_under_way 0'])
  })

  it('tell how many nodes are in each state, and none by name', async () => {
    expect(await linesOf('hefu_nodes')).to.deep.equal([
      'hefu_nodes{state="agrees"} 2',
      'hefu_nodes{state="ahead"} 0',
      'hefu_nodes{state="behind"} 0',
      'hefu_nodes{state="silent"} 0',
      'hefu_nodes{state="set-aside"} 1',
    ])
    expect(await registry.metrics()).to.not.include('10.0.0')
  })

  it('tell the state, age and lag of the ledger, how replicas go, and how late the event loop is', async () => {
    expect(await linesOf('hefu_ledger_state{state="ready"}')).to.deep.equal([
      'hefu_ledger_state{state="ready"} 1',
    ])
    expect(await linesOf('hefu_ledger_state{state="ledger-stale"}')).to.deep.equal([
      'hefu_ledger_state{state="ledger-stale"} 0',
    ])
    expect(await linesOf('hefu_ledger_age_seconds')).to.deep.equal(['hefu_ledger_age_seconds 60'])
    expect(await linesOf('hefu_ledger_lag_blocks')).to.deep.equal(['hefu_ledger_lag_blocks 0'])
    expect(await linesOf('hefu_replicas')).to.deep.equal([
      'hefu_replicas{state="following"} 1',
      'hefu_replicas{state="waiting"} 0',
      'hefu_replicas{state="unsaved"} 0',
      'hefu_replicas{state="stopped"} 1',
    ])
    expect(await linesOf('nodejs_eventloop_lag_p99_seconds')).to.have.length(1)
  })

  it('hold nothing that was sent, and grow no more, whatever is sent', async () => {
    const secret = FACE.holderId
    const ask = async (i: number): Promise<void> => {
      const headers = { 'X-Secret': secret, 'Idempotency-Key': `"${secret}${i}"` }
      await post(
        service.url,
        { presented: `${secret}${i}`, receivingRegion: '440000', caseNo: secret },
        headers,
      )
      await send(`${service.url}/v1/reports/${secret}${i}`)
      await send(`${service.url}/${secret}${i}?${secret}=${i}`, { method: 'PROPFIND' })
    }
    const first = Array.from({ length: 4 }, (_, i) => i)
    await Promise.all(first.map(ask))
    const before = (await linesOf('hefu_')).length
    await Promise.all(first.map((i) => ask(i + 100)))
    expect(await linesOf('hefu_')).to.have.length(before)
    expect(await registry.metrics()).to.not.include(secret)
  })

  it('are read at an address of their own, where nothing else is, and not at the service’s', async function () {
    this.timeout(120_000)
    const files = await writeVerifierFiles()
    const verifier = await startVerifierProcess({ ...files.environment, HEFU_METRICS_PORT: '0' })
    try {
      const [, address = ''] =
        /"url":"(http:[^"]+)","msg":"metrics are read here"/.exec(verifier.said()) ?? []
      const read = await fetch(`${address}/metrics`)
      expect([read.status, read.headers.get('content-type')]).to.deep.equal([
        200,
        'text/plain; version=0.0.4; charset=utf-8',
      ])
      expect(await read.text()).to.include('hefu_ledger_state{state="ledger-unreachable"} 1')
      for (const path of ['/', '/metrics/', '/v1/findings'])
        expect((await fetch(address + path)).status, path).to.equal(404)
      expect((await fetch(`${address}/metrics`, { method: 'POST' })).status).to.equal(404)
      expect((await send(`${verifier.url}/metrics`)).status).to.equal(404)
    } finally {
      expect(await verifier.stop()).to.equal(0)
      await files.remove()
    }
  })
})
