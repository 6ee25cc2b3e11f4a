import { expect } from 'chai'
import { sql } from 'kysely'
import { after, before, describe, it } from 'mocha'
import { createSample, type Sample } from './sample.ts'
import { post, send, startTestService, type TestService } from './service.ts'
import { testStore } from './test-store.ts'

/** As a careless integrator could put a person's data anywhere. */
const CANARIES = ['金丝雀甲', '11010519491231002X', 'canary@example.org']

describe('personal data in the verifier service', () => {
  let sample: Sample
  let service: TestService

  before(async () => {
    sample = await createSample()
    service = await startTestService(sample.view)
  })
  after(() => service.close())

  it('is in no record and no signed report by the name of a submitted field', async () => {
    const good = { presented: sample.bundle, receivingRegion: '440000' }
    for (const name of ['x110105194912310029', 'zhangsan', 'holderNamed']) {
      const { status, json, text } = await post(service.url, { ...good, submitted: { [name]: 'x' } })
      expect([status, json.code, json.errors[0].pointer]).to.deep.equal([422, 'not-a-request', '/submitted'])
      expect(text).to.not.include(name)
      const named = await post(service.url, { presented: name, receivingRegion: '440000', submitted: {} })
      expect(named.status).to.equal(200)
    }
    const known = await post(service.url, { ...good, submitted: { holderName: 'x' } })
    expect(known.json.report.request.comparedFields).to.deep.equal(['holderName'])
    const { db } = await testStore()
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from hefu_verifier.reading
      where fields ~ 'x110105|zhangsan|holderNamed'`.execute(db)
    expect(rows[0]?.n).to.equal(0)
  })

  it('is in no log line and in no problem document, wherever it was sent', async () => {
    const good = { presented: sample.bundle, receivingRegion: '440000' }
    let problems = 0
    for (const canary of CANARIES) {
      const bodies: unknown[] = [
        { ...good, caseNo: canary, serviceItem: canary, submitted: { holderName: canary } },
        { ...good, presented: canary },
        { ...good, presented: JSON.stringify({ mediaType: canary }) },
        { ...good, receivingRegion: canary },
        { ...good, caseNo: `${canary}\u0000` },
        { ...good, serviceItem: [canary] },
        { ...good, asOf: canary },
        { ...good, submitted: canary },
        { ...good, submitted: { [canary]: canary } },
        { ...good, submitted: { holderName: [canary] } },
        { ...good, [canary]: canary },
        [canary],
        canary,
        `{"presented":"${canary}`,
      ]
      const answers = await Promise.all([
        ...bodies.map((body) => post(service.url, body)),
        send(`${service.url}/${encodeURIComponent(canary)}?name=${encodeURIComponent(canary)}`),
        send(`${service.url}/v1/verifications?${encodeURIComponent(canary)}`),
        post(service.url, good, { 'X-Request-Id': encodeURIComponent(canary) }),
        post(service.url, good, { 'Content-Type': encodeURIComponent(canary) }),
        post(service.url, good, { Accept: encodeURIComponent(canary) }),
      ])
      for (const answer of answers.filter(({ status }) => status !== 200)) {
        problems++
        expect(answer.text).to.not.include(canary).and.not.include(encodeURIComponent(canary))
      }
      expect(service.log()).to.not.include(canary).and.not.include(encodeURIComponent(canary))
    }
    expect(problems).to.be.greaterThan(CANARIES.length * 10)
    expect(service.log()).to.include('"verdict":"accepted"').and.include('"route":"/v1/verifications"')
  })
})
