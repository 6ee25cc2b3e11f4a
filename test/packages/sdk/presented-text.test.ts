import { dropDisclosures, encodeQrReference, encodeQrWhole, suite } from '@hefu/protocol'
import { createLocalVerifier, decodeText, readPresented } from '@hefu/sdk'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { ENCODED_TEXTS } from '../../fixtures/encoded-texts.ts'
import { createSample, NOW, type Sample } from '../verifier/sample.ts'

const BOM = '\ufeff'

describe('what is scanned, pasted or dropped', () => {
  let sample: Sample

  before(async () => {
    sample = await createSample()
  })

  const verdictOf = async (presented: string) =>
    (
      await createLocalVerifier({ view: sample.view, clock: () => NOW }).verify({
        presented,
        receivingRegion: '440000',
      })
    ).report

  it('is accepted with what editors and scanner guns put around it', async () => {
    for (const [before, after] of [
      ['', '\n'],
      ['', '\r\n'],
      ['', '\t'],
      ['', '\r'],
      [BOM, ''],
      [BOM, `\n${BOM}`],
      ['\n\n', '\n \n'],
      ['\u3000', '\u00a0'],
    ] as const) {
      const { verdict, request } = await verdictOf(`${before}${sample.bundle}${after}`)
      expect(verdict, JSON.stringify([before, after])).to.equal('accepted')
      expect(request.presented).to.equal(suite.sha256Base64url(sample.bundle))
    }
  })

  it('is left as it is inside: what was inserted there is found', async () => {
    for (const inserted of [' ', '\n', '\t', BOM]) {
      const at = sample.bundle.indexOf(',')
      const text = `${sample.bundle.slice(0, at)}${inserted}${sample.bundle.slice(at)}`
      expect(readPresented(text)).to.equal(text)
      const { verdict, findings } = await verdictOf(text)
      expect([verdict, findings[0]?.code]).to.deep.equal([
        'undetermined',
        inserted === BOM ? 'wellFormed/malformed' : 'wellFormed/not-original',
      ])
    }
  })

  it('costs no more than its size, whatever is repeated in it and wherever', async function () {
    // What costs the square of it would take some minutes.
    this.timeout(30_000)
    const repeated = [
      ' ',
      '\t',
      BOM,
      '~',
      '.',
      '{"a":',
      '[',
      '"',
      '\\',
      'HEFU1:P:',
      'ｈ：',
      ']Q1',
      '\ud800',
      'e\u0301',
      '1.',
    ]
    for (const unit of repeated) {
      for (const before of ['x', 'HEFU1:P:', '{"credential":"', sample.bundle.slice(0, -2)]) {
        const presented = `${before}${unit.repeat(262_144 / unit.length - before.length)}x`
        expect((await verdictOf(presented)).verdict, JSON.stringify([before, unit])).to.not.equal('accepted')
      }
    }
  })

  it('is accepted from the text of a QR code that holds the whole of it', async () => {
    const whole = encodeQrWhole(dropDisclosures(sample.bundle, ['holderName']))
    if (whole === null) throw new Error('test: the sample has to fit into a code')
    expect((await verdictOf(`${whole}\r`)).verdict).to.equal('accepted')
    const cut = await verdictOf(whole.slice(0, -4))
    expect([cut.verdict, cut.findings[0]?.facts]).to.deep.equal(['undetermined', { presented: 'qr-whole' }])
  })

  it('is accepted from such a code whatever a scanner gun, an input method or Caps Lock made of it', async () => {
    const whole = encodeQrWhole(dropDisclosures(sample.bundle, ['holderName']))
    if (whole === null) throw new Error('test: the sample has to fit into a code')
    const wide = (text: string) =>
      text.replace(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0))
    const swapped = whole.replace(/[a-z]/gi, (one) =>
      one === one.toUpperCase() ? one.toLowerCase() : one.toUpperCase(),
    )
    for (const text of [
      `]Q0${whole}`,
      `\u0002${whole}\u0003`,
      `\u0002]Q1${whole}\r`,
      whole.replaceAll(':', '：'),
      wide(whole),
      swapped,
    ]) {
      expect((await verdictOf(text)).verdict, text.slice(0, 20)).to.equal('accepted')
    }
    expect((await verdictOf(`]Q0${sample.bundle}`)).verdict).to.equal('accepted')
    const lower = await verdictOf(whole.toLowerCase())
    expect([lower.verdict, lower.findings[0]?.facts]).to.deep.equal([
      'undetermined',
      { presented: 'qr-distorted' },
    ])
  })

  it('is no licence, and nothing is said against it, where a code only names one', async () => {
    const { verdict, findings } = await verdictOf(encodeQrReference(sample.bundle, suite))
    expect([verdict, findings[0]?.facts]).to.deep.equal(['undetermined', { presented: 'qr-reference' }])
  })

  for (const [is, bytes, text] of ENCODED_TEXTS) {
    it(`is read in its encoding, or told from a text: ${is}`, () => {
      expect(decodeText(bytes)).to.equal(text)
    })
  }
})
