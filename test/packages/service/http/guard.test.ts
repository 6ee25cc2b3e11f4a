/** What stands before the routes of a service: quotas, tries, addresses behind proxies, pages of other origins. */
import { request } from 'node:http'
import { connect } from 'node:net'
import {
  createAddressReader,
  createApp,
  createGuard,
  createIssuerKeys,
  createLogger,
  createMemoryQuota,
  createRoutes,
  createTokenReader,
  type ForwardingHeader,
  isOrigin,
  isProxyAddress,
  openSharedQuota,
  type Quota,
  type RunningServer,
  startServer,
} from '@hefu/service'
import { expect } from 'chai'
import { after, afterEach, before, describe, it } from 'mocha'
import { findPostgres, startPostgres } from '../../../fixtures/postgres-server.ts'
import {
  AUDIENCE,
  createIssuerKey,
  type IssuerKey,
  NOW,
  startTokenIssuer,
  type TokenIssuer,
} from '../fixtures/token-issuer.ts'

const ORIGIN = 'https://page.example'

const unheard = (fault: unknown): void => expect.fail(String(fault))

describe('what stands before the routes of a service', () => {
  let key: IssuerKey
  let issuer: TokenIssuer
  let now = NOW
  const servers: RunningServer[] = []

  before(async () => {
    key = await createIssuerKey('ES256', 'key')
    issuer = await startTokenIssuer(key)
  })
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close()
    now = NOW
  })
  after(() => issuer.close())

  async function start(quota: Quota = createMemoryQuota(), proxies: readonly string[] = []): Promise<string> {
    const keys = createIssuerKeys(
      issuer.url,
      () => now,
      () => undefined,
    )
    const guard = createGuard({
      tokens: createTokenReader({ issuer: issuer.url, audience: AUDIENCE }, keys, () => now),
      findClient: (id) => (id === 'a' || id === 'b' ? { id, requestsPerMinute: 3 } : undefined),
      quota,
      addressOf: createAddressReader({ addresses: proxies, header: 'x-forwarded-for' }),
      clock: () => now,
    })
    const routes = createRoutes(guard)
      .guarded('read', 'GET', '/things', (admitted) =>
        admitted.answer((ctx, { client }) => {
          ctx.body = client.id
        }),
      )
      .guarded('read', 'PUT', '/things', (admitted) =>
        admitted.answer((ctx) => {
          ctx.status = 204
        }),
      )
      .publicly('GET', '/open', async (ctx) => {
        ctx.body = 'open'
      })
    const app = createApp(
      routes,
      createLogger(() => {}),
      { origins: [ORIGIN] },
    )
    const server = await startServer(app.callback(), { host: '127.0.0.1', port: 0 })
    servers.push(server)
    return server.url
  }

  const get = (url: string, token?: string, headers: Record<string, string> = {}) =>
    fetch(url, {
      headers: { ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }), ...headers },
    })
  const codeOf = async (answer: Response): Promise<string> => ((await answer.json()) as { code: string }).code

  /** All that comes back until the connection ends; `later`: sent after a moment. */
  function answersTo(url: string, bytes: string, later = ''): Promise<string> {
    const { hostname, port } = new URL(url)
    return new Promise((resolve, reject) => {
      let answers = ''
      const socket = connect(Number(port), hostname, () => socket.write(bytes))
      if (later !== '') setTimeout(() => socket.write(later), 50)
      socket.setEncoding('utf8').on('data', (text: string) => {
        answers += text
      })
      socket.once('close', () => resolve(answers)).once('error', reject)
    })
  }

  async function expectQuotaOfThree(urls: readonly string[]): Promise<void> {
    const token = await issuer.sign(key)
    const left: (string | null)[] = []
    for (let i = 0; i < 3; i += 1) {
      const answer = await get(`${urls[i % urls.length]}/things`, token)
      expect(answer.status).to.equal(200)
      expect(answer.headers.get('ratelimit-policy')).to.equal('"client";q=3;w=60')
      left.push(/r=(\d+)/.exec(answer.headers.get('ratelimit') ?? '')?.[1] ?? null)
    }
    expect(left).to.deep.equal(['2', '1', '0'])
    const refused = await get(`${urls[0]}/things`, token)
    expect([refused.status, await codeOf(refused)]).to.deep.equal([429, 'too-many-requests'])
    expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 60)
    expect(refused.headers.get('ratelimit')).to.match(/^"client";r=0;t=\d+$/)
    const other = await get(`${urls[0]}/things`, await issuer.sign(key, { client_id: 'b' }))
    expect(other.status, 'another client').to.equal(200)
    expect((await get(`${urls[0]}/open`)).status, 'what is everybody’s').to.equal(200)
  }

  it('counts the requests of each client: the fourth of three is 429 with Retry-After, whatever its token', async () => {
    const url = await start()
    await expectQuotaOfThree([url])
    expect((await get(`${url}/things`, await issuer.sign(key, { jti: 'another' }))).status).to.equal(429)
  })

  it('counts the requests of a client also where its token lacks the scope: the fourth of three is 429', async () => {
    const url = await start()
    const codes: string[] = []
    for (let i = 0; i < 4; i += 1)
      codes.push(await codeOf(await get(`${url}/things`, await issuer.sign(key, { scope: 'write' }))))
    expect(codes).to.deep.equal([...Array(3).fill('scope-missing'), 'too-many-requests'])
    expect((await get(`${url}/things`, await issuer.sign(key, { client_id: 'b' }))).status).to.equal(200)
  })

  it('listens to no more than sixty requests a minute of one address by clients that are not registered', async () => {
    const url = await start(createMemoryQuota(), ['127.0.0.1'])
    const token = await issuer.sign(key, { client_id: 'stranger' })
    const from = (address: string) => ({ 'X-Forwarded-For': address })
    const codes: string[] = []
    for (let i = 0; i < 61; i += 1)
      codes.push(await codeOf(await get(`${url}/things`, token, from('192.0.2.1'))))
    expect(new Set(codes.slice(0, 60))).to.deep.equal(new Set(['client-unknown']))
    expect(codes[60]).to.equal('too-many-refused')
    expect(await codeOf(await get(`${url}/things`, token, from('192.0.2.2')))).to.equal('client-unknown')
    now += 60
    expect(await codeOf(await get(`${url}/things`, token, from('192.0.2.1')))).to.equal('client-unknown')
  })

  it('counts the requests of several processes together in one PostgreSQL, and alone while it is away', async function () {
    const bin = findPostgres()
    if (bin === null) this.skip()
    const postgres = await startPostgres(bin)
    const quotas: Quota[] = []
    try {
      quotas.push(...(await Promise.all([1, 2].map(() => openSharedQuota(postgres.url, unheard)))))
      const urls = await Promise.all(quotas.map((quota) => start(quota)))
      await expectQuotaOfThree(urls)
      await postgres.crash()
      await expectQuotaOfThree(urls.slice(0, 1))
      // Also from the start on; once it is there again, together.
      const faults: unknown[] = []
      const late = await openSharedQuota(postgres.url, (fault) => faults.push(fault))
      quotas.push(late)
      expect(faults).to.have.length(1)
      await expectQuotaOfThree([await start(late)])
      await postgres.restart()
      const refused = await openSharedQuota(postgres.url.replace(/[^/]*$/, 'none'), unheard).catch(
        (error: unknown) => error,
      )
      expect(refused, 'what is written wrongly is no outage').to.include({ code: 'database-unreachable' })
    } finally {
      for (const quota of quotas) await quota.close()
      await postgres.stop()
    }
  })

  it('listens to no more than sixty bad tokens a minute of one address, and to good ones it knows all the while', async () => {
    const url = await start(createMemoryQuota(), ['127.0.0.1'])
    const known = await issuer.sign(key)
    const from = (address: string) => ({ 'X-Forwarded-For': address })
    expect((await get(`${url}/things`, known, from('192.0.2.1'))).status).to.equal(200)
    const codes: number[] = []
    for (let i = 0; i < 61; i += 1)
      codes.push((await get(`${url}/things`, 'a.b.c', from('192.0.2.1'))).status)
    expect(codes.slice(0, 60).every((status) => status === 401)).to.equal(true)
    expect(codes[60]).to.equal(429)
    const refused = await get(`${url}/things`, await issuer.sign(key, { jti: 'new' }), from('192.0.2.1'))
    expect([refused.status, await codeOf(refused)]).to.deep.equal([429, 'too-many-refused'])
    expect(refused.headers.get('retry-after')).to.equal('60')
    expect((await get(`${url}/things`, known, from('192.0.2.1'))).status, 'a known token').to.equal(200)
    expect((await get(`${url}/things`, 'a.b.c', from('192.0.2.2'))).status, 'another address').to.equal(401)
    now += 60
    expect((await get(`${url}/things`, 'a.b.c', from('192.0.2.1'))).status, 'a minute later').to.equal(401)
  })

  it('listens to no more than sixty requests without a token a minute of one address, by whom the proxy names', async () => {
    const url = await start(createMemoryQuota(), ['127.0.0.1'])
    const known = await issuer.sign(key)
    const from = (address: string) => ({ 'X-Forwarded-For': address })
    expect((await get(`${url}/things`, known, from('192.0.2.1'))).status).to.equal(200)
    const codes: string[] = []
    for (let i = 0; i < 61; i += 1) {
      const path = i % 2 === 0 ? '/things' : '/things?access_token=a'
      codes.push(await codeOf(await get(url + path, undefined, from('192.0.2.1'))))
    }
    expect(new Set(codes.slice(0, 60))).to.deep.equal(new Set(['token-missing', 'token-in-query']))
    expect(codes[60]).to.equal('too-many-refused')
    expect((await get(`${url}/things`, known, from('192.0.2.1'))).status, 'a known token').to.equal(200)
    expect((await get(`${url}/things`, undefined, from('192.0.2.2'))).status, 'another address').to.equal(401)
    now += 60
    expect((await get(`${url}/things`, undefined, from('192.0.2.1'))).status, 'a minute later').to.equal(401)
  })

  it('ends the connection of who has no good token behind the refusal, and answers others in the meantime', async () => {
    const url = await start()
    const one = (headers: string) =>
      `GET /things HTTP/1.1\r\nHost: h\r\n${headers}Content-Length: 2\r\n\r\n{}`
    const floods = Array.from({ length: 300 }, (_, i) =>
      answersTo(url, one(i % 2 === 0 ? '' : 'Authorization: Bearer a.b.c\r\n').repeat(20)),
    )
    const alive = get(`${url}/open`)
    const statuses = (await Promise.all(floods)).map((answers) =>
      [...answers.matchAll(/HTTP\/1\.1 (\d+) [\s\S]*?Connection: close/g)].map(([, status]) => status),
    )
    expect((await alive).status).to.equal(200)
    expect(
      statuses.every(({ length }) => length === 1),
      'one answer for each connection',
    ).to.equal(true)
    const count = (status: string) => statuses.flat().filter((found) => found === status).length
    expect([count('401'), count('429')]).to.deep.equal([60, 240])
  })

  it('lets a refused request read its refusal, also where its body is large and comes late', async () => {
    const url = await start()
    const body = 'a'.repeat(900_000)
    for (let i = 0; i < 5; i += 1) {
      const answer = await fetch(`${url}/things`, { method: 'PUT', body })
      expect([answer.status, await codeOf(answer)]).to.deep.equal([401, 'token-missing'])
    }
    const late = await answersTo(
      url,
      `PUT /things HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n\r\n{`,
      '"a":1',
    )
    expect(late).to.match(/^HTTP\/1\.1 401 /)
  })

  it('refuses two headers of authorization, of which a proxy might have read the other', async () => {
    const url = await start()
    const token = await issuer.sign(key)
    const status = await new Promise((resolve, reject) => {
      const headers = ['Host', 'h', 'Authorization', `Bearer ${token}`, 'Authorization', `Bearer ${token}`]
      request(`${url}/things`, { headers }, (res) => resolve(res.resume().statusCode))
        .on('error', reject)
        .end()
    })
    expect(status).to.equal(401)
  })

  describe('the address of a client', () => {
    const addressOf = (
      remoteAddress: string,
      headers: Record<string, string[]>,
      addresses: readonly string[] = ['10.0.0.0/8', '192.0.2.7', '2001:db8:1::/48'],
      header: ForwardingHeader = 'x-forwarded-for',
    ) =>
      createAddressReader({ addresses, header })({
        socket: { remoteAddress },
        headersDistinct: headers,
      } as unknown as Parameters<ReturnType<typeof createAddressReader>>[0])
    const FORWARDED = { 'x-forwarded-for': ['198.51.100.1, 203.0.113.9', '10.1.2.3'] }

    it('is the connection’s own where no proxy of ours made it, whatever headers say', () => {
      expect(addressOf('203.0.113.5', FORWARDED)).to.equal('203.0.113.5')
      expect(addressOf('10.0.0.1', FORWARDED, [])).to.equal('10.0.0.1')
      expect(addressOf('10.0.0.1', { forwarded: ['for=203.0.113.9'] }), 'the other header').to.equal(
        '10.0.0.1',
      )
    })

    it('is the first, from the nearest outwards, that is no proxy of ours: what stands before was sent by anybody', () => {
      expect(addressOf('10.0.0.1', FORWARDED)).to.equal('203.0.113.9')
      expect(addressOf('::ffff:192.0.2.7', FORWARDED)).to.equal('203.0.113.9')
      expect(addressOf('10.0.0.1', { 'x-forwarded-for': ['10.9.9.9'] })).to.equal('10.9.9.9')
      expect(addressOf('10.0.0.1', {})).to.equal('10.0.0.1')
    })

    it('is read in all the forms of both headers', () => {
      const forwarded = (line: string) =>
        addressOf('10.0.0.1', { forwarded: [line] }, ['10.0.0.0/8'], 'forwarded')
      expect(forwarded('for=203.0.113.9')).to.equal('203.0.113.9')
      expect(forwarded('by=10.0.0.2;For="203.0.113.9:4711";proto=https')).to.equal('203.0.113.9')
      expect(forwarded('for=198.51.100.1, for="[2001:db8:2::1]:80"')).to.equal('2001:db8:2:0::/64')
      expect(addressOf('10.0.0.1', { 'x-forwarded-for': ['203.0.113.9:80'] })).to.equal('203.0.113.9')
      expect(addressOf('2001:db8:1::5', { 'x-forwarded-for': ['2001:DB8:0002:0:1:2:3:4'] })).to.equal(
        '2001:db8:2:0::/64',
      )
    })

    it('is the proxy’s own where what it wrote is no address', () => {
      for (const line of ['unknown', '_hidden', '', '999.1.1.1', '203.0.113.9 or so', '<script>'])
        expect(addressOf('10.0.0.1', { 'x-forwarded-for': [line] })).to.equal('10.0.0.1')
      expect(addressOf('10.0.0.1', { 'x-forwarded-for': ['203.0.113.9, unknown'] })).to.equal('10.0.0.1')
    })

    it('of a proxy is an address or a network, and nothing else', () => {
      for (const good of ['10.0.0.1', '10.0.0.0/8', '::1', '2001:db8::/32'])
        expect(isProxyAddress(good), good).to.equal(true)
      for (const bad of [
        '',
        '*',
        'localhost',
        '10.0.0.0/33',
        '10.0.0.0/',
        '10.0.0/8',
        '::1/129',
        '10.0.0.1/8/8',
      ])
        expect(isProxyAddress(bad), bad).to.equal(false)
    })
  })

  describe('pages of other origins', () => {
    const preflight = (url: string, origin: string) =>
      fetch(`${url}/things`, {
        method: 'OPTIONS',
        headers: {
          Origin: origin,
          'Access-Control-Request-Method': 'GET',
          'Access-Control-Request-Headers': 'authorization',
        },
      })

    it('of the list may ask, and read what a page has to read', async () => {
      const url = await start()
      const before = await preflight(url, ORIGIN)
      expect(before.status).to.equal(204)
      expect(Object.fromEntries(before.headers)).to.include({
        'access-control-allow-origin': ORIGIN,
        'access-control-allow-methods': 'GET, PUT',
        'access-control-allow-headers': 'Authorization, Content-Type, Idempotency-Key, If-None-Match',
      })
      expect(before.headers.get('vary')).to.include('Origin').and.include('Access-Control-Request-Headers')
      const token = await issuer.sign(key)
      for (const answer of [
        await get(`${url}/things`, token, { Origin: ORIGIN }),
        await get(`${url}/things`, undefined, { Origin: ORIGIN }),
        await get(`${url}/nowhere`, undefined, { Origin: ORIGIN }),
      ]) {
        expect(answer.headers.get('access-control-allow-origin')).to.equal(ORIGIN)
        expect(answer.headers.get('access-control-expose-headers')).to.include('Retry-After')
        expect(answer.headers.get('vary')).to.include('Origin')
        expect(answer.headers.get('access-control-allow-credentials')).to.equal(null)
      }
    })

    it('of no other, however alike, are told nothing', async () => {
      const url = await start()
      for (const origin of [
        'https://other.example',
        'https://page.example.org',
        'https://page.example:443',
        'https://a.page.example',
        'http://page.example',
        'HTTPS://PAGE.EXAMPLE',
        'null',
        '*',
      ]) {
        for (const answer of [
          await preflight(url, origin),
          await get(`${url}/open`, undefined, { Origin: origin }),
        ]) {
          expect(
            [...answer.headers.keys()].filter((name) => name.startsWith('access-control')),
          ).to.deep.equal([])
          expect(answer.headers.get('vary')).to.include('Origin')
        }
      }
    })

    it('are named by exact origins alone', () => {
      for (const good of [
        ORIGIN,
        'https://page.example:8443',
        'http://localhost:5173',
        'http://127.0.0.1:5173',
      ])
        expect(isOrigin(good), good).to.equal(true)
      for (const bad of [
        '*',
        'null',
        '',
        'page.example',
        `${ORIGIN}/`,
        `${ORIGIN}/a`,
        'http://page.example',
        'https://page.example:443',
        'https://*.example',
        'https://u@page.example',
      ])
        expect(isOrigin(bad), bad).to.equal(false)
    })
  })

  it('says in every answer that it is no page, is kept by nobody, and serves no other', async () => {
    const url = await start()
    const malformed = () =>
      new Promise<Headers>((resolve, reject) => {
        request(`${url}/open`, { headers: ['Host', 'h', 'Host', 'h'] }, (res) =>
          resolve(new Headers(res.resume().headers as Record<string, string>)),
        )
          .on('error', reject)
          .end()
      })
    const answers = [await get(`${url}/open`), await get(`${url}/things`), await get(`${url}/nowhere`)]
    for (const headers of [...answers.map((answer) => answer.headers), await malformed()]) {
      expect(Object.fromEntries(headers)).to.include({
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'strict-transport-security': 'max-age=31536000',
      })
    }
  })
})
