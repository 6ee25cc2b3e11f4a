/** The suite of Node and the suite of browsers against each other, and both against jose. */
import {
  algorithmOf,
  encodeBase64url,
  type PrivateJwk,
  type PublicJwk,
  type Suite,
  suite,
} from '@hefu/protocol'
import { expect } from 'chai'
import fc from 'fast-check'
import { CompactSign, compactVerify, importJWK } from 'jose'
import { describe, it } from 'mocha'
import { suite as webSuite } from '#internal/protocol/suite/web'
import { ED25519_KEY, ES256_KEY, OTHER_ES256_KEY, publicHalf } from '../../../fixtures/sample-keys.ts'
import { runs } from '../../../fixtures/test-profile.ts'

const SUITES: readonly (readonly [string, Suite])[] = [
  ['node', suite],
  ['web', webSuite],
]

const FF30 = 'ff'.repeat(30)
/** All points of small order in every encoding, and the least and the greatest y that is not below p. */
const NOBODYS_ED25519_KEYS = [
  ...['00', '80'].flatMap((sign) => [
    `${'00'.repeat(31)}${sign}`,
    `01${'00'.repeat(30)}${sign}`,
    `26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc${sign === '00' ? '05' : '85'}`,
    `c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03${sign === '00' ? '7a' : 'fa'}`,
  ]),
  ...['7f', 'ff'].flatMap((top) => ['ec', 'ed', 'ee', 'ff'].map((low) => `${low}${FF30}${top}`)),
]

async function signWith(own: Suite, key: PrivateJwk, message: string): Promise<Uint8Array> {
  return own.sign(await own.importPrivateKey(key), algorithmOf(key), message)
}

async function verifyWith(
  own: Suite,
  jwk: PublicJwk,
  message: string,
  signature: Uint8Array,
): Promise<boolean> {
  return own.verify(await own.importPublicKey(jwk), algorithmOf(jwk), message, signature)
}

for (const key of [ES256_KEY, ED25519_KEY]) {
  const jwk = publicHalf(key)
  const alg = algorithmOf(key)

  describe(`signatures with ${alg}`, () => {
    for (const [name, own] of SUITES) {
      it(`of the ${name} suite: 64 bytes, verified by both suites and by jose`, async () => {
        const header = encodeBase64url(new TextEncoder().encode(JSON.stringify({ alg })))
        const message = `${header}.${encodeBase64url(new TextEncoder().encode('样例'))}`
        const signature = await signWith(own, key, message)
        expect(signature).to.have.length(64)
        for (const [, other] of SUITES)
          expect(await verifyWith(other, jwk, message, signature)).to.equal(true)
        const jws = `${message}.${encodeBase64url(signature)}`
        const { payload } = await compactVerify(jws, await importJWK({ ...jwk }, alg), { algorithms: [alg] })
        expect(new TextDecoder().decode(payload)).to.equal('样例')
      })

      it(`of jose are verified by the ${name} suite, and no others`, async () => {
        const jws = await new CompactSign(new TextEncoder().encode('样例'))
          .setProtectedHeader({ alg })
          .sign(await importJWK({ ...key }, alg))
        const [header, payload, signature = ''] = jws.split('.')
        const bytes = Uint8Array.from(Buffer.from(signature, 'base64url'))
        expect(await verifyWith(own, jwk, `${header}.${payload}`, bytes)).to.equal(true)
        expect(await verifyWith(own, jwk, `${header}.${payload}A`, bytes)).to.equal(false)
        expect(
          await verifyWith(own, jwk, `${header}.${payload}`, bytes.with(7, (bytes[7] ?? 0) ^ 1)),
        ).to.equal(false)
      })

      it(`of any other bytes and length are false in the ${name} suite, never an error`, async () => {
        const verifyingKey = await own.importPublicKey(jwk)
        const signature = await signWith(own, key, 'message')
        const bytes = fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.uint8Array({ minLength: 64, maxLength: 64 }),
          fc.constantFrom(0, 1, 0x7f, 0xff).map((byte) => new Uint8Array(64).fill(byte)),
          fc
            .tuple(fc.nat(63), fc.integer({ min: 1, max: 255 }))
            .map(([at, x]) => signature.with(at, (signature[at] ?? 0) ^ x)),
          fc.integer({ min: 0, max: 63 }).map((length) => signature.slice(0, length)),
          fc.constant(Uint8Array.from([...signature, 0])),
        )
        await fc.assert(
          fc.asyncProperty(bytes, async (other) => {
            expect(await own.verify(verifyingKey, alg, 'message', other)).to.equal(false)
          }),
          { numRuns: runs(200, 10_000) },
        )
      })
    }
  })
}

describe('both suites', () => {
  it('refuse an ES256 signature by another key', async () => {
    for (const [, own] of SUITES) {
      const signature = await signWith(own, OTHER_ES256_KEY, 'message')
      expect(await verifyWith(own, publicHalf(ES256_KEY), 'message', signature)).to.equal(false)
    }
  })

  it('sign and verify alike messages of every length, of ASCII and not, one after the other', async () => {
    const messages = [
      '',
      'a',
      '样例',
      'x'.repeat(70_000),
      '人'.repeat(30_000),
      'b',
      '\u{20bb7}'.repeat(20_000),
      '',
    ]
    for (const key of [ES256_KEY, ED25519_KEY]) {
      for (const message of messages) {
        const signature = await signWith(suite, key, message)
        for (const [, own] of SUITES) {
          expect(await verifyWith(own, publicHalf(key), message, signature)).to.equal(true)
          expect(await verifyWith(own, publicHalf(key), `${message}.`, signature)).to.equal(false)
        }
      }
    }
  })

  it('refuse to import a point that is not on the curve', async () => {
    const good = publicHalf(ES256_KEY) as Extract<PublicJwk, { kty: 'EC' }>
    for (const [, own] of SUITES) {
      for (const jwk of [
        { ...good, y: good.x },
        { ...good, x: 'A'.repeat(43) },
        { ...good, x: 'A'.repeat(43), y: 'A'.repeat(43) },
        { ...good, x: `${'_'.repeat(42)}8` },
      ]) {
        let refused = false
        try {
          await own.importPublicKey(jwk)
        } catch {
          refused = true
        }
        expect(refused, JSON.stringify(jwk)).to.equal(true)
      }
    }
  })

  it('refuse to import an Ed25519 key of small order, or whose y is not below p', async () => {
    for (const [, own] of SUITES) {
      for (const hex of NOBODYS_ED25519_KEYS) {
        const jwk = { kty: 'OKP', crv: 'Ed25519', x: encodeBase64url(Buffer.from(hex, 'hex')) } as const
        let refused = false
        try {
          await own.importPublicKey(jwk)
        } catch {
          refused = true
        }
        expect(refused, hex).to.equal(true)
      }
      await own.importPublicKey(publicHalf(ED25519_KEY))
    }
  })

  it('take of a public key what makes it, whatever stands beside', async () => {
    for (const key of [ES256_KEY, ED25519_KEY]) {
      for (const beside of [{ use: 'enc' }, { key_ops: ['encrypt'] }, { alg: 'none' }, { d: key.d }]) {
        const jwk = { ...publicHalf(key), ...beside } as PublicJwk
        const signature = await signWith(suite, key, 'message')
        for (const [, own] of SUITES) expect(await verifyWith(own, jwk, 'message', signature)).to.equal(true)
      }
    }
  })

  it('refuse keys of other kinds, and a private key whose halves do not belong together', async () => {
    const other = publicHalf(OTHER_ES256_KEY)
    const odd: readonly object[] = [
      { ...ES256_KEY, ...other },
      { ...ES256_KEY, d: encodeBase64url(new Uint8Array(32)) },
      { ...ED25519_KEY, x: 'A'.repeat(43) },
      { ...ED25519_KEY, crv: 'X25519' },
      { ...ES256_KEY, crv: 'P-384' },
      { ...ES256_KEY, crv: 'Ed25519' },
      { ...ES256_KEY, kty: 'RSA' },
    ]
    for (const [name, own] of SUITES) {
      for (const jwk of odd) {
        const refused = await Promise.resolve()
          .then(() => own.importPrivateKey(jwk as PrivateJwk))
          .then(
            () => false,
            () => true,
          )
        expect(refused, `${name} ${JSON.stringify(jwk)}`).to.equal(true)
      }
    }
  })

  it('hash alike, bytes and texts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.uint8Array({ maxLength: 300 }), (text, bytes) => {
        expect(Buffer.from(suite.sha256(text)).equals(webSuite.sha256(text))).to.equal(true)
        expect(Buffer.from(suite.sha256(bytes)).equals(webSuite.sha256(bytes))).to.equal(true)
        expect(suite.sha256Base64url(text)).to.equal(webSuite.sha256Base64url(text))
      }),
      { numRuns: runs(100, 5000) },
    )
    expect(suite.sha256Base64url('abc')).to.equal('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0')
  })

  it('give random bytes of the length asked for, never twice the same', () => {
    for (const [, own] of SUITES) {
      expect(own.randomBytes(16)).to.have.length(16)
      const all = new Set<string>()
      for (const length of [16, 32, 16, 4096, 5000, 16]) {
        for (let i = 0; i < 1000; i++) {
          const bytes = own.randomBytes(length)
          expect(bytes).to.have.length(length)
          all.add(Buffer.from(bytes).subarray(0, 16).toString('hex'))
        }
      }
      expect(all.size).to.equal(6000)
    }
  })
})

describe('the text of a key', () => {
  /** Other texts that some runtime or other reads as the same 32 bytes, and texts of other lengths. */
  function otherTexts(text: string): readonly string[] {
    const last = 'AEIMQUYcgkosw048'.indexOf(text.slice(-1))
    const unusedBits = 'BFJNRVZdhlptx159'[last]
    return [
      `${text}=`,
      ` ${text}`,
      `${text}\n`,
      `${text.slice(0, -1)}${unusedBits}`,
      `${text}A`,
      encodeBase64url(Uint8Array.from([0, ...Buffer.from(text, 'base64url')])),
      encodeBase64url(Uint8Array.from(Buffer.from(text, 'base64url').subarray(1))),
      `+${text.slice(1)}`,
      '',
    ]
  }

  for (const [name, own] of SUITES) {
    it(`is one: every other is refused by the ${name} suite, of the public and of the private half`, async () => {
      for (const key of [ES256_KEY, ED25519_KEY, await own.generateKey('SM2')] as const) {
        await own.importPublicKey(publicHalf(key))
        await own.importPrivateKey(key)
        for (const member of ['x', 'y', 'd'] as const) {
          const text = key[member as 'x']
          if (text === undefined) continue
          for (const other of otherTexts(text)) {
            const altered = { ...key, [member]: other } as PrivateJwk
            expect(await refusalOf(() => own.importPrivateKey(altered)), other).to.be.instanceOf(RangeError)
            if (member === 'd') continue
            const { d, ...half } = altered
            expect(await refusalOf(() => own.importPublicKey(half)), other).to.be.instanceOf(RangeError)
          }
        }
      }
    })
  }
})

async function refusalOf(work: () => unknown): Promise<unknown> {
  try {
    return await work()
  } catch (error) {
    return error
  }
}
