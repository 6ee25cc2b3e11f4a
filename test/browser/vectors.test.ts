/** The protocol in a real browser: every vector gives what it gives in Node. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { suite } from '@hefu/protocol'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import type { Browser } from 'playwright-core'
import { readVectors } from '../vectors/vector-files.ts'
import { bundleForBrowser } from './browser-bundle.ts'
import { launchChromium } from './chromium.ts'
import { type Observations, observeVectors, type VectorFiles } from './observe-vectors.ts'
import { type PageServer, servePage } from './page-server.ts'

const NAMES = [
  'verification',
  'signatures',
  'credential',
  'bundle',
  'presentation',
  'receipt',
  'encodings',
] as const

function vectorsOnDisk(): VectorFiles {
  return Object.fromEntries(NAMES.map((name) => [name, readVectors(name)])) as unknown as VectorFiles
}

async function serveVectors(): Promise<PageServer> {
  const entry = import.meta.resolve('./vectors-page.ts')
  const { files } = await bundleForBrowser(`import ${JSON.stringify(fileURLToPath(entry))}`)
  const page = '<!doctype html><meta charset="utf-8"><script type="module" src="/entry.js"></script>'
  return servePage(
    new Map<string, Uint8Array | string>([
      ['/', page],
      ...[...files].map(([name, contents]) => [`/${name}`, contents] as const),
      ...NAMES.map(
        (name) =>
          [
            `/vectors/${name}.json`,
            readFileSync(new URL(`../vectors/${name}.json`, import.meta.url)),
          ] as const,
      ),
    ]),
  )
}

describe('vectors in a browser', () => {
  const complaints: string[] = []
  const asked: string[] = []
  let server: PageServer
  let browser: Browser
  let seen: Observations
  let expected: Observations

  before(async () => {
    server = await serveVectors()
    browser = await launchChromium()
    const page = await browser.newPage()
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('request', (request) => asked.push(request.url()))
    await page.goto(server.origin, { waitUntil: 'load' })
    seen = (await page.evaluate('observeInBrowser()')) as Observations
    // Through JSON, as the browser's: members that are undefined are no members.
    expected = JSON.parse(JSON.stringify(await observeVectors(vectorsOnDisk(), suite)))
  })

  after(async () => {
    await browser?.close()
    await server?.close()
  })

  it('are verified with the findings, facts, verdict and result code that Node gives', () => {
    const { vectors } = vectorsOnDisk().verification
    expect(seen.verification).to.have.length(vectors.length)
    vectors.forEach((vector, i) => {
      expect(seen.verification[i], vector.is).to.deep.equal(expected.verification[i])
      expect(seen.verification[i], vector.is).to.deep.equal(vector.expected)
    })
  })

  for (const list of [
    'signatures',
    'credential',
    'bundle',
    'presentation',
    'receipt',
    'strictJson',
    'displayText',
    'roots',
  ] as const) {
    it(`of ${list} are judged as in Node`, () => {
      expect(seen[list]).to.have.length.above(10)
      expect(seen[list]).to.deep.equal(expected[list])
    })
  }

  it('raise no error on the page, and ask nobody but its own server', () => {
    expect(complaints).to.deep.equal([])
    expect(asked.filter((url) => !url.startsWith(`${server.origin}/`))).to.deep.equal([])
    expect(asked).to.have.length.above(NAMES.length)
  })
})
