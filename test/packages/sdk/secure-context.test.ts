import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { SuiteUnavailableError, suite } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { bundleForBrowser } from '../../../scripts/bench/browser-bundle.ts'

const SOURCE = `
  import { createLocalVerifier, createRemoteVerifier } from '@hefu/sdk'
  export function create() {
    const view = { ledger: { chainId: 1, address: '0x' }, lookup: async () => { throw new Error('asked') } }
    const verifierKey = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }
    return [
      () => createLocalVerifier({ view }),
      () => createRemoteVerifier({ url: 'https://verifier.example', verifierKey }),
    ].map((make) => {
      try {
        make()
        return 'made'
      } catch (error) {
        return [error.name, error.code, error.says.zh, error.message].join('|')
      }
    })
  }
`

type Creation = { readonly create: () => readonly string[] }

/** What a browser's bundle makes of a page whose `crypto` is this. */
async function createWith(crypto: object): Promise<readonly string[]> {
  const { files } = await bundleForBrowser(SOURCE)
  const folder = await mkdtemp(join(tmpdir(), 'hefu-page-'))
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
  for (const [name, contents] of files) await writeFile(join(folder, name), contents)
  const own = Object.getOwnPropertyDescriptor(globalThis, 'crypto')
  Object.defineProperty(globalThis, 'crypto', { value: crypto, configurable: true })
  try {
    const page: Creation = await import(pathToFileURL(join(folder, 'entry.js')).href)
    return page.create()
  } finally {
    if (own !== undefined) Object.defineProperty(globalThis, 'crypto', own)
    await rm(folder, { recursive: true })
  }
}

describe('on a page in no secure context', () => {
  const random = { getRandomValues: (bytes: Uint8Array) => bytes }

  it('no verifier is made, and the reason is said', async () => {
    for (const said of await createWith(random)) {
      expect(said).to.match(/^SuiteUnavailableError\|no-subtle-crypto\|.*https.*crypto\.subtle is missing/)
    }
  })

  it('one is made where the page is secure, and in Node', async () => {
    expect(await createWith({ ...random, subtle: globalThis.crypto.subtle })).to.deep.equal(['made', 'made'])
    expect(() => suite.assertAvailable()).to.not.throw()
    expect(new SuiteUnavailableError().code).to.equal('no-subtle-crypto')
  })
})
