/** People sign in at the console: what is let in, what is refused, and what becomes of a session. Real HTTP and a real provider. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createMemoryQuota, readClock } from '@hefu/service'
import type { VerifierStore } from '@hefu/verifier'
import { expect } from 'chai'
import { sql } from 'kysely'
import { after, afterEach, before, beforeEach, describe, it } from 'mocha'
import { type CookieBrowser, createBrowser, type PageAnswer } from './fixtures/cookie-browser.ts'
import {
  PEOPLE_CLIENT,
  type PeopleProvider,
  SECOND_FACTOR_ACR,
  startPeopleProvider,
} from './fixtures/people-provider.ts'
import { AUDIENCE, COUNTER } from './guarded-service.ts'
import { createKeyPair, createSample, createVerifierKeyFile, type Sample } from './sample.ts'
import { startTestService, type TestService } from './service.ts'
import { openMemoryStore } from './test-store.ts'
import {
  startVerifierProcess,
  type VerifierFiles,
  type VerifierProcess,
  writeVerifierFiles,
} from './verifier-process.ts'

const ORIGIN = 'https://verifier.example'
const ALLOWED = 'https://portal.example'
const IDLE_SECONDS = 300
const SESSION_SECONDS = 3_600

const PEOPLE = {
  clerk: { name: '示例办事员', hefu_roles: ['clerk', 'juggler'], hefu_region: '440000' },
  townClerk: { name: '示例镇办事员', hefu_roles: ['clerk'], hefu_region: '440300' },
  elsewhere: { name: '示例外省办事员', hefu_roles: ['clerk'], hefu_region: '430000' },
  auditor: { name: '示例审计员', hefu_roles: ['auditor'], scope: 'reports ledger:read' },
  nobody: { name: '示例无角色者', hefu_roles: ['juggler'] },
  unlisted: { name: '示例无角色者' },
  nowhere: { name: '示例无地区者', hefu_roles: ['clerk'], hefu_region: 'Guangdong' },
} as const

describe('sessions of people at the console', () => {
  let provider: PeopleProvider
  let sample: Sample
  let store: Awaited<ReturnType<typeof openMemoryStore>>
  let service: TestService
  /** Another process of the same verifier. */
  let other: TestService
  let start: (secret?: string) => Promise<TestService>
  let skew = 0
  let frozen = readClock()
  let times = 0

  before(async () => {
    provider = await startPeopleProvider({ audience: AUDIENCE, people: PEOPLE, origin: ORIGIN })
    sample = await createSample(readClock())
    store = await openMemoryStore()
    const keyFile = await createVerifierKeyFile(createKeyPair())
    start = (secret = PEOPLE_CLIENT.secret) =>
      startTestService(sample.view, {
        keyFile,
        store,
        // It stands still while a test goes on, however long that takes; the provider's goes on.
        clock: () => frozen + skew,
        secondFactor: { acr: SECOND_FACTOR_ACR, maxAgeSeconds: 900 },
        maxLedgerAgeSeconds: 86_400,
        origins: [ALLOWED],
        console: {
          signIn: { origin: ORIGIN, clientId: PEOPLE_CLIENT.id, secret },
          terms: { idleSeconds: IDLE_SECONDS, sessionSeconds: SESSION_SECONDS },
        },
        access: {
          issuer: provider.url,
          audience: AUDIENCE,
          clients: new Map([
            [
              PEOPLE_CLIENT.id,
              { ...COUNTER, id: PEOPLE_CLIENT.id, receivingRegions: new Set(['440000', '450000']) },
            ],
          ]),
          quota: createMemoryQuota(),
          proxies: { addresses: ['127.0.0.1'], header: 'x-forwarded-for' },
        },
      })
    service = await start()
    other = await start()
  })
  after(async () => {
    await other.close()
    await service.close()
    await store.close()
    await provider.stop()
  })
  beforeEach(() => {
    frozen = readClock()
  })
  afterEach(() => {
    skew = 0
    const { mood } = provider
    Object.assign(mood, { person: 'clerk', acr: 'urn:example:password', signedInAgo: 0 })
    Object.assign(mood, { isAway: false, isSilent: false })
    mood.tokenSeconds = 600
  })

  const browserOf = (at: TestService = service): CookieBrowser => createBrowser(ORIGIN, at.url)
  const isProvider = (address: string): boolean => address.startsWith(provider.url)
  /** Each test from an address of its own: what one of them is refused does not count for another. */
  const nextAddress = (): string => {
    times += 1
    return `198.51.${Math.floor(times / 250)}.${times % 250}`
  }

  async function signIn(
    browser = browserOf(),
    person: keyof typeof PEOPLE | null = 'clerk',
    query = '',
  ): Promise<string> {
    provider.mood.person = person
    const begun = await browser.ask(`/session/sign-in${query}`)
    expect(begun.status, begun.text).to.equal(302)
    const back = await browser.follow(begun.location, isProvider)
    const answer = await browser.ask(back, { headers: { 'X-Forwarded-For': nextAddress() } })
    expect(answer.status, answer.text).to.equal(303)
    expect(answer.location.startsWith(`${ORIGIN}/console/`), answer.location).to.equal(true)
    return answer.location.slice(ORIGIN.length)
  }

  /** Up to where the browser comes back, and no further. */
  async function comeBack(browser: CookieBrowser): Promise<URL> {
    const begun = await browser.ask('/session/sign-in')
    return new URL(await browser.follow(begun.location, isProvider))
  }

  const verify = (browser: CookieBrowser, members: object = {}, headers = {}): Promise<PageAnswer> =>
    browser.page('/v1/verifications', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': nextAddress(), ...headers },
      body: JSON.stringify({ presented: sample.bundle, receivingRegion: '440000', ...members }),
    })
  /** What a person asks, and not the page by itself. */
  const PERSONS = { 'Hefu-Present': '1' }
  /** What the provider is asked for, when somebody signs in in this browser. */
  const promptOf = async (browser: CookieBrowser): Promise<string | null> =>
    new URL((await browser.ask('/session/sign-in')).location).searchParams.get('prompt')
  const sessionOf = async (browser: CookieBrowser) => (await browser.ask('/session')).json
  const outcome = ({ status, json }: PageAnswer) => [status, json?.code]

  describe('a sign-in', () => {
    it('is of a person whom the provider knows, and tells the page who, and no token', async () => {
      const browser = browserOf()
      expect(await sessionOf(browser)).to.deep.equal({ signedIn: false, signInAt: '/session/sign-in' })
      expect(await signIn(browser, 'clerk', '?return=/console/verify%3Fa%3D1')).to.equal(
        '/console/verify?a=1',
      )
      const answer = await browser.ask('/session')
      const { subject, expiresAt, ...told } = answer.json
      expect(told).to.deep.equal({
        signedIn: true,
        name: '示例办事员',
        roles: ['clerk'],
        region: '440000',
        scopes: ['verify', 'reports', 'retrieve', 'unmask', 'ledger:read'],
        secondFactorUntil: null,
        idleSeconds: IDLE_SECONDS,
        locked: false,
      })
      expect(subject).to.match(/^[A-Za-z0-9_-]{43}$/)
      expect(expiresAt).to.be.within(readClock() + SESSION_SECONDS - 30, readClock() + SESSION_SECONDS)
      expect(answer.headers.get('cache-control')).to.equal('no-store')
      expect(answer.text).to.not.include('eyJ')
      expect((await verify(browser)).json.report.verdict).to.equal('accepted')
    })

    it('asks by code, PKCE, state and nonce, for this service and all that a page may need', async () => {
      const { location } = await browserOf().ask('/session/sign-in')
      const asked = Object.fromEntries(new URL(location).searchParams)
      expect(asked).to.include({
        response_type: 'code',
        client_id: PEOPLE_CLIENT.id,
        redirect_uri: `${ORIGIN}/session/callback`,
        code_challenge_method: 'S256',
        resource: AUDIENCE,
        scope: 'openid verify reports retrieve unmask ledger:read offline_access',
        prompt: 'consent',
      })
      expect(asked['code_challenge']).to.match(/^[A-Za-z0-9_-]{43}$/)
      for (const name of ['state', 'nonce']) expect(asked[name]?.length).to.be.greaterThan(40)
      expect(asked).to.not.have.any.keys('acr_values', 'max_age')
    })

    it('keeps a cookie that no script reads, that goes over TLS alone, and that no other site’s form brings', async () => {
      const browser = browserOf()
      const begun = await browser.ask('/session/sign-in')
      const back = await browser.follow(begun.location, isProvider)
      const { headers } = await browser.ask(back)
      for (const line of [...begun.headers.getSetCookie(), ...headers.getSetCookie()])
        expect(line).to.match(
          /^__Host-hefu(-sign-in|-left)?=[^;]*; Path=\/; HttpOnly; SameSite=Lax; Secure(; Max-Age=\d+)?$/,
        )
      expect(browser.cookies.get('__Host-hefu')).to.match(/^[A-Za-z0-9_-]{43}\.[A-Za-z0-9_-]{22}$/)
      expect(browser.cookies.has('__Host-hefu-sign-in'), 'what was begun is over').to.equal(false)
    })

    it('leads nowhere but to the console', async () => {
      const browser = browserOf()
      for (const to of [
        'https://elsewhere.example/',
        '//elsewhere.example/console/',
        '/\\elsewhere.example/console/',
        '/console/../v1/ledger',
        '/console/%2e%2e/%2e%2e/session',
        '/console\\..\\',
        'javascript:alert(1)',
        '/consolemore/',
        '/',
        '',
        '/console/\r\nSet-Cookie: a=b',
        `/console/${'a'.repeat(1_024)}`,
      ]) {
        const answer = await browser.ask(`/session/sign-in?return=${encodeURIComponent(to)}`)
        expect(outcome(answer), to).to.deep.equal([422, 'bad-parameters'])
        expect(browser.cookies.size).to.equal(0)
      }
      for (const query of [
        '?return=/console/&return=/console/',
        '?to=/console/',
        '?factor=third',
        '?fresh=2',
      ])
        expect(outcome(await browser.ask(`/session/sign-in${query}`))).to.deep.equal([422, 'bad-parameters'])
    })

    it('is of whom has a role here alone', async () => {
      for (const [person, code] of [
        ['nobody', 'no-role'],
        ['unlisted', 'no-role'],
        ['nowhere', 'region-unknown'],
      ] as const) {
        const browser = browserOf()
        expect(await signIn(browser, person)).to.equal(`/console/?signIn=${code}`)
        expect(browser.cookies.has('__Host-hefu')).to.equal(false)
      }
    })

    it('says of what the provider refuses that it did, and repeats nothing of its words', async () => {
      const browser = browserOf()
      expect(await signIn(browser, null)).to.equal('/console/?signIn=sign-in-refused')
      expect(service.log()).to.not.include('a word of the provider')
    })

    it('refuses another state, another issuer, a code that was used, and what another browser began', async () => {
      const changed = async (change: (url: URL) => void): Promise<string> => {
        const browser = browserOf()
        const back = await comeBack(browser)
        change(back)
        const { location } = await browser.ask(back.href, { headers: { 'X-Forwarded-For': nextAddress() } })
        expect(browser.cookies.has('__Host-hefu')).to.equal(false)
        return location.slice(ORIGIN.length)
      }
      expect(await changed(({ searchParams }) => searchParams.set('state', 'a'.repeat(43)))).to.equal(
        '/console/?signIn=sign-in-altered',
      )
      expect(await changed(({ searchParams }) => searchParams.delete('state'))).to.equal(
        '/console/?signIn=sign-in-altered',
      )
      expect(await changed(({ searchParams }) => searchParams.set('iss', 'https://evil.example'))).to.equal(
        '/console/?signIn=sign-in-altered',
      )
      expect(await changed(({ searchParams }) => searchParams.append('code', 'b'))).to.equal(
        '/console/?signIn=sign-in-altered',
      )
      expect(await changed(({ searchParams }) => searchParams.set('code', '<script>'))).to.equal(
        '/console/?signIn=sign-in-altered',
      )
      const [mine, theirs] = [browserOf(), browserOf()]
      const back = await comeBack(theirs)
      expect((await mine.ask(back.href)).location).to.equal(`${ORIGIN}/console/?signIn=sign-in-lapsed`)
      await comeBack(mine)
      // By the state of another, also where one was begun.
      expect((await mine.ask(back.href)).location).to.equal(`${ORIGIN}/console/?signIn=sign-in-altered`)
      expect((await theirs.ask(back.href)).location).to.equal(`${ORIGIN}/console/`)
      expect((await theirs.ask(back.href)).location).to.equal(`${ORIGIN}/console/?signIn=sign-in-lapsed`)
    })

    it('refuses what it began where the cookie was altered, was put together of two, or is too old', async () => {
      const browser = browserOf()
      const back = await comeBack(browser)
      const sealed = browser.cookies.get('__Host-hefu-sign-in') ?? ''
      const again = (cookie: string) =>
        browserOf().ask(back.href, {
          headers: { Cookie: cookie, 'X-Forwarded-For': nextAddress() },
        })
      for (const cookie of [
        `__Host-hefu-sign-in=${sealed.slice(0, -2)}AA`,
        `__Host-hefu-sign-in=${sealed}; __Host-hefu-sign-in=${sealed}`,
        '__Host-hefu-sign-in=',
        `hefu-sign-in=${sealed}`,
      ])
        expect((await again(cookie)).location).to.equal(`${ORIGIN}/console/?signIn=sign-in-lapsed`)
      skew = 601
      expect((await again(`__Host-hefu-sign-in=${sealed}`)).location).to.equal(
        `${ORIGIN}/console/?signIn=sign-in-lapsed`,
      )
    })

    it('refuses the nonce and the PKCE verifier of another sign-in', async () => {
      // Two are begun with one state, as whoever could alter the browser’s way there would have it.
      const [mine, theirs] = [browserOf(), browserOf()]
      const begun = await mine.ask('/session/sign-in')
      const others = new URL((await theirs.ask('/session/sign-in')).location).searchParams
      for (const name of ['nonce', 'code_challenge']) {
        const address = new URL(begun.location)
        address.searchParams.set(name, others.get(name) ?? '')
        const browser = browserOf()
        const back = await browser.follow(address.href, isProvider)
        const cookie = `__Host-hefu-sign-in=${mine.cookies.get('__Host-hefu-sign-in')}`
        const { location } = await browser.ask(back, {
          headers: { Cookie: cookie, 'X-Forwarded-For': nextAddress() },
        })
        expect(location, name).to.equal(`${ORIGIN}/console/?signIn=sign-in-altered`)
      }
    })

    it('begins a session of a new name, whatever the browser brought, and ends the one that it had', async () => {
      const browser = browserOf()
      await signIn(browser)
      const first = browser.cookies.get('__Host-hefu')
      await signIn(browser)
      expect(browser.cookies.get('__Host-hefu')).to.not.equal(first)
      const stale = await verify(browserOf(), {}, { Cookie: `__Host-hefu=${first}` })
      expect(outcome(stale)).to.deep.equal([401, 'session-ended'])
      expect((await verify(browser)).status).to.equal(200)
    })

    it('is answered by a page while the provider is away, and nobody is signed in', async () => {
      const browser = browserOf()
      const back = await comeBack(browser)
      provider.mood.isAway = true
      const { location } = await browser.ask(back.href, { headers: { 'X-Forwarded-For': nextAddress() } })
      expect(location).to.equal(`${ORIGIN}/console/?signIn=provider-unreachable`)
      expect(browser.cookies.has('__Host-hefu')).to.equal(false)
    })

    it('waits some seconds for a provider that says nothing, and no longer', async () => {
      const browser = browserOf()
      const back = await comeBack(browser)
      provider.mood.isSilent = true
      const { location } = await browser.ask(back.href, { headers: { 'X-Forwarded-For': nextAddress() } })
      expect(location).to.equal(`${ORIGIN}/console/?signIn=provider-unreachable`)
    })

    it('says that the operator has to look where the provider does not accept the client', async () => {
      const wrong = await start('another secret than the one of the console')
      try {
        expect(await signIn(browserOf(wrong))).to.equal('/console/?signIn=client-refused')
        expect(wrong.log()).to.include('issuer fault').and.not.include('another secret')
      } finally {
        await wrong.close()
      }
    })

    it('is not listened to from an address of which too many came to nothing; what nobody began counts for none', async () => {
      const headers = { 'X-Forwarded-For': '203.0.113.7' }
      // As a page of elsewhere has browsers ask, without the cookie of a sign-in.
      for (let count = 0; count < 40; count += 1) await browserOf().ask('/session/callback', { headers })
      const tried = async (): Promise<string> => {
        const browser = browserOf()
        await browser.ask('/session/sign-in?return=/console/')
        return (await browser.ask('/session/callback?state=a&code=b', { headers })).location
      }
      for (let count = 0; count < 30; count += 1)
        expect(await tried()).to.equal(`${ORIGIN}/console/?signIn=sign-in-altered`)
      expect(await tried()).to.equal(`${ORIGIN}/console/?signIn=sign-in-too-often`)
      expect(await signIn(browserOf())).to.equal('/console/')
    })
  })

  describe('a second factor', () => {
    const unmask = (browser: CookieBrowser) =>
      browser.page('/v1/unmaskings', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
          presented: sample.bundle,
          receivingRegion: '440000',
          fields: ['holderName'],
          caseNo: '2026-1',
          useCause: '核对申请人',
          serviceItem: 'ITEM-1',
        }),
      })

    it('is asked for by what this service demands, and lets plain values be seen while it is recent', async () => {
      const browser = browserOf()
      await signIn(browser)
      expect(outcome(await unmask(browser))).to.deep.equal([401, 'second-factor-missing'])
      const { location } = await browser.ask('/session/sign-in?factor=second')
      expect(Object.fromEntries(new URL(location).searchParams)).to.include({
        acr_values: SECOND_FACTOR_ACR,
        max_age: '900',
      })
      provider.mood.acr = SECOND_FACTOR_ACR
      expect(await signIn(browserOf(), 'clerk', '?factor=second')).to.equal('/console/')
      const stronger = browserOf()
      await signIn(stronger, 'clerk', '?factor=second&fresh=1')
      const { secondFactorUntil } = await sessionOf(stronger)
      expect(secondFactorUntil).to.be.within(readClock() + 870, readClock() + 900)
      expect(outcome(await unmask(stronger))[1]).to.not.equal('second-factor-missing')
    })

    it('that the provider did not ask for signs nobody in, and leaves the session as it was', async () => {
      const browser = browserOf()
      await signIn(browser)
      expect(await signIn(browser, 'clerk', '?factor=second')).to.equal(
        '/console/?signIn=second-factor-refused',
      )
      expect((await verify(browser)).status).to.equal(200)
    })
  })

  describe('a request by a session', () => {
    let browser: CookieBrowser
    before(async () => {
      browser = browserOf()
      await signIn(browser)
    })

    it('has the cookie and the header, from the console’s own origin, and no token beside them', async () => {
      const cookie = `__Host-hefu=${browser.cookies.get('__Host-hefu')}`
      expect((await verify(browser)).status).to.equal(200)
      for (const [headers, expected] of [
        [{ 'Hefu-Console': '' }, [403, 'session-header-missing']],
        [{ 'Hefu-Console': '2' }, [403, 'session-header-missing']],
        [{ 'Sec-Fetch-Site': 'cross-site' }, [403, 'session-forbidden-origin']],
        [{ 'Sec-Fetch-Site': 'same-site' }, [403, 'session-forbidden-origin']],
        [{ 'Sec-Fetch-Site': 'none' }, [403, 'session-forbidden-origin']],
        [{ Origin: ALLOWED }, [403, 'session-forbidden-origin']],
        [{ Origin: 'null' }, [403, 'session-forbidden-origin']],
        [{ Authorization: 'Bearer a.b.c' }, [400, 'session-and-token']],
        [{ Cookie: 'a=b' }, [401, 'session-missing']],
        [{ Cookie: `${cookie}; ${cookie}` }, [401, 'session-missing']],
        [{ Cookie: `${cookie}A` }, [401, 'session-ended']],
        [{ Cookie: `__Host-hefu=${'A'.repeat(43)}.${'A'.repeat(22)}` }, [401, 'session-ended']],
        [{ Cookie: cookie.replace('__Host-', '') }, [401, 'session-missing']],
      ] as const) {
        const answer = await verify(browser, {}, headers)
        expect(outcome(answer), JSON.stringify(headers)).to.deep.equal(expected)
        if (answer.status === 401) expect(answer.headers.get('www-authenticate')).to.match(/^Bearer /)
        expect(answer.json.says.zh).to.match(/\p{Script=Han}/u)
      }
    })

    it('is refused without the header, as a form of another site would send it, and by a bearer’s rules without cookie', async () => {
      const answer = await browser.ask('/v1/ledger')
      expect(outcome(answer)).to.deep.equal([403, 'session-header-missing'])
      expect(outcome(await browserOf().ask('/v1/ledger'))).to.deep.equal([401, 'token-missing'])
      // As the page of the interface’s description asks: the cookie comes along unasked, and is nobody’s word.
      const bearer = await browser.ask('/v1/ledger', { headers: { Authorization: 'Bearer a.b.c' } })
      expect(outcome(bearer)).to.deep.equal([401, 'token-invalid'])
      const text = await browser.ask('/v1/verifications', {
        method: 'POST',
        headers: { 'Content-Type': 'text/plain', Origin: 'https://elsewhere.example' },
        body: '{}',
      })
      expect(outcome(text)).to.deep.equal([403, 'session-header-missing'])
    })

    it('is not to be made by a page of another origin, be that allowed to ask by tokens', async () => {
      const preflight = await fetch(`${service.url}/v1/verifications`, {
        method: 'OPTIONS',
        headers: {
          Origin: ALLOWED,
          'Access-Control-Request-Method': 'POST',
          'Access-Control-Request-Headers': 'hefu-console,content-type',
        },
      })
      expect(preflight.headers.get('access-control-allow-origin')).to.equal(ALLOWED)
      expect(preflight.headers.get('access-control-allow-headers')?.toLowerCase()).to.not.include(
        'hefu-console',
      )
      expect(preflight.headers.has('access-control-allow-credentials')).to.equal(false)
      const told = await browser.ask('/session', { headers: { Origin: ALLOWED } })
      expect(told.headers.has('access-control-allow-credentials')).to.equal(false)
    })

    it('has the scopes that the provider granted, and no other', async () => {
      const auditor = browserOf()
      await signIn(auditor, 'auditor')
      expect((await sessionOf(auditor)).scopes).to.deep.equal(['reports', 'ledger:read'])
      expect((await sessionOf(auditor)).region).to.equal(null)
      expect(outcome(await verify(auditor))).to.deep.equal([403, 'scope-missing'])
    })

    it('asks for the regions of its client that lie in the person’s, and for no other', async () => {
      const town = browserOf()
      await signIn(town, 'townClerk')
      for (const [who, region, status] of [
        [browser, '440000', 200],
        [browser, '440305', 200],
        [browser, '450000', 403],
        [town, '440300', 200],
        [town, '440305', 200],
        [town, '440000', 403],
        [town, '440100', 403],
      ] as const) {
        const answer = await verify(who, { receivingRegion: region })
        expect([region, answer.status], answer.text).to.deep.equal([region, status])
        if (status === 403) expect(answer.json.code).to.equal('region-not-permitted')
      }
      const stranger = browserOf()
      await signIn(stranger, 'elsewhere')
      for (const region of ['430000', '440000'])
        expect(outcome(await verify(stranger, { receivingRegion: region }))).to.deep.equal([
          403,
          'region-not-permitted',
        ])
    })

    it('counts among the requests of its client, and is recorded as the person’s', async () => {
      const answer = await verify(browser)
      expect(answer.headers.get('ratelimit')).to.match(/^"client";r=\d+;t=\d+$/)
      const { rows } = await sql<{ client: string; person: string }>`select client, person
        from hefu_verifier.reading order by number desc limit 1`.execute(store.db)
      expect(rows).to.deep.equal([{ client: PEOPLE_CLIENT.id, person: 'clerk' }])
    })
  })

  describe('a session', () => {
    // A person has five at most, and those of one second give way in any order.
    beforeEach(() => sql`delete from hefu_verifier.console_session`.execute(store.db))

    it('is the same in all processes of a verifier', async () => {
      const browser = browserOf()
      await signIn(browser)
      const beside = browserOf(other)
      const cookie = { Cookie: `__Host-hefu=${browser.cookies.get('__Host-hefu')}` }
      expect((await verify(beside, {}, cookie)).status).to.equal(200)
      expect((await beside.page('/session/sign-out', { method: 'POST', headers: cookie })).status).to.equal(
        200,
      )
      expect(outcome(await verify(browser))).to.deep.equal([401, 'session-ended'])
    })

    it('is locked once nobody did anything for so long: what the page asks by itself keeps nothing open, a touch and what a person asks do', async () => {
      const browser = browserOf()
      await signIn(browser)
      const polled = browserOf()
      await signIn(polled)
      for (skew = 50; skew < IDLE_SECONDS; skew += 50) expect((await verify(polled)).status).to.equal(200)
      skew = IDLE_SECONDS
      expect(outcome(await verify(polled))).to.deep.equal([401, 'session-locked'])
      expect(outcome(await verify(polled, {}, PERSONS))).to.deep.equal([401, 'session-locked'])
      expect((await sessionOf(polled)).locked).to.equal(true)
      const touch = () => browser.page('/session/touch', { method: 'POST' })
      skew = IDLE_SECONDS - 1
      expect((await touch()).status).to.equal(204)
      skew += IDLE_SECONDS - 1
      expect((await verify(browser, {}, PERSONS)).status).to.equal(200)
      skew += IDLE_SECONDS - 1
      expect((await sessionOf(browser)).locked).to.equal(false)
      skew += 1
      expect(await sessionOf(browser)).to.include({ locked: true, signedIn: true, name: '示例办事员' })
      expect(outcome(await touch())).to.deep.equal([401, 'session-locked'])
      expect(outcome(await verify(browser))).to.deep.equal([401, 'session-locked'])
    })

    it('that is locked goes on once the same person has signed in anew, and is another’s for anybody else', async () => {
      const browser = browserOf()
      await signIn(browser)
      const { subject } = await sessionOf(browser)
      skew = IDLE_SECONDS
      const { location } = await browser.ask('/session/sign-in')
      expect(
        new URL(location).searchParams.get('prompt'),
        'anew, and not by the provider’s session',
      ).to.equal('login consent')
      skew = 0
      await signIn(browser, 'clerk', '?fresh=1')
      expect(await sessionOf(browser)).to.include({ subject, locked: false })
      expect((await verify(browser)).status).to.equal(200)
      browser.forgetHost('127.0.0.1')
      await signIn(browser, 'townClerk', '?fresh=1')
      const next = await sessionOf(browser)
      expect(next).to.include({ region: '440300', locked: false })
      expect(next.subject).to.not.equal(subject)
    })

    it('is locked by its page, and then only a proof of who it is goes on', async () => {
      const browser = browserOf()
      await signIn(browser)
      const lock = (headers = {}) => browser.page('/session/lock', { method: 'POST', headers })
      expect(outcome(await browser.ask('/session/lock', { method: 'POST' }))).to.deep.equal([
        403,
        'session-header-missing',
      ])
      expect(outcome(await lock({ Origin: 'https://elsewhere.example' }))).to.deep.equal([
        403,
        'session-forbidden-origin',
      ])
      expect((await sessionOf(browser)).locked).to.equal(false)
      for (const _ of ['once', 'again']) expect((await lock()).status).to.equal(204)
      expect((await sessionOf(browser)).locked).to.equal(true)
      expect(outcome(await verify(browser, {}, PERSONS))).to.deep.equal([401, 'session-locked'])
      expect(outcome(await browser.page('/session/touch', { method: 'POST' }))).to.deep.equal([
        401,
        'session-locked',
      ])
      expect(await promptOf(browser)).to.equal('login consent')
      // Also where the browser was closed in between.
      browser.forgetCookie('__Host-hefu')
      expect(await promptOf(browser)).to.equal('login consent')
      await signIn(browser)
      expect((await sessionOf(browser)).locked).to.equal(false)
      expect(await promptOf(browser), 'and the proof is given once').to.equal('consent')
      const nobodys = await browserOf().page('/session/lock', { method: 'POST' })
      expect(outcome(nobodys)).to.deep.equal([401, 'session-missing'])
    })

    it('that has ended, gave way or was left is followed by nobody who does not prove who they are', async () => {
      const [ended, evicted, left, doubled] = [browserOf(), browserOf(), browserOf(), browserOf()]
      for (const browser of [ended, evicted, left, doubled]) await signIn(browser)
      skew = SESSION_SECONDS
      expect(await promptOf(ended)).to.equal('login consent')
      skew = 0
      await sql`delete from hefu_verifier.console_session`.execute(store.db)
      expect(await promptOf(evicted)).to.equal('login consent')
      // At the provider nothing was confirmed: it knows the browser still.
      await left.page('/session/sign-out', { method: 'POST' })
      expect(left.cookies.get('__Host-hefu-left'), 'no secret').to.equal('1')
      expect(await promptOf(left)).to.equal('login consent')
      const cookie = `__Host-hefu=${doubled.cookies.get('__Host-hefu')}`
      const { location } = await doubled.ask('/session/sign-in', {
        headers: { Cookie: `${cookie}; ${cookie}` },
      })
      expect(new URL(location).searchParams.get('prompt')).to.equal('login consent')
      expect(await promptOf(browserOf()), 'nobody was here').to.equal('consent')
      provider.mood.signedInAgo = 120
      expect(await signIn(left)).to.equal('/console/?signIn=sign-in-refused')
      expect((await sessionOf(left)).signedIn).to.equal(false)
      provider.mood.signedInAgo = 0
      expect(await signIn(left)).to.equal('/console/')
      expect(left.cookies.has('__Host-hefu-left')).to.equal(false)
    })

    it('that is left after a sign-in was begun is not gone on with by that one', async () => {
      const browser = browserOf()
      await signIn(browser)
      provider.mood.signedInAgo = 120
      browser.forgetHost('127.0.0.1')
      const back = await comeBack(browser)
      await browser.page('/session/sign-out', { method: 'POST' })
      const { location } = await browser.ask(back.href, { headers: { 'X-Forwarded-For': nextAddress() } })
      expect(location).to.equal(`${ORIGIN}/console/?signIn=sign-in-refused`)
      expect((await sessionOf(browser)).signedIn).to.equal(false)
    })

    it('says of each answer for whom it is, also of a refusal, and does nothing for a page of another person', async () => {
      const browser = browserOf()
      await signIn(browser)
      const { subject } = await sessionOf(browser)
      for (const [answer, status] of [
        [await verify(browser), 200],
        [await verify(browser, { receivingRegion: '450000' }), 403],
        [await verify(browser, {}, { 'Hefu-Subject': subject }), 200],
        [await browser.page('/session/touch', { method: 'POST' }), 204],
      ] as const)
        expect([answer.status, answer.headers.get('hefu-subject')]).to.deep.equal([status, subject])
      const rows = async () =>
        (await sql`select number from hefu_verifier.reading`.execute(store.db)).rows.length
      const before = await rows()
      for (const other of ['A'.repeat(43), `${subject}, ${subject}`, '']) {
        const answer = await verify(browser, {}, { 'Hefu-Subject': other })
        expect(outcome(answer)).to.deep.equal([401, 'session-of-another'])
        for (const path of ['/session/touch', '/session/lock'])
          expect(
            outcome(await browser.page(path, { method: 'POST', headers: { 'Hefu-Subject': other } })),
          ).to.deep.equal([401, 'session-of-another'])
      }
      expect(await rows()).to.equal(before)
      expect((await sessionOf(browser)).locked).to.equal(false)
    })

    it('is not begun by a sign-in that was to be anew and was not', async () => {
      provider.mood.signedInAgo = 120
      expect(await signIn(browserOf(), 'clerk', '?fresh=1')).to.equal('/console/?signIn=sign-in-refused')
    })

    it('ends at its end, whatever is done', async () => {
      const browser = browserOf()
      await signIn(browser)
      for (skew = 0; skew < SESSION_SECONDS - IDLE_SECONDS; skew += IDLE_SECONDS - 1)
        expect((await browser.page('/session/touch', { method: 'POST' })).status).to.equal(204)
      skew = SESSION_SECONDS
      expect(outcome(await verify(browser))).to.deep.equal([401, 'session-ended'])
      expect(await sessionOf(browser)).to.deep.equal({ signedIn: false, signInAt: '/session/sign-in' })
    })

    it('is left: nothing of it is kept, the provider takes its tokens back, and leads the browser on', async () => {
      const browser = browserOf()
      await signIn(browser)
      const cookie = browser.cookies.get('__Host-hefu')
      provider.asked.length = 0
      const left = await browser.page('/session/sign-out', { method: 'POST' })
      expect(left.status, left.text).to.equal(200)
      const leaveAt = new URL(left.json.leaveAt)
      expect(leaveAt.origin).to.equal(provider.url)
      expect(Object.fromEntries(leaveAt.searchParams)).to.deep.equal({
        client_id: PEOPLE_CLIENT.id,
        post_logout_redirect_uri: `${ORIGIN}/console/`,
      })
      expect(provider.asked).to.include('POST /token/revocation')
      expect(browser.cookies.has('__Host-hefu')).to.equal(false)
      const again = await verify(browserOf(), {}, { Cookie: `__Host-hefu=${cookie}` })
      expect(outcome(again)).to.deep.equal([401, 'session-ended'])
    })

    it('is left also while the provider is away, and by none but its own page', async () => {
      const browser = browserOf()
      await signIn(browser)
      const leave = (headers = {}) => browser.page('/session/sign-out', { method: 'POST', headers })
      expect(outcome(await browser.ask('/session/sign-out', { method: 'POST' }))).to.deep.equal([
        403,
        'session-header-missing',
      ])
      expect(outcome(await leave({ Origin: 'https://elsewhere.example' }))).to.deep.equal([
        403,
        'session-forbidden-origin',
      ])
      expect((await browser.ask('/session/sign-out')).status).to.equal(405)
      expect((await verify(browser)).status).to.equal(200)
      provider.mood.isAway = true
      expect((await leave()).status).to.equal(200)
      expect((await sessionOf(browser)).signedIn).to.equal(false)
    })

    it('is kept so that the store alone names nobody and opens nothing, and altered rows are none', async () => {
      const [browser, second] = [browserOf(), browserOf()]
      await signIn(browser)
      await signIn(second, 'townClerk')
      const { rows } = await sql`select * from hefu_verifier.console_session`.execute(store.db)
      const kept = rows.flatMap((row) =>
        Object.values(row as object).map((value) =>
          value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value),
        ),
      )
      const [cookie = ''] = (browser.cookies.get('__Host-hefu') ?? '').split('.')
      for (const secret of [
        cookie,
        '示例',
        'clerk',
        'eyJ',
        Buffer.from(cookie, 'base64url').toString('latin1'),
      ])
        expect(kept.some((text) => text.includes(secret))).to.equal(false)
      const table = sql.table('hefu_verifier.console_session')
      for (const change of [
        sql`update ${table} set sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1)`,
        sql`update ${table} set ends_at = ends_at + 86400`,
        sql`update ${table} as mine set sealed = theirs.sealed from ${table} as theirs
          where theirs.id <> mine.id and theirs.person <> mine.person`,
      ]) {
        const altered = browserOf()
        await signIn(altered)
        await change.execute(store.db)
        expect(outcome(await verify(altered))).to.deep.equal([401, 'session-ended'])
        expect((await sessionOf(altered)).signedIn).to.equal(false)
      }
    })

    it('is one of five that a person has at most: the oldest gives way', async () => {
      const browsers: CookieBrowser[] = []
      for (let count = 0; count < 6; count += 1) {
        const browser = browserOf()
        skew = count
        await signIn(browser, 'auditor')
        browsers.push(browser)
      }
      const states = []
      for (const browser of browsers) states.push((await sessionOf(browser)).signedIn)
      expect(states).to.deep.equal([false, true, true, true, true, true])
    })

    it('says nothing of a person, and no token, in the log', async () => {
      for (const text of ['示例办事员', 'eyJ', '"clerk"', PEOPLE_CLIENT.secret])
        expect(service.log() + other.log()).to.not.include(text)
    })
  })

  describe('the token of a session', () => {
    const renewals = (): number => provider.asked.filter((asked) => asked === 'POST /token').length

    it('is renewed shortly before its end, once, whoever asks at the same time in whichever process', async () => {
      const browser = browserOf()
      await signIn(browser)
      skew = 290
      await browser.page('/session/touch', { method: 'POST' })
      skew = 570
      provider.asked.length = 0
      const cookie = { Cookie: `__Host-hefu=${browser.cookies.get('__Host-hefu')}` }
      const beside = browserOf(other)
      const answers = await Promise.all(
        [browser, beside, browser, beside, browser].map((one) => verify(one, {}, cookie)),
      )
      expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200, 200, 200])
      expect(renewals()).to.equal(1)
      expect((await verify(beside, {}, cookie)).status).to.equal(200)
      expect(renewals(), 'it was rotated, and is known to both').to.equal(1)
    })

    it('is used on while the provider is away, and where it is over nobody is told a verdict', async () => {
      const browser = browserOf()
      await signIn(browser)
      skew = 290
      await browser.page('/session/touch', { method: 'POST' })
      provider.mood.isAway = true
      skew = 570
      expect((await verify(browser)).status).to.equal(200)
      skew = 580
      await browser.page('/session/touch', { method: 'POST' })
      skew = 660
      await sql`update hefu_verifier.console_session set renewing_until = 0`.execute(store.db)
      expect(outcome(await verify(browser))).to.deep.equal([503, 'issuer-unreachable'])
      expect((await sessionOf(browser)).locked, 'that is no reason to sign in again').to.equal(false)
      provider.mood.isAway = false
      await sql`update hefu_verifier.console_session set renewing_until = 0`.execute(store.db)
      skew = 570
      expect((await verify(browser)).status).to.equal(200)
    })

    it('that the provider renews no more locks the session', async () => {
      const browser = browserOf()
      await signIn(browser)
      skew = 290
      await browser.page('/session/touch', { method: 'POST' })
      provider.forget()
      skew = 570
      expect(outcome(await verify(browser))).to.deep.equal([401, 'session-locked'])
      expect((await sessionOf(browser)).locked).to.equal(true)
      skew = 0
      expect(outcome(await verify(browser)), 'and it stays so').to.deep.equal([401, 'session-locked'])
    })
  })
})

describe('the console of one’s own machine, at a provider that renews nothing', () => {
  const HERE = 'http://127.0.0.1:8700'
  let provider: PeopleProvider
  let service: TestService
  let without: TestService
  let sample: Sample
  let start: (signIn?: object, store?: VerifierStore) => Promise<TestService>
  let skew = 0

  before(async () => {
    const people = { clerk: PEOPLE.clerk }
    provider = await startPeopleProvider({ audience: AUDIENCE, people, origin: HERE, refreshes: false })
    sample = await createSample(readClock())
    start = (signIn, store) =>
      startTestService(sample.view, {
        ...(store === undefined ? {} : { store }),
        clock: () => readClock() + skew,
        maxLedgerAgeSeconds: 86_400,
        console: {
          terms: { idleSeconds: 3_600, sessionSeconds: 7_200 },
          ...(signIn === undefined
            ? {}
            : { signIn: { origin: HERE, clientId: PEOPLE_CLIENT.id, secret: PEOPLE_CLIENT.secret } }),
        },
        access: {
          issuer: provider.url,
          audience: AUDIENCE,
          clients: new Map([[PEOPLE_CLIENT.id, { ...COUNTER, id: PEOPLE_CLIENT.id }]]),
          quota: createMemoryQuota(),
          proxies: { addresses: [], header: 'x-forwarded-for' },
        },
      })
    service = await start({})
    without = await start()
  })
  after(async () => {
    await without.close()
    await service.close()
    await provider.stop()
  })
  afterEach(() => {
    skew = 0
  })

  const verify = (browser: CookieBrowser): Promise<PageAnswer> =>
    browser.page('/v1/verifications', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ presented: sample.bundle, receivingRegion: '440000' }),
    })
  async function signIn(at = service): Promise<CookieBrowser> {
    const browser = createBrowser(HERE, at.url)
    const begun = await browser.ask('/session/sign-in')
    expect(new URL(begun.location).searchParams.has('prompt'), 'there is nothing to consent to').to.equal(
      false,
    )
    const back = await browser.follow(begun.location, (address) => address.startsWith(provider.url))
    const answer = await browser.ask(back)
    expect(answer.location).to.equal(`${HERE}/console/`)
    for (const line of answer.headers.getSetCookie())
      expect(line).to.match(/^hefu(-sign-in|-left)?=[^;]*; Path=\/; HttpOnly; SameSite=Lax(; Max-Age=0)?$/)
    return browser
  }

  it('has sessions that are locked with the end of their token, and go on after another sign-in', async () => {
    const browser = await signIn()
    expect((await verify(browser)).status).to.equal(200)
    const subject = (await browser.ask('/session')).json.subject
    skew = 500
    expect((await verify(browser)).status).to.equal(200)
    skew = 601
    expect((await browser.ask('/session')).json).to.include({ locked: true, subject })
    for (const answer of [await verify(browser), await browser.page('/session/touch', { method: 'POST' })])
      expect([answer.status, answer.json.code]).to.deep.equal([401, 'session-locked'])
    skew = 0
    const again = await signIn()
    expect((await again.ask('/session')).json).to.include({ locked: false, subject })
  })

  it('tells nobody anything of a session that cannot be looked up, and no verdict', async () => {
    const own = await openMemoryStore()
    const lost = await start({}, own)
    try {
      const browser = await signIn(lost)
      expect((await verify(browser)).status).to.equal(200)
      await sql`alter table hefu_verifier.console_session rename to console_session_lost`.execute(own.db)
      for (const answer of [
        await verify(browser),
        await browser.ask('/session'),
        await browser.page('/session/touch', { method: 'POST' }),
        await browser.page('/session/lock', { method: 'POST' }),
        await browser.page('/session/sign-out', { method: 'POST' }),
      ])
        expect([answer.status, answer.json.code]).to.deep.equal([503, 'sessions-unreachable'])
      const { location } = await browser.ask('/session/sign-in')
      expect(location).to.equal(`${HERE}/console/?signIn=sessions-unreachable`)
      expect(lost.log()).to.include('store fault')
    } finally {
      await lost.close()
      await own.close()
    }
  })

  it('reads no cookie where nobody signs in, and says so', async () => {
    const browser = await signIn()
    const cookie = { Cookie: `hefu=${browser.cookies.get('hefu')}`, 'Hefu-Console': '1' }
    const ask = (path: string, init: RequestInit = {}) =>
      createBrowser(HERE, without.url).ask(path, { ...init, headers: cookie })
    const answer = await ask('/v1/ledger')
    expect([answer.status, answer.json.code]).to.deep.equal([401, 'token-missing'])
    expect((await ask('/session')).json).to.deep.equal({ signedIn: false, signInAt: null })
    for (const path of ['/session/sign-in', '/session/callback'])
      expect((await ask(path)).json.code).to.equal('no-sign-in')
    for (const path of ['/session/touch', '/session/lock', '/session/sign-out'])
      expect((await ask(path, { method: 'POST' })).json.code).to.equal('no-sign-in')
  })
})

describe('the console of a process', () => {
  let provider: PeopleProvider
  let files: VerifierFiles
  let running: VerifierProcess

  before(async () => {
    provider = await startPeopleProvider({ audience: AUDIENCE, people: PEOPLE, origin: ORIGIN })
    files = await writeVerifierFiles()
    const [clients, secret] = [join(files.folder, 'clients.json'), join(files.folder, 'console-secret')]
    const { id: _, ...counter } = COUNTER
    const permissions = { ...counter, receivingRegions: ['440000'] }
    await writeFile(clients, JSON.stringify({ [PEOPLE_CLIENT.id]: permissions }))
    await writeFile(secret, `${PEOPLE_CLIENT.secret}\n`)
    running = await startVerifierProcess({
      ...files.environment,
      HEFU_ACCESS: 'guarded',
      HEFU_ISSUER: provider.url,
      HEFU_AUDIENCE: AUDIENCE,
      HEFU_CLIENTS: clients,
      HEFU_CONSOLE_ORIGIN: ORIGIN,
      HEFU_CONSOLE_CLIENT: PEOPLE_CLIENT.id,
      HEFU_CONSOLE_SECRET_FILE: secret,
      HEFU_CONSOLE_IDLE_SECONDS: '120',
      HEFU_CONSOLE_SESSION_SECONDS: '600',
    })
  })
  after(async () => {
    await running?.stop()
    await files.remove()
    await provider.stop()
  })

  it('is as its environment says: people sign in, and the page is told of the network file', async () => {
    const browser = createBrowser(ORIGIN, running.url)
    const begun = await browser.ask('/session/sign-in')
    const back = await browser.follow(begun.location, (address) => address.startsWith(provider.url))
    expect((await browser.ask(back)).location).to.equal(`${ORIGIN}/console/`)
    const { json } = await browser.ask('/session')
    expect(json).to.include({ signedIn: true, region: '440000', idleSeconds: 120 })
    expect(json.expiresAt).to.be.within(readClock() + 540, readClock() + 600)
    const settings = await browser.ask('/console/settings.json')
    expect(settings.json.network).to.include({ rpcUrl: 'http://127.0.0.1:9', deploymentBlock: 0 })
    const asked = { presented: 'nothing', receivingRegion: '430000' }
    const refused = await browser.page('/v1/verifications', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(asked),
    })
    expect([refused.status, refused.json.code]).to.deep.equal([403, 'region-not-permitted'])
  })
})
