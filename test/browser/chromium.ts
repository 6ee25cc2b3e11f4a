/** A real Chromium with an empty profile: Debian's, or the one that playwright-core installs. */
import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const SYSTEM_CHROMIUM = '/usr/bin/chromium'
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']

/**
 * @param more further flags
 * @throws {Error} when there is no Chromium: scripts/setup-browser.mjs installs one before `npm test`
 */
export function launchChromium(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    headless: true,
    args: [...FLAGS, ...more],
    ...(existsSync(SYSTEM_CHROMIUM) ? { executablePath: SYSTEM_CHROMIUM } : {}),
  })
}
