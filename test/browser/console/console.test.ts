/** The console as people use it: every journey at the counter, in a real Chromium, against what `npm start` runs. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import type { Browser } from 'playwright-core'
import { launchChromium } from '../chromium.ts'
import { accessibilityFaults } from './accessible.ts'
import { cameraFlags, writeCameraFilm } from './camera-film.ts'
import { JOURNEYS } from './journeys.ts'
import { type StartedConsole, startConsole } from './started-console.ts'
import { cameraJourney, cameraText } from './verify.journey.ts'

describe('the console, as npm start serves it', function () {
  this.timeout(240_000)
  let browser: Browser
  let started: StartedConsole

  before(async () => {
    ;[browser, started] = await Promise.all([launchChromium(), startConsole()])
  })
  after(async () => {
    await browser?.close()
    await started?.stop()
  })

  for (const { says, walk } of JOURNEYS) {
    it(says, async () => {
      const seat = await started.sitDown(browser)
      const faults: string[] = []
      // The policy of the pages is broken by nothing, and nothing is thrown unheard.
      seat.page.on('pageerror', ({ message }) => faults.push(message))
      seat.page.on('console', (line) => {
        if (line.type() === 'error' && /Content Security Policy|Unhandled/.test(line.text()))
          faults.push(line.text())
      })
      try {
        await walk(seat)
        expect(faults).to.deep.equal([])
      } finally {
        await seat.context.close()
      }
    })
  }

  it(cameraJourney.says, async () => {
    const beside = await started.sitDown(browser)
    const folder = mkdtempSync(join(tmpdir(), 'hefu-film-'))
    const film = join(folder, 'code.y4m')
    await writeCameraFilm(film, cameraText(beside))
    const withCamera = await launchChromium(cameraFlags(film))
    try {
      await cameraJourney.walk(await started.sitDown(withCamera))
    } finally {
      await Promise.all([withCamera.close(), beside.context.close()])
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('is accessible on each page, by what axe tells of it', async () => {
    const { page, context } = await started.sitDown(browser)
    try {
      for (const path of ['', 'batch']) {
        await page.goto(`${started.origin}/console/${path}`)
        await page.getByRole('heading', { level: 1 }).first().waitFor()
        expect(await accessibilityFaults(page), path).to.deep.equal([])
      }
    } finally {
      await context.close()
    }
  })
})
