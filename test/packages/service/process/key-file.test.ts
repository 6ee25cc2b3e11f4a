import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  encodeKeyFile,
  encryptKey,
  type KeyFile,
  type KeyPurpose,
  parseKeyFile,
  suite,
  thumbprint,
} from '@hefu/protocol'
import { KeyError, openAccountKey, openSigningKey, readKeyFile } from '@hefu/service'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { temporaryFolder } from '../fixtures/temporary-folder.ts'

const PASSPHRASE = 'sample passphrase'
const ADDRESS = `0x${'00'.repeat(20)}`
const D = Buffer.alloc(32, 7).toString('base64url')

async function refusalOf(work: Promise<unknown>): Promise<KeyError> {
  const error = await work.catch((thrown: unknown) => thrown)
  if (error instanceof KeyError) return error
  throw new Error(`expect a refusal, got ${error}`)
}

const fileOf = (jwk: object, purpose: KeyPurpose, name: string): Promise<KeyFile> =>
  encryptKey(jwk, { purpose, name }, PASSPHRASE)

describe('openSigningKey', () => {
  const keys: { jwk: Awaited<ReturnType<typeof suite.generateKey>>; name: string; file: KeyFile }[] = []

  before(async () => {
    for (const algorithm of ['ES256', 'EdDSA', 'SM2'] as const) {
      const jwk = await suite.generateKey(algorithm)
      const { d: _, ...publicJwk } = jwk
      const name = thumbprint(publicJwk, suite)
      keys.push({ jwk, name, file: await fileOf(jwk, 'issuer-signing', name) })
    }
  })

  it('opens keys of every algorithm for the purpose that they have', async () => {
    for (const { jwk, name, file } of keys) {
      const { privateJwk, publicJwk, kid } = await openSigningKey(file, 'issuer-signing', PASSPHRASE)
      const { d: _, ...own } = jwk
      expect(privateJwk).to.deep.equal(jwk)
      expect(publicJwk).to.deep.equal(own)
      expect(kid).to.equal(name)
    }
  })

  it('refuses another purpose before anything is decrypted, and a wrong passphrase', async () => {
    const [{ file } = { file: {} as KeyFile }] = keys
    const other = await refusalOf(openSigningKey(file, 'verifier-signing', 'not the passphrase'))
    expect(other.code).to.equal('key-of-other-purpose')
    expect(other.says.en).to.include('issuer-signing').and.include('verifier-signing')
    const wrong = await refusalOf(openSigningKey(file, 'issuer-signing', 'not the passphrase'))
    expect(wrong.code).to.equal('wrong-passphrase')
    expect(wrong.says.zh).to.include(file.name).and.include('口令不正确')
  })

  it('refuses a key that is not the one of the file’s name', async () => {
    const [first, second] = keys
    const file = await fileOf(first?.jwk ?? {}, 'issuer-signing', second?.name ?? '')
    expect((await refusalOf(openSigningKey(file, 'issuer-signing', PASSPHRASE))).code).to.equal(
      'key-of-other-name',
    )
  })

  it('refuses what is no signing key, and repeats nothing of it', async () => {
    const [{ jwk, name } = { jwk: {}, name: '' }] = keys
    const { d: _, ...publicJwk } = jwk as { d?: string }
    for (const inside of [
      {},
      publicJwk,
      { ...jwk, d: 1 },
      { ...jwk, d: 'tell-nobody' },
      { ...jwk, d: `${'A'.repeat(42)}!` },
      { ...jwk, secret: 'tell-nobody' },
      { kty: 'EC', crv: 'secp256k1', x: D, y: D, d: D },
    ]) {
      const refused = await refusalOf(
        openSigningKey(await fileOf(inside, 'issuer-signing', name), 'issuer-signing', PASSPHRASE),
      )
      expect(refused.code).to.equal('key-malformed')
      expect(`${refused.says.zh}${refused.says.en}${refused.stack}`).to.not.include('tell-nobody')
    }
  })
})

describe('openAccountKey', () => {
  const jwk = { kty: 'EC', crv: 'secp256k1', x: D, y: D, d: D }

  it('opens the 32 bytes of an account’s key', async () => {
    const file = await fileOf(jwk, 'account', ADDRESS)
    expect(await openAccountKey(file, PASSPHRASE)).to.equal(`0x${'07'.repeat(32)}`)
  })

  it('refuses every other key', async () => {
    for (const inside of [{ ...jwk, crv: 'P-256' }, { ...jwk, kty: 'OKP' }, { ...jwk, d: D.slice(1) }, {}]) {
      const file = await fileOf(inside, 'account', ADDRESS)
      expect((await refusalOf(openAccountKey(file, PASSPHRASE))).code).to.equal('key-malformed')
    }
    const signing = await fileOf(jwk, 'issuer-signing', ADDRESS)
    expect((await refusalOf(openAccountKey(signing, PASSPHRASE))).code).to.equal('key-of-other-purpose')
  })
})

describe('readKeyFile', () => {
  it('reads what is a key file, and names the file that is none or not there', async () => {
    const path = join(temporaryFolder(), 'key.json')
    expect((await refusalOf(readKeyFile(path))).code).to.equal('key-unreadable')
    const text = encodeKeyFile({ purpose: 'account', name: ADDRESS, encrypted: 'e30.A.A.A.A' })
    await writeFile(path, `${text}\n`)
    expect(await readKeyFile(path)).to.deep.equal(parseKeyFile(text))
    await writeFile(path, '{}')
    const refused = await refusalOf(readKeyFile(path))
    expect(refused.code).to.equal('key-malformed')
    expect(refused.says.zh).to.include(path)
  })
})
