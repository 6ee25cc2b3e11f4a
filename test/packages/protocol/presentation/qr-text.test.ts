/** QR texts: what fits goes whole, the rest by reference; whatever else a scanner reads is refused. */
import {
  dropDisclosures,
  encodeQrReference,
  encodeQrText,
  encodeQrWhole,
  MAX_QR_CHARACTERS,
  MalformedError,
  parseQrText,
  suite,
} from '@hefu/protocol'
import { expect } from 'chai'
import fc from 'fast-check'
import { before, describe, it } from 'mocha'
import { FORBIDDEN_TEXTS, STRANGE_TEXTS } from '../../../fixtures/hostile-text.ts'
import { refusalOf } from '../../../fixtures/refusal.ts'
import {
  createSample,
  FACE_DATA,
  ISSUER,
  type Sample,
  sampleClaims,
} from '../../../fixtures/sample-credential.ts'
import { boundSample, presentSample } from '../../../fixtures/sample-presentation.ts'
import { runs } from '../../../fixtures/test-profile.ts'
import { textEdit } from '../../../fixtures/text-edit.ts'

let sample: Sample
let small: string
let presentation: string

before(async () => {
  sample = await createSample(boundSample())
  const two = await createSample({ ...boundSample(), faceData: { holderName: '样例甲', category: 'B' } })
  small = two.bundle
  presentation = presentSample(two)
})

describe('QR text', () => {
  it('is the whole of a presentation or a bundle that fits, and reads as exactly that', () => {
    for (const presented of [small, presentation]) {
      const text = encodeQrText(presented, suite)
      expect(text)
        .to.match(/^HEFU1:P:[\x21-\x7e]+$/)
        .and.to.have.length.at.most(MAX_QR_CHARACTERS)
      expect(text.length).to.be.below(presented.length)
      expect(parseQrText(text)).to.deep.equal({ kind: 'whole', presented })
    }
  })

  it('is a reference for what does not fit, and for a bare credential; it shows no field', () => {
    for (const presented of [presentSample(sample), sample.compact]) {
      expect(encodeQrWhole(presented)).to.equal(null)
      const text = encodeQrText(presented, suite)
      expect(parseQrText(text)).to.deep.equal({
        kind: 'reference',
        reference: {
          licenceId: sampleClaims().jti,
          issuer: ISSUER,
          digest: suite.sha256Base64url(presented),
        },
      })
      expect(text).to.have.length.below(200)
      for (const value of Object.values(FACE_DATA)) {
        if (value.length > 1) expect(text).to.not.include(value)
      }
    }
  })

  it('is a reference to what would fit, for a holder who wants to show no field', () => {
    const text = encodeQrReference(small, suite)
    expect(text).to.match(/^HEFU1:R:/)
    expect(parseQrText(text)).to.have.nested.property('reference.digest', suite.sha256Base64url(small))
  })

  it('goes whole up to 2,953 characters and not one more', () => {
    const names = Object.keys(FACE_DATA)
    const lengths = names.map((_, i) => {
      const text = encodeQrWhole(dropDisclosures(sample.bundle, names.slice(0, i)))
      return text?.length ?? Number.POSITIVE_INFINITY
    })
    expect(lengths.filter(Number.isFinite).length).to.be.within(1, names.length)
    for (const length of lengths.filter(Number.isFinite)) expect(length).to.be.at.most(MAX_QR_CHARACTERS)
  })

  for (const [is, text, code] of [
    ['nothing', '', 'wrong-value'],
    ['an address', 'https://example.org/?id=11010519491231002X', 'wrong-value'],
    ['a script', 'javascript:alert(1)', 'wrong-value'],
    ['another version', 'HEFU2:P:x', 'wrong-value'],
    ['lower case', 'hefu1:p:x', 'wrong-value'],
    ['another kind', 'HEFU1:Q:x', 'wrong-value'],
    ['a space before', ' HEFU1:R:a:b:c', 'wrong-value'],
    ['2,954 characters', `HEFU1:P:${'A'.repeat(2946)}`, 'too-large'],
    ['a reference of two parts', 'HEFU1:R:a:b', 'wrong-shape'],
    ['a whole of one part', 'HEFU1:P:a', 'wrong-shape'],
  ] as const) {
    it(`is refused when it is ${is}: ${code}`, () => {
      expect(refusalOf(() => parseQrText(text))).to.deep.equal([code])
    })
  }

  it('refuses what a reference may not name, and shows nothing of a foreign code', () => {
    const { jti } = sampleClaims()
    const digest = 'A'.repeat(43)
    expect(parseQrText(`HEFU1:R:${jti}:${ISSUER}:${digest}`).kind).to.equal('reference')
    for (const text of [
      `HEFU1:R:${jti}x:${ISSUER}:${digest}`,
      `HEFU1:R:${jti}:11220000013544541J:${digest}`,
      `HEFU1:R:${jti}:${ISSUER}:${digest.slice(1)}`,
      `HEFU1:R:${jti}:${ISSUER}:${'A'.repeat(42)}B`,
      `HEFU1:R:${jti}:${ISSUER}:${digest}\n`,
    ]) {
      expect(
        refusalOf(() => parseQrText(text)),
        text,
      ).to.deep.equal(['wrong-value'])
    }
    for (const secret of ['11010519491231002X', 'https://example.org/11010519491231002X']) {
      expect(() => parseQrText(secret))
        .to.throw(MalformedError)
        .with.property('message')
        .not.includes('1101')
    }
  })

  it('has one text for one content: no other receipt in another writing', () => {
    const text = encodeQrText(small, suite)
    const parts = text.split(':')
    const at = (index: number, change: (part: string) => string): string =>
      parts.with(index, change(parts[index] ?? '')).join(':')
    for (const other of [
      at(3, (chainId) => `0${chainId}`),
      at(3, (chainId) => `+${chainId}`),
      at(7, (size) => `${size}.0`),
      at(8, () => '99999999999999999'),
      at(8, () => '4e0'),
      at(9, (path) => path.slice(1)),
      at(9, (path) => `${path}A`),
      at(9, (path) => path.repeat(20)),
      `${text}:`,
      `${text} `,
    ]) {
      expect(
        refusalOf(() => parseQrText(other)),
        other.slice(-60),
      ).to.not.deep.equal([])
    }
  })

  it('reads as what it says or is refused after any edit, and never crashes', () => {
    for (const original of [small, presentation, sample.compact].map((one) => encodeQrText(one, suite))) {
      fc.assert(
        fc.property(textEdit, (edit) => assertReadOrRefused(edit.apply(original))),
        { numRuns: runs(500, 20_000) },
      )
    }
    for (const text of [...FORBIDDEN_TEXTS, ...STRANGE_TEXTS]) {
      for (const prefix of ['', 'HEFU1:R:', 'HEFU1:P:']) assertReadOrRefused(prefix + text)
    }
  })
})

function assertReadOrRefused(text: string): void {
  try {
    const scanned = parseQrText(text)
    if (scanned.kind === 'whole') expect(encodeQrWhole(scanned.presented)).to.equal(text)
    else expect(`HEFU1:R:${Object.values(scanned.reference).join(':')}`).to.equal(text)
  } catch (error) {
    expect(error).to.be.instanceOf(MalformedError)
  }
}
