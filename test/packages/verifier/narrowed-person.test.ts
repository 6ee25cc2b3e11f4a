/** A token that says for which region its person works (`hefu_region`) narrows what its client may ask, in batches too. */
import { createMemoryQuota, readClock } from '@hefu/service'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { askBatch, giveBatch, linesOf, readResults, waitForBatch } from './batch-client.ts'
import { AUDIENCE, bearer, COUNTER } from './guarded-service.ts'
import { type PersonIssuer, startPersonIssuer } from './person-issuer.ts'
import { createSample, type Sample } from './sample.ts'
import { post, send, startTestService, type TestService } from './service.ts'
import { DEPOSITS, openMemoryStore } from './test-store.ts'

describe('a person of a region', () => {
  let issuer: PersonIssuer
  let sample: Sample
  let store: Awaited<ReturnType<typeof openMemoryStore>>
  let service: TestService
  let asked: { presented: string; receivingRegion: string }

  before(async () => {
    issuer = await startPersonIssuer()
    sample = await createSample(readClock())
    store = await openMemoryStore()
    asked = { presented: sample.bundle, receivingRegion: '440000' }
    service = await startTestService(sample.view, {
      store,
      clock: readClock,
      maxLedgerAgeSeconds: 86_400,
      deposits: DEPOSITS,
      access: {
        issuer: issuer.url,
        audience: AUDIENCE,
        clients: new Map([[COUNTER.id, COUNTER]]),
        quota: createMemoryQuota(),
        proxies: { addresses: [], header: 'x-forwarded-for' },
      },
    })
  })
  after(async () => {
    await service.close()
    await store.close()
    issuer.stop()
  })

  const of = async (region?: unknown, sub = 'clerk') =>
    bearer(await issuer.tokenOf({ sub, ...(region === undefined ? {} : { hefu_region: region }) }))

  it('asks for that region and what lies in it, and hears no report of another', async () => {
    const { json: told } = await post(service.url, asked, await of())
    for (const [region, status] of [
      [undefined, 200],
      ['440000', 200],
      ['430000', 403],
      ['440300', 403],
      ['elsewhere', 403],
      [null, 403],
      [['440000'], 403],
    ] as const) {
      const headers = await of(region)
      const answers = [
        await post(service.url, asked, headers),
        await send(`${service.url}/v1/reports/${told.number}`, { headers }),
      ]
      for (const { status: found, json } of answers) {
        expect([region, found]).to.deep.equal([region, status])
        if (status === 403) expect(json.code).to.equal('region-not-permitted')
      }
    }
  })

  it('is narrowed so while a batch of theirs is done, and finds none that others gave', async () => {
    const items = ['440000', '430000', '430100'].map((receivingRegion) => ({ ...asked, receivingRegion }))
    const mine = await of('430000')
    const { json } = await giveBatch(service.url, linesOf(items), mine)
    await waitForBatch(service.url, json.number, undefined, mine)
    const lines = await readResults(service.url, json.number, mine)
    expect(lines.map(({ problem }) => problem?.code)).to.deep.equal([
      'region-not-permitted',
      undefined,
      undefined,
    ])
    const results = (headers: Record<string, string>) =>
      send(`${service.url}/v1/batches/${json.number}/results`, { headers })
    for (const other of [await of('440000'), await of('430100')]) {
      expect((await askBatch(service.url, json.number, other)).json.code).to.equal('batch-not-found')
      expect((await askBatch(service.url, json.number, other, 'DELETE')).json.code).to.equal(
        'batch-not-found',
      )
      expect((await results(other)).json.code).to.equal('batch-not-found')
    }
    // Of the same region, and who is narrowed to none.
    for (const colleague of [await of('430000', 'colleague'), await of()])
      expect((await askBatch(service.url, json.number, colleague)).json.state).to.equal('done')
  })
})
