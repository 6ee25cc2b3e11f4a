/** Batches: many licences given at once are verified as each would be alone, once, in flat memory, and told in their order. */
import { verifyAttestation } from '@hefu/protocol'
import type { VerifierStore } from '@hefu/verifier'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { askBatch, giveBatch, linesOf, readResults, waitForBatch } from './batch-client.ts'
import { alter, createSample, FACE, NOW, type Sample } from './sample.ts'
import { post, send, startTestService, type TestService } from './service.ts'
import { DEPOSITS, openMemoryStore } from './test-store.ts'

describe('a batch', () => {
  let sample: Sample
  let store: VerifierStore
  let service: TestService

  before(async () => {
    sample = await createSample()
    store = await openMemoryStore()
    service = await startTestService(sample.view, { store, deposits: DEPOSITS, batchThreads: 2 })
  })
  after(async () => {
    await service.close()
    await store.close()
  })

  it('is answered 202 with its number, and ends with what each of its items would be answered alone', async () => {
    const good = { presented: sample.bundle, receivingRegion: '440000' }
    const requests = [
      good,
      { ...good, presented: alter(sample.bundle) },
      { ...good, presented: sample.credential },
      { ...good, presented: 'no licence' },
      { ...good, submitted: FACE, caseNo: 'c-1', serviceItem: 'ITEM-1', useCause: '跨省办理' },
      { ...good, receivingRegion: '110000', asOf: NOW - 500 },
    ]
    const answer = await giveBatch(service.url, linesOf(requests.map((one, i) => ({ id: `t-${i}`, ...one }))))
    expect(answer.status, answer.text).to.equal(202)
    const { number, items, expiresAt } = answer.json
    expect([items, expiresAt]).to.deep.equal([requests.length, NOW + 86_400])
    expect(answer.headers.get('location')).to.equal(`/v1/batches/${number}`)
    const state = await waitForBatch(service.url, number)
    expect(state).to.include({ done: requests.length, refused: 0 })
    const lines = await readResults(service.url, number)
    expect(lines.map(({ item, id }) => [item, id])).to.deep.equal(requests.map((_, i) => [i + 1, `t-${i}`]))
    for (const [i, request] of requests.entries()) {
      const { json } = await post(service.url, request)
      const { number: numbered, report, attestation, code } = lines[i]
      expect({ ...report, number: json.number }).to.deep.equal(json.report)
      expect(await verifyAttestation(attestation, service.verifierKey)).to.deep.equal(report)
      const kept = await send(`${service.url}/v1/reports/${numbered}`)
      expect(kept.json).to.deep.equal({ report, attestation })
      const checked = await send(`${service.url}/v1/report-checks`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ number: numbered, code }),
      })
      expect(checked.status).to.equal(200)
      const rows = await store.db
        .selectFrom('reading')
        .selectAll()
        .where('report', 'in', [numbered, json.number])
        .execute()
      expect(rows).to.have.length(2)
      const [one, other] = rows.map(({ number: _, report: __, ...row }) => row)
      expect(one).to.deep.equal(other)
    }
  })

  it('cancelled', async () => {
    const good = { presented: sample.bundle, receivingRegion: '440000' }
    const { json } = await giveBatch(service.url, linesOf([good]))
    expect((await askBatch(service.url, json.number, {}, 'DELETE')).json.state).to.equal('cancelled')
  })
})
