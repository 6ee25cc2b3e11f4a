/** `hefu-issuer deposit`: an agency's bundles at a real verifier service, by tokens of a real provider. */
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { depositBundles, listBundles } from '@hefu/issuer'
import { encodeQrReference, suite } from '@hefu/protocol'
import { readClock } from '@hefu/service'
import { expect } from 'chai'
import { after, afterEach, before, describe, it } from 'mocha'
import type { VerifierStore } from '#internal/verifier/store/open-store'
import type { IdentityProvider } from '../../../scripts/sandbox/identity-provider.ts'
import {
  AUDIENCE,
  bearer,
  OTHER_AUDIENCE,
  startGuardedService,
  startProvider,
  systemOf,
  tokenOf,
} from '../verifier/guarded-service.ts'
import { alter, createSample, type Sample } from '../verifier/sample.ts'
import { type Answer, send, type TestService } from '../verifier/service.ts'
import { openMemoryStore } from '../verifier/test-store.ts'
import { createSampleHome, temporaryFolder } from './fixtures/agency.ts'
import { type Outcome, runHere } from './fixtures/command.ts'

const sealingKey = { name: 'sealing-key-of-the-deposit-test', key: Buffer.alloc(32, 7) }

describe('hefu-issuer deposit', () => {
  let provider: IdentityProvider
  let sample: Sample
  let store: VerifierStore
  let service: TestService
  let home: string
  let bundles: string
  const servers: Server[] = []

  before(async () => {
    provider = await startProvider()
    sample = await createSample(readClock())
    store = await openMemoryStore()
    const bounds = { mostOfClient: 100, mostInAll: 100 }
    const deposits = { keys: [sealingKey] as const, bounds, days: 30 }
    service = await startGuardedService(sample.view, provider, {}, { store, deposits, clock: readClock })
    home = (await createSampleHome()).home
    bundles = join(home, 'bundles')
    await mkdir(bundles, { recursive: true })
    await writeFile(join(bundles, 'sample.hefu.json'), sample.bundle)
  })
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.close()
      server.closeAllConnections()
    }
  })
  after(async () => {
    await service.close()
    await provider.stop()
    await store.close()
  })

  interface Asking {
    readonly to?: string
    readonly client?: string
    readonly secret?: string
    readonly audience?: string
    readonly folder?: string
    readonly tokenUrl?: string
  }

  async function deposit(asking: Asking = {}): Promise<Outcome> {
    const { to = service.url, client = 'counter', audience = AUDIENCE, folder = bundles } = asking
    const { tokenUrl = `${provider.url}/token` } = asking
    const secretFile = join(await temporaryFolder(), 'secret')
    await writeFile(secretFile, `${asking.secret ?? systemOf(client).secret}\n`)
    const access = ['--token-url', tokenUrl, '--client', client, '--secret-file', secretFile]
    const told = await runHere(
      ['deposit', folder, '--home', home, '--service', to, ...access, '--audience', audience, '--json'],
      {},
      readClock,
    )
    expect(told.stdout + told.stderr).to.not.include(systemOf(client).secret)
    return told
  }

  async function retrieve(licence: string): Promise<Answer> {
    const about = { receivingRegion: '440000', caseNo: '粤2026-0001', useCause: '建筑业企业资质跨省办理' }
    return send(`${service.url}/v1/retrievals`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...bearer(await tokenOf(provider, 'counter', AUDIENCE, 'retrieve')),
      },
      body: JSON.stringify({ licence, ...about }),
    })
  }

  /** Before the service: answers by itself, or passes the request on. */
  async function startFront(answer: (res: ServerResponse) => boolean): Promise<string> {
    const pass = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
      if (answer(res)) return
      const { authorization = '' } = req.headers
      const headers = { 'Content-Type': 'application/json', Authorization: authorization }
      const passed = await send(`${service.url}${req.url}`, {
        method: 'POST',
        headers,
        body: await text(req),
      })
      res.writeHead(passed.status).end(passed.text)
    }
    return listen(pass)
  }

  async function listen(
    answer: (req: IncomingMessage, res: ServerResponse) => Promise<void>,
  ): Promise<string> {
    const server = createServer((req, res) => void answer(req, res)).listen(0, '127.0.0.1')
    servers.push(server)
    await once(server, 'listening')
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  it('deposits what is found by its reference then, and says the same where it is run again', async () => {
    const reference = encodeQrReference(sample.bundle, suite)
    expect((await retrieve(reference)).status).to.equal(404)
    for (let i = 0; i < 2; i++) {
      const { code, events, stderr } = await deposit({ to: `${service.url}/` })
      expect([code, stderr]).to.deep.equal([0, ''])
      expect(events).to.deep.equal([{ event: 'summary', deposited: 1, refused: 0, interrupted: false }])
    }
    const found = await retrieve(reference)
    expect([found.status, found.json.report.verdict]).to.deep.equal([200, 'accepted'])
  })

  it('3: names what is refused for what it is, and deposits the rest', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'a.hefu.json'), alter(sample.bundle))
    await writeFile(join(folder, 'b.hefu.json'), '{')
    await writeFile(join(folder, 'c.hefu.json'), sample.bundle)
    await writeFile(join(folder, 'notes.txt'), 'no bundle')
    const { code, events } = await deposit({ folder })
    expect(code).to.equal(3)
    expect(events.at(-1)).to.deep.equal({ event: 'summary', deposited: 1, refused: 2, interrupted: false })
    const refusals = new Map(events.slice(0, -1).map((one) => [one['licenceId'], one]))
    expect(refusals.get('a')).to.deep.include({ event: 'deposit-refused', code: 'deposit-refused' })
    expect(refusals.get('a')?.['findings']).to.include('disclosures/not-signed')
    expect(refusals.get('b')).to.deep.include({ event: 'deposit-refused', findings: [] })
  })

  const REFUSED: readonly (readonly [string, () => Asking, string, string])[] = [
    ['a wrong secret', () => ({ secret: 'another' }), 'token-refused', '401 invalid_client'],
    ['an audience that is none', () => ({ audience: 'urn:none' }), 'token-refused', '400 invalid_target'],
    ['a client that is unknown there', () => ({ client: 'stranger' }), 'verifier-refused', '403'],
    ['a token of another service', () => ({ audience: OTHER_AUDIENCE }), 'verifier-refused', '401'],
    ['another agency’s client', () => ({ client: 'elsewhere' }), 'verifier-refused', 'deposit-not-permitted'],
    ['a wrong address', () => ({ to: `${service.url}/other` }), 'verifier-refused', '404'],
    ['an address in the clear', () => ({ to: 'http://verifier.example' }), 'service-address', 'https'],
  ]
  for (const [name, asking, code, said] of REFUSED) {
    it(`2: ${name} is told in a sentence, and nothing is gone on with`, async () => {
      const told = await deposit(asking())
      expect(told.code, told.stderr).to.equal(2)
      expect(told.events).to.have.length(1)
      expect(told.events[0]).to.include({ event: 'error', code })
      expect(told.stderr)
        .to.match(/\p{Script=Han}/u)
        .and.include(said)
    })
  }

  it('2: a token of another scope is told in a sentence', async () => {
    const narrowing = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
      const body = (await text(req)).replace('scope=deposit', 'scope=verify')
      const { authorization = '', 'content-type': type = '' } = req.headers
      const headers = { 'Content-Type': type, Authorization: authorization }
      const { status, text: token } = await send(`${provider.url}/token`, { method: 'POST', headers, body })
      res.writeHead(status).end(token)
    }
    const { code, events, stderr } = await deposit({ tokenUrl: await listen(narrowing) })
    expect([code, events[0]?.['code']], stderr).to.deep.equal([2, 'verifier-refused'])
    expect(stderr).to.include('403')
  })

  it('2: a folder without bundles is no success', async () => {
    const { code, events } = await deposit({ folder: await temporaryFolder() })
    expect([code, events[0]?.['code']]).to.deep.equal([2, 'input-empty'])
  })

  for (const status of [429, 503]) {
    it(`waits as long as ${status} says, and goes on`, async () => {
      const askedAt: number[] = []
      const to = await startFront((res) => {
        askedAt.push(performance.now())
        if (askedAt.length > 1) return false
        res.writeHead(status, { 'Retry-After': '1' }).end('{}')
        return true
      })
      expect((await deposit({ to })).code).to.equal(0)
      expect(askedAt).to.have.length(2)
      expect((askedAt[1] ?? 0) - (askedAt[0] ?? 0)).to.be.at.least(990)
    })
  }

  it('6: who is told to come back in an hour does not wait for it', async () => {
    const to = await startFront((res) => {
      res.writeHead(503, { 'Retry-After': '3600' }).end(JSON.stringify({ code: 'deposit-uncheckable' }))
      return true
    })
    const { code, events, stderr } = await deposit({ to })
    expect([code, events[0]?.['code']]).to.deep.equal([6, 'verifier-unavailable'])
    expect(stderr).to.include('503 deposit-uncheckable').and.include('run the same command later')
  })

  it('6: a service that is not there, and one that sends elsewhere', async () => {
    const elsewhere = await startFront((res) => {
      res.writeHead(307, { Location: `${service.url}/v1/deposits` }).end()
      return true
    })
    for (const to of ['http://127.0.0.1:9', elsewhere]) {
      const { code, events } = await deposit({ to })
      expect([code, events[0]?.['code']], to).to.deep.equal([6, 'verifier-unavailable'])
    }
  })

  it('never asks more than eight at once, and begins nothing once it is interrupted', async () => {
    const folder = await temporaryFolder()
    for (let i = 0; i < 30; i++) await writeFile(join(folder, `${i}.hefu.json`), sample.bundle)
    const files = await listBundles(folder)
    const interruption = new AbortController()
    let [underWay, most, begun, done] = [0, 0, 0, 0]
    const counting = {
      deposit: async () => {
        begun += 1
        underWay += 1
        most = Math.max(most, underWay)
        await new Promise((resolve) => setTimeout(resolve, 5))
        underWay -= 1
        if (begun >= 16) interruption.abort()
        return null
      },
    }
    const onDeposited = (): void => {
      done += 1
    }
    const onRefused = (): void => expect.fail('nothing is refused')
    await depositBundles(counting, files, interruption.signal, { onDeposited, onRefused })
    expect([most, begun, done]).to.deep.equal([8, 16, 16])
  })
})
