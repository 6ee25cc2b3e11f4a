/** spec/carriers.md, OFD: what is attached is found, and the package as it was before is told or nothing is. */
import { attachLicence, openCarrier } from '@hefu/sdk/carriers'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { digestOf, refusalOf, refused } from '../../../fixtures/carried.ts'
import { createSample } from '../../../fixtures/sample-credential.ts'
import { attachmentList, createOfd } from '../../../fixtures/sample-ofd.ts'
import { createArchive, readArchive } from '../../../fixtures/zip-archive.ts'

let bundle: string
let other: string

before(async () => {
  bundle = (await createSample()).bundle
  other = (await createSample({ faceData: { holderName: '样例乙' } })).bundle
})

const SIGNED = { inBody: '<ofd:Signatures>Signs/Signatures.xml</ofd:Signatures>' }
const LISTED = {
  inDocument: '<ofd:Attachments>/Doc_0/Att/List.xml</ofd:Attachments>',
  files: [
    { name: 'Doc_0/Att/List.xml', content: attachmentList(['a.txt']) },
    { name: 'Doc_0/Att/a.txt', content: 'a' },
  ],
}

/** The same files packed anew: another package byte for byte. */
function rezip(
  bytes: Uint8Array,
  edit: (name: string, text: string) => string = (_, text) => text,
): Uint8Array {
  const files = [...readArchive(bytes)].map(([name, content]) => ({
    name,
    content: edit(name, Buffer.from(content).toString()),
  }))
  return createArchive(files)
}

describe('a licence attached to an OFD', () => {
  for (const [is, options, entries] of [
    [
      'without attachments is listed in a new list',
      {},
      ['Doc_0/Attachs/hefu-bundle.json', 'Doc_0/Attachs/Attachments.xml', 'Doc_0/Document.xml'],
    ],
    [
      'with a list is listed in it, beside what is there',
      LISTED,
      ['Doc_0/Att/hefu-bundle.json', 'Doc_0/Att/List.xml'],
    ],
    [
      'that is sealed stands in it unlisted, for a seal is over the list',
      SIGNED,
      ['Doc_0/Attachs/hefu-bundle.json'],
    ],
  ] as const) {
    it(`${is}`, async () => {
      const original = createOfd(options)
      const { bytes, rendition, kind } = await attachLicence(bundle, original)
      expect(kind).to.equal('ofd')
      expect(rendition).to.equal(digestOf(original))
      expect(bytes.subarray(0, original.length)).to.deep.equal(original)
      const [was, is] = [readArchive(original), readArchive(bytes)]
      expect([...is.keys()].slice(-entries.length)).to.deep.equal(entries)
      expect(Buffer.from(is.get(entries[0]) ?? '').toString()).to.equal(bundle)
      for (const [name, content] of was) {
        if (!(entries as readonly string[]).includes(name)) expect(is.get(name)).to.deep.equal(content)
      }
      expect(await openCarrier(bytes)).to.deep.equal({
        kind: 'ofd',
        asked: { presented: bundle, rendition: digestOf(original) },
        isAsAttached: true,
      })
    })
  }

  it('is the same bytes every time', async () => {
    const original = createOfd()
    expect((await attachLicence(bundle, original)).bytes).to.deep.equal(
      (await attachLicence(bundle, original)).bytes,
    )
  })

  it('is listed before the extensions, where the standard has it', async () => {
    const original = createOfd({ inDocument: '<ofd:Extensions>Extensions.xml</ofd:Extensions>' })
    const { bytes } = await attachLicence(bundle, original)
    expect(Buffer.from(readArchive(bytes).get('Doc_0/Document.xml') ?? '').toString()).to.match(
      /<\/ofd:Attachments><ofd:Extensions>/,
    )
  })

  it('is refused where one is attached already', async () => {
    const { bytes } = await attachLicence(bundle, createOfd())
    expect(await refusalOf(attachLicence(other, bytes))).to.equal('has-attachments')
  })

  it('by other software is found; the package as it was before is not', async () => {
    const bytes = createOfd({
      inDocument: '<ofd:Attachments>Attachs/List.xml</ofd:Attachments>',
      files: [
        { name: 'Doc_0/Attachs/List.xml', content: attachmentList(['证照.json']) },
        { name: 'Doc_0/Attachs/证照.json', content: bundle },
      ],
    })
    expect(await openCarrier(bytes)).to.deep.equal({
      kind: 'ofd',
      asked: { presented: bundle, rendition: digestOf(bytes) },
      isAsAttached: false,
    })
  })
})

describe('an OFD that was changed since the licence was attached', () => {
  it('packed anew is told to be another file, though all that is in it is the same', async () => {
    const original = createOfd()
    const { bytes } = await attachLicence(bundle, original)
    const opened = await openCarrier(rezip(bytes))
    expect(opened.asked.presented).to.equal(bundle)
    expect(opened.asked.rendition).to.not.equal(digestOf(original))
    expect(opened.isAsAttached).to.equal(false)
  })

  it('with another page behind the file that was bound is told to be another file', async () => {
    const original = createOfd({ text: '丙级' })
    const { bytes } = await attachLicence(bundle, original)
    const page = 'Doc_0/Pages/Page_0/Content.xml'
    const altered = rezip(bytes, (name, text) => (name === page ? text.replace('丙级', '甲级') : text))
    const opened = await openCarrier(altered)
    expect(opened.asked.rendition).to.not.equal(digestOf(original))
    // The directory of what is attached names another page, which stands behind the file that was bound.
    const forged = Buffer.concat([original, altered])
    expect((await openCarrier(forged).catch(() => null))?.asked.rendition).to.not.equal(digestOf(original))
  })

  it('in one byte behind the file before is told to be another file, or broken: never the file before', async () => {
    const original = createOfd()
    const { bytes } = await attachLicence(bundle, original)
    const before = digestOf(original)
    for (let at = original.length; at < bytes.length; at += 7) {
      const changed = Uint8Array.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 1
      const opened = await openCarrier(changed).catch(() => null)
      expect(opened?.asked.presented === bundle && opened.asked.rendition === before, `${at}`).to.equal(false)
    }
  })
})

describe('an OFD that holds no licence, or cannot be read', () => {
  const licence = (content: string): Uint8Array =>
    createOfd({ files: [{ name: 'Doc_0/Attachs/hefu-bundle.json', content }] })
  const withMain = (content: string): Uint8Array => createArchive([{ name: 'OFD.xml', content }])
  const setByte = (bytes: Uint8Array, at: number, value: number): Uint8Array =>
    Uint8Array.from(bytes, (byte, i) => (i === at ? value : byte))
  const centralOf = (bytes: Uint8Array): number => Buffer.from(bytes).indexOf(Buffer.from('PK\x01\x02'))

  const cases: readonly (readonly [string, string, () => Uint8Array])[] = [
    ['has no attachment', 'no-attachment', () => createOfd()],
    ['has another attachment', 'no-licence-attached', () => createOfd(LISTED)],
    ['has one of the right name that is no licence', 'no-licence-attached', () => licence('{"a":1}')],
    [
      'has two licences',
      'several-licences',
      () =>
        createOfd({
          files: [
            { name: 'Doc_0/Attachs/hefu-bundle.json', content: bundle },
            { name: 'hefu-bundle.json', content: other },
          ],
        }),
    ],
    [
      'has 33 attachments of 1 MiB',
      'beyond-bounds',
      () =>
        createOfd({
          files: Array.from({ length: 33 }, (_, i) => ({
            name: `${i}/hefu-bundle.json`,
            content: new Uint8Array(1_048_576),
          })),
        }),
    ],
    [
      'has 8 attachments of 1 MiB',
      'no-licence-attached',
      () =>
        createOfd({
          files: Array.from({ length: 8 }, (_, i) => ({
            name: `${i}/hefu-bundle.json`,
            content: new Uint8Array(1_048_576),
          })),
        }),
    ],
    [
      'has 256 attachments of nothing in 200 kB each',
      'beyond-bounds',
      () => {
        const bytes = createOfd({
          files: Array.from({ length: 256 }, (_, i) => ({ name: `${i}/hefu-bundle.json`, content: '' })),
        })
        const view = new DataView(bytes.buffer)
        for (let at = centralOf(bytes); view.getUint32(at, true) === 0x02014b50; ) {
          view.setUint32(at + 20, 200_000, true)
          at += 46 + view.getUint16(at + 28, true)
        }
        return bytes
      },
    ],
    ['is no OFD but a ZIP', 'unsupported-file', () => createArchive([{ name: 'a.json', content: bundle }])],
    [
      'is no OFD but office software’s',
      'unsupported-file',
      () => createArchive([{ name: '[Content_Types].xml', content: '<Types/>' }]),
    ],
    ['is an empty ZIP', 'unsupported-file', () => createArchive([])],
    ['is cut off', 'broken', () => createOfd().subarray(0, 900)],
    [
      'has encrypted entries',
      'encrypted',
      () => {
        const bytes = createOfd()
        return setByte(bytes, centralOf(bytes) + 8, 1)
      },
    ],
    [
      'has an attachment that unpacks to more than it says',
      'beyond-bounds',
      () =>
        createOfd({
          files: [{ name: 'Doc_0/Attachs/hefu-bundle.json', content: '0'.repeat(50_000_000), claimed: 1000 }],
        }),
    ],
    [
      'has an attachment that unpacks to less than it says',
      'broken',
      () => createOfd({ files: [{ name: 'Doc_0/Attachs/hefu-bundle.json', content: 'a', claimed: 2 }] }),
    ],
    [
      'has a description of 50 MB',
      'beyond-bounds',
      () => createArchive([{ name: 'OFD.xml', content: ' '.repeat(50_000_000) }]),
    ],
    [
      'has 5,000 entries',
      'beyond-bounds',
      () => createArchive(Array.from({ length: 5000 }, (_, i) => ({ name: `${i}`, content: '' }))),
    ],
    [
      'has two entries of one name',
      'broken',
      () =>
        createArchive([
          { name: 'OFD.xml', content: 'a' },
          { name: 'OFD.xml', content: 'b' },
        ]),
    ],
    [
      'has an entry that leads out of it',
      'broken',
      () => createArchive([{ name: '../OFD.xml', content: 'a' }]),
    ],
    [
      'has entities of its own',
      'broken',
      () => withMain('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><OFD>&b;</OFD>'),
    ],
    [
      'has an entity that nobody declared',
      'broken',
      () => withMain('<OFD><DocBody><DocRoot>&b;</DocRoot></DocBody></OFD>'),
    ],
    ['has tags that do not close', 'broken', () => withMain('<OFD><DocBody></OFD>')],
    ['has tags in tags without end', 'beyond-bounds', () => withMain('<OFD>'.repeat(5000))],
    ['has two roots', 'broken', () => withMain('<OFD></OFD><OFD></OFD>')],
    [
      'names a document that there is not',
      'broken',
      () => withMain('<OFD><DocBody><DocRoot>a.xml</DocRoot></DocBody></OFD>'),
    ],
  ]
  it('that names 49,000 attachments beside 4,000 entries is gone through once, and not once for each', async function () {
    // Each with each takes ten times as long.
    this.timeout(5_000)
    const name = (end: string): string => end.padStart(40, 'y')
    const item = `<Attachment><FileLoc>${name('z')}</FileLoc></Attachment>`
    const bytes = createOfd({
      inDocument: '<ofd:Attachments>A.xml</ofd:Attachments>',
      files: [
        { name: 'Doc_0/A.xml', content: `<Attachments>${item.repeat(49_000)}</Attachments>` },
        ...Array.from({ length: 4000 }, (_, i) => ({
          name: `Doc_0/${name(`${i}`)}`,
          content: 'a',
          isStored: true,
        })),
      ],
    })
    expect(await refused(bytes)).to.equal('no-attachment')
  })

  for (const [is, code, make] of cases) {
    it(`${is}: ${code}`, async () => expect(await refused(make())).to.equal(code))
  }
})
