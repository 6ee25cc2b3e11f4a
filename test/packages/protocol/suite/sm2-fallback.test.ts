import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { SM2_KEY } from '../../../fixtures/sample-keys.ts'

const NODE_SUITE = fileURLToPath(import.meta.resolve('#internal/protocol/suite/node'))

/** Signs and verifies with SM2 in a Node whose `createVerify` is this. */
async function runWith(createVerify: string): Promise<Readonly<Record<string, unknown>>> {
  const program = `
    import crypto from 'node:crypto'
    import { syncBuiltinESMExports } from 'node:module'
    const native = crypto.createVerify
    crypto.createVerify = ${createVerify}
    syncBuiltinESMExports()
    const { suite } = await import(${JSON.stringify(NODE_SUITE)})
    const { d, ...publicJwk } = ${JSON.stringify(SM2_KEY)}
    const signingKey = suite.importPrivateKey({ ...publicJwk, d })
    const signature = await suite.sign(await signingKey, 'SM2', 'message')
    const key = await suite.importPublicKey(publicJwk)
    console.log(JSON.stringify({
      portable: signingKey instanceof Promise,
      genuine: await suite.verify(key, 'SM2', 'message', signature),
      altered: await suite.verify(key, 'SM2', 'other', signature),
    }))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program])
  return JSON.parse(stdout)
}

describe('SM2 in Node', () => {
  it('is OpenSSL’s where that gives the known answer', async () => {
    expect(await runWith('native')).to.deep.equal({ portable: false, genuine: true, altered: false })
  })

  for (const [is, createVerify] of [
    ['has no SM3', `() => { throw new Error('Invalid digest: sm3') }`],
    ['accepts every signature', '() => ({ update() { return this }, verify: () => true })'],
    ['accepts none', '() => ({ update() { return this }, verify: () => false })'],
  ] as const) {
    it(`is JavaScript’s where OpenSSL ${is}`, async () => {
      expect(await runWith(createVerify)).to.deep.equal({ portable: true, genuine: true, altered: false })
    })
  }
})
