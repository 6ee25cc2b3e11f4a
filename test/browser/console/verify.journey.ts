/** At the counter: a licence by every way in which it is given, and what a clerk does with the answer. */
import {
  encodeQrReference,
  encodeQrText,
  encodeQrWhole,
  licenceTypeUri,
  parsePresented,
  suite,
} from '@hefu/protocol'
import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { SAMPLE_SERVICE_ITEMS } from '../../../scripts/deploy/service-items.ts'
import {
  boxIsReady,
  boxOf,
  bundleOf,
  CASE_NO,
  drop,
  fileOf,
  fillCase,
  give,
  pageDoesNotOverflow,
  paste,
  sampleOf,
  scan,
  sitDown,
  type Tray,
  textOf,
  USE,
  verdictIs,
  verdictWasPrompt,
} from './counter.ts'
import type { Journey, TraySample } from './seat.ts'

const VALID = 'valid-safety-manager'

/** An item that demands a field of the licence. */
function itemFor(bundle: string, field: string): string {
  const { vct } = parsePresented(bundle).credential.claims
  const found = SAMPLE_SERVICE_ITEMS.find(({ demands }) =>
    demands.some(({ licenceType, fields }) => licenceTypeUri(licenceType) === vct && fields.includes(field)),
  )
  if (found === undefined) throw new Error(`look for a service item: none demands ${field} of ${vct}`)
  return found.code
}

/** A value of the face of a bundle. */
function faceOf(bundle: string, field: string): string {
  return parsePresented(bundle).credential.disclosures.find(({ name }) => name === field)?.value ?? ''
}

/** One that no QR code holds whole: it is deposited, and found by its name. */
function deposited(seat: Tray): string {
  const isNamed = ({ id, expected }: TraySample): boolean =>
    expected === 'accepted' && encodeQrWhole(bundleOf(seat, id)) === null
  const found = seat.samples.find(isNamed)
  if (found === undefined) throw new Error('look into the tray: every code of it holds a whole licence')
  return found.id
}

const byScan: Journey = {
  says: 'verifies what a scanner gun types, wherever the cursor is, and is ready for the next',
  walk: async (seat) => {
    const page = await sitDown(seat)
    await fillCase(page)
    await page.getByRole('button', { name: '键盘快捷键' }).focus()
    await scan(page, `${encodeQrText(bundleOf(seat, VALID), suite)}\n`)
    await verdictIs(page, '核验通过')
    await verdictWasPrompt(page)
    await boxIsReady(page)
    await page.keyboard.press('Alt+N')
    await fillCase(page)
    await page.keyboard.press('Escape')
    const reference = encodeQrReference(bundleOf(seat, deposited(seat)), suite)
    await scan(page, `${reference.slice(0, 80)}\n${reference.slice(80)}\t`)
    await verdictIs(page, '核验通过')
    await boxIsReady(page)
    await give(seat, bundleOf(seat, 'revoked'))
    await verdictIs(page, '不予认可')
    await page
      .getByText(/证照已被吊销/)
      .first()
      .waitFor()
    const recent = page.getByRole('region', { name: '最近核验' }).getByRole('button')
    expect(await recent.count()).to.equal(3)
    await recent.last().click()
    await verdictIs(page, '核验通过')
    await page.getByText(/不是现在的情形/).waitFor()
  },
}

/** Its heading is within the window as soon as it is there. */
async function verdictIsSeen(page: Page, verdict: string): Promise<void> {
  await verdictIs(page, verdict)
  const top = await page.evaluate<number>(
    "document.querySelector('.answered h2').getBoundingClientRect().top / innerHeight",
  )
  expect(top, verdict).to.be.within(0, 0.9)
}

const inView: Journey = {
  says: 'brings a verdict into view wherever the page was, on a phone: by scan, from the tray, and by Enter in the form',
  walk: async (seat) => {
    const page = await sitDown(seat)
    await page.setViewportSize({ width: 390, height: 844 })
    await paste(seat, bundleOf(seat, VALID))
    await verdictIsSeen(page, '核验通过')
    await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)')
    await paste(seat, bundleOf(seat, 'revoked'))
    await verdictIsSeen(page, '不予认可')
    await page.getByText('示例证照', { exact: true }).click()
    await page.getByRole('listitem').filter({ hasText: '安全' }).getByRole('button').first().click()
    await verdictIsSeen(page, '核验通过')
    await page.getByText('申请人填报（选填）').click()
    const stated = page.getByLabel('姓名', { exact: true })
    await stated.fill('李冒名')
    await stated.press('Enter')
    await verdictIsSeen(page, '需人工复核')
  },
}

const intoAnotherField: Journey = {
  says: 'takes a scan that comes while the cursor rests in another field, and leaves that field as it was',
  walk: async (seat) => {
    const page = await sitDown(seat)
    await fillCase(page)
    await page.getByLabel('办件编号').focus()
    await page.keyboard.press('End')
    await scan(page, `${encodeQrReference(bundleOf(seat, deposited(seat)), suite)}\n`)
    await verdictIs(page, '核验通过')
    expect(await page.getByLabel('办件编号').inputValue()).to.equal(CASE_NO)
    expect(await textOf(page.getByRole('region', { name: '最近核验' }))).to.include(CASE_NO)
  },
}

const byPaste: Journey = {
  says: 'verifies what is pasted, at once; and what is pasted and is no licence, once somebody asks for it',
  walk: async (seat) => {
    const page = await sitDown(seat)
    await boxOf(page).focus()
    await paste(seat, bundleOf(seat, VALID))
    await verdictIs(page, '核验通过')
    await boxOf(page).focus()
    await paste(seat, 'https://example.invalid/?a=1')
    await verdictIs(page, '核验通过')
    await page.keyboard.press('Enter')
    await verdictIs(page, '无法核验')
    await page.getByText(/收到：无法识别的内容/).waitFor()
  },
}

const byFile: Journey = {
  says: 'verifies a dropped or chosen file of every kind, says what a wrong one is, and sends several to the batch',
  walk: async (seat) => {
    const page = await sitDown(seat)
    for (const [kind, says] of [
      ['bundle', '电子证照'],
      ['pdf', 'PDF 文件'],
      ['ofd', 'OFD 文件'],
    ] as const) {
      await drop(page, [fileOf(seat, VALID, kind)])
      await page.getByText(`收到：${says}`).waitFor()
      await verdictIs(page, '核验通过')
    }
    await page.locator('input[type=file]').setInputFiles(fileOf(seat, 'not-a-licence', 'pdf'))
    await verdictIs(page, '未得出核验结论')
    await page
      .getByText(/没有附带电子证照/)
      .first()
      .waitFor()
    await drop(page, [fileOf(seat, VALID, 'bundle'), fileOf(seat, 'revoked', 'bundle')])
    await page.getByRole('link', { name: '前往批量核验' }).waitFor()
  },
}

const byName: Journey = {
  says: 'finds what an identifier or a reference names, once the case is complete, and shows its face masked',
  walk: async (seat) => {
    const page = await sitDown(seat)
    const id = deposited(seat)
    const bundle = bundleOf(seat, id)
    await scan(page, `${sampleOf(seat, id).licenceId}\n`)
    await page.getByText('核验前请补充：').first().waitFor()
    await page.waitForFunction("document.activeElement?.getAttribute('name') === 'case-caseNo'")
    await page.keyboard.type(CASE_NO)
    await page.keyboard.press('Tab')
    await page.keyboard.type(USE)
    await page.keyboard.press('Enter')
    await verdictIs(page, '核验通过')
    await page.getByLabel('事项编码').fill(itemFor(bundle, 'issuerName'))
    await give(seat, encodeQrReference(bundle, suite))
    await page.getByText('收到：二维码（证照指引）').waitFor()
    await verdictIs(page, '核验通过')
    await page.getByRole('row', { name: /颁发机构/ }).waitFor()
  },
}

const differing: Journey = {
  says: 'marks what the applicant stated otherwise, by sign and word, masked on either side',
  walk: async (seat) => {
    const page = await sitDown(seat)
    const bundle = bundleOf(seat, 'different')
    const { submitted = {} } = sampleOf(seat, 'different')
    await give(seat, bundle)
    await verdictIs(page, '核验通过')
    await page.getByText('申请人填报（选填）').click()
    await page.getByRole('textbox', { name: '姓名' }).fill(submitted['holderName'] ?? '')
    await page.getByText(/填报内容在核验之后有改动/).waitFor()
    await page.keyboard.press('Enter')
    await verdictIs(page, '需人工复核')
    const row = page.getByRole('row', { name: /姓名/ })
    expect(await textOf(row)).to.match(/✖\s*不一致/)
    expect(await textOf(row)).not.to.include(submitted['holderName'])
  },
}

const plain: Journey = {
  says: 'shows plain values after a second factor, for a minute and with the licence alone',
  walk: async (seat) => {
    const page = await sitDown(seat)
    const bundle = bundleOf(seat, VALID)
    await fillCase(page, itemFor(bundle, 'holderName'))
    await give(seat, bundle)
    await verdictIs(page, '核验通过')
    const opening = page.waitForEvent('popup')
    await page.keyboard.press('Alt+U')
    await page.getByRole('dialog', { name: '显示明文' }).getByRole('button', { name: '确认显示' }).click()
    await seat.passSecondFactor(await opening)
    await page.getByText(/秒后恢复脱敏/).waitFor()
    const value = faceOf(bundle, 'holderName')
    expect(await textOf(page.getByRole('region', { name: '证照', exact: true }))).to.include(value)
    await page.keyboard.press('Escape')
    await give(seat, bundleOf(seat, 'revoked'))
    await verdictIs(page, '不予认可')
    expect(await textOf(page.getByRole('main'))).not.to.include(value)
  },
}

const MARKUP = '<img src=x onerror="document.title=1">'

/** What is no text of a face is not read: nothing is said against a licence by it. */
const HOSTILE_NAMES = [
  [MARKUP, '不予认可'],
  ['张\u202e三', '无法核验'],
  ['长'.repeat(2_000), '不予认可'],
  ['张\u0000三', '无法核验'],
  [MARKUP, '不予认可'],
  ['长'.repeat(65_536), '无法核验'],
] as const

const hostile: Journey = {
  says: 'shows what is hostile as text, and breaks nothing',
  walk: async (seat) => {
    const page = await sitDown(seat)
    const title = await page.title()
    await page.getByLabel('办件编号').fill(MARKUP)
    await boxOf(page).focus()
    for (const [name, verdict] of HOSTILE_NAMES) {
      await give(seat, withHolderName(bundleOf(seat, VALID), name))
      await verdictIs(page, verdict)
      await pageDoesNotOverflow(page)
    }
    expect(await textOf(page.getByRole('region', { name: '最近核验' }))).to.include(MARKUP)
    expect(await page.title()).to.equal(title)
    await paste(seat, `${MARKUP}${'长'.repeat(65_536)}`)
    await page.keyboard.press('Enter')
    await verdictIs(page, '无法核验')
    await pageDoesNotOverflow(page)
  },
}

/** The bundle with another holder's name, as whoever is not its issuer can make it. */
function withHolderName(bundle: string, name: string): string {
  const { disclosures } = parsePresented(bundle).credential
  const shown = disclosures.find((one) => one.name === 'holderName')
  if (shown === undefined) throw new Error('alter the holder’s name: the licence shows none')
  const parts = JSON.parse(Buffer.from(shown.encoded, 'base64url').toString()) as readonly unknown[]
  const altered = Buffer.from(JSON.stringify([parts[0], parts[1], name])).toString('base64url')
  return bundle.replace(shown.encoded, altered)
}

const away: Journey = {
  says: 'asks the ledger itself while the service is away, says so, and asks the service again once it is back',
  walk: async (seat) => {
    const page = await sitDown(seat)
    await page.waitForLoadState('networkidle')
    const service = /\/(?:v1|health)\//
    await page.route(service, (route) => route.abort('connectionrefused'))
    await give(seat, bundleOf(seat, VALID))
    await page
      .getByText(/未加签 · 本页直接查链/)
      .first()
      .waitFor()
    await verdictIs(page, '核验通过')
    await page.getByText(/连接不上核验服务，由本页直接查链/).waitFor()
    await page.unroute(service)
    await page.getByRole('button', { name: '重新由服务核验' }).click()
    await page.getByText('由核验服务核验，已加签').waitFor()
  },
}

const bothLanguages: Journey = {
  says: 'reads in English as in Chinese, what is shown already too',
  walk: async (seat) => {
    const page = await sitDown(seat)
    await give(seat, bundleOf(seat, 'suspended'))
    await verdictIs(page, '不予认可')
    await page.getByRole('button', { name: '切换为英文' }).click()
    await verdictIs(page, 'Rejected')
    const text = await textOf(page.getByRole('main'))
    expect(text).to.include('What to do next')
    await page.getByRole('button', { name: /^Switch to 中文/ }).click()
    await verdictIs(page, '不予认可')
  },
}

const byKeyboard: Journey = {
  says: 'is used by keyboard alone: keys are listed, the box is found, a case begins anew, checks open',
  walk: async (seat) => {
    const page = await sitDown(seat)
    await page.getByRole('button', { name: '选择文件' }).focus()
    await page.keyboard.press('?')
    const map = page.getByRole('dialog', { name: '键盘快捷键' })
    for (const keys of ['Alt+N', 'Alt+P', 'Escape']) await map.getByText(keys, { exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await map.waitFor({ state: 'hidden' })
    await page.keyboard.press('Escape')
    await boxIsReady(page)
    await page.getByLabel('办件编号').fill(CASE_NO)
    await page.keyboard.press('Escape')
    await give(seat, bundleOf(seat, VALID))
    await verdictIs(page, '核验通过')
    const passed = page.getByText(/项通过$/)
    await passed.focus()
    await page.keyboard.press('Enter')
    await page.getByText('颁发机构电子签名有效').waitFor()
    await page.keyboard.press('Alt+N')
    await page.getByRole('heading', { name: '请出示电子证照' }).waitFor()
    expect(await page.getByLabel('办件编号').inputValue()).to.equal('')
    expect(await page.getByLabel('受理地区代码').inputValue()).to.equal('440000')
  },
}

const tray: Journey = {
  says: 'lets a newcomer see every verdict of the tray',
  walk: async (seat) => {
    const page = await sitDown(seat)
    await page.getByText('示例证照', { exact: true }).click()
    const verdicts: Readonly<Record<string, string>> = {
      accepted: '核验通过',
      refer: '需人工复核',
      rejected: '不予认可',
      undetermined: '未得出核验结论',
    }
    const list = page
      .getByRole('listitem')
      .filter({ has: page.getByRole('button', { name: /证照文件|PDF/ }) })
    for (const [place, { expected }] of seat.samples.entries()) {
      await page.keyboard.press('Alt+N')
      await list.nth(place).getByRole('button').first().click()
      await verdictIs(page, verdicts[expected] ?? expected)
    }
  },
}

/** All places in which a page can keep something. */
const KEPT = `indexedDB.databases().then(({ length: databases }) => ({
  local: Object.keys(localStorage),
  session: Object.keys(sessionStorage),
  databases,
  told: location.href + JSON.stringify([history.state, { ...sessionStorage }]) + document.title,
}))`

interface Kept {
  readonly local: readonly string[]
  readonly session: readonly string[]
  readonly databases: number
  readonly told: string
}

const leaving: Journey = {
  says: 'leaves nothing personal in the browser, and nothing at all once somebody signs out',
  walk: async (seat) => {
    const page = await sitDown(seat)
    await fillCase(page)
    await give(seat, bundleOf(seat, VALID))
    await verdictIs(page, '核验通过')
    const kept = (await page.evaluate(KEPT)) as Kept
    for (const name of [...kept.local, ...kept.session])
      expect(['hefu.language', 'hefu.contrast', 'vue-router:scroll']).to.include(name)
    expect(kept.databases).to.equal(0)
    for (const text of [CASE_NO, USE, faceOf(bundleOf(seat, VALID), 'holderName')])
      expect(kept.told).not.to.include(text)
    await page.getByRole('button', { name: '退出登录' }).click()
    // The provider asks whether one leaves it, too.
    await page.getByRole('button', { name: /^退出 / }).click()
    await page.getByRole('link', { name: '登录' }).waitFor()
    expect(await textOf(page.locator('body'))).not.to.include(CASE_NO)
  },
}

export const verifyJourneys: readonly Journey[] = [
  byScan,
  inView,
  intoAnotherField,
  byPaste,
  byFile,
  byName,
  differing,
  plain,
  hostile,
  away,
  bothLanguages,
  byKeyboard,
  tray,
  leaving,
]

/** At a seat whose camera shows the code of the licence in force (`camera-film.ts`). */
export const cameraJourney: Journey = {
  says: 'reads a code that is held before the camera, and turns the camera off',
  walk: async (seat) => {
    const page = await sitDown(seat)
    await fillCase(page)
    await page.getByRole('button', { name: '摄像头扫码' }).click()
    await verdictIs(page, '核验通过')
    expect(await page.getByRole('dialog').count()).to.equal(0)
    expect(await page.locator('video').count()).to.equal(0)
  },
}

/** What the camera of that seat has to show. */
export function cameraText(seat: Tray): string {
  return encodeQrReference(bundleOf(seat, deposited(seat)), suite)
}
