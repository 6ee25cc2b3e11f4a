/** The pages on which sample people sign in, in a real browser: WCAG 2.2 AA by axe, by keyboard alone, under their policy. */
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import type { Browser, Page } from 'playwright-core'
import { type IdentityProvider, startIdentityProvider } from '../../scripts/sandbox/identity-provider.ts'
import { launchChromium } from './chromium.ts'

const PASSWORD = 'abcd-efgh-jkmn'
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

describe('the sign-in pages in Chromium', function () {
  this.timeout(120_000)
  let browser: Browser
  let page: Page
  let provider: IdentityProvider
  let console: Server
  let origin: string
  const refused: string[] = []

  before(async () => {
    console = createServer((_, res) => res.end('<!doctype html><title>console</title>')).listen(
      0,
      '127.0.0.1',
    )
    await new Promise((resolve) => console.once('listening', resolve))
    origin = `http://127.0.0.1:${(console.address() as AddressInfo).port}`
    provider = await startIdentityProvider({
      port: 0,
      clients: [],
      audiences: { 'urn:hefu:verifier': ['verify'] },
      people: {
        console: { id: 'guangdong-console', secret: 'c'.repeat(32), origin },
        password: PASSWORD,
      },
    })
    browser = await launchChromium()
    page = await browser.newPage()
    page.on('console', (message) => {
      if (message.type() === 'error') refused.push(message.text())
    })
  })
  after(async () => {
    await browser.close()
    await provider.stop()
    console.close()
  })

  const authorize = (more: Readonly<Record<string, string>> = {}): string => {
    const asked = {
      client_id: 'guangdong-console',
      response_type: 'code',
      redirect_uri: `${origin}/session/callback`,
      scope: 'openid verify',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      ...more,
    }
    return `${provider.url}/auth?${new URLSearchParams(asked)}`
  }

  const findingsOfAxe = async (): Promise<readonly string[]> => {
    // The debugger runs it, which no policy of the page holds.
    await page.evaluate(AXE)
    return page.evaluate(async (tags) => {
      const { axe } = globalThis as unknown as { readonly axe: typeof import('axe-core') }
      const { violations } = await axe.run({ runOnly: [...tags] })
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
    }, WCAG)
  }

  it('have nothing that axe finds against WCAG 2.2 AA, before and after a wrong try', async () => {
    await page.goto(authorize())
    expect(await page.title()).to.include('登录')
    expect(await findingsOfAxe()).to.deep.equal([])
    await page.getByLabel('口令').fill('wrong')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
    expect(await page.title()).to.match(/^有误/)
    expect(await findingsOfAxe()).to.deep.equal([])
  })

  it('lead by the keyboard alone to the console, with a second factor, where the policy lets the form go', async () => {
    await page.goto(authorize({ acr_values: 'urn:hefu:acr:second-factor' }))
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowDown')
    expect(await page.getByRole('radio', { name: '王样例' }).isChecked()).to.equal(true)
    await page.keyboard.press('Tab')
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '第二重验证' }).waitFor()
    expect(await findingsOfAxe()).to.deep.equal([])
    const code = (await page.locator('strong.code').textContent()) ?? ''
    await page.keyboard.press('Tab')
    await page.keyboard.type(code)
    await page.keyboard.press('Enter')
    await page.waitForURL(`${origin}/session/callback?**`)
    expect(new URL(page.url()).searchParams.get('code')).to.be.a('string')
  })

  it('lead another person in, and out again to the console', async () => {
    await page.goto(authorize({ prompt: 'login' }))
    await page.getByRole('radio', { name: '刘样例' }).check()
    await page.getByLabel('口令').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.waitForURL(`${origin}/session/callback?**`)
    const leave = new URLSearchParams({
      client_id: 'guangdong-console',
      post_logout_redirect_uri: `${origin}/console/`,
    })
    await page.goto(`${provider.url}/session/end?${leave}`)
    expect(await findingsOfAxe()).to.deep.equal([])
    await page.getByRole('button', { name: '退出', exact: false }).first().press('Enter')
    await page.waitForURL(`${origin}/console/`)
    expect(refused.filter((text) => text.includes('Content Security Policy'))).to.deep.equal([])
  })

  it('say in a page of their own what is wrong with a request', async () => {
    await page.goto(authorize({ redirect_uri: 'http://127.0.0.1:9/' }))
    expect(await page.title()).to.include('无法登录')
    expect(await findingsOfAxe()).to.deep.equal([])
  })
})
