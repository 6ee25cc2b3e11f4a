/** At the page 批量核验: many licences at once, what came of each, and what is left of it afterwards. */
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import type { Download, Page } from 'playwright-core'
import { createArchive } from '../../fixtures/zip-archive.ts'
import {
  bundleOf,
  CASE_NO,
  fileOf,
  fillCase,
  give,
  pageDoesNotOverflow,
  sampleOf,
  textOf,
  verdictIs,
} from './counter.ts'
import type { Journey, Seat } from './seat.ts'

const VALID = 'valid-safety-manager'

interface File {
  readonly name: string
  readonly content: string | Uint8Array
}

async function sitDown({ page, origin }: Seat): Promise<Page> {
  await page.goto(`${origin}/console/batch`)
  await page.getByRole('heading', { level: 1, name: '批量核验' }).waitFor()
  return page
}

/** Gives files and begins; the case is that of the counter. */
async function begin(page: Page, files: readonly File[]): Promise<void> {
  await giveFiles(page, files)
  await fillCase(page)
  await page.getByRole('button', { name: '开始核验' }).click()
}

async function giveFiles(page: Page, files: readonly File[]): Promise<void> {
  await page.getByLabel('选择文件', { exact: true }).setInputFiles(
    files.map(({ name, content }) => ({
      name,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(content as string),
    })),
  )
}

async function isDone(page: Page): Promise<void> {
  await page.getByRole('status').filter({ hasText: '已全部完成' }).waitFor({ state: 'attached' })
}

/** An office has few batches at a time. */
async function giveUp(page: Page): Promise<void> {
  const given = page.waitForResponse((answer) => answer.request().method() === 'DELETE')
  await page.getByRole('button', { name: '另核验一批' }).click()
  await given
}

/** How many rows are told to have come to it. */
async function countOf(page: Page, outcome: string): Promise<number> {
  const button = page.getByRole('list', { name: '结果' }).getByRole('button', { name: outcome })
  return Number(/\d+$/.exec((await button.textContent())?.trim() ?? '')?.[0])
}

async function contentOf(download: Download): Promise<string> {
  return readFileSync(await download.path(), 'utf8')
}

const everyCarrier: Journey = {
  says: 'verifies files, an archive and a list at once; each is a row, and all of them add up',
  walk: async (seat) => {
    const page = await sitDown(seat)
    const archive = createArchive([
      { name: 'zip/吊销.json', content: bundleOf(seat, 'revoked') },
      { name: 'zip/.hidden', content: 'x' },
    ])
    await begin(page, [
      { name: '=1+1.json', content: bundleOf(seat, VALID) },
      { name: '二维码.png', content: readFileSync(fileOf(seat, VALID, 'qr')) },
      { name: '压缩包.zip', content: archive },
      { name: '清单.csv', content: `证照标识\n${sampleOf(seat, VALID).licenceId}\n张样例\n` },
      { name: '图片.gif', content: 'GIF89a' },
    ])
    await isDone(page)
    const [all, unread, rejected] = [
      await countOf(page, '全部'),
      await countOf(page, '未能读取'),
      await countOf(page, '不予认可'),
    ]
    expect([all, unread, rejected]).to.deep.equal([6, 2, 1])
    await page.getByRole('button', { name: /不予认可/ }).click()
    await page.getByRole('cell', { name: '证照已被吊销' }).waitFor()
    expect(await page.getByRole('row').count(), 'the header, and the one').to.equal(2)
    await page.getByRole('button', { name: /全部/ }).click()
    await page.getByRole('searchbox').fill('清单')
    await page.getByRole('row').nth(2).waitFor()
    expect(await page.getByRole('row').count()).to.equal(3)
    await pageDoesNotOverflow(page)
    await giveUp(page)
  },
}

const opened: Journey = {
  says: 'opens what came of a row, and leads to its sheet; the counter prints what stands at the counter',
  walk: async (seat) => {
    const page = await sitDown(seat)
    await begin(page, [{ name: 'a.json', content: bundleOf(seat, 'suspended') }])
    await isDone(page)
    await page.getByRole('button', { name: '查看第 1 份' }).click()
    const dialog = page.getByRole('dialog', { name: '第 1 份' })
    await dialog.getByText('证照已被暂扣').first().waitFor()
    await dialog.getByRole('button', { name: '打印核验单' }).click()
    const sheet = page.getByRole('article')
    await page.getByRole('heading', { level: 1, name: '电子证照跨省核验单' }).waitFor()
    expect(await textOf(sheet))
      .to.include('证照已被暂扣')
      .and.include('由经办人填写')
    await page.getByRole('link', { name: '核验', exact: true }).click()
    await give(seat, bundleOf(seat, VALID))
    await verdictIs(page, '核验通过')
    await page.getByRole('link', { name: '批量核验' }).click()
    await page.getByRole('button', { name: '查看第 1 份' }).click()
    await dialog.getByRole('button', { name: '打印核验单' }).click()
    await sheet.getByText('证照已被暂扣').first().waitFor()
    await page.getByRole('link', { name: '核验', exact: true }).click()
    await verdictIs(page, '核验通过')
    await page.keyboard.press('Alt+p')
    await sheet.getByText('核验通过').first().waitFor()
    expect(await textOf(sheet)).to.not.include('证照已被暂扣')
    await page.getByRole('link', { name: '批量核验' }).click()
    await page.getByText('已全部完成').first().waitFor()
    await giveUp(page)
  },
}

const exported: Journey = {
  says: 'exports a table that is no formula anywhere, and the signed reports without a face',
  walk: async (seat) => {
    const page = await sitDown(seat)
    await begin(page, [{ name: '=HYPERLINK("x").json', content: bundleOf(seat, VALID) }])
    await isDone(page)
    const tables = page.waitForEvent('download')
    await page.getByRole('button', { name: /CSV/ }).click()
    const table = await tables
    expect(table.suggestedFilename()).to.match(/^hefu-batch-\d{8}-\d{4}\.csv$/)
    expect(await contentOf(table))
      .to.match(/^\ufeff"序号"/)
      .and.include(`"'=HYPERLINK(""x"").json"`)
    const reports = page.waitForEvent('download')
    await page.getByRole('button', { name: /NDJSON/ }).click()
    const lines = (await contentOf(await reports)).trim().split('\n')
    expect(lines).to.have.lengthOf(1)
    expect(JSON.parse(lines[0] ?? '')).to.include.keys('report', 'attestation', 'number')
    await giveUp(page)
  },
}

const reloaded: Journey = {
  says: 'is taken up again after the page is loaded anew, without names, which the same files give back',
  walk: async (seat) => {
    const page = await sitDown(seat)
    const files = [
      { name: '张样例.json', content: bundleOf(seat, VALID) },
      { name: '李样例.json', content: bundleOf(seat, 'revoked') },
    ]
    await begin(page, files)
    await isDone(page)
    const kept = await page.evaluate<string>('JSON.stringify([localStorage, sessionStorage])')
    expect(kept).to.not.match(/样例/)
    expect(kept).to.not.include(CASE_NO)
    await page.reload()
    await isDone(page)
    expect(await page.getByText('（文件名未知）').count()).to.equal(2)
    await page.getByText('重新选择相同文件').click()
    await giveFiles(page, files)
    await page.getByRole('cell', { name: '李样例.json' }).waitFor()
    await giveUp(page)
  },
}

const byKeyboard: Journey = {
  says: 'is used by keyboard alone, pauses and goes on, and says so',
  walk: async (seat) => {
    const page = await sitDown(seat)
    await giveFiles(
      page,
      Array.from({ length: 120 }, (_, i) => ({ name: `${i}.json`, content: bundleOf(seat, VALID) })),
    )
    await page.getByRole('button', { name: '开始核验' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: '暂停' }).waitFor()
    await page.keyboard.press('Alt+z')
    await page
      .getByText(/已暂停/)
      .first()
      .waitFor()
    await page.keyboard.press('Alt+z')
    await isDone(page)
    expect(await countOf(page, '全部')).to.equal(120)
    await page.getByText('第 1 页，共 3 页').waitFor()
    await page.getByRole('button', { name: '查看第 1 份' }).focus()
    await page.keyboard.press(']')
    await page.getByText('第 2 页，共 3 页').waitFor()
    await giveUp(page)
  },
}

const lists: Journey = {
  says: 'asks for the case before it looks for what a list names',
  walk: async (seat) => {
    const page = await sitDown(seat)
    await giveFiles(page, [{ name: 'list.csv', content: `${sampleOf(seat, VALID).licenceId}\n` }])
    await page.getByRole('button', { name: '开始核验' }).click()
    await page.getByText(/查找证照、查看明文须填写办件编号/).waitFor()
    expect(await page.evaluate('document.activeElement.name')).to.equal('case-caseNo')
    await fillCase(page)
    await page.getByRole('button', { name: '开始核验' }).click()
    await isDone(page)
    await giveUp(page)
  },
}

const signedOut: Journey = {
  says: 'asks what becomes of a batch that is under way when somebody signs out, and keeps nothing of it',
  walk: async (seat) => {
    const page = await sitDown(seat)
    await giveFiles(
      page,
      Array.from({ length: 200 }, (_, i) => ({ name: `张样例-${i}.json`, content: bundleOf(seat, VALID) })),
    )
    await page.getByRole('button', { name: '开始核验' }).click()
    await page.getByRole('button', { name: '暂停' }).click()
    await page.getByRole('button', { name: '退出登录' }).click()
    const dialog = page.getByRole('dialog', { name: '批量核验尚未结束' })
    await dialog.getByRole('button', { name: '返回' }).click()
    await page
      .getByText(/已暂停/)
      .first()
      .waitFor()
    await page.getByRole('button', { name: '退出登录' }).click()
    await dialog.getByRole('button', { name: '取消并退出登录' }).click()
    // The provider asks whether its own session ends, too.
    await page.getByRole('heading', { level: 1, name: '退出登录' }).waitFor()
    await page.goto(`${seat.origin}/console/batch`)
    await page.getByRole('link', { name: '登录' }).waitFor()
    expect(await page.evaluate(`sessionStorage.getItem('hefu.batches')`)).to.equal(null)
    expect(await textOf(page.locator('body'))).to.not.include('张样例')
  },
}

export const batchJourneys: readonly Journey[] = [
  everyCarrier,
  opened,
  exported,
  reloaded,
  byKeyboard,
  lists,
  signedOut,
]
