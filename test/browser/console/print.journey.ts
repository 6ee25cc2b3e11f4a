/** At the printed sheet: one page of A4 with what opens the report again, in both languages, and names that are rare. */
import { existsSync } from 'node:fs'
import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { bundleOf, pageDoesNotOverflow, paste, sitDown, textOf, verdictIs } from './counter.ts'
import { parseQrImage } from './qr-image.ts'
import type { Journey, Seat } from './seat.ts'

const VALID = 'valid-safety-manager'

/** Verifies a sample and opens its sheet by keyboard. */
async function openSheet(seat: Seat, id: string, verdict: string): Promise<Page> {
  const page = await sitDown(seat)
  await paste(seat, bundleOf(seat, id))
  await verdictIs(page, verdict)
  await page.keyboard.press('Alt+p')
  await page.getByRole('img', { name: /二维码|QR code/ }).waitFor()
  return page
}

/** Pages of the print of what is shown. */
async function pagesOf(page: Page): Promise<number> {
  const printed = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  return Number(/\/Count (\d+)/.exec(printed)?.[1])
}

async function numberOn(page: Page): Promise<string> {
  const text = await textOf(page.getByRole('article'))
  return /\d{8}-[0-9A-Z]{8}-\d{6}-[0-9A-Z]/.exec(text)?.[0] ?? ''
}

const onePage: Journey = {
  says: 'prints what is shown on one page of A4, alone, with a code that leads to the report and to nothing else',
  walk: async (seat) => {
    const page = await openSheet(seat, VALID, '核验通过')
    expect(await pagesOf(page)).to.equal(1)
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('banner').first().isHidden()).to.equal(true)
    expect(await page.getByRole('button', { name: '打印' }).isHidden()).to.equal(true)
    await page.emulateMedia({ media: null })
    const address = new URL(await parseQrImage(page, page.getByRole('img', { name: /二维码/ })))
    expect([address.origin, address.pathname, address.search]).to.deep.equal([seat.origin, '/recheck', ''])
    expect(address.hash).to.equal(`#n=${await numberOn(page)}`)
    await pageDoesNotOverflow(page)
  },
}

const bothLanguages: Journey = {
  says: 'prints a refusal in English as in Chinese, each on one page',
  walk: async (seat) => {
    const page = await openSheet(seat, 'revoked', '不予认可')
    expect(await pagesOf(page)).to.equal(1)
    await page.getByText('English', { exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Licence verification sheet' }).waitFor()
    expect(await pagesOf(page)).to.equal(1)
  },
}

const lookedUp: Journey = {
  says: 'leads whoever has the paper in hand to the same verdict, by number and code; the kept sheet has no face and no code',
  walk: async (seat) => {
    const page = await openSheet(seat, 'revoked', '不予认可')
    const number = await numberOn(page)
    const code = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/.exec(
      (await textOf(page.getByRole('complementary', { name: '扫码复核' }))).replace(number, ''),
    )?.[0]
    await page.goto(`${seat.origin}/recheck#n=${number}`)
    await page.locator('#code').fill(code ?? '')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /不予认可/ }).waitFor()
    await page.getByRole('button', { name: /打印/ }).waitFor()
    await page.goto(`${seat.origin}/console/sheet/${number}`)
    const article = page.getByRole('article')
    await article.getByText('不予认可').first().waitFor()
    await article.getByText(/留存的报告不含照面信息/).waitFor()
    expect(await textOf(article)).to.not.include(code)
    await page.goto(`${seat.origin}/console/sheet/20260112-AAAAAAAA-000001-A`)
    await page.getByRole('alert').waitFor()
  },
}

/** Debian's `fonts-noto-cjk`, which scripts/setup-browser.mjs installs where it may. */
const HAS_LEVEL_3 = existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc')
/** U+2CB4E of GB 18030 level 3, which that font has, and U+31350, which none has. */
const RARE_CASE_NO = '粤\u{2cb4e}\u{31350}1'

const rareCharacters: Journey = {
  says: 'shows a rare character where a font has it, and beside the box of one that none has its code point',
  walk: async (seat) => {
    const page = await sitDown(seat)
    await page.getByLabel('办件编号').fill(RARE_CASE_NO)
    await page.keyboard.press('Escape')
    await paste(seat, bundleOf(seat, VALID))
    await verdictIs(page, '核验通过')
    await page.keyboard.press('Alt+p')
    await page.getByRole('img', { name: /二维码/ }).waitFor()
    const text = await textOf(page.getByRole('article'))
    expect(text).to.include('\u{31350}U+313501')
    expect(text).to.include(HAS_LEVEL_3 ? '粤\u{2cb4e}\u{31350}' : '粤\u{2cb4e}U+2CB4E\u{31350}')
  },
}

const nothing: Journey = {
  says: 'says that there is nothing to print where nothing was verified',
  walk: async (seat) => {
    const page = await sitDown(seat)
    await page.goto(`${seat.origin}/console/sheet`)
    await page.getByText(/没有可打印的核验结果/).waitFor()
  },
}

const unsigned: Journey = {
  says: 'marks across the sheet what no service signed, and gives no code for it',
  walk: async (seat) => {
    const page = await sitDown(seat)
    await page.route('**/v1/verifications', (route) => route.abort())
    await paste(seat, bundleOf(seat, VALID))
    await verdictIs(page, '核验通过')
    await page.keyboard.press('Alt+p')
    await page.getByText('未加签，不作为核验单').waitFor()
    expect(await page.getByRole('img', { name: /二维码/ }).count()).to.equal(0)
  },
}

export const printJourneys: readonly Journey[] = [
  onePage,
  bothLanguages,
  lookedUp,
  rareCharacters,
  nothing,
  unsigned,
]
