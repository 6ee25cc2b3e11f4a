/** What a registered client may ask, and what it is shown: yes or no, and nothing of the licence. */
import { createMemoryLedgerView, type LedgerView } from '@hefu/protocol'
import { readClock } from '@hefu/service'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import type { IdentityProvider } from '../../../scripts/sandbox/identity-provider.ts'
import { AUDIENCE, bearer, COUNTER, startGuardedService, startProvider, tokenOf } from './guarded-service.ts'
import { alter, createSample, FACE, ISSUER, ISSUER_NAME, LEDGER, revoke, type Sample } from './sample.ts'
import { type Answer, post, send, type TestService } from './service.ts'

describe('a registered client of the verifier service', () => {
  let provider: IdentityProvider
  let sample: Sample
  let service: TestService

  before(async () => {
    provider = await startProvider()
    sample = await createSample(readClock())
    service = await startGuardedService(sample.view, provider)
  })
  after(async () => {
    await service.close()
    await provider.stop()
  })

  const ask = async (client: string, members: object = {}, url = service.url): Promise<Answer> =>
    post(
      url,
      { presented: sample.bundle, receivingRegion: '440000', ...members },
      bearer(await tokenOf(provider, client)),
    )

  it('may ask for its region, and for what lies in it', async () => {
    for (const receivingRegion of ['440000', '440100', '440103'])
      expect((await ask('guangdong', { receivingRegion })).status, receivingRegion).to.equal(200)
  })

  it('may not ask for another region: 403, before anything is asked of the ledger', async () => {
    for (const receivingRegion of ['430000', '430100', '110000']) {
      const { status, json } = await ask('guangdong', { receivingRegion, presented: 'no licence' })
      expect([status, json.code]).to.deep.equal([403, 'region-not-permitted'])
    }
  })

  it('may not have a licence of another type verified: 403 without a word of it', async () => {
    const answer = await ask('drivers')
    expect([answer.status, answer.json.code]).to.deep.equal([403, 'type-not-permitted'])
    expect(answer.text).to.not.include(ISSUER)
    expect((await ask('drivers', { presented: 'no licence' })).json.report.verdict).to.equal('undetermined')
  })

  it('is told no report again that it may not hear of now, nor its sheet: type, region and verdicts alone', async () => {
    const { json } = await ask('counter')
    const read = async (url: string, end = ''): Promise<Answer> =>
      send(`${url}/v1/reports/${json.number}${end}`, {
        headers: bearer(await tokenOf(provider, 'counter', AUDIENCE, 'reports')),
      })
    expect((await read(service.url)).status).to.equal(200)
    for (const [narrowed, code] of [
      [{ licenceTypes: new Set(['11100000000013127D023']) }, 'type-not-permitted'],
      [{ receivingRegions: new Set(['430000']) }, 'region-not-permitted'],
      [{ shown: 'verdict' }, 'verdict-only'],
      [{}, undefined],
    ] as const) {
      const clients = new Map([['counter', { ...COUNTER, ...narrowed }]])
      const other = await startGuardedService(sample.view, provider, { clients })
      try {
        for (const end of ['', '/sheet']) {
          const answer = await read(other.url, end)
          expect([answer.status, answer.json.code]).to.deep.equal([code === undefined ? 200 : 403, code])
          if (code !== undefined) expect(answer.text).to.not.include(ISSUER)
        }
      } finally {
        await other.close()
      }
    }
  })

  it('is turned away with 429 beyond its requests of a minute', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 4; i += 1) statuses.push((await ask('hasty')).status)
    expect(statuses).to.deep.equal([200, 200, 200, 429])
  })

  it('of yes and no sees a verdict, a result code and a next step: never a field, a name or a number', async () => {
    /** The same ledger, where the agency has a contact and another one answers for it today. */
    const { memory } = sample
    const agency = memory.agencies.get(ISSUER)
    if (agency === undefined) throw new Error('the sample has its agency')
    const contacted = createMemoryLedgerView({
      ...memory,
      agencies: new Map([[ISSUER, { ...agency, contact: '金丝雀 0731-5550100' }]]),
    } as typeof memory)
    const views: readonly LedgerView[] = [sample.view, revoke(memory), contacted]
    const bodies = [
      {},
      { presented: alter(sample.bundle) },
      { presented: sample.credential },
      { presented: '金丝雀甲' },
      { submitted: { holderName: '金丝雀甲', holderId: FACE.holderId } },
      { submitted: FACE, caseNo: '金丝雀-2', serviceItem: 'CANARY-3' },
      { receivingRegion: '110000' },
    ]
    const [jti = ''] =
      /[0-9A-Z.]{40,}/.exec(Buffer.from(sample.credential.split('.')[1] ?? '', 'base64url').toString()) ?? []
    const canaries = [
      '金丝雀',
      ISSUER,
      ISSUER_NAME,
      '湖南',
      '430000',
      LEDGER.address,
      ...Object.values(FACE),
      jti,
      'eyJ',
    ]
    expect(jti).to.not.equal('')
    const verdicts = new Set<string>()
    for (const view of views) {
      const other = await startGuardedService(view, provider)
      try {
        for (const members of bodies) {
          const { status, text, json } = await ask('portal', members, other.url)
          expect(status, text).to.equal(200)
          expect(Object.keys(json)).to.deep.equal(['number', 'verdict', 'resultCode', 'nextStep'])
          expect(Object.keys(json.nextStep)).to.deep.equal(['zh', 'en'])
          for (const canary of canaries) expect(text).to.not.include(canary)
          expect(`${json.nextStep.zh}${json.nextStep.en}`, 'no number').to.not.match(/[0-9]/)
          verdicts.add(json.verdict)
          const whole = await ask('counter', members, other.url)
          expect([whole.json.report.verdict, whole.json.report.resultCode]).to.deep.equal([
            json.verdict,
            json.resultCode,
          ])
        }
        expect(other.log()).to.not.include('金丝雀')
      } finally {
        await other.close()
      }
    }
    expect([...verdicts].toSorted()).to.include.members(['accepted', 'rejected', 'undetermined'])
  })
})
