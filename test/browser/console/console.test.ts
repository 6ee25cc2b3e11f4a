/** The console as people use it: every journey at the counter, in a real Chromium, against what `npm start` runs. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { IS_LONG } from '../../fixtures/test-profile.ts'
import { launchChromium } from '../chromium.ts'
import { accessibilityFaults } from './accessible.ts'
import { batchJourneys } from './batch.journey.ts'
import { cameraFlags, writeCameraFilm } from './camera-film.ts'
import { fileOf } from './counter.ts'
import { lockJourney } from './lock.journey.ts'
import { printJourneys } from './print.journey.ts'
import type { Journey } from './seat.ts'
import { type StartedConsole, startConsole } from './started-console.ts'
import { cameraJourney, cameraText, verifyJourneys } from './verify.journey.ts'

const PAGES = ['', 'batch', 'sheets', 'sheet', 'sheet/20260112-AAAAAAAA-000001-A', 'no-such-page']
/** Of the tray: one that is accepted, referred, rejected. */
const VERDICTS = ['valid-teacher', 'noted', 'suspended']
const LOOKS = [
  { language: 'zh', contrast: 'light' },
  { language: 'en', contrast: 'light' },
  { language: 'zh', contrast: 'high' },
  { language: 'en', contrast: 'high' },
] as const

describe('the console, as npm start serves it', function () {
  this.timeout(420_000)
  let browser: Browser
  let started: StartedConsole
  let folder: string

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hefu-film-'))
    started = await startConsole()
    browser = await launchChromium()
  })
  after(async () => {
    await browser?.close()
    await started?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  /** The policy of the pages is broken by nothing, and nothing is thrown unheard. */
  const watchFaults = (page: Page): readonly string[] => {
    const faults: string[] = []
    page.on('pageerror', ({ message }) => faults.push(message))
    page.on('console', (line) => {
      if (line.type() === 'error' && /Content Security Policy|Unhandled/.test(line.text()))
        faults.push(line.text())
    })
    return faults
  }
  const walkAt = async (where: Browser, { walk }: Journey, person?: RegExp): Promise<void> => {
    const seat = await started.sitDown(where, person)
    const faults = watchFaults(seat.page)
    try {
      await walk(seat)
      expect(faults).to.deep.equal([])
    } finally {
      await seat.context.close()
    }
  }

  for (const journey of [...verifyJourneys, ...printJourneys])
    it(journey.says, () => walkAt(browser, journey))
  // By somebody else, for a person signs in a few times a minute alone.
  for (const journey of [...batchJourneys, lockJourney])
    it(journey.says, () => walkAt(browser, journey, /示例复核员/))

  it(cameraJourney.says, async () => {
    const film = join(folder, 'code.y4m')
    await writeCameraFilm(film, cameraText(started.tray))
    const withCamera = await launchChromium(cameraFlags(film))
    try {
      await walkAt(withCamera, cameraJourney)
    } finally {
      await withCamera.close()
    }
  })

  it('leads each role to what is theirs, and says so where there is nothing', async () => {
    const supervisor = await started.sitDown(browser, /示例监管员/)
    const admin = await started.sitDown(browser, /示例系统管理员/)
    try {
      const { page } = supervisor
      await page.getByRole('textbox', { name: '核验单编号' }).fill(' 20260112-aaaaaaaa-000001-a ')
      await page.keyboard.press('Enter')
      await page.getByRole('alert').waitFor()
      expect(await page.getByRole('navigation').getByRole('link').allInnerTexts()).to.deep.equal(['核验单'])
      expect(await accessibilityFaults(page)).to.deep.equal([])
      await admin.page.getByText(/您的岗位目前在操作台没有页面/).waitFor()
    } finally {
      await supervisor.context.close()
      await admin.context.close()
    }
  })

  it('is accessible on each page, by what axe tells of it', async () => {
    await expectAccessible({ locale: 'zh-CN' }, LOOKS[0])
  })

  it('is accessible on each page in both languages, light and in high contrast, on a desk and on a phone', async function () {
    if (!IS_LONG) return this.skip()
    for (const look of LOOKS)
      for (const viewport of [
        { width: 1_280, height: 720 },
        { width: 1_920, height: 1_080 },
        { width: 390, height: 844 },
      ])
        await expectAccessible({ locale: 'zh-CN', viewport }, look)
  })

  /** Every page, and what a verdict of each kind looks like. */
  async function expectAccessible(
    options: BrowserContextOptions,
    look: (typeof LOOKS)[number],
  ): Promise<void> {
    const seat = await started.sitDown(browser, undefined, options)
    const { page, context } = seat
    const lookAt = async (what: string): Promise<void> => {
      const { width = 0 } = page.viewportSize() ?? {}
      expect(await accessibilityFaults(page), `${what}, ${JSON.stringify(look)}, ${width}`).to.deep.equal([])
    }
    try {
      await page.evaluate(({ language, contrast }) => {
        const kept = Reflect.get(globalThis, 'localStorage')
        kept.setItem('hefu.language', language)
        kept.setItem('hefu.contrast', contrast)
      }, look)
      for (const path of PAGES) {
        await page.goto(`${started.origin}/console/${path}`)
        await page.getByRole('heading', { level: 1 }).first().waitFor()
        await lookAt(path)
      }
      await page.goto(`${started.origin}/console/`)
      for (const id of VERDICTS) {
        await page
          .locator('input[type=file]')
          .first()
          .setInputFiles(fileOf(seat, id, 'bundle'))
        await page.locator('.answered').getByRole('heading', { level: 2 }).first().waitFor()
        await lookAt(id)
      }
    } finally {
      await context.close()
    }
  }
})
