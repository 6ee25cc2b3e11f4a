/** Bundle and receipt are read strictly (spec/bundle.md, spec/receipt.md). */
import {
  BUNDLE_MEDIA_TYPE,
  encodeBundle,
  type JsonValue,
  parseBundle,
  parsePresented,
  parseReceipt,
  parseStrictJson,
  suite,
  verifyInclusion,
} from '@hefu/protocol'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { refusalOf } from '../../../fixtures/refusal.ts'
import { createSample, type Sample } from '../../../fixtures/sample-credential.ts'

let sample: Sample
let bundle: Record<string, JsonValue>
let receipt: Record<string, JsonValue>

before(async () => {
  sample = await createSample()
  bundle = JSON.parse(sample.bundle)
  receipt = bundle['receipt'] as Record<string, JsonValue>
})

function without(object: Record<string, JsonValue>, name: string): Record<string, JsonValue> {
  const { [name]: _dropped, ...rest } = object
  return rest
}

describe('bundle', () => {
  it('is read, and written again as the same text', () => {
    const read = parseBundle(sample.bundle)
    expect(read.receipt).to.deep.equal(sample.receipt)
    expect(read.credential.signingInput).to.equal(sample.signingInput)
    expect(encodeBundle(sample.compact, sample.receipt)).to.equal(sample.bundle)
    expect(parsePresented(sample.bundle)).to.deep.equal({ ...read, keyBinding: null })
  })

  it('is written in the order of the format, whatever the order of the receipt in memory', () => {
    const reversed = Object.fromEntries(Object.entries(sample.receipt).toReversed()) as unknown
    expect(encodeBundle(sample.compact, reversed as typeof sample.receipt)).to.equal(sample.bundle)
  })

  it('may be a bare credential, without a receipt', () => {
    expect(parsePresented(sample.compact).receipt).to.equal(null)
  })

  const CASES: readonly (readonly [is: string, change: () => JsonValue, code: string])[] = [
    ['another version', () => ({ ...bundle, mediaType: BUNDLE_MEDIA_TYPE.replace('1', '2') }), 'wrong-value'],
    ['no media type', () => without(bundle, 'mediaType'), 'wrong-value'],
    ['another media type', () => ({ ...bundle, mediaType: 'application/json' }), 'wrong-value'],
    ['a member more', () => ({ ...bundle, comment: '' }), 'unknown-member'],
    [
      'many members more',
      () => ({
        ...bundle,
        ...Object.fromEntries(Array.from({ length: 900 }, (_, i) => [`n${i}${'x'.repeat(200)}`, 1])),
      }),
      'unknown-member',
    ],
    ['no credential', () => without(bundle, 'credential'), 'missing'],
    ['a credential that is an object', () => ({ ...bundle, credential: {} }), 'wrong-type'],
    ['no receipt', () => without(bundle, 'receipt'), 'wrong-type'],
    ['a receipt null', () => ({ ...bundle, receipt: null }), 'wrong-type'],
    ['a receipt that is an array', () => ({ ...bundle, receipt: [] }), 'wrong-type'],
    ['a list of bundles', () => [bundle], 'wrong-type'],
    [
      'its members in another order',
      () => Object.fromEntries(Object.entries(bundle).toReversed()),
      'not-canonical-json',
    ],
  ]
  for (const [is, change, code] of CASES) {
    it(`is refused with ${is}: ${code}`, () => {
      const text = JSON.stringify(change())
      expect(refusalOf(() => parseBundle(text))).to.deep.equal([code])
    })
  }

  it('is refused with white space, a byte-order mark, or too large', () => {
    expect(refusalOf(() => parsePresented(JSON.stringify(bundle, null, 2)))).to.deep.equal([
      'not-canonical-json',
    ])
    expect(refusalOf(() => parsePresented(`${sample.bundle}\n`))).to.deep.equal(['not-canonical-json'])
    expect(refusalOf(() => parseBundle(`\ufeff${sample.bundle}`))).to.deep.equal(['not-json'])
    expect(refusalOf(() => parseBundle(`{"mediaType":"${'x'.repeat(262_144)}"}`))).to.deep.equal([
      'too-large',
    ])
  })

  it('says what is wrong in a sentence of bounded length, whatever the names', () => {
    const names = Object.fromEntries(Array.from({ length: 900 }, (_, i) => [`n${i}${'x'.repeat(200)}`, 1]))
    expect(() => parseBundle(JSON.stringify({ ...bundle, ...names }))).to.throw(/and 895 more$/)
    try {
      parseBundle(JSON.stringify({ ...bundle, ...names }))
    } catch (error) {
      expect((error as Error).message).to.have.length.below(500)
    }
  })
})

describe('receipt', () => {
  const node = `0x${'11'.repeat(32)}`
  const CASES: readonly (readonly [is: string, change: () => JsonValue, code: string])[] = [
    ['a member more', () => ({ ...receipt, anchoredAt: 1 }), 'unknown-member'],
    ...['chainId', 'issuer', 'size', 'index', 'path'].map(
      (name) => [`no ${name}`, () => without(receipt, name), 'missing'] as const,
    ),
    ...['ledger', 'root'].map((name) => [`no ${name}`, () => without(receipt, name), 'not-hex'] as const),
    ['chain 0', () => ({ ...receipt, chainId: 0 }), 'wrong-value'],
    ['a chain that is a text', () => ({ ...receipt, chainId: '31337' }), 'wrong-type'],
    [
      'an address with capitals',
      () => ({ ...receipt, ledger: '0x00000000000000000000000000000000000000C5' }),
      'not-hex',
    ],
    ['an address of 19 bytes', () => ({ ...receipt, ledger: `0x${'00'.repeat(19)}` }), 'not-hex'],
    ['an issuer of 17 characters', () => ({ ...receipt, issuer: '1143000000612224' }), 'wrong-value'],
    ['a root of 31 bytes', () => ({ ...receipt, root: `0x${'00'.repeat(31)}` }), 'not-hex'],
    ['a root without 0x', () => ({ ...receipt, root: '00'.repeat(32) }), 'not-hex'],
    ['size 0', () => ({ ...receipt, size: 0, index: 0 }), 'wrong-value'],
    ['size 2^32 + 1', () => ({ ...receipt, size: 2 ** 32 + 1 }), 'wrong-value'],
    ['a negative index', () => ({ ...receipt, index: -1 }), 'wrong-value'],
    ['an index equal to the size', () => ({ ...receipt, index: 7 }), 'wrong-value'],
    ['a fraction for an index', () => ({ ...receipt, index: 0.5 }), 'wrong-value'],
    ['a path that is an object', () => ({ ...receipt, path: {} }), 'wrong-type'],
    ['a path of 33', () => ({ ...receipt, path: Array.from({ length: 33 }, () => node) }), 'wrong-type'],
    ['a path with null', () => ({ ...receipt, path: [null] }), 'not-hex'],
    ['a path with a short digest', () => ({ ...receipt, path: [node.slice(0, -2)] }), 'not-hex'],
    [
      'its members in another order',
      () => Object.fromEntries(Object.entries(receipt).toReversed()),
      'not-canonical-json',
    ],
    ['null', () => null, 'wrong-type'],
  ]
  for (const [is, change, code] of CASES) {
    it(`is refused with ${is}: ${code}`, () => {
      expect(refusalOf(() => parseReceipt(change(), 'receipt'))).to.deep.equal([code])
    })
  }

  it('tells all defects at once', () => {
    const bad = { ...receipt, chainId: 0, root: '', path: null }
    expect(refusalOf(() => parseReceipt(bad, 'receipt'))).to.deep.equal([
      'wrong-value',
      'not-hex',
      'wrong-type',
    ])
  })

  it('proves the signing input that it was made for, and no other', () => {
    const read = parseReceipt(parseStrictJson(JSON.stringify(receipt), 10_000, 'receipt'), 'receipt')
    expect(verifyInclusion(sample.signingInput, read, suite)).to.equal(true)
    expect(verifyInclusion(`${sample.signingInput}A`, read, suite)).to.equal(false)
    expect(verifyInclusion(sample.signingInput, { ...read, index: 0 }, suite)).to.equal(false)
    expect(verifyInclusion(sample.signingInput, { ...read, path: new Uint8Array(0) }, suite)).to.equal(false)
    expect(verifyInclusion(sample.signingInput, { ...read, path: read.path.toReversed() }, suite)).to.equal(
      false,
    )
  })
})
