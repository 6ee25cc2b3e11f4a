/** Vectors of spec/carriers.md: files that a licence is attached to, and files that are opened or are not. */
import { dropDisclosures, encodeBase64url, encodeQrReference, encodeQrWhole } from '@hefu/protocol'
import { openCarrier } from '@hefu/sdk/carriers'
import { digestOf } from '../../fixtures/carried.ts'
import { createSample, type Sample, sampleClaims } from '../../fixtures/sample-credential.ts'
import { attachmentList, createOfd } from '../../fixtures/sample-ofd.ts'
import { BARE_OBJECTS, writePdf } from '../../fixtures/sample-pdf.ts'
import { drawQr, sideBySide, toJpeg, toPng } from '../../fixtures/sample-qr.ts'
import { type ArchivedFile, createArchive } from '../../fixtures/zip-archive.ts'
import { attach, attemptCarrier } from '../carrier-runners.ts'
import { deterministicSuite } from './deterministic-suite.ts'
import type { VectorFile } from './vector-file.ts'

type Named = readonly (readonly [is: string, bytes: Uint8Array])[]

const PDF = writePdf(BARE_OBJECTS)
const stored = (files: readonly Omit<ArchivedFile, 'isStored'>[]): readonly ArchivedFile[] =>
  files.map((file) => ({ ...file, isStored: true }))
const ofdOf = (options: Parameters<typeof createOfd>[0] = {}): Uint8Array =>
  createOfd({ ...options, isStored: true, files: stored(options.files ?? []) })
const OFD = ofdOf()
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'))

/** A file whose catalogue names these objects, numbered from 3, as its attachments. */
function pdfWith(contents: readonly string[]): Uint8Array {
  const specifications = contents.map((_, i) => `<</Type/Filespec/EF<</F ${3 + contents.length + i} 0 R>>>>`)
  const streams = contents.map((text) => `<</Length ${Buffer.byteLength(text)}>>\nstream\n${text}\nendstream`)
  const named = contents.map((_, i) => `${3 + i} 0 R`).join(' ')
  return writePdf([
    `<</Type/Catalog/Pages 2 0 R/AF[${named}]>>`,
    BARE_OBJECTS[1] ?? '',
    ...specifications,
    ...streams,
  ])
}

function originals(): Named {
  return [
    ['the least PDF', PDF],
    [
      'a PDF with names in its catalogue',
      writePdf(['<</Type/Catalog/Pages 2 0 R/Names<</Dests<<>>>>>>', BARE_OBJECTS[1] ?? '']),
    ],
    [
      'a PDF with names in an object of their own',
      writePdf(['<</Type/Catalog/Names 3 0 R/Pages 2 0 R>>', BARE_OBJECTS[1] ?? '', '<</Dests<<>>>>']),
    ],
    ['an OFD', OFD],
    [
      'an OFD with a list of attachments',
      ofdOf({
        inDocument: '<ofd:Attachments>/Doc_0/Att/List.xml</ofd:Attachments>',
        files: [
          { name: 'Doc_0/Att/List.xml', content: attachmentList(['a.txt']) },
          { name: 'Doc_0/Att/a.txt', content: 'a' },
        ],
      }),
    ],
    ['an OFD with extensions', ofdOf({ inDocument: '<ofd:Extensions>Extensions.xml</ofd:Extensions>' })],
    ['a sealed OFD', ofdOf({ inBody: '<ofd:Signatures>Signs/Signatures.xml</ofd:Signatures>' })],
    ['a PDF that has an attachment', pdfWith(['a'])],
    ['a text', bytesOf('a')],
    ['a PNG', toPng(drawQr('a', 2))],
    ['an encrypted PDF', writePdf([...BARE_OBJECTS, '<<>>'], '/Encrypt 3 0 R')],
    ['a PDF cut off', PDF.subarray(0, 200)],
    ['an OFD cut off', OFD.subarray(0, OFD.length - 1)],
    ['a ZIP that is no OFD', createArchive(stored([{ name: 'a', content: 'a' }]))],
  ]
}

async function attached(sample: Sample, bound: Sample): Promise<readonly object[]> {
  const cases = [
    ...originals().map(([is, original]) => ({ is, original, presented: sample.bundle })),
    { is: 'the PDF that the issuer bound', original: PDF, presented: bound.bundle },
    { is: 'an OFD where the issuer bound a PDF', original: OFD, presented: bound.bundle },
  ]
  const vectors = cases.map(async ({ is, original, presented }) => ({
    is,
    original: encodeBase64url(original),
    presented,
    ...(await attemptCarrier(() => attach(presented, original))),
  }))
  return Promise.all(vectors)
}

/** The same file behind an attachment of its own. */
async function withLicence(original: Uint8Array, presented: string): Promise<Uint8Array> {
  const { update } = await attach(presented, original)
  return Buffer.concat([original, Buffer.from(update, 'base64url')])
}

async function files({ bundle }: Sample): Promise<Named> {
  const small = dropDisclosures(bundle, ['category'])
  const whole = encodeQrWhole(small) ?? ''
  const reference = encodeQrReference(bundle, deterministicSuite)
  const [pdf, ofd] = [await withLicence(PDF, bundle), await withLicence(OFD, bundle)]
  const altered = (bytes: Uint8Array, from: string, to: string): Uint8Array =>
    bytesOf(Buffer.from(bytes).toString('latin1').replace(from, to))
  return [
    ['a bundle', bytesOf(bundle)],
    ['a bundle in UTF-16, with a line end', new Uint8Array(Buffer.from(`\ufeff${bundle}\r\n`, 'utf16le'))],
    ['a text that is no licence', new Uint8Array(Buffer.from('身份证'))],
    ['a PDF with a licence', pdf],
    ['an OFD with a licence', ofd],
    ['a PDF with a comment behind the licence', Buffer.concat([pdf, Buffer.from('%\n')])],
    [
      'a PDF whose file specification was changed',
      altered(pdf, '/AFRelationship/Data', '/AFRelationship/Note'),
    ],
    ['a PDF that other software attached a licence to', pdfWith([bundle])],
    ['a PDF with the same licence twice', pdfWith([bundle, bundle])],
    ['a PNG that holds a licence', toPng(drawQr(whole, 2))],
    ['a PNG that names a licence', toPng(drawQr(reference, 2))],
    ['a JPEG that names a licence', toJpeg(drawQr(reference, 3), 60)],
    ['a PDF without attachment', PDF],
    ['a PDF with another attachment', pdfWith(['a'])],
    ['a PDF with two licences', pdfWith([bundle, small])],
    ['a PDF whose sections are cut off', PDF.subarray(0, 200)],
    ['a PDF behind a line feed', Buffer.concat([Buffer.from('\n'), PDF])],
    ['an encrypted PDF', writePdf([...BARE_OBJECTS, '<<>>'], '/Encrypt 3 0 R')],
    ['an OFD without attachment', OFD],
    ['an OFD cut off', ofd.subarray(0, ofd.length - 1)],
    ['an OFD of one changed byte in the licence', altered(ofd, '"mediaType"', '"mediatype"')],
    ['a ZIP that is no OFD', createArchive(stored([{ name: 'a', content: 'a' }]))],
    ['an OFD with a DTD', createArchive(stored([{ name: 'OFD.xml', content: '<!DOCTYPE a><OFD/>' }]))],
    [
      'two entries of one name',
      createArchive(
        stored([
          { name: 'OFD.xml', content: '' },
          { name: 'ofd.xml', content: '' },
        ]),
      ),
    ],
    ['a white PNG', toPng({ width: 40, height: 40, shades: new Uint8Array(1600).fill(255) })],
    ['a PNG with the code of something else', toPng(drawQr('https://example.invalid', 3))],
    ['a PNG with the codes of two licences', toPng(sideBySide([drawQr(whole, 2), drawQr(reference, 2)]))],
    ['a PNG cut off', toPng(drawQr(reference, 2)).subarray(0, 200)],
    ['a GIF', bytesOf('GIF89a')],
    ['a WebP', bytesOf('RIFF\x10\0\0\0WEBPVP8 ')],
    ['bytes that are no text', Uint8Array.of(0xff, 0xff, 0)],
  ]
}

/** The content of carriers.json. */
export async function carrierVectors(): Promise<VectorFile> {
  const sample = await createSample({ suite: deterministicSuite })
  const renditions = [{ mediaType: 'application/pdf', digest: digestOf(PDF) }]
  const bound = await createSample({ suite: deterministicSuite, claims: { ...sampleClaims(), renditions } })
  const opened = (await files(sample)).map(async ([is, bytes]) => ({
    is,
    file: encodeBase64url(bytes),
    ...(await attemptCarrier(() => openCarrier(bytes))),
  }))
  return {
    spec: 'packages/protocol/spec/carriers.md',
    attached: await attached(sample, bound),
    opened: await Promise.all(opened),
  }
}
