/** SM2 with SM3 (GB/T 32918): OpenSSL's and JavaScript's implementation, each against the standard and the other. */
import { createECDH, createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { encodeBase64url, type PrivateJwk, type PublicJwk, type Suite, suite } from '@hefu/protocol'
import { expect } from 'chai'
import { build } from 'esbuild'
import fc from 'fast-check'
import { describe, it } from 'mocha'
import { loadPortableSm2 } from '#internal/protocol/suite/load-portable-sm2'
import { nativeSm2 } from '#internal/protocol/suite/node-sm2'
import { portableSm2 } from '#internal/protocol/suite/portable-sm2'
import { encodeSm2Key, passesSelfTest, type Sm2 } from '#internal/protocol/suite/sm2'
import { suite as webSuite } from '#internal/protocol/suite/web'
import { ED25519_KEY, ES256_KEY } from '../../../fixtures/sample-keys.ts'
import { runs } from '../../../fixtures/test-profile.ts'

const VECTORS = JSON.parse(
  readFileSync(new URL('../../../vectors/domain.json', import.meta.url), 'utf8'),
) as {
  readonly sm2: Readonly<Record<'id' | 'msg' | 'd' | 'pub' | 'r' | 's', string>>
  readonly sm3: Readonly<Record<string, string>>
}
const IMPLEMENTATIONS: readonly (readonly [string, Sm2])[] = [
  ['OpenSSL', nativeSm2],
  ['JavaScript', portableSm2],
]
const SUITES: readonly (readonly [string, Suite])[] = [
  ['node', suite],
  ['web', webSuite],
]
const ORDER = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n
const PRIME = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn

const { sm2: A2 } = VECTORS
const KEY = encodeSm2Key(bytesOf(A2.d), bytesOf(A2.pub.slice(2)))
const SIGNATURE = bytesOf(A2.r + A2.s)

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, 'hex'))
}

function integer(value: bigint): Uint8Array {
  return bytesOf(value.toString(16).padStart(64, '0'))
}

function coordinate(value: bigint): string {
  return encodeBase64url(integer(value))
}

function publicHalf({ d: _, ...jwk }: PrivateJwk): PublicJwk {
  return jwk
}

/** The key of a secret. */
function keyOf(d: bigint): PrivateJwk {
  const ecdh = createECDH('SM2')
  ecdh.setPrivateKey(integer(d))
  return encodeSm2Key(integer(d), Uint8Array.from(ecdh.getPublicKey().subarray(1)))
}

function refuses(work: () => unknown): boolean {
  try {
    work()
    return false
  } catch {
    return true
  }
}

const SM3_INPUTS: Readonly<Record<string, string>> = {
  abc: 'abc',
  'abcd x16': 'abcd'.repeat(16),
  '电子证照 (utf8)': '电子证照',
}

describe('SM3 (GB/T 32905)', () => {
  for (const [name, digest] of Object.entries(VECTORS.sm3)) {
    it(`of ${name} is the known one in the OpenSSL that SM2 stands on`, () => {
      const input = Buffer.from(SM3_INPUTS[name] ?? expect.fail(`no input for ${name}`))
      expect(createHash('sm3').update(input).digest('hex')).to.equal(digest)
    })
  }
})

for (const [name, sm2] of IMPLEMENTATIONS) {
  describe(`SM2 by ${name}`, () => {
    it('gives the known answer of GB/T 32918.5 A.2', () => {
      const key = sm2.importPublicKey(publicHalf(KEY))
      expect(key.verify(A2.msg, SIGNATURE)).to.equal(true)
      expect(key.verify(`${A2.msg} `, SIGNATURE)).to.equal(false)
      expect(passesSelfTest(sm2)).to.equal(true)
    })

    it('signs in 64 bytes what every implementation verifies', () => {
      for (let i = 0; i < 20; i++) {
        const jwk = sm2.generateKey()
        const signature = sm2.importPrivateKey(jwk).sign('样例')
        expect(signature).to.have.length(64)
        for (const [, other] of IMPLEMENTATIONS) {
          expect(other.importPublicKey(publicHalf(jwk)).verify('样例', signature)).to.equal(true)
          expect(other.importPublicKey(publicHalf(KEY)).verify('样例', signature)).to.equal(false)
        }
      }
    })

    it('refuses r and s outside of 1 to n − 1, and r + s = n', () => {
      const key = sm2.importPublicKey(publicHalf(KEY))
      const r = BigInt(`0x${A2.r}`)
      const s = BigInt(`0x${A2.s}`)
      for (const [otherR, otherS] of [
        [0n, s],
        [r, 0n],
        [0n, 0n],
        [ORDER, s],
        [r, ORDER],
        [r, ORDER - r],
        [r, ORDER - s],
        [(1n << 256n) - 1n, s],
        [r, (1n << 256n) - 1n],
        [s, r],
      ] as const) {
        const signature = Uint8Array.from([...integer(otherR), ...integer(otherS)])
        expect(key.verify(A2.msg, signature), `${otherR}, ${otherS}`).to.equal(false)
      }
    })

    it('refuses keys that are no point of the curve', () => {
      const { x, y } = publicHalf(KEY) as Extract<PublicJwk, { kty: 'EC' }>
      const yValue = BigInt(`0x${A2.pub.slice(66)}`)
      for (const point of [
        { x, y: x },
        { x: y, y: x },
        { x, y: coordinate(yValue ^ 1n) },
        { x: coordinate(0n), y: coordinate(0n) },
        { x: coordinate(PRIME), y },
        { x, y: coordinate((1n << 256n) - 1n) },
        { x: encodeBase64url(new Uint8Array(31)), y },
        { x, y: encodeBase64url(new Uint8Array(33)) },
        { x: `${x}=`, y },
      ]) {
        const jwk = { kty: 'EC', crv: 'SM2', ...point } as const
        expect(
          refuses(() => sm2.importPublicKey(jwk)),
          JSON.stringify(jwk),
        ).to.equal(true)
      }
    })

    it('refuses the coordinates of another curve, and a key that names one', () => {
      expect(
        refuses(() => sm2.importPublicKey({ ...publicHalf(ES256_KEY), crv: 'SM2' } as PublicJwk)),
      ).to.equal(true)
      for (const key of [ES256_KEY, ED25519_KEY]) {
        expect(refuses(() => sm2.importPublicKey(publicHalf(key)))).to.equal(true)
        expect(refuses(() => sm2.importPrivateKey(key))).to.equal(true)
      }
    })

    it('refuses a secret outside of 1 to n − 2, and one that is not its public half’s', () => {
      for (const d of [0n, ORDER - 1n, ORDER, (1n << 256n) - 1n, BigInt(`0x${A2.d}`) + 1n]) {
        expect(
          refuses(() => sm2.importPrivateKey({ ...KEY, d: coordinate(d) })),
          `${d}`,
        ).to.equal(true)
      }
      expect(refuses(() => sm2.importPrivateKey(KEY))).to.equal(false)
    })
  })
}

describe('the two implementations of SM2', () => {
  it('judge every key, message and altered signature alike', () => {
    const alteration = fc.oneof(
      fc.constant((signature: Uint8Array) => signature),
      fc.tuple(fc.nat(63), fc.integer({ min: 1, max: 255 })).map(
        ([at, x]) =>
          (signature: Uint8Array) =>
            signature.with(at, (signature[at] ?? 0) ^ x),
      ),
      fc.uint8Array({ minLength: 64, maxLength: 64 }).map((other) => () => other),
      fc.constantFrom(0, 32).map((at) => (signature: Uint8Array) => signature.slice().fill(0, at, at + 32)),
      fc.constant((signature: Uint8Array) =>
        Uint8Array.from([...signature.slice(32), ...signature.slice(0, 32)]),
      ),
    )
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: ORDER - 2n }),
        fc.constantFrom(...IMPLEMENTATIONS),
        fc.string({ unit: 'binary' }),
        alteration,
        fc.boolean(),
        (d, [, signer], message, alter, sameMessage) => {
          const jwk = keyOf(d)
          const signature = signer.importPrivateKey(jwk).sign(message)
          const altered = alter(signature)
          const verified = sameMessage ? message : `${message}.`
          const judgements = IMPLEMENTATIONS.map(([, verifier]) => {
            const key = verifier.importPublicKey(publicHalf(jwk))
            expect(key.verify(message, signature)).to.equal(true)
            return key.verify(verified, altered)
          })
          const isOwn = sameMessage && Buffer.from(altered).equals(signature)
          expect(judgements).to.deep.equal(IMPLEMENTATIONS.map(() => isOwn))
        },
      ),
      { numRuns: runs(40, 2000) },
    )
  })

  it('are each refused by the self-test when they err', () => {
    const key = { algorithm: 'SM2', verify: () => true } as const
    const broken: readonly Sm2[] = [
      { ...nativeSm2, importPublicKey: () => key },
      { ...nativeSm2, importPublicKey: () => ({ ...key, verify: () => false }) },
      {
        ...nativeSm2,
        importPublicKey: () => {
          throw new Error('Unsupported curve')
        },
      },
      { ...nativeSm2, importPrivateKey: () => ({ algorithm: 'SM2', sign: () => new Uint8Array(64) }) },
      // Signs for another key: Z and secret do not fit.
      { ...nativeSm2, importPrivateKey: () => nativeSm2.importPrivateKey(nativeSm2.generateKey()) },
    ]
    for (const sm2 of broken) expect(passesSelfTest(sm2)).to.equal(false)
  })

  it('are found by their suites, JavaScript’s only after its self-test', async () => {
    expect(await loadPortableSm2()).to.equal(portableSm2)
    for (const [, own] of SUITES) {
      const key = await own.importPublicKey(publicHalf(KEY))
      expect(await own.verify(key, 'SM2', A2.msg, SIGNATURE)).to.equal(true)
      for (const length of [0, 32, 63, 65, 71, 128]) {
        const other = new Uint8Array(length)
        other.set(SIGNATURE.subarray(0, length))
        expect(await own.verify(key, 'SM2', A2.msg, other), `${length}`).to.equal(false)
      }
    }
  })

  it('leave the browser’s bundle alone until an SM2 key is met', async () => {
    const { metafile } = await build({
      entryPoints: ['packages/protocol/dist/suite/web.js'],
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'browser',
      outdir: 'unwritten',
      write: false,
      metafile: true,
    })
    const holding = Object.values(metafile.outputs).filter((chunk) =>
      Object.keys(chunk.inputs).some((input) => input.includes('sm-crypto-v2')),
    )
    expect(holding).to.have.length(1)
    const [entry] = Object.values(metafile.outputs).filter((chunk) => chunk.entryPoint?.endsWith('web.js'))
    expect(
      Object.keys(entry?.inputs ?? {}).filter((input) => /sm-crypto|noble\/curves/.test(input)),
    ).to.deep.equal([])
    const dynamic = entry?.imports.filter((imported) => imported.kind === 'dynamic-import') ?? []
    expect(dynamic).to.have.length(1)
  })
})

describe('a key is pinned to its algorithm', () => {
  const keys = [ES256_KEY, ED25519_KEY, KEY] as const
  const algorithms = ['ES256', 'EdDSA', 'SM2'] as const
  for (const [name, own] of SUITES) {
    it(`in the ${name} suite: no other verifies, no other signs`, async () => {
      for (const [i, jwk] of keys.entries()) {
        const signingKey = await own.importPrivateKey(jwk)
        const verifyingKey = await own.importPublicKey(publicHalf(jwk))
        const mine = algorithms[i] ?? expect.fail()
        const signature = await own.sign(signingKey, mine, 'message')
        for (const algorithm of algorithms) {
          expect(await own.verify(verifyingKey, algorithm, 'message', signature)).to.equal(algorithm === mine)
          if (algorithm === mine) continue
          const error = await Promise.resolve()
            .then(() => own.sign(signingKey, algorithm, 'message'))
            .catch((thrown: unknown) => thrown)
          expect(error).to.be.instanceOf(RangeError)
        }
      }
    })
  }
})
