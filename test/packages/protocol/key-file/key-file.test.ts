/** Key files: a private key at rest opens with its passphrase and in no other way. */
import {
  decryptKey,
  encodeKeyFile,
  encryptKey,
  KEY_FILE_MEDIA_TYPE,
  type KeyFile,
  parseKeyFile,
  suite,
  thumbprint,
  WrongPassphraseError,
} from '@hefu/protocol'
import { expect } from 'chai'
import { CompactEncrypt } from 'jose'
import { before, describe, it } from 'mocha'
import { refusalOf } from '../../../fixtures/refusal.ts'
import { ES256_KEY } from '../../../fixtures/sample-keys.ts'
import { runs } from '../../../fixtures/test-profile.ts'

const PASSPHRASE = '湖南省-样例-通行短语-2026'
let file: KeyFile

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('opened'),
    (error: unknown) => error,
  )
}

describe('key file', () => {
  before(async () => {
    file = await encryptKey(
      ES256_KEY,
      { purpose: 'issuer-signing', name: thumbprint(ES256_KEY, suite) },
      PASSPHRASE,
    )
  })

  it('opens with its passphrase, after being written and read', async () => {
    const read = parseKeyFile(`${encodeKeyFile(file)}\n`)
    expect(read).to.deep.equal(file)
    expect(await decryptKey(read, PASSPHRASE)).to.deep.equal(ES256_KEY)
  })

  it('shows nothing of the private key', () => {
    const text = encodeKeyFile(file)
    expect(text).to.not.include(ES256_KEY.d)
    const [header = ''] = file.encrypted.split('.')
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).to.include({
      alg: 'PBES2-HS512+A256KW',
      enc: 'A256GCM',
      p2c: 300_000,
    })
  })

  it('is another text every time', async () => {
    const again = await encryptKey(ES256_KEY, file, PASSPHRASE)
    expect(again.encrypted).to.not.equal(file.encrypted)
  })

  it('does not open with another passphrase', async () => {
    for (const other of [`${PASSPHRASE} `, PASSPHRASE.slice(1), '']) {
      expect(await failureOf(decryptKey(file, other))).to.be.instanceOf(WrongPassphraseError)
    }
  })

  it('does not open when damaged', async () => {
    const parts = file.encrypted.split('.')
    for (let part = 0; part < parts.length; part++) {
      for (let turn = 0; turn < runs(2, 10); turn++) {
        const own = parts[part] ?? ''
        const at = Math.floor((own.length * (turn + 0.5)) / runs(2, 10))
        const altered = own.slice(0, at) + (own[at] === 'A' ? 'B' : 'A') + own.slice(at + 1)
        const encrypted = parts.with(part, altered).join('.')
        expect(await failureOf(decryptKey({ ...file, encrypted }, PASSPHRASE))).to.be.instanceOf(
          WrongPassphraseError,
        )
      }
    }
    for (const encrypted of [
      '',
      'a',
      '....',
      parts.slice(1).join('.'),
      `${file.encrypted}.`,
      parts.with(3, '').join('.'),
    ]) {
      expect(await failureOf(decryptKey({ ...file, encrypted }, PASSPHRASE))).to.be.instanceOf(
        WrongPassphraseError,
      )
    }
  })

  it('does not open when encrypted in another way, or with more iterations than it should have', async () => {
    const plain = new TextEncoder().encode(JSON.stringify(ES256_KEY))
    const secret = new TextEncoder().encode(PASSPHRASE)
    const weaker = await new CompactEncrypt(plain)
      .setProtectedHeader({ alg: 'PBES2-HS256+A128KW', enc: 'A256GCM' })
      .encrypt(secret)
    const slower = await new CompactEncrypt(plain)
      .setProtectedHeader({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM' })
      .setKeyManagementParameters({ p2c: 300_001 })
      .encrypt(secret)
    const direct = await new CompactEncrypt(plain)
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .encrypt(new Uint8Array(32))
    for (const encrypted of [weaker, slower, direct]) {
      expect(await failureOf(decryptKey({ ...file, encrypted }, PASSPHRASE))).to.be.instanceOf(
        WrongPassphraseError,
      )
    }
  })

  it('is not made with a passphrase of eleven characters', async () => {
    expect(await failureOf(encryptKey(ES256_KEY, file, 'elevenchars'))).to.be.instanceOf(RangeError)
  })

  for (const [is, change, code] of [
    ['another media type', { mediaType: 'application/json' }, 'wrong-value'],
    ['another purpose', { purpose: 'anything' }, 'wrong-value'],
    ['a name that is a path', { name: '../../../../etc/passwd-aaaaaaaaaaaaaaaaaaaaaa' }, 'wrong-value'],
    ['a key in the clear', { encrypted: { ...ES256_KEY } }, 'wrong-type'],
    ['white space in what is encrypted', { encrypted: 'a b' }, 'wrong-value'],
    ['a member more', { d: ES256_KEY.d }, 'unknown-member'],
  ] as const) {
    it(`is refused with ${is}: ${code}`, () => {
      const text = JSON.stringify({
        mediaType: KEY_FILE_MEDIA_TYPE,
        purpose: file.purpose,
        name: file.name,
        encrypted: file.encrypted,
        ...change,
      })
      expect(refusalOf(() => parseKeyFile(text))).to.deep.equal([code])
    })
  }

  it('is refused cut off, empty or too large', () => {
    const text = encodeKeyFile(file)
    for (const cut of ['', text.slice(0, -1), text.slice(1)]) {
      expect(refusalOf(() => parseKeyFile(cut))).to.deep.equal(['not-json'])
    }
    expect(refusalOf(() => parseKeyFile(`"${'x'.repeat(20_000)}"`))).to.deep.equal(['too-large'])
  })
})
