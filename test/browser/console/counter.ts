/** What a clerk does at the page 核验, and what is seen there: found by role and name, as a person finds it. */
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import type { Locator, Page } from 'playwright-core'
import type { Seat, TraySample } from './seat.ts'

/** Longest from an answer until its verdict is on the screen (milliseconds). */
const LONGEST_SHOWING_MS = 300

export const CASE_NO = '440000-2026-000001'
export const USE = '核对申请人从业资格'

/** The page as it is when somebody sits down: nothing was given yet. */
export async function sitDown({ page, origin }: Seat): Promise<Page> {
  await page.goto(`${origin}/console/`)
  await boxOf(page).waitFor()
  return page
}

export function boxOf(page: Page): Locator {
  return page.getByRole('textbox', { name: /扫码、粘贴或拖入电子证照|Scan, paste or drop a licence/ })
}

/** The samples, and where their files lie. */
export type Tray = Pick<Seat, 'samples' | 'fileOf'>

export function sampleOf({ samples }: Pick<Tray, 'samples'>, id: string): TraySample {
  const found = samples.find((sample) => sample.id === id)
  if (found === undefined) throw new Error(`look into the tray: there is no sample ${id}`)
  return found
}

/** Path of one of its files. */
export function fileOf(seat: Tray, id: string, kind: string): string {
  const file = sampleOf(seat, id).files.find((one) => one.kind === kind)
  if (file === undefined) throw new Error(`look into the tray: sample ${id} has no file of kind ${kind}`)
  return seat.fileOf(file.name)
}

export function bundleOf(seat: Tray, id: string): string {
  return readFileSync(fileOf(seat, id, 'bundle'), 'utf8').trim()
}

/** Keys that write no sign, by the sign that stands for them in a text. */
const KEYS: Readonly<Record<string, { readonly key: string; readonly text?: string }>> = {
  '\n': { key: 'Enter', text: '\r' },
  '\t': { key: 'Tab' },
}

/** As a scanner gun types: each key as soon as the one before is on its way. A text ends as the gun does: by `\n` or `\t`. */
export async function scan(page: Page, text: string): Promise<void> {
  const keyboard = await page.context().newCDPSession(page)
  const strokes = [...text].flatMap((sign) => {
    const stroke = KEYS[sign] ?? { key: sign, text: sign }
    return [
      keyboard.send('Input.dispatchKeyEvent', { type: 'keyDown', ...stroke }),
      keyboard.send('Input.dispatchKeyEvent', { type: 'keyUp', key: stroke.key }),
    ]
  })
  await Promise.all(strokes)
  await keyboard.detach()
}

/** As a clipboard that holds the text is emptied into what has the focus. */
export async function paste({ page, context, origin }: Seat, text: string): Promise<void> {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin })
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`)
  await page.keyboard.press('Control+V')
}

/** By the way that takes least time: pasted into the box. */
export async function give(seat: Seat, text: string): Promise<void> {
  await boxOf(seat.page).focus()
  await paste(seat, text)
}

/** Files dropped somewhere on the page. */
export async function drop(page: Page, paths: readonly string[]): Promise<void> {
  const files = paths.map((path) => readFileSync(path).toString('base64'))
  const transfer = await page.evaluateHandle(`(() => {
    const dropped = new DataTransfer()
    for (const [place, text] of ${JSON.stringify(files)}.entries()) {
      const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))
      dropped.items.add(new File([bytes], 'file-' + place))
    }
    return dropped
  })()`)
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer })
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
}

/** The verdict's heading, once it is there. */
export async function verdictIs(page: Page, verdict: string): Promise<void> {
  await page.getByRole('heading', { level: 2, name: verdict }).waitFor()
}

/** It was on the screen as soon as a person would call it at once. */
export async function verdictWasPrompt(page: Page): Promise<void> {
  const measured = await page.waitForFunction("performance.getEntriesByName('hefu.verdict')[0]?.duration")
  expect(await measured.jsonValue()).to.be.below(LONGEST_SHOWING_MS)
}

export async function boxIsReady(page: Page): Promise<void> {
  await page.waitForFunction("document.activeElement?.tagName === 'TEXTAREA'")
  expect(await boxOf(page).inputValue()).to.equal('')
}

export async function fillCase(page: Page, serviceItem = ''): Promise<void> {
  await page.getByLabel('办件编号').fill(CASE_NO)
  await page.getByLabel('用证事由').fill(USE)
  if (serviceItem !== '') await page.getByLabel('事项编码').fill(serviceItem)
}

/** A page that a person can read is no wider than the window, whatever stands on it. */
export async function pageDoesNotOverflow(page: Page): Promise<void> {
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).to.equal(true)
}

/** What of it can be read. */
export async function textOf(shown: Locator): Promise<string> {
  return (await shown.allInnerTexts()).join('\n')
}
