/** The page on which a sheet is looked up, in a real browser: by keyboard, in Chinese first, and under its own strict rules. */
import { join } from 'node:path'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import type { Browser, Page } from 'playwright-core'
import { launchChromium } from '../../browser/chromium.ts'
import { createSample, FACE, revoke } from './sample.ts'
import { type Answer, post, startTestService, type TestService } from './service.ts'

describe('the page /recheck', function () {
  this.timeout(120_000)
  let browser: Browser
  let service: TestService
  let answered: Answer['json']
  let page: Page
  const asked: string[] = []
  const complaints: string[] = []

  before(async () => {
    const sample = await createSample()
    service = await startTestService(revoke(sample.memory))
    answered = (
      await post(service.url, { presented: sample.bundle, receivingRegion: '440000', caseNo: '粤2026-1' })
    ).json
    browser = await launchChromium()
    page = await browser.newPage()
    page.on('request', (request) => asked.push(request.url()))
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
  })
  after(async () => {
    await browser?.close()
    await service.close()
  })

  it('is Chinese first, works by keyboard alone, and shows what the service answered', async () => {
    await page.goto(`${service.url}/recheck`)
    expect(await page.locator('html').getAttribute('lang')).to.equal('zh-CN')
    expect(await page.title()).to.match(/^核验单复核/)
    await page.keyboard.type(answered.number.toLowerCase())
    await page.keyboard.press('Tab')
    await page.keyboard.type(answered.code.replaceAll('-', ' '))
    await page.keyboard.press('Enter')
    await page.getByText('不予认可').first().waitFor()
    const text = await page.locator('#found').textContent()
    for (const part of [answered.number, '粤2026-1', '广东省', '湖南省住房和城乡建设厅', '已被吊销'])
      expect(text).to.include(part)
    for (const value of Object.values(FACE)) expect(text).to.not.include(value)
    expect(await page.evaluate('document.activeElement.id'), 'a screen reader is taken there').to.equal(
      'verdict',
    )
    if (process.env['HEFU_SCREENSHOTS'] !== undefined)
      await page.screenshot({ path: join(process.env['HEFU_SCREENSHOTS'], 'recheck.png'), fullPage: true })
  })

  it('takes the number from behind the # of a sheet’s code, which is sent to nobody', async () => {
    await page.goto('about:blank')
    asked.length = 0
    await page.goto(`${service.url}/recheck#n=${answered.number}`)
    expect(await page.locator('#number').inputValue()).to.equal(answered.number)
    expect(await page.evaluate('document.activeElement.id')).to.equal('code')
    expect(asked.filter((url) => new URL(url).search !== '')).to.deep.equal([])
    expect(service.log()).to.not.include(answered.number)
  })

  it('says what is mistyped, and that a wrong code opens nothing', async () => {
    await page.locator('#code').fill('AAAA')
    await page.keyboard.press('Enter')
    await page.getByText('复核码有误').waitFor()
    expect(await page.locator('[aria-invalid]').getAttribute('id')).to.equal('code')
    const swapped = answered.number.replace(/.$/, (check: string) => (check === 'A' ? 'B' : 'A'))
    for (const [typed, says] of [
      ['', '请填写核验单编号'],
      ['2026-7K3M', '核验单编号有误：应为'],
      [swapped, '与末位校验字符不符'],
    ] as const) {
      await page.locator('#number').fill(typed)
      await page.locator('#code').fill('AAAA-AAAA-AAAA-AAAA')
      await page.keyboard.press('Enter')
      await page.getByText(says).waitFor()
      expect(await page.locator('[aria-invalid]').getAttribute('id')).to.equal('number')
      expect(await page.locator('#problem').textContent()).to.not.include('不符合要求')
    }
    await page.locator('#number').fill(` ${[...answered.number].join(' ')}\u3000`)
    await page.locator('#code').fill('AAAA-AAAA-AAAA-AAAA')
    await page.keyboard.press('Enter')
    await page.getByText('查无此核验报告').waitFor()
    expect(await page.locator('#found').isHidden()).to.equal(true)
  })

  it('takes spaces off before it judges what was typed, and leads to the console', async () => {
    await page.locator('#number').fill(`  ${answered.number.replaceAll('-', ' - ')}  `)
    await page.locator('#code').fill(` ${[...answered.code].join(' ')} `)
    await page.keyboard.press('Enter')
    await page.getByText('不予认可').first().waitFor()
    expect(await page.getByRole('link', { name: /核验台/ }).getAttribute('href')).to.equal('console/')
  })

  it('asks nobody else, and writes what stands in the address as text', async () => {
    await page.goto('about:blank')
    await page.goto(`${service.url}/recheck#n=%3Cimg%20src=x%20onerror=document.title=1%3E`)
    expect(await page.title()).to.match(/^核验单复核/)
    const elsewhere = asked.filter((url) => !url.startsWith(`${service.url}/`) && !/^(data|about):/.test(url))
    expect(elsewhere).to.deep.equal([])
    // A refusal is said by the browser's own console, and is no fault of the page.
    expect(complaints.filter((text) => !/status of (404|422)/.test(text))).to.deep.equal([])
    const { headers } = await fetch(`${service.url}/recheck`)
    expect(headers.get('content-security-policy'))
      .to.include("default-src 'none'")
      .and.include("script-src 'self'")
      .and.not.include('unsafe')
    expect(headers.get('cache-control')).to.equal('no-store')
  })
})
