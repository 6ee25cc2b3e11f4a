/** A province whose service hangs, refuses or comes back: it holds a few questions and nobody else. */
import { EventEmitter, once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { encodeQrReference, suite } from '@hefu/protocol'
import { createRegistry, readClock } from '@hefu/service'
import { expect } from 'chai'
import { afterEach, describe, it } from 'mocha'
import { createAskProvince, type ProvinceOutcome } from '#internal/verifier/provinces/ask-province'
import { createBulkhead } from '#internal/verifier/provinces/bulkhead'
import type { ProvinceService } from '#internal/verifier/provinces/service-table'
import { SilentServiceError } from '#internal/verifier/provinces/silent-service'
import { createTokenSource } from '#internal/verifier/provinces/token-source'
import { createSample } from './sample.ts'
import { post, send, startTestService } from './service.ts'
import { DEPOSITS } from './test-store.ts'

const CASE = { receivingRegion: '440000', caseNo: '粤2026-0001', useCause: '建筑业企业资质跨省办理' }
const ITEM = { serviceItem: 'ITEM-1' }
const QUESTION = { licence: 'x', licenceId: 'x', issuer: '11430000006122244L', ...CASE, ...ITEM }
const NEVER = new AbortController().signal

describe('the service of another province', () => {
  const servers: Server[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.close()
      server.closeAllConnections()
    }
  })

  async function serve(answer: RequestListener): Promise<ProvinceService> {
    const server = createServer(answer).listen(0, '127.0.0.1')
    servers.push(server)
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const known = { audience: 'a', clientId: 'c', secret: 's', privateAddress: true }
    return { url, tokenUrl: `${url}/token`, ...known }
  }

  const answerToken = (res: Parameters<RequestListener>[1], token: string, seconds = 3_600): void =>
    void res.end(JSON.stringify({ access_token: token, expires_in: seconds }))

  it('that answers in another protocol has answered wrong: it holds no place, and is asked again once it is mended', async () => {
    let isMended = false
    const switching = await serve((req, res) => {
      if (isMended) {
        if (req.url === '/token') answerToken(res, 't')
        else res.writeHead(404).end(JSON.stringify({ code: 'licence-not-found' }))
      } else res.socket?.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n')
    })
    const outcomes: ProvinceOutcome[] = []
    const ask = createAskProvince(new Map([['430000', switching]]), {
      clock: readClock,
      watch: { ended: (_, outcome) => void outcomes.push(outcome), failed: () => undefined },
      mostTogether: 8,
    })
    const asking = Array.from({ length: 6 }, () =>
      ask(QUESTION, NEVER).catch((error: Error) => error.message),
    )
    for (const said of await Promise.all(asking)) expect(said).to.include('another protocol')
    expect(outcomes).to.deep.equal(Array(6).fill('failed'))
    isMended = true
    expect(await ask(QUESTION, NEVER)).to.equal(null)
  })

  it('may hang: eight questions wait for it, the ninth is turned away at once, and no other verification is touched', async () => {
    const sample = await createSample()
    const heard = new EventEmitter()
    let asked = 0
    let open = 0
    const silent = await serve((req, res) => {
      if (req.url === '/token') return answerToken(res, 't')
      asked += 1
      open += 1
      res.once('close', () => {
        open -= 1
        heard.emit('closed')
      })
      heard.emit('asked')
    })
    const registry = createRegistry()
    const service = await startTestService(sample.view, {
      deposits: DEPOSITS,
      provinceServices: new Map([['430000', silent]]),
      mostVerifications: 16,
      registry,
    })
    const leaving = new AbortController()
    const licence = encodeQrReference(sample.bundle, suite)
    const seek = () =>
      send(`${service.url}/v1/retrievals`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ licence, ...CASE, ...ITEM }),
        signal: leaving.signal,
      })
    try {
      const held: Promise<unknown>[] = []
      let busy = 0
      const count = async (): Promise<void> => {
        const { status, json } = await seek()
        expect([status, json.code]).to.deep.equal([503, 'province-busy'])
        busy += 1
        heard.emit('busy')
      }
      for (let i = 0; i < 20; i += 1) held.push(count().catch(() => 'left'))
      while (asked < 4) await once(heard, 'asked')
      while (busy < 12) await once(heard, 'busy')
      for (let i = 0; i < 20; i += 1) {
        const { status, json } = await post(service.url, {
          presented: sample.bundle,
          receivingRegion: '440000',
        })
        expect([status, json.report?.verdict]).to.deep.equal([200, 'accepted'])
      }
      expect([asked, open], 'under way there').to.deep.equal([4, 4])
      leaving.abort()
      await Promise.all(held)
      while (open > 0) await once(heard, 'closed')
      expect(busy).to.equal(12)
      expect(await registry.metrics()).to.include(
        'hefu_province_questions_total{region="430000",outcome="busy"} 12',
      )
      expect(service.log()).to.not.include('store fault')
    } finally {
      await service.close()
    }
  })

  it('is asked no more after three silences, then once in five seconds, and by all again once it answers', async () => {
    let now = 0
    const together = { most: 100, count: 0 }
    const bulkhead = createBulkhead(together, () => now)
    const ask = (work: () => Promise<string>, signal = NEVER) =>
      bulkhead(work, signal).catch((error: Error) => error.message)
    const fail = async () => {
      throw new SilentServiceError('silent')
    }
    const answer = async () => 'answered'
    expect([await ask(fail), await ask(fail), await ask(answer)]).to.deep.equal([
      'silent',
      'silent',
      'answered',
    ])
    for (let i = 0; i < 3; i += 1) expect(await ask(fail)).to.equal('silent')
    expect(await ask(answer)).to.equal('ask a service: resting')
    now += 4_999
    expect(await ask(answer)).to.equal('ask a service: resting')
    now += 1
    const { promise, resolve } = Promise.withResolvers<string>()
    const trial = ask(() => promise)
    expect(await ask(answer), 'one tries').to.equal('ask a service: resting')
    resolve('back')
    expect([await trial, await ask(answer)]).to.deep.equal(['back', 'answered'])
    for (let i = 0; i < 3; i += 1) expect(await ask(fail)).to.equal('silent')
    now += 5_000
    expect(await ask(fail), 'in vain').to.equal('silent')
    expect(await ask(answer)).to.equal('ask a service: resting')
    expect(together.count).to.equal(0)
  })

  it('is silent too for who left after two seconds in vain, and for who left at once it is not', async () => {
    let now = 0
    const bulkhead = createBulkhead({ most: 100, count: 0 }, () => now)
    const askAndLeave = (after: number) => {
      const leaving = new AbortController()
      return bulkhead(async () => {
        now += after
        leaving.abort(new Error('left'))
        throw leaving.signal.reason
      }, leaving.signal).catch((error: Error) => error.message)
    }
    for (let i = 0; i < 5; i += 1) expect(await askAndLeave(1_999)).to.equal('left')
    for (let i = 0; i < 3; i += 1) expect(await askAndLeave(2_000)).to.equal('left')
    expect(await askAndLeave(1)).to.equal('ask a service: resting')
  })

  it('shares one bound with the others: half of what may be verified is never theirs', async () => {
    const together = { most: 3, count: 0 }
    const [one, other] = [createBulkhead(together), createBulkhead(together)]
    const { promise, resolve } = Promise.withResolvers<string>()
    const held = [one(() => promise, NEVER), one(() => promise, NEVER), other(() => promise, NEVER)]
    const refused = await other(() => promise, NEVER).catch((error: Error) => error.message)
    expect(refused).to.equal('ask a service: busy')
    resolve('all')
    expect(await Promise.all(held)).to.deep.equal(['all', 'all', 'all'])
    expect(together.count).to.equal(0)
  })

  it('is asked for one token by fifty at once, and for another after an hour, whatever its issuer says', async () => {
    let issued = 0
    const service = await serve((_, res) => answerToken(res, `t${++issued}`, 1e12))
    let now = 1_000
    const tokens = createTokenSource(service, () => now)
    const all = await Promise.all(Array.from({ length: 50 }, () => tokens.current()))
    expect([issued, new Set(all)]).to.deep.equal([1, new Set(['t1'])])
    now += 3_569
    expect(await tokens.current()).to.equal('t1')
    now += 1
    expect(await tokens.current()).to.equal('t2')
    tokens.drop('t1')
    expect(await tokens.current(), 'another was refused').to.equal('t2')
    tokens.drop('t2')
    expect(await tokens.current()).to.equal('t3')
  })

  it('that refuses a token is asked once more with another, and no third time', async () => {
    const outcomes: ProvinceOutcome[] = []
    const faults: string[] = []
    let issued = 0
    let asked = 0
    let refuses = (token: string): boolean => token === 'Bearer t1'
    const service = await serve((req, res) => {
      if (req.url === '/token') return answerToken(res, `t${++issued}`)
      asked += 1
      const isRefused = refuses(req.headers.authorization ?? '')
      const code = isRefused ? 'token-invalid' : 'licence-not-found'
      res.writeHead(isRefused ? 401 : 404).end(JSON.stringify({ code }))
    })
    const ask = createAskProvince(new Map([['430000', service]]), {
      clock: readClock,
      mostTogether: 8,
      watch: {
        ended: (_, outcome) => outcomes.push(outcome),
        failed: (region, fault) => faults.push(`${region} ${(fault as Error).message}`),
      },
    })
    expect(await ask(QUESTION, NEVER)).to.equal(null)
    expect(await ask(QUESTION, NEVER)).to.equal(null)
    expect([issued, asked]).to.deep.equal([2, 3])
    refuses = () => true
    expect(await ask(QUESTION, NEVER).catch((error: Error) => error.message)).to.equal(
      'ask a service: status 401',
    )
    expect([issued, asked]).to.deep.equal([3, 5])
    expect(outcomes).to.deep.equal(['not-there', 'not-there', 'failed'])
    expect(faults).to.deep.equal(['430000 ask a service: status 401'])
  })

  it('that fails is said in a line of its own, with its region, and is no fault of the store', async () => {
    const sample = await createSample()
    const broken = await serve((_, res) => void res.writeHead(500).end('{}'))
    const service = await startTestService(sample.view, {
      deposits: DEPOSITS,
      provinceServices: new Map([['430000', broken]]),
    })
    try {
      const sought = { licence: encodeQrReference(sample.bundle, suite), ...CASE, ...ITEM }
      const { json } = await send(`${service.url}/v1/retrievals`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(sought),
      })
      expect(json.code).to.equal('province-unreachable')
      expect(service.log()).to.match(/"region":"430000".*"msg":"province fault"/)
      expect(service.log()).to.not.include('store fault')
    } finally {
      await service.close()
    }
  })
})
