/**
 * The short way of reading and the long one are one reader: what the short way reads, the long way reads alike, and
 * what the long way refuses, the short way leaves to it (spec/credential.md, spec/receipt.md, spec/bundle.md).
 */
import {
  BUNDLE_MEDIA_TYPE,
  encodeBase64url,
  encodeBundle,
  MalformedError,
  parseBundle,
  parseReceipt,
  parseStrictJson,
  type Receipt,
  receiptObject,
} from '@hefu/protocol'
import { expect } from 'chai'
import fc from 'fast-check'
import { before, describe, it } from 'mocha'
import { readBundle } from '#internal/protocol/bundle/bundle'
import { envelopeStart, matchEnvelope } from '#internal/protocol/bundle/envelope'
import { readCredential } from '#internal/protocol/credential/any-form'
import { matchCredential } from '#internal/protocol/credential/common-form'
import { matchReceipt } from '#internal/protocol/receipt/receipt'
import { type ForgedParts, forgeCredential } from '../../../fixtures/forged-credential.ts'
import {
  CLAIMS,
  MALFORMED,
  SALT,
  UNFOUNDED,
  VALID,
  withDisclosure,
} from '../../../fixtures/hostile-credentials.ts'
import { createSample, type Sample, sampleClaims } from '../../../fixtures/sample-credential.ts'
import {
  ED25519_KEY,
  ES256_KEY,
  HOLDER_KEY,
  OTHER_ES256_KEY,
  publicHalf,
  SM2_KEY,
} from '../../../fixtures/sample-keys.ts'
import { runs } from '../../../fixtures/test-profile.ts'
import { textEdit } from '../../../fixtures/text-edit.ts'

/** What the long way reads; `null` for what it refuses. */
function readOrNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof MalformedError) return null
    throw error
  }
}

/** Whether the short way read a text at all; what it read must be what the long way reads. */
function isCommon<T>(short: T | null, long: () => T): boolean {
  if (short !== null) expect(short).to.deep.equal(long())
  return short !== null
}

function isCommonCredential(compact: string): boolean {
  return isCommon(matchCredential(compact), () => readCredential(compact, 'credential'))
}

function isCommonReceipt(text: string): boolean {
  return isCommon(matchReceipt(text), () => parseReceipt(parseStrictJson(text, 10_000, 'receipt'), 'receipt'))
}

const ORDER = ['iss', 'vct', 'jti', 'iat', 'nbf', 'status', '_sd', '_sd_alg', 'exp', 'cnf']

/** The claims in the order of the common form; any others after them. */
function inOrder(claims: object): object {
  const place = (name: string): number => ORDER.indexOf(name) + (ORDER.includes(name) ? 0 : ORDER.length + 1)
  return Object.fromEntries(Object.entries(claims).sort(([one], [other]) => place(one) - place(other)))
}

/** Of parts that differ from the common form in nothing but what is told of them. */
async function compactOf({ payload, ...parts }: ForgedParts): Promise<string> {
  const isClaims = typeof payload === 'object' && payload !== null && !(payload instanceof Uint8Array)
  return (await forgeCredential({ ...parts, payload: isClaims ? inOrder(payload) : payload })).compact
}

describe('the common form of a credential', () => {
  let sample: Sample

  before(async () => {
    sample = await createSample()
  })

  it('is what is issued here: with every algorithm, with and without end, holder’s key and fields', async () => {
    const { exp: _exp, ...openEnded } = sampleClaims()
    for (const claims of [
      sampleClaims(),
      openEnded,
      { ...sampleClaims(), cnf: { jwk: publicHalf(HOLDER_KEY) } },
      { ...openEnded, cnf: { jwk: publicHalf(SM2_KEY) } },
    ]) {
      for (const key of [ES256_KEY, ED25519_KEY, SM2_KEY]) {
        for (const faceData of [
          {},
          { sex: '女' },
          { holderName: '阿卜杜拉·样例', site: '（甲）2层，A-3室' },
        ]) {
          const { compact, bundle } = await createSample({ key, claims, faceData })
          expect(isCommonCredential(compact)).to.equal(true)
          expect(parseBundle(bundle)).to.deep.equal(readBundle(bundle))
        }
      }
    }
  })

  it('has no other order, no rare claim and no escape: those are read member by member', async () => {
    const reversed = JSON.stringify(Object.fromEntries(Object.entries(inOrder(CLAIMS)).toReversed()))
    const quoted = withDisclosure([SALT, 'holderName', '样例“"甲"”'])
    const { crv, kty, x } = publicHalf(HOLDER_KEY)
    const rendition = { mediaType: 'application/pdf', digest: CLAIMS._sd[0] }
    for (const parts of [
      { ...VALID, payload: reversed },
      { ...VALID, payload: { ...CLAIMS, supersedes: CLAIMS.jti } },
      { ...VALID, payload: { ...CLAIMS, renditions: [rendition] } },
      { ...VALID, payload: { ...CLAIMS, cnf: { jwk: { crv, kty, x } } } },
      quoted,
    ]) {
      const compact = await compactOf(parts)
      expect(matchCredential(compact)).to.equal(null)
      expect(readCredential(compact, 'credential').signingInput).to.equal(
        compact.split('~')[0]?.replace(/\.[^.]*$/, ''),
      )
    }
  })

  it('is that of the credentials below, but for what is said of each', async () => {
    expect(isCommonCredential(await compactOf(VALID))).to.equal(true)
  })

  for (const [is, parts] of MALFORMED) {
    it(`leaves to the long way: ${is}`, async () => {
      expect(matchCredential(await compactOf(parts))).to.equal(null)
    })
  }

  it('judges nothing: what is disclosed and was not signed is read alike', async () => {
    for (const [is, parts] of UNFOUNDED) {
      expect(isCommonCredential(await compactOf(parts)), is).to.equal(true)
    }
  })

  it('counts what an expression cannot: bounds, lengths and lists', async () => {
    const digests = (count: number) =>
      Array.from({ length: count }, (_, i) => encodeBase64url(new Uint8Array(32).fill(i)))
    const statusAt = (idx: number) => ({ status: { status_list: { ...CLAIMS.status.status_list, idx } } })
    const refused: readonly object[] = [
      { iat: 1_099_511_627_776 },
      { nbf: 9_999_999_999_999 },
      { exp: CLAIMS.nbf },
      statusAt(2 ** 48),
      { _sd: digests(65) },
      { _sd: [`${'A'.repeat(20)}""${'A'.repeat(21)}`] },
      { _sd: ['A'.repeat(42)] },
      { _sd: [`${'A'.repeat(42)}B`] },
      { cnf: { jwk: { ...publicHalf(HOLDER_KEY), x: 'A'.repeat(42) } } },
      { cnf: { jwk: { ...publicHalf(OTHER_ES256_KEY), y: `${'A'.repeat(42)}B` } } },
    ]
    for (const claims of refused) {
      const compact = await compactOf({ ...VALID, payload: { ...CLAIMS, ...claims } })
      expect(matchCredential(compact), JSON.stringify(claims)).to.equal(null)
    }
    for (const claims of [
      { iat: 1_099_511_627_775 },
      { iat: 0 },
      statusAt(2 ** 48 - 1),
      { _sd: [] },
      { _sd: digests(64) },
    ]) {
      expect(isCommonCredential(await compactOf({ ...VALID, payload: { ...CLAIMS, ...claims } }))).to.equal(
        true,
      )
    }
    const jws = sample.compact.slice(0, sample.compact.indexOf('~'))
    for (const compact of [
      '',
      '~',
      '~~',
      '.~',
      '..~',
      'A.A~',
      jws,
      `${jws}~~`,
      `.${jws}~`,
      `${jws}.~`,
      `${jws}~A`,
    ]) {
      expect(matchCredential(compact), compact).to.equal(null)
    }
    expect(isCommonCredential(`${jws}~`)).to.equal(true)
  })

  it('is read alike after any edit', () => {
    let common = 0
    fc.assert(
      fc.property(textEdit, (edit) => {
        const edited = edit.apply(sample.compact)
        if (isCommonCredential(edited)) common++
      }),
      { numRuns: runs(3000, 60_000) },
    )
    expect(common).to.be.greaterThan(0)
  })

  it('is read alike after any edit inside header, payload or a disclosure', () => {
    let common = 0
    fc.assert(
      fc.property(textEdit, fc.nat(14), (edit, part) => {
        const parts = sample.compact.split(/([.~])/)
        const text = Buffer.from(parts[2 * part] ?? '', 'base64url').toString()
        const edited = parts.with(2 * part, Buffer.from(edit.apply(text)).toString('base64url')).join('')
        if (isCommonCredential(edited)) common++
      }),
      { numRuns: runs(3000, 60_000) },
    )
    expect(common).to.be.greaterThan(0)
  })
})

describe('the one text of a receipt and of what is around it', () => {
  let sample: Sample
  let text: string

  before(async () => {
    sample = await createSample()
    text = JSON.stringify(receiptObject(sample.receipt))
  })

  const changed = (change: object): string => JSON.stringify({ ...receiptObject(sample.receipt), ...change })

  it('is read at once', () => {
    const node = `0x${'1f'.repeat(32)}`
    for (const receipt of [
      text,
      changed({ path: [] }),
      changed({ path: [node] }),
      changed({ path: Array.from({ length: 32 }, () => node) }),
      changed({ chainId: Number.MAX_SAFE_INTEGER, size: 2 ** 32, index: 2 ** 32 - 1 }),
      changed({ size: 1, index: 0 }),
    ]) {
      expect(isCommonReceipt(receipt), receipt).to.equal(true)
    }
    expect(matchEnvelope(sample.bundle, envelopeStart(BUNDLE_MEDIA_TYPE))).to.deep.equal({
      credential: sample.compact,
      receipt: sample.receipt,
    })
  })

  it('is left to the long way when it is anything else', () => {
    const node = `0x${'1f'.repeat(32)}`
    for (const receipt of [
      '',
      '{}',
      'null',
      `${text} `,
      ` ${text}`,
      text.replace(',', ', '),
      text.slice(0, -2),
      text.replace('"]}', '",]}'),
      text.replace('"]}', '"]]}'),
      text.replace('","0x', '""0x'),
      text.replace('","0x', '","0X'),
      text.replace('"path":["', '"path":[,"'),
      changed({ chainId: Number.MAX_SAFE_INTEGER + 1 }),
      changed({ chainId: 0 }),
      changed({ size: 2 ** 32 + 1 }),
      changed({ size: 7, index: 7 }),
      changed({ ledger: '0xc5' }),
      changed({ root: node.slice(0, -2) }),
      changed({ path: [] }).replace(']', ''),
      changed({ path: [] }).replace(']', ']]'),
      changed({ path: [] }).replace('[]', ''),
      changed({ path: [node.slice(0, -2)] }),
      changed({ path: [`${node}1f`] }),
      changed({ path: [node.replace('1', 'A')] }),
      changed({ path: [node.replace('1', 'g')] }),
      changed({ path: Array.from({ length: 33 }, () => node) }),
      changed({ anchoredAt: 1 }),
    ]) {
      expect(matchReceipt(receipt), receipt).to.equal(null)
    }
    for (const bundle of [
      '',
      `${sample.bundle}\n`,
      sample.bundle.slice(0, -1),
      sample.bundle.replace('version=1', 'version=2'),
      sample.bundle.replace('","receipt', '" ,"receipt'),
    ]) {
      expect(matchEnvelope(bundle, envelopeStart(BUNDLE_MEDIA_TYPE)), bundle).to.equal(null)
    }
  })

  it('is read alike after any edit', () => {
    let common = 0
    fc.assert(
      fc.property(textEdit, (edit) => {
        if (isCommonReceipt(edit.apply(text))) common++
      }),
      { numRuns: runs(3000, 60_000) },
    )
    expect(common).to.be.greaterThan(0)
  })

  it('makes of every bundle what the long way makes of it', () => {
    fc.assert(
      fc.property(textEdit, (edit) => {
        const edited = edit.apply(sample.bundle)
        expect(readOrNull(() => parseBundle(edited))).to.deep.equal(readOrNull(() => readBundle(edited)))
      }),
      { numRuns: runs(2000, 40_000) },
    )
  })

  it('is written and read again for every receipt', () => {
    const receipts: fc.Arbitrary<Receipt> = fc
      .record({
        chainId: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
        size: fc.integer({ min: 1, max: 2 ** 32 }),
        place: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        path: fc
          .integer({ min: 0, max: 32 })
          .chain((nodes) => fc.uint8Array({ minLength: 32 * nodes, maxLength: 32 * nodes })),
      })
      .map(({ place, ...receipt }) => ({
        ...sample.receipt,
        ...receipt,
        index: Math.floor(place * receipt.size),
      }))
    fc.assert(
      fc.property(receipts, (receipt) => {
        const bundle = encodeBundle(sample.compact, receipt)
        expect(matchReceipt(JSON.stringify(receiptObject(receipt)))).to.deep.equal(receipt)
        expect(parseBundle(bundle).receipt).to.deep.equal(receipt)
        expect(readBundle(bundle).receipt).to.deep.equal(receipt)
      }),
      { numRuns: runs(300, 5000) },
    )
  })
})
