/** A page that did not come over a secure connection has no `crypto.subtle`: no licence is called bad for it. */
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import type { Browser } from 'playwright-core'
import { bundleForBrowser } from '../../scripts/bench/browser-bundle.ts'
import { launchChromium } from './chromium.ts'
import { type PageServer, servePage } from './page-server.ts'

/** A name of this machine that no browser takes for secure, as it does 127.0.0.1 and localhost. */
const COUNTER = 'counter.test'

const ENTRY = `import { createLocalVerifier } from '@hefu/sdk'
  const network = { rpcUrl: 'http://127.0.0.1:1', chainId: 31337, ledger: '0x' + '11'.repeat(20), deploymentBlock: 0 }
  globalThis.createVerifier = () => {
    try {
      createLocalVerifier({ network })
      return 'created'
    } catch (error) {
      return error.name + ' ' + error.code + ' ' + error.message
    }
  }`

describe('A verifier on a page in a real browser', () => {
  let server: PageServer
  let browser: Browser

  before(async () => {
    const { files } = await bundleForBrowser(ENTRY)
    const page = '<!doctype html><meta charset="utf-8"><script type="module" src="/entry.js"></script>'
    server = await servePage(new Map<string, Uint8Array | string>([['/', page], ...namedByPath(files)]))
    browser = await launchChromium([`--host-resolver-rules=MAP ${COUNTER} 127.0.0.1`])
  })
  after(async () => {
    await browser?.close()
    await server?.close()
  })

  async function createdAt(origin: string): Promise<string> {
    const page = await browser.newPage()
    try {
      await page.goto(origin, { waitUntil: 'load' })
      await page.waitForFunction('globalThis.createVerifier !== undefined')
      return await page.evaluate('createVerifier()')
    } finally {
      await page.close()
    }
  }

  it('is created in a secure context', async () => {
    expect(await createdAt(server.origin)).to.equal('created')
  })

  it('is refused at its creation over plain http, with the reason and the way out', async () => {
    const { port } = new URL(server.origin)
    const refused = await createdAt(`http://${COUNTER}:${port}`)
    expect(refused).to.match(/^SuiteUnavailableError no-subtle-crypto /)
    expect(refused).to.include('https')
  })
})

function namedByPath(files: ReadonlyMap<string, Uint8Array>): [string, Uint8Array][] {
  return [...files].map(([name, contents]) => [`/${name}`, contents])
}
