/** What a web page has to load: free of Node, and small. */
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import {
  type BrowserBundle,
  bundleForBrowser,
  eagerBytes,
  gzippedBytes,
} from '../../scripts/bench/browser-bundle.ts'
import { benchConsoleSizeClerk, benchConsoleSizeMore } from '../../scripts/bench/console-size.ts'

for (const [is, source, limit] of [
  // 1.5 kB of it are the findings on places in a batch, terms, notices, origins, the face against the ledger, demands
  // of service items and whom to ask. 5.5 kB read every answer: the form of each member, the contradictions by name, and
  // the description of the type that the catalogue is held against; 0.8 kB judge the face by the rules of its type, 0.2 kB
  // more since they know every word of a burden in both scripts; 0.2 kB compare names, quantities and the metadata of
  // unknown types by their kind, and hold an anchor against the signing; 0.7 kB tell what is no licence from a broken one, and
  // say that a page in no secure context cannot verify; 0.2 kB say how old data may be, by type, and what nodes stand behind it.
  // 5.2 kB more: 2.2 kB find resident numbers in texts from the ledger, which a report must not hold (the SDK has them
  // in any case), 1.6 kB are the phrases of a remark that are known to be harmless, which took the place of a list of
  // burdens, 0.8 kB read sums, 0.6 kB hold the period and the type on the face against what was signed and tell why a
  // licence cannot be read. 0.6 kB more tell what else no ledger says, and what stands in a request that no request has.
  ['the protocol’s verifier', `export { createVerifier, suite } from '@hefu/protocol'`, 40_500],
  // The protocol's, and 12 kB: the encoding of contracts and our own client of a node; what several nodes agree on, and SM2,
  // are loaded when they are first asked for. Nothing of viem is imported: its index holds a dynamic import by which
  // bundlers split it, and any name of it would bring 26 kB.
  // 0.8 kB of it, and 1.3 of a registry, hold the network that a page gives by the rules of a file; a page that reads one
  // by `parseNetwork` has them in any case. 0.1 kB see to it that nobody is asked whom a node names.
  ['the SDK’s local verifier', `export { createLocalVerifier } from '@hefu/sdk'`, 53_600],
  [
    'the SDK’s local verifier that follows the registry',
    `export { createLocalVerifier } from '@hefu/sdk'; export { createRegistryDirectory } from '@hefu/sdk/registry'`,
    55_600,
  ],
  // What reads a request and the licence in it, 18 kB more, is loaded beside, before the first question. 0.1 kB read what a
  // key of a set says of itself. 1.6 kB find that a report contradicts itself, refuse options that are misspelt and tokens that
  // are none, and say that a service redirects or tells verdicts alone.
  ['the SDK’s remote verifier', `export { createRemoteVerifier } from '@hefu/sdk/remote'`, 20_400],
] as const) {
  describe(`bundle of ${is}`, () => {
    let bundle: BrowserBundle

    before(async () => {
      bundle = await bundleForBrowser(source)
    })

    it('holds the suite of browsers, and nothing of Node', () => {
      expect(bundle.sources.some((path) => path.endsWith('suite/web.js'))).to.equal(true)
      expect(bundle.sources.filter((path) => path.endsWith('suite/node.js'))).to.deep.equal([])
      for (const [name, contents] of bundle.files) {
        expect(new TextDecoder().decode(contents), name).to.not.match(/['"`]node:/)
      }
    })

    it(`is at most ${limit / 1000} kB after gzip`, function () {
      const bytes = eagerBytes(bundle)
      if (this.test) this.test.title += `: ${(bytes / 1000).toFixed(1)} kB`
      expect(bytes).to.be.at.least(5000)
      expect(bytes).to.be.at.most(limit)
    })
  })
}

describe('bundling for a browser', () => {
  it('brings what follows a registry to those alone who ask for it', async () => {
    const registry = /registry-[a-z]+\.js$/
    const sourcesOf = async (source: string) => (await bundleForBrowser(source)).sources
    const pinned = await sourcesOf(`export { createLocalVerifier } from '@hefu/sdk'`)
    const following = await sourcesOf(`export { createRegistryDirectory } from '@hefu/sdk/registry'`)
    expect(pinned.filter((path) => registry.test(path))).to.deep.equal([])
    expect(following.some((path) => registry.test(path))).to.equal(true)
  })

  it('has what asks a service free of what reads a ledger, and of what reads a licence until it is asked', async () => {
    const { files, eager, sources } = await bundleForBrowser(
      `export { createRemoteVerifier } from '@hefu/sdk/remote'`,
    )
    expect(sources.filter((path) => path.startsWith('packages/ledger/'))).to.deep.equal([])
    const beside = [...files.keys()].filter((name) => name.startsWith('reading-'))
    expect(beside).to.have.lengthOf(1)
    expect(eager).to.not.include(beside[0])
    expect(gzippedBytes(files.get(beside[0] ?? ''))).to.be.at.most(18_500)
  })

  it('brings what opens files to those alone who ask for it, and what opens a kind when the first of it comes', async () => {
    const carriers = /sdk\/dist\/carrier|fflate|fast-png|jpeg-js|node_modules\/qr\//
    const verifying = await bundleForBrowser(`export * from '@hefu/sdk'`)
    expect(verifying.sources.filter((path) => carriers.test(path))).to.deep.equal([])
    const opening = await bundleForBrowser(`export { openCarrier } from '@hefu/sdk/carriers'`)
    const eager = new TextDecoder().decode(opening.files.get('entry.js'))
    expect(eager).to.not.match(/IHDR|EmbeddedFiles|OFD\.xml/)
    expect(opening.files.size).to.be.greaterThan(opening.eager.length)
    for (const [name, contents] of opening.files) {
      expect(new TextDecoder().decode(contents), name).to.not.match(/['"`]node:/)
    }
  })

  it('refuses code that imports Node', async () => {
    let refused = ''
    await bundleForBrowser(`import 'node:fs'`).catch((error: Error) => {
      refused = error.message
    })
    expect(refused).to.include('node:fs')
  })
})

describe('the console, as it is built', () => {
  it('is at most 150 kB before the clerk’s page is there, and no other page or part adds over 300 kB', async () => {
    expect((await benchConsoleSizeClerk()).value).to.be.within(30_000, 150_000)
    expect((await benchConsoleSizeMore()).value).to.be.within(1_000, 300_000)
  })
})
