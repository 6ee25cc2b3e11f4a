/** What `npm start` starts, with ports and a folder of its own, and people who sign in at it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { freePort } from '../../../scripts/sandbox/founded-sandbox.ts'
import type { Seat, TraySample } from './seat.ts'

const START = join(import.meta.dirname, '../../../scripts/start.ts')
const UP = 'Ctrl-C stops'

export interface StartedConsole {
  readonly origin: string
  readonly tray: Pick<Seat, 'samples' | 'fileOf'>
  /** Sits down as this person: by the part of the sign-in page's list that names them. */
  sitDown(browser: Browser, person?: RegExp, options?: BrowserContextOptions): Promise<Seat>
  stop(): Promise<void>
}

/** Begins anew, in an empty folder. */
export async function startConsole(): Promise<StartedConsole> {
  const home = mkdtempSync(join(tmpdir(), 'hefu-console-'))
  const port = await freePort()
  const child = spawn(process.execPath, [START], {
    env: {
      ...process.env,
      HEFU_HOME: home,
      HEFU_CHAIN_PORT: String(await freePort()),
      HEFU_VERIFIER_PORT: String(port),
      HEFU_IDENTITY_PORT: String(await freePort()),
    },
  })
  // Who gave up waiting for it stops nothing any more.
  const end = (): void => void child.kill('SIGTERM')
  process.once('exit', end)
  const said = await untilUp(child)
  const password = / (\S+)$/m.exec(said.slice(said.indexOf('Password, the same')))?.[1] ?? ''
  const origin = `http://127.0.0.1:${port}`
  const fileOf = (name: string): string => join(home, 'samples', name)
  const samples: readonly TraySample[] = JSON.parse(readFileSync(fileOf('samples.json'), 'utf8'))
  return {
    origin,
    tray: { samples, fileOf },
    sitDown: async (browser, person = /示例办事员/, options = {}) => {
      const context = await browser.newContext({ locale: 'zh-CN', ...options })
      const page = await context.newPage()
      await page.goto(`${origin}/console/`)
      await page.getByRole('link', { name: '登录' }).click()
      await signIn(page, person, password)
      await page.waitForURL(`${origin}/console/**`)
      return {
        page,
        context,
        origin,
        samples,
        fileOf,
        signInAgain: (window) => signInAgain(window, person, password),
        passSecondFactor: (window) => passSecondFactor(window, person, password),
      }
    },
    stop: async () => {
      process.off('exit', end)
      end()
      if (child.exitCode === null) await once(child, 'exit')
      rmSync(home, { recursive: true, force: true })
    },
  }
}

async function untilUp(child: ChildProcess): Promise<string> {
  let said = ''
  const hear = (chunk: Buffer): void => {
    said += chunk.toString('utf8')
  }
  child.stdout?.on('data', hear)
  child.stderr?.on('data', hear)
  const ended = once(child, 'exit').then(() => {
    throw new Error(`npm start ended before it was up:\n${said}`)
  })
  const isUp = async (): Promise<void> => {
    while (!said.includes(UP)) await once(child.stdout ?? child, 'data')
  }
  await Promise.race([isUp(), ended])
  return said
}

/** Gives the password of a person at the provider's page. */
async function signIn(page: Page, person: RegExp, password: string): Promise<void> {
  await page.getByRole('radio', { name: person }).check()
  await page.getByLabel('口令').fill(password)
  await page.getByRole('button', { name: '登录' }).click()
}

/** In a window of its own, which closes by itself once it is done. */
async function signInAgain(window: Page, person: RegExp, password: string): Promise<void> {
  const closed = window.waitForEvent('close')
  await signIn(window, person, password)
  await closed
}

/** The window closes by itself once it is done. */
async function passSecondFactor(window: Page, person: RegExp, password: string): Promise<void> {
  await window.getByRole('heading', { level: 1 }).waitFor()
  if (await window.getByRole('radio').first().isVisible()) await signIn(window, person, password)
  const code = await window.locator('strong.code').textContent()
  await window.getByRole('textbox', { name: /动态口令/ }).fill(code ?? '')
  const closed = window.waitForEvent('close')
  await window.getByRole('button', { name: /确认/ }).click()
  await closed
}
