import { readFileSync } from 'node:fs'
import { launchChromium } from './test/browser/chromium.ts'
const origin = 'http://127.0.0.1:8902'
const log = readFileSync('/tmp/see/start.log', 'utf8')
const password = / (\S+)$/m.exec(log.slice(log.indexOf('Password, the same')))?.[1] ?? ''
const browser = await launchChromium()
const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1280, height: 720 } })
const page = await context.newPage()
page.on('console', (m) => console.log('console', m.type(), m.text().slice(0, 300)))
page.on('pageerror', (e) => console.log('pageerror', e.message))
const shot = (name: string, fullPage = false) => page.screenshot({ path: `/tmp/see/${name}.png`, fullPage })
await page.goto(`${origin}/console/`)
await page.waitForTimeout(1500)
await shot('0-signin')
await page.getByRole('link', { name: '登录' }).click()
await page.waitForTimeout(1000)
await shot('1-provider')
await page.getByRole('radio', { name: /示例办事员/ }).check()
await page.getByLabel('口令').fill(password)
await page.getByRole('button', { name: '登录' }).click()
await page.waitForURL(`${origin}/console/**`)
await page.waitForTimeout(2000)
await shot('2-verify')
const samples = JSON.parse(readFileSync('/tmp/see/home/samples/samples.json', 'utf8'))
const pick = (id: string) => samples.find((s: any) => s.id.includes(id))
for (const id of ['special', 'suspended', 'annulled', 'expired', 'noted', 'altered', 'wrong']) {
  const s = pick(id) ?? null
  if (s === null) { console.log('no', id, samples.map((x: any) => x.id).join(' ')); continue }
  const file = s.files.find((f: any) => f.kind === 'bundle') ?? s.files[0]
  await page.locator('input[type=file]').first().setInputFiles(`/tmp/see/home/samples/${file.name}`)
  await page.waitForTimeout(4000)
  await shot(`3-${id}`, true)
}
await page.setViewportSize({ width: 390, height: 844 }); await page.waitForTimeout(500); await shot('4-phone', true)
await page.setViewportSize({ width: 1920, height: 1080 }); await page.waitForTimeout(500); await shot('5-wide')
await page.goto(`${origin}/console/batch`); await page.waitForTimeout(1500); await shot('6-batch')
await browser.close()
