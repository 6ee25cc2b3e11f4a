/** The protocol in a real browser: every vector gives what it gives in Node. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import type { Browser } from 'playwright-core'
import { bundleForBrowser } from '../../scripts/bench/browser-bundle.ts'
import { IMPLEMENTATIONS } from '../vectors/implementations.ts'
import { listVectors } from '../vectors/runners.ts'
import { readAllVectors, VECTOR_FILES } from '../vectors/vector-files.ts'
import { launchChromium } from './chromium.ts'
import { type PageServer, servePage } from './page-server.ts'

const LISTS = listVectors(readAllVectors())

/** The page, and beside it the library whose SM3 the suite's SM2 stands on: the protocol exports none. */
function entryOf(page: string): string {
  return `import ${JSON.stringify(page)}
    import { sm3 } from 'sm-crypto-v2'
    Object.assign(globalThis, { sm3 })`
}

async function serveVectors(): Promise<PageServer> {
  const { files } = await bundleForBrowser(entryOf(fileURLToPath(import.meta.resolve('./vectors-page.ts'))))
  const page = '<!doctype html><meta charset="utf-8"><script type="module" src="/entry.js"></script>'
  return servePage(
    new Map<string, Uint8Array | string>([
      ['/', page],
      ...[...files].map(([name, contents]) => [`/${name}`, contents] as const),
      ...VECTOR_FILES.map((name) => vectorFile(name)),
    ]),
  )
}

function vectorFile(name: string): readonly [string, Uint8Array] {
  return [`/vectors/${name}.json`, readFileSync(new URL(`../vectors/${name}.json`, import.meta.url))]
}

/** Through JSON, as what comes from the browser: members that are undefined are no members. */
function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

describe('vectors in a browser', () => {
  const complaints: string[] = []
  const asked: string[] = []
  let server: PageServer
  let browser: Browser
  let seen: Readonly<Record<string, readonly unknown[]>>

  before(async () => {
    server = await serveVectors()
    browser = await launchChromium()
    const page = await browser.newPage()
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('request', (request) => asked.push(request.url()))
    await page.goto(server.origin, { waitUntil: 'load' })
    seen = JSON.parse(await page.evaluate(`judgeInBrowser(${JSON.stringify(VECTOR_FILES)}, sm3)`))
  })

  after(async () => {
    await browser?.close()
    await server?.close()
  })

  it('are run, all of every list of every file', () => {
    const counts = LISTS.map(({ file, list, vectors }) => [`${file}.${list}`, vectors.length] as const)
    expect(Object.entries(seen).map(([name, found]) => [name, found.length])).to.have.deep.members(counts)
    expect(counts.filter(([, count]) => count === 0)).to.deep.equal([])
  })

  for (const { file, list, vectors, judge } of LISTS) {
    it(`of ${file}.json, ${list}, are judged as in Node and as it stands there`, async () => {
      for (const [i, vector] of vectors.entries()) {
        const { found, expected } = await judge(vector, IMPLEMENTATIONS.node)
        const own = seen[`${file}.${list}`]?.[i]
        expect(own, `vector ${i}`).to.deep.equal(asJson(found))
        expect(own, `vector ${i}`).to.deep.equal(asJson(expected))
      }
    })
  }

  it('raise no error on the page, and ask nobody but its own server', () => {
    expect(complaints).to.deep.equal([])
    expect(asked.filter((url) => !url.startsWith(`${server.origin}/`))).to.deep.equal([])
    expect(asked).to.have.length.above(VECTOR_FILES.length)
  })
})
