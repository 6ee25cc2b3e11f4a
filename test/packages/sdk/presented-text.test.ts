import { dropDisclosures, encodeQrReference, encodeQrWhole, suite } from '@hefu/protocol'
import { createLocalVerifier, decodeText, readPresented } from '@hefu/sdk'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { createSample, NOW, type Sample } from '../verifier/sample.ts'

const BOM = '\ufeff'

function utf16(text: string, order: 'le' | 'be'): Uint8Array {
  const bytes = Buffer.from(BOM + text, 'utf16le')
  return order === 'le' ? bytes : bytes.swap16()
}

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
      expect([verdict, findings[0]?.code]).to.deep.equal(['rejected', 'wellFormed/malformed'])
    }
  })

  it('is accepted from the text of a QR code that holds the whole of it', async () => {
    const whole = encodeQrWhole(dropDisclosures(sample.bundle, ['holderName']))
    if (whole === null) throw new Error('test: the sample has to fit into a code')
    expect((await verdictOf(`${whole}\r`)).verdict).to.equal('accepted')
    const cut = await verdictOf(whole.slice(0, -4))
    expect([cut.verdict, cut.findings[0]?.facts]).to.deep.equal(['undetermined', { presented: 'qr-whole' }])
  })

  it('is no licence, and nothing is said against it, where a code only names one', async () => {
    const { verdict, findings } = await verdictOf(encodeQrReference(sample.bundle, suite))
    expect([verdict, findings[0]?.facts]).to.deep.equal(['undetermined', { presented: 'qr-reference' }])
  })

  it('is read in UTF-8, UTF-16 and GB18030, and told from what is no text', () => {
    const text = '张样例：{"a":"𠮷"}'
    expect(decodeText(new TextEncoder().encode(text))).to.equal(text)
    expect(decodeText(new TextEncoder().encode(BOM + text))).to.equal(text)
    expect(decodeText(utf16(text, 'le'))).to.equal(text)
    expect(decodeText(utf16(text, 'be'))).to.equal(text)
    expect(decodeText(Uint8Array.of(0xd5, 0xc5, 0xd1, 0xf9, 0xc0, 0xfd))).to.equal('张样例')
    expect(decodeText(new Uint8Array())).to.equal('')
    for (const bytes of [[0xff, 0xff], [0x81], [0xff, 0xfe, 0x00, 0xd8], [0xff, 0xfe, 0x61], [0x61, 0x00]]) {
      expect(decodeText(Uint8Array.from(bytes)), String(bytes)).to.equal(null)
    }
  })
})
