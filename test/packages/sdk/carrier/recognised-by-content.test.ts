/** spec/carriers.md: whatever is given is recognised by its content, and what is not read here is named. */
import { createMemoryLedgerView, dropDisclosures, encodeQrWhole } from '@hefu/protocol'
import { createLocalVerifier, renderSheet, type VerificationRequest } from '@hefu/sdk'
import { attachLicence, CarrierError, MAX_CARRIER_BYTES, openCarrier } from '@hefu/sdk/carriers'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { digestOf, refusalOf, refused } from '../../../fixtures/carried.ts'
import {
  createSample,
  FACE_DATA,
  NOW,
  type Sample,
  sampleClaims,
  sampleRequest,
} from '../../../fixtures/sample-credential.ts'
import { createOfd } from '../../../fixtures/sample-ofd.ts'
import { createPdf } from '../../../fixtures/sample-pdf.ts'
import { drawQr, photograph, toJpeg, toPng } from '../../../fixtures/sample-qr.ts'

const bytesOf = (text: string, encoding: BufferEncoding = 'utf8'): Uint8Array =>
  new Uint8Array(Buffer.from(text, encoding))

describe('a text', () => {
  it('is read in whatever encoding, and as the text of a QR code', async () => {
    const { bundle } = await createSample()
    const small = dropDisclosures(bundle, ['holderName'])
    for (const [given, presented] of [
      [bytesOf(bundle), bundle],
      [bytesOf(`\ufeff${bundle}\r\n`, 'utf16le'), bundle],
      [bytesOf(`${encodeQrWhole(small)}\n`), small],
      [bytesOf('身份证'), '身份证'],
      [bytesOf(''), ''],
    ] as const) {
      expect(await openCarrier(given)).to.deep.equal({
        kind: 'text',
        asked: { presented },
        isAsAttached: null,
      })
    }
  })

  it('of 1 MiB and a byte is none of a licence', async () => {
    expect(await refused(new Uint8Array(1_048_577).fill(0x61))).to.equal('large-file')
    expect((await openCarrier(new Uint8Array(1_048_576).fill(0x61))).kind).to.equal('text')
  })
})

describe('a file of another kind', () => {
  for (const [name, start] of [
    ['GIF', bytesOf('GIF89a')],
    ['WebP', bytesOf('RIFF\x10\0\0\0WEBPVP8 ', 'latin1')],
    ['HEIC', bytesOf('\0\0\0\x18ftypheic', 'latin1')],
    ['HEIC', bytesOf('\0\0\0\x18ftypmif1', 'latin1')],
    ['AVIF', bytesOf('\0\0\0\x18ftypavif', 'latin1')],
    ['BMP', bytesOf('BM\x10\0\0\0\0\0\0\0', 'latin1')],
    ['TIFF', bytesOf('II*\0', 'latin1')],
    ['RAR', bytesOf('Rar!\x1a\x07\0', 'latin1')],
    ['7z', bytesOf('7z\xbc\xaf\x27\x1c', 'latin1')],
    ['GZIP', bytesOf('\x1f\x8b\x08', 'latin1')],
  ] as const) {
    it(`is named: ${name}`, async () => {
      const error = await openCarrier(start).catch((thrown) => thrown)
      expect(error).to.be.instanceOf(CarrierError)
      expect(error.code).to.equal('unsupported-file')
      expect(error.says.zh).to.include(name)
      expect(error.says.en).to.include(name)
    })
  }

  it('is no text: not-text', async () => {
    expect(await refused(Uint8Array.of(0xff, 0xff, 0))).to.equal('not-text')
  })

  it('is larger than any that is opened: large-file', async () => {
    expect(await refused(new Uint8Array(MAX_CARRIER_BYTES + 1))).to.equal('large-file')
  })

  it('takes no licence', async () => {
    const { bundle } = await createSample()
    for (const given of [bytesOf('身份证'), toPng(drawQr('a', 3)), bytesOf('GIF89a')]) {
      expect(await refusalOf(attachLicence(bundle, given))).to.equal('not-a-rendition')
    }
  })
})

describe('a licence, whatever it travels in', () => {
  const verifierOf = ({ memory }: Sample) =>
    createLocalVerifier({ view: createMemoryLedgerView(memory), clock: () => NOW })
  const ask = async (bytes: Uint8Array): Promise<VerificationRequest> => ({
    ...sampleRequest(''),
    ...(await openCarrier(bytes)).asked,
  })

  it('verifies as itself, in a PDF, in an OFD, as an image and as a photograph', async () => {
    const sample = await createSample({
      faceData: { holderName: FACE_DATA['holderName'] ?? '', category: '项目负责人（B类）' },
    })
    const { bundle } = sample
    const code = drawQr(encodeQrWhole(bundle) ?? '', 4)
    for (const [bytes, found] of [
      [bytesOf(bundle), undefined],
      [(await attachLicence(bundle, await createPdf())).bytes, 'rendition/not-bound'],
      [(await attachLicence(bundle, createOfd())).bytes, 'rendition/not-bound'],
      [toPng(code), undefined],
      [toJpeg(photograph(code, 12), 70), undefined],
    ] as const) {
      const { report } = await verifierOf(sample).verify(await ask(bytes))
      expect(report.verdict).to.equal('accepted')
      expect(report.findings.find(({ check }) => check === 'rendition')?.code).to.equal(found)
    }
  })

  for (const [kind, create] of [
    ['PDF', (text: string) => createPdf({ text })],
    ['OFD', async (text: string) => createOfd({ text })],
  ] as const) {
    it(`in the ${kind} that its issuer bound says so, and in another is for a person to judge`, async () => {
      const [own, other] = [await create('grade C'), await create('grade A')]
      const renditions = [{ mediaType: 'application/pdf', digest: digestOf(own) }]
      const sample = await createSample({ claims: { ...sampleClaims(), renditions } })
      const attached = await attachLicence(sample.bundle, own)
      expect(attached.isBound).to.equal(true)
      expect(await refusalOf(attachLicence(sample.bundle, other))).to.equal('other-rendition')

      const bound = await verifierOf(sample).verify(await ask(attached.bytes))
      expect(bound.report.verdict).to.equal('accepted')
      expect(bound.report.findings.at(-1)?.code).to.equal('rendition/bound')
      expect(renderSheet(bound, { language: 'both' })).to.match(
        /✔ 版式文件.*The digest given of the file around it is that of a file that the issuer bound; whoever opened/,
      )

      // Attached by who does not ask what is bound: to a file that says something better.
      const unbound = await createSample()
      const forged = Buffer.from((await attachLicence(unbound.bundle, other)).bytes)
        .toString('latin1')
        .replaceAll(
          Buffer.from(unbound.bundle).toString('latin1'),
          Buffer.from(sample.bundle).toString('latin1'),
        )
      const opened = await openCarrier(bytesOf(forged, 'latin1')).catch(() => null)
      expect(opened?.asked.rendition).to.not.equal(digestOf(own))
      const differs = await verifierOf(sample).verify({
        ...sampleRequest(sample.bundle),
        rendition: digestOf(other),
      })
      expect(differs.report.verdict).to.equal('refer')
      expect(differs.report.findings.at(-1)?.code).to.equal('rendition/differs')
      expect(renderSheet(differs, { language: 'both' })).to.not.match(/✔ 版式文件/)
    })
  }
})
