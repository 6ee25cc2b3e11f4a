/** A sign-in in a real browser, at a provider of another site: who gets the cookie, who may use it, and who may not. */
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMemoryQuota, readClock } from '@hefu/service'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import type { Browser, Page } from 'playwright-core'
import { freePort } from '../../../scripts/sandbox/founded-sandbox.ts'
import { launchChromium } from '../../browser/chromium.ts'
import { PEOPLE_CLIENT, type PeopleProvider, startPeopleProvider } from './fixtures/people-provider.ts'
import { AUDIENCE, COUNTER } from './guarded-service.ts'
import { createSample } from './sample.ts'
import { startTestService, type TestService } from './service.ts'

interface Asking {
  readonly path: string
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

describe('a console in a real browser', function () {
  this.timeout(120_000)
  let folder: string
  let origin: string
  let provider: PeopleProvider
  let service: TestService
  let elsewhere: Server
  let browser: Browser
  let page: Page
  let body: string

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hefu-console-'))
    await writeFile(join(folder, 'index.html'), '<!doctype html><title>合符</title>')
    const port = await freePort()
    origin = `http://127.0.0.1:${port}`
    const people = { clerk: { name: '示例办事员', hefu_roles: ['clerk'] } }
    provider = await startPeopleProvider({ audience: AUDIENCE, people, origin, host: 'localhost' })
    const sample = await createSample(readClock())
    body = JSON.stringify({ presented: sample.bundle, receivingRegion: '440000' })
    service = await startTestService(sample.view, {
      port,
      clock: readClock,
      maxLedgerAgeSeconds: 86_400,
      console: {
        folder,
        signIn: { origin, clientId: PEOPLE_CLIENT.id, secret: PEOPLE_CLIENT.secret },
      },
      access: {
        issuer: provider.url,
        audience: AUDIENCE,
        clients: new Map([[PEOPLE_CLIENT.id, { ...COUNTER, id: PEOPLE_CLIENT.id }]]),
        quota: createMemoryQuota(),
        proxies: { addresses: [], header: 'x-forwarded-for' },
      },
    })
    elsewhere = createServer((_, res) => {
      res.setHeader('Content-Type', 'text/html')
      res.end(`<form method="post" action="${origin}/session/sign-out"><button>x</button></form>`)
    }).listen(0, '127.0.0.1')
    await once(elsewhere, 'listening')
    browser = await launchChromium()
    page = await (await browser.newContext()).newPage()
  })
  after(async () => {
    await browser?.close()
    elsewhere?.close()
    elsewhere?.closeAllConnections()
    await service?.close()
    await provider?.stop()
    await rm(folder, { recursive: true })
  })

  /** As a script of the page asks. */
  const ask = (asking: Asking) =>
    page.evaluate(async ({ path, ...init }) => {
      const response = await fetch(path, { mode: 'same-origin', ...init })
      const text = await response.text()
      return { status: response.status, json: text === '' ? null : JSON.parse(text) }
    }, asking)
  const CONSOLE = { 'Hefu-Console': '1' }

  it('has the session that its page uses and no script reads, and leads back to where it was', async () => {
    await page.goto(`${origin}/session/sign-in?return=/console/verify`)
    expect(page.url()).to.equal(`${origin}/console/verify`)
    expect(await page.title()).to.equal('合符')
    expect((await ask({ path: '/session' })).json).to.include({ signedIn: true, name: '示例办事员' })
    expect(await page.evaluate('document.cookie')).to.not.include('hefu')
    const headers = { 'Content-Type': 'application/json', ...CONSOLE }
    const verified = await ask({ path: '/v1/verifications', method: 'POST', headers, body })
    expect([verified.status, verified.json.report?.verdict]).to.deep.equal([200, 'accepted'])
    expect((await ask({ path: '/session/touch', method: 'POST', headers: CONSOLE })).status).to.equal(204)
    expect((await ask({ path: '/v1/ledger' })).json.code).to.equal('session-header-missing')
  })

  it('asks no other origin from its page', async () => {
    const other = `http://localhost:${(elsewhere.address() as AddressInfo).port}/`
    const asked = await page.evaluate((url) => fetch(url).then(String, String), other)
    expect(asked).to.include('TypeError')
  })

  it('is not left, nor used, by what another site’s page sends', async () => {
    const other = await page.context().newPage()
    await other.goto(`http://localhost:${(elsewhere.address() as AddressInfo).port}/`)
    const asked = await other.evaluate(
      ([url, headers]) =>
        fetch(`${url}/session/sign-out`, { method: 'POST', credentials: 'include', headers }).then(
          String,
          String,
        ),
      [origin, CONSOLE] as const,
    )
    expect(asked, 'the browser asks beforehand, and is not allowed').to.include('TypeError')
    await Promise.all([other.waitForURL(`${origin}/**`), other.click('button')])
    expect(await other.textContent('body')).to.include('session-header-missing')
    await other.close()
    expect((await ask({ path: '/session' })).json.signedIn).to.equal(true)
  })

  it('is left by its own page', async () => {
    const left = await ask({ path: '/session/sign-out', method: 'POST', headers: CONSOLE })
    expect(new URL(left.json.leaveAt).origin).to.equal(provider.url)
    expect((await ask({ path: '/session' })).json.signedIn).to.equal(false)
    const again = await ask({ path: '/v1/ledger', headers: CONSOLE })
    expect([again.status, again.json.code]).to.deep.equal([401, 'session-missing'])
  })
})
