/** Who is signed in, as a page knows it: one session in all tabs of a browser, locked and left in all of them. Against a real service and a real provider. */
import { createMemoryQuota, readClock } from '@hefu/service'
import { expect } from 'chai'
import { after, before, beforeEach, describe, it } from 'mocha'
import { askService } from '#internal/console/service/ask-service'
import { ServiceProblem } from '#internal/console/service/service-problem'
import {
  askSession,
  beginSession,
  isSignOutUntold,
  lock,
  person,
  session,
  setAside,
  signOut,
  watchAnswers,
  watchTabs,
} from '#internal/console/session/session'
import { onForget } from '#internal/console/session/typed-work'
import { type CookieBrowser, createBrowser } from '../verifier/fixtures/cookie-browser.ts'
import {
  PEOPLE_CLIENT,
  type PeopleProvider,
  startPeopleProvider,
} from '../verifier/fixtures/people-provider.ts'
import { AUDIENCE, COUNTER } from '../verifier/guarded-service.ts'
import { createSample } from '../verifier/sample.ts'
import { startTestService, type TestService } from '../verifier/service.ts'

const ORIGIN = 'https://verifier.example'
const PEOPLE = {
  li: { name: '李样例', hefu_roles: ['clerk'] },
  wang: { name: '王样例', hefu_roles: ['clerk'] },
}

describe('a page of the console, of the session that it shares with others', function () {
  this.timeout(60_000)
  let provider: PeopleProvider
  let service: TestService
  let browser: CookieBrowser
  /** Another tab, as far as it tells and hears. */
  let tab: InstanceType<typeof BroadcastChannel>
  let forgotten = 0
  let isAway = false
  let hold: (path: string) => Promise<void> = async () => undefined
  const told: unknown[] = []
  const { fetch: original } = globalThis
  const kept = new Map<string, string>()

  before(async () => {
    provider = await startPeopleProvider({ audience: AUDIENCE, people: PEOPLE, origin: ORIGIN })
    const sample = await createSample(readClock())
    service = await startTestService(sample.view, {
      clock: readClock,
      maxLedgerAgeSeconds: 86_400,
      console: { signIn: { origin: ORIGIN, clientId: PEOPLE_CLIENT.id, secret: PEOPLE_CLIENT.secret } },
      access: {
        issuer: provider.url,
        audience: AUDIENCE,
        clients: new Map([[PEOPLE_CLIENT.id, { ...COUNTER, id: PEOPLE_CLIENT.id }]]),
        quota: createMemoryQuota(),
        proxies: { addresses: [], header: 'x-forwarded-for' },
      },
    })
    Object.assign(globalThis, {
      sessionStorage: {
        getItem: (key: string) => kept.get(key) ?? null,
        setItem: (key: string, value: string) => void kept.set(key, value),
        removeItem: (key: string) => void kept.delete(key),
        clear: () => kept.clear(),
      },
    })
    tab = new BroadcastChannel('hefu.session')
    tab.addEventListener('message', (event: object) => told.push('data' in event ? event.data : null))
    onForget(() => (forgotten += 1))
    watchAnswers()
    watchTabs()
  })
  after(async () => {
    tab.close()
    globalThis.fetch = original
    Reflect.deleteProperty(globalThis, 'sessionStorage')
    await service.close()
    await provider.stop()
  })
  beforeEach(async () => {
    globalThis.fetch = original
    browser = createBrowser(ORIGIN, service.url)
    await signIn('li')
    kept.clear()
    isAway = false
    hold = async () => undefined
    globalThis.fetch = async (input, init = {}) => {
      const path = String(input)
      if (!path.startsWith('/')) return original(input, init)
      if (isAway) throw new TypeError('fetch failed')
      const { signal: _, ...rest } = init
      const headers = new Headers(init.headers)
      headers.set('Sec-Fetch-Site', 'same-origin')
      headers.set('Origin', ORIGIN)
      const { status, headers: answered, text } = await browser.ask(path, { ...rest, headers })
      // It was answered, and is on its way.
      await hold(path)
      return new Response(status === 204 ? null : text, { status, headers: answered })
    }
    await askSession()
    told.length = 0
    forgotten = 0
    isSignOutUntold.value = false
  })

  async function signIn(who: keyof typeof PEOPLE): Promise<void> {
    provider.mood.person = who
    browser.forgetHost('127.0.0.1')
    const begun = await browser.ask('/session/sign-in?fresh=1')
    const back = await browser.follow(begun.location, (address) => address.startsWith(provider.url))
    expect((await browser.ask(back)).location).to.equal(`${ORIGIN}/console/`)
  }

  /** As `GET /session` has it, whatever the page thinks. */
  const atService = async () => (await browser.ask('/session')).json
  async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const codeOf = (asking: Promise<unknown>) =>
    asking.then(
      () => null,
      (error: unknown) => (error instanceof ServiceProblem ? error.code : error),
    )

  it('that locks itself tells the service and every other tab', async () => {
    lock()
    expect(session.value.state).to.equal('locked')
    await until(async () => (await atService()).locked)
    await until(() => told.includes('locked'))
    // As after a reload.
    await askSession()
    expect([session.value.state, person.value?.name]).to.deep.equal(['locked', '李样例'])
    await signIn('li')
    tab.postMessage('changed')
    await until(() => session.value.state === 'signed-in')
    expect(forgotten, 'what was typed is still there').to.equal(0)
  })

  it('that was locked while the service was away is locked after a reload, and the service is told then', async () => {
    isAway = true
    lock()
    await until(() => kept.size > 0)
    expect([...kept.values()].join('')).to.match(/^locked [0-9]+$/)
    isAway = false
    expect((await atService()).locked, 'it could not be told').to.equal(false)
    await askSession()
    expect(session.value.state).to.equal('locked')
    await until(async () => (await atService()).locked)
    await until(() => kept.size === 0)
  })

  it('is locked with the others, and left with them', async () => {
    tab.postMessage('locked')
    await until(() => session.value.state === 'locked')
    tab.postMessage('signed-out')
    await until(() => session.value.state === 'signed-out')
    expect([person.value, forgotten]).to.deep.equal([null, 1])
  })

  it('on which somebody signs out has all others forget, and ask the service once it knows', async () => {
    await signOut()
    await until(() => told.length === 2)
    expect(told).to.deep.equal(['signed-out', 'changed'])
    expect([(await atService()).signedIn, forgotten, kept.size]).to.deep.equal([false, 1, 0])
  })

  it('on which somebody signed out while the service was away is nobody’s after a reload, and tells it then', async () => {
    isAway = true
    await signOut()
    expect([session.value.state, isSignOutUntold.value]).to.deep.equal(['signed-out', true])
    isAway = false
    expect((await atService()).signedIn).to.equal(true)
    await askSession()
    expect(session.value.state).to.equal('signed-out')
    await until(async () => !(await atService()).signedIn)
  })

  it('forgets the one as soon as another tab says that another signed in', async () => {
    await signIn('wang')
    tab.postMessage('changed')
    await until(() => person.value?.name === '王样例')
    expect(forgotten).to.equal(1)
    await beginSession()
    await until(() => told.includes('changed'))
  })

  it('that the browser brings back with Back shows nobody before the service has said who is there', async () => {
    setAside()
    expect([session.value.state, person.value]).to.deep.equal(['asking', null])
    await askSession()
    expect([session.value.state, person.value?.name, forgotten]).to.deep.equal(['signed-in', '李样例', 0])
    setAside()
    await signIn('wang')
    await askSession()
    expect([person.value?.name, forgotten]).to.deep.equal(['王样例', 1])
    setAside()
    await browser.page('/session/sign-out', { method: 'POST' })
    await askSession()
    expect([session.value.state, forgotten]).to.deep.equal(['signed-out', 2])
  })

  it('does nothing in the name of another person, and forgets what it shows at the first answer', async () => {
    await signIn('wang')
    expect(await codeOf(askService('/v1/ledger'))).to.equal('session-of-another')
    await until(() => person.value?.name === '王样例')
    expect(forgotten).to.be.greaterThan(0)
    expect(await codeOf(askService('/v1/ledger'))).to.not.equal('session-of-another')
  })

  it('drops an answer that comes once the page is another person’s', async () => {
    let go = (): void => undefined
    const held = new Promise<void>((resolve) => {
      go = resolve
    })
    let isHeld = false
    hold = async (path) => {
      if (path !== '/v1/ledger') return
      isHeld = true
      await held
    }
    const asked = codeOf(askService('/v1/ledger'))
    await until(() => isHeld)
    tab.postMessage('signed-out')
    await until(() => session.value.state === 'signed-out')
    go()
    expect(await asked).to.equal('session-of-another')
  })
})
