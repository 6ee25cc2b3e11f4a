/** A province's service asks another's for a licence that the other keeps: at configured addresses, within bounds, and never in a circle. */
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMemoryLedgerView, demandKey, encodeQrReference, type LedgerView, suite } from '@hefu/protocol'
import { readClock } from '@hefu/service'
import { readProvinceServices, type VerifierStore } from '@hefu/verifier'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { postBounded } from '#internal/verifier/provinces/bounded-post'
import { isPrivateAddress } from '#internal/verifier/provinces/private-address'
import type { ProvinceService } from '#internal/verifier/provinces/service-table'
import { freePort } from '../../../scripts/sandbox/founded-sandbox.ts'
import type { IdentityProvider } from '../../../scripts/sandbox/identity-provider.ts'
import { AUDIENCE, bearer, startGuardedService, startProvider, tokenOf } from './guarded-service.ts'
import { alter, createSample, type Sample } from './sample.ts'
import { type Answer, send, type TestService } from './service.ts'
import { DEPOSITS, openMemoryStore, testStore } from './test-store.ts'

const LICENCE_TYPE = '11100000000013338W011'
const CASE = { receivingRegion: '440000', caseNo: '粤2026-0001', useCause: '建筑业企业资质跨省办理' }
const ITEM = { serviceItem: 'ITEM-1' }

describe('a licence that another province’s service keeps', () => {
  let provider: IdentityProvider
  let sample: Sample
  let reference: string
  let hunanStore: VerifierStore
  let hunan: TestService
  let guangdong: TestService
  /** Asks another service in the place of 湖南's, which answers so. */
  let elsewhere: TestService
  let answerOfOther: RequestListener
  const others: Server[] = []
  /** Whom each of the two asks, by region. */
  const ofGuangdong = new Map<string, ProvinceService>()
  const ofHunan = new Map<string, ProvinceService>()

  const service = (url: string): ProvinceService => ({
    url,
    tokenUrl: `${provider.url}/token`,
    audience: AUDIENCE,
    clientId: 'counter',
    secret: `secret-of-counter-${'0'.repeat(32)}`,
    privateAddress: true,
  })
  const start = (view: LedgerView, store: VerifierStore, provinceServices: typeof ofHunan, port = 0) =>
    startGuardedService(view, provider, {}, { store, deposits: DEPOSITS, provinceServices, port })
  const ask = async (
    { url }: Pick<TestService, 'url'>,
    path: string,
    body: object,
    scope = 'retrieve',
  ): Promise<Answer> =>
    send(`${url}${path}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...bearer(await tokenOf(provider, 'counter', AUDIENCE, scope)),
      },
      body: JSON.stringify(body),
    })
  const seek = (licence = reference, members: object = ITEM): Promise<Answer> =>
    ask(guangdong, '/v1/retrievals', { licence, ...CASE, ...members })
  const readings = () => hunanStore.db.selectFrom('reading').selectAll().orderBy('number', 'desc').execute()

  before(async () => {
    provider = await startProvider()
    sample = await createSample(readClock())
    reference = encodeQrReference(sample.bundle, suite)
    hunanStore = await openMemoryStore()
    const view = createMemoryLedgerView({
      ...sample.memory,
      demands: new Map([[demandKey(ITEM.serviceItem, LICENCE_TYPE), [{ since: 1, fields: ['holderName'] }]]]),
    })
    const port = await freePort()
    // In a circle: whoever asks on would be asked again.
    ofHunan.set('430000', service(`http://127.0.0.1:${port}`))
    hunan = await start(view, hunanStore, ofHunan)
    ofGuangdong.set('430000', service(hunan.url))
    guangdong = await start(view, await testStore(), ofGuangdong, port)
    const url = await serve((req, res) => answerOfOther(req, res))
    elsewhere = await start(sample.view, await testStore(), new Map([['430000', service(url)]]))
    const kept = await ask(hunan, '/v1/deposits', { presented: sample.bundle, reference }, 'deposit')
    expect(kept.status, kept.text).to.equal(200)
  })
  after(async () => {
    for (const server of others) {
      server.close()
      server.closeAllConnections()
    }
    await elsewhere.close()
    await guangdong.close()
    await hunan.close()
    await provider.stop()
    await hunanStore.close()
  })

  it('is found and verified where it is sought, and both record who had it read', async () => {
    const { status, json, text } = await seek()
    expect([status, json.report?.verdict], text).to.deep.equal([200, 'accepted'])
    const [there] = await readings()
    expect(there).to.deep.include({
      kind: 'retrieval',
      client: 'counter',
      shown: 'bundle',
      case_no: CASE.caseNo,
      use_cause: CASE.useCause,
      fields: '["holderName"]',
    })
    const verified = await ask(
      guangdong,
      '/v1/verifications',
      { presented: reference, ...CASE, ...ITEM },
      'verify retrieve',
    )
    expect(verified.json.report.verdict).to.equal('accepted')
  })

  it('is not asked for without a service item, which says what of it may be seen', async () => {
    const before = (await readings()).length
    expect((await seek(reference, {})).json.code).to.equal('licence-not-found')
    expect((await readings()).length).to.equal(before)
  })

  it('is not sought in a circle: a service that is asked by another asks nobody', async () => {
    const unknown = reference.replace(/.{43}$/, 'A'.repeat(43))
    const before = guangdong.log().split('/v1/retrievals').length
    expect((await seek(unknown)).json.code).to.equal('licence-not-found')
    const asked = await ask(hunan, '/v1/retrievals/bundle', { licence: unknown, ...CASE, ...ITEM })
    expect(asked.json.code).to.equal('licence-not-found')
    expect(guangdong.log().split('/v1/retrievals').length, 'the one question').to.equal(before + 1)
  })

  it('is verified like whatever is presented, and believed in nothing', async () => {
    await behind(answering(200, { bundle: alter(sample.bundle) }), async () => {
      expect((await seek()).json.report.verdict).to.equal('rejected')
    })
    await behind(answering(200, { bundle: null }), async () => {
      expect((await seek()).json.code).to.equal('licence-not-found')
    })
  })

  it('could not be asked for where the answer is none: 503, and not that there is nothing', async () => {
    const unasked = await serve((_, res) => res.end(JSON.stringify({ bundle: sample.bundle })))
    let reached = 0
    others.at(-1)?.on('request', () => {
      reached += 1
    })
    for (const answer of [
      ((_, res) =>
        res.writeHead(307, { Location: `${unasked}/v1/retrievals/bundle` }).end()) as RequestListener,
      answering(403, { code: 'client-unknown' }),
      answering(404, { code: 'not-found' }),
      answering(500, {}),
      answering(200, { bundle: 5 }),
      answering(200, { bundle: 'no licence' }),
      answering(200, {
        bundle: (await createSample(readClock() - 5)).credential,
        padding: 'x'.repeat(1_100_000),
      }),
      ((_, res) => res.end('{')) as RequestListener,
      ((req) => req.destroy()) as RequestListener,
    ])
      await behind(answer, async () => {
        const { status, json, headers } = await seek()
        expect([status, json.code]).to.deep.equal([503, 'province-unreachable'])
        expect(headers.get('retry-after')).to.equal('5')
      })
    expect(reached, 'a redirection is not followed').to.equal(0)
  })

  /** With another service in the place of 湖南's. */
  async function behind(answer: RequestListener, work: () => Promise<void>): Promise<void> {
    answerOfOther = answer
    const own = guangdong
    guangdong = elsewhere
    try {
      await work()
    } finally {
      guangdong = own
    }
  }

  async function serve(answer: RequestListener): Promise<string> {
    const server = createServer(answer).listen(0, '127.0.0.1')
    others.push(server)
    await once(server, 'listening')
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  const answering =
    (status: number, body: object): RequestListener =>
    (_, res) =>
      void res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))

  it('is asked for at no address inside a network, unless that is configured', async () => {
    for (const address of [
      '127.0.0.1',
      '10.1.2.3',
      '172.31.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '0.0.0.0',
      '::1',
      '::',
      'fd00::1',
      'fe80::1',
      '::ffff:10.0.0.1',
      '::ffff:a00:1',
      '::10.0.0.1',
      '2002:a00:1::1',
      '2002:808:808::1',
      '64:ff9b::a00:1',
      '64:ff9b:1::a00:1',
      '2001::1',
      '2001:db8::1',
      'fec0::1',
      'ff02::1',
      '192.88.99.1',
      '203.0.113.1',
    ])
      expect(isPrivateAddress(address), address).to.equal(true)
    for (const address of [
      '8.8.8.8',
      '172.32.0.1',
      '2400:3200::1',
      '2001:4860:4860::8888',
      '::ffff:8.8.8.8',
      'localhost',
    ])
      expect(isPrivateAddress(address), address).to.equal(false)
    const question = {
      url: hunan.url.replace('127.0.0.1', 'localhost'),
      headers: {},
      body: '',
      mayBePrivate: false,
    }
    const refused = await postBounded(question).catch((error: Error) => error.message)
    expect(refused).to.equal('ask a service: its address is inside a network')
  })

  it('is asked for where a file says, which is read whole or not at all', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hefu-provinces-'))
    try {
      const secretFile = join(folder, 'secret')
      await writeFile(secretFile, 'a secret\n')
      const good = {
        url: 'https://hefu.example/',
        tokenUrl: 'https://id.example/token',
        audience: AUDIENCE,
        clientId: 'guangdong',
        secretFile,
        privateAddress: false,
      }
      const read = async (table: unknown) => {
        await writeFile(
          join(folder, 'services.json'),
          typeof table === 'string' ? table : JSON.stringify(table),
        )
        return readProvinceServices(join(folder, 'services.json'))
      }
      const { secretFile: _, ...kept } = good
      expect((await read({ 430000: good })).get('430000')).to.deep.equal({
        ...kept,
        url: 'https://hefu.example',
        secret: 'a secret',
      })
      for (const table of [
        '',
        { 990000: good },
        ...Object.keys(good).map((left) => ({ 430000: { ...good, [left]: undefined } })),
        ...[
          { url: 'http://hefu.example' },
          { url: 'https://user:word@hefu.example' },
          { url: 'https://10.0.0.1' },
          { tokenUrl: 'https://[::1]/token' },
          { url: 'http://localhost:1' },
          { secretFile: join(folder, 'absent') },
          { other: 1 },
        ].map((change) => ({ 430000: { ...good, ...change } })),
      ]) {
        const code = await read(table).then(
          () => 'read',
          (error: { code: string }) => error.code,
        )
        expect(code, JSON.stringify(table)).to.equal('bad-services')
      }
      const misspelt = { 430000: { ...good, privateAdress: true } }
      expect(await read(misspelt).catch(({ message }: Error) => message)).to.include('/430000/privateAdress')
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
