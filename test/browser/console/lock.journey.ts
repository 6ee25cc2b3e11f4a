/** A page that is locked: nothing behind it is reached, a reload opens nothing, and only a proof of who it is goes on. */
import { expect } from 'chai'
import type { Page } from 'playwright-core'
import type { Journey } from './seat.ts'

const isLocked = (page: Page) => page.getByRole('dialog', { name: '已锁定' }).waitFor()

export const lockJourney: Journey = {
  says: 'is locked in all tabs, also over a reload, by no Escape to be closed, until somebody proves who they are; and left in all',
  walk: async ({ page, context, origin, signInAgain }) => {
    const beside = await context.newPage()
    await beside.goto(`${origin}/console/`)
    await beside.getByRole('button', { name: '退出登录' }).waitFor()
    await page.getByLabel('办件编号').fill('粤2026-77')
    await beside.evaluate(`(async () => {
      await fetch('/session/lock', { method: 'POST', headers: { 'Hefu-Console': '1' } })
      new BroadcastChannel('hefu.session').postMessage('changed')
    })()`)
    await isLocked(page)
    await isLocked(beside)
    await page.bringToFront()
    for (let count = 0; count < 6; count += 1) await page.keyboard.press('Escape')
    await page.keyboard.press('Alt+2')
    await isLocked(page)
    expect(page.url()).to.equal(`${origin}/console/`)
    await beside.reload()
    await isLocked(beside)
    const [window] = await Promise.all([
      context.waitForEvent('page'),
      page.getByRole('dialog', { name: '已锁定' }).getByRole('button', { name: '重新登录并继续' }).click(),
    ])
    await signInAgain(window)
    for (const tab of [page, beside]) await tab.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await page.getByLabel('办件编号').inputValue(), 'what was typed is still there').to.equal(
      '粤2026-77',
    )
    await page.getByRole('button', { name: '退出登录' }).click()
    await beside.getByRole('link', { name: '登录' }).waitFor()
    // Nothing was confirmed at the provider: it asks all the same.
    await beside.getByRole('link', { name: '登录' }).click()
    await beside.getByLabel('口令').waitFor()
  },
}
