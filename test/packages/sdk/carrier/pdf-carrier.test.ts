/** spec/carriers.md, PDF: what is attached is found, and the file as it was before is told or nothing is. */
import { attachLicence, CarrierError, openCarrier } from '@hefu/sdk/carriers'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { digestOf, refusalOf, refused } from '../../../fixtures/carried.ts'
import { createSample } from '../../../fixtures/sample-credential.ts'
import {
  attachmentsOf,
  BARE_OBJECTS,
  createPdf,
  packedStream,
  writePdf,
} from '../../../fixtures/sample-pdf.ts'

let bundle: string
let other: string

before(async () => {
  bundle = (await createSample()).bundle
  other = (await createSample({ faceData: { holderName: '样例乙' } })).bundle
})

const join = (...parts: readonly (string | Uint8Array)[]): Uint8Array =>
  new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part as string))))

describe('a licence attached to a PDF', () => {
  for (const [is, options] of [
    ['objects in streams', { isStreamed: true }],
    ['a table of places', { isStreamed: false }],
    ['names in its catalogue', { isStreamed: false, names: 'direct' }],
    ['names in a catalogue that is packed', { isStreamed: true, names: 'direct' }],
    ['names in an object of their own', { isStreamed: false, names: 'indirect' }],
    ['names in an object of their own, packed', { isStreamed: true, names: 'indirect' }],
  ] as const) {
    it(`of ${is} is found, with the digest of the file before, by us and by others`, async () => {
      const original = await createPdf(options)
      const { bytes, rendition, kind } = await attachLicence(bundle, original)
      expect(kind).to.equal('pdf')
      expect(rendition).to.equal(digestOf(original))
      expect(bytes.subarray(0, original.length)).to.deep.equal(original)
      expect(await openCarrier(bytes)).to.deep.equal({
        kind: 'pdf',
        asked: { presented: bundle, rendition: digestOf(original) },
        isAsAttached: true,
      })
      expect(await attachmentsOf(bytes)).to.deep.equal([['hefu-bundle.json', bundle]])
    })
  }

  it('is the same bytes every time', async () => {
    const original = await createPdf()
    expect((await attachLicence(bundle, original)).bytes).to.deep.equal(
      (await attachLicence(`${bundle}\n`, original)).bytes,
    )
  })

  it('is refused where one is attached already, or anything else is', async () => {
    const { bytes } = await attachLicence(bundle, await createPdf())
    expect(await refusalOf(attachLicence(other, bytes))).to.equal('has-attachments')
    const annexed = await createPdf({ attachments: [{ name: 'a.txt', content: 'a' }] })
    expect(await refusalOf(attachLicence(bundle, annexed))).to.equal('has-attachments')
    // It never held a licence: nobody is told of a file as it was before one.
    const error = await attachLicence(bundle, annexed).catch((thrown: unknown) => thrown)
    if (!(error instanceof CarrierError)) throw error
    const { says } = error
    expect(says.zh).to.include('附件为其他内容的，请使用不带附件的版式文件')
    expect(says.en).to.include('if a licence is among them').and.include('else the file without them')
  })

  it('by other software is found; the file as it was before is not, and the whole file no issuer can have bound', async () => {
    const bytes = await createPdf({ attachments: [{ name: '证照.json', content: bundle }] })
    expect(await openCarrier(bytes)).to.deep.equal({
      kind: 'pdf',
      asked: { presented: bundle, rendition: digestOf(bytes) },
      isAsAttached: false,
    })
  })
})

describe('a PDF that was changed since the licence was attached', () => {
  /** A page that says something else, put behind all others as an update is. */
  function updateOf(bytes: Uint8Array, objects: string): string {
    const text = Buffer.from(bytes).toString('latin1')
    const start = text.slice(text.lastIndexOf('startxref') + 10).split('\n')[0] ?? ''
    const at = bytes.length + objects.indexOf('xref')
    return `${objects}trailer\n<</Size 99/Root ${/Root (\d+ \d+ R)/.exec(text)?.[1]}/Prev ${start}>>\nstartxref\n${at}\n%%EOF\n`
  }

  it('by an update behind is told to be another file', async () => {
    const original = await createPdf({ isStreamed: false })
    const { bytes } = await attachLicence(bundle, original)
    const object = '98 0 obj\n<</Length 0>>\nendobj\n'
    const place = String(bytes.length).padStart(10, '0')
    const changed = join(bytes, updateOf(bytes, `${object}xref\n98 1\n${place} 00000 n \n`))
    expect((await openCarrier(changed)).asked).to.deep.equal({
      presented: bundle,
      rendition: digestOf(changed),
    })
    expect((await openCarrier(changed)).isAsAttached).to.equal(false)
  })

  it('before what was attached looks as attached, and is told by the digest alone', async () => {
    const original = await createPdf({ isStreamed: false, text: 'true' })
    const { bytes } = await attachLicence(bundle, original)
    const changed = Uint8Array.from(bytes)
    // In the header, which no reader of pages looks at.
    changed.set(Buffer.from('%PDF-1.5'), 0)
    expect(Buffer.from(changed).equals(Buffer.from(bytes))).to.equal(false)
    const { asked, isAsAttached } = await openCarrier(changed)
    expect(isAsAttached).to.equal(true)
    expect(asked.rendition).to.equal(digestOf(changed.subarray(0, original.length)))
    expect(asked.rendition).to.not.equal(digestOf(original))
  })

  it('by an update between, which looks another way and ends as ours does, is told to be another file', async () => {
    const original = await createPdf({ isStreamed: false, text: 'true' })
    const mark = '\n%hefu-carrier 1\n'
    // Ours is found at its mark: before it stands more than the file that was bound.
    const between = join(original, '%a comment that no issuer wrote\n')
    const { bytes } = await attachLicence(bundle, between)
    expect((await openCarrier(bytes)).asked.rendition).to.equal(digestOf(between))
    // Nor does a mark of an attacker's own say where the file ends.
    const { bytes: ours } = await attachLicence(bundle, original)
    const forged = join(original, mark, '%', ours.subarray(original.length))
    expect((await openCarrier(forged).catch(() => null))?.asked.rendition).to.not.equal(digestOf(original))
  })

  it('in one byte of the update is told to be another file, or broken: never the file before', async () => {
    const original = await createPdf({ isStreamed: false })
    const { bytes } = await attachLicence(bundle, original)
    const before = digestOf(original)
    for (let at = original.length; at < bytes.length; at += 7) {
      const changed = Uint8Array.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 1
      const opened = await openCarrier(changed).catch(() => null)
      expect(opened?.asked.presented === bundle && opened.asked.rendition === before, `${at}`).to.equal(false)
    }
  })

  it('in one byte of the file before is told to be another file', async () => {
    const original = await createPdf({ isStreamed: false })
    const { bytes } = await attachLicence(bundle, original)
    const changed = Uint8Array.from(bytes)
    const at = Buffer.from(bytes).indexOf('MediaBox [ 0 0 300') + 15
    changed[at] = '4'.charCodeAt(0)
    expect((await openCarrier(changed)).asked.rendition).to.not.equal(digestOf(original))
  })
})

/** A file whose catalogue has these attached, each an object of its own number from 3 on. */
function withAttached(attached: readonly number[], objects: readonly (string | Uint8Array)[]): Uint8Array {
  const list = attached.map((number) => `${number} 0 R`).join(' ')
  return writePdf([`<</Type/Catalog/Pages 2 0 R/AF[${list}]>>`, BARE_OBJECTS[1] ?? '', ...objects])
}

/** Sections one in another: each ends behind the text that all of them have in common. */
function nestedSections(count: number, bytes: number): Uint8Array {
  let head = '%PDF-1.7\n'
  for (let i = 0; i < count; i++) {
    const start = `${i + 10} 0 obj<</Type/XRef/W[1 1 1]/Size 0/Length 0/Root 1 0 R`
    const next = head.length + start.length + '/Prev 12345678/X('.length
    head += `${start}${i + 1 < count ? `/Prev ${String(next).padStart(8, '0')}` : ''}/X(`
  }
  const ends = ')>>stream\n\nendstream endobj '.repeat(count)
  return join(head, 'a'.repeat(bytes), ends, '\nstartxref\n9\n%%EOF\n')
}

/** Streams of which each is the whole of all that follow. */
function nestedStreams(count: number, bytes: number): Uint8Array {
  const specifications = Array.from({ length: count }, (_, i) => `<</EF<</F ${count + 4 + i} 0 R>>>>`)
  const streams = Array.from({ length: count }, () => `<</Length ${bytes}>>stream\n`)
  const ends = `${' '.repeat(bytes)}\n${`${' '.repeat(46)}endstream `.repeat(count)}`
  const written = Buffer.from(
    withAttached(
      Array.from({ length: count }, (_, i) => i + 3),
      [...specifications, '0', ...streams, ends],
    ),
  )
  for (let i = 0; i < count; i++) {
    const at = written.indexOf(`\n${count + 4 + i} 0 obj`)
    const start = written.indexOf('stream\n', at) + 'stream\n'.length
    written.write(' endstream ', start + bytes)
  }
  return new Uint8Array(written)
}

describe('a PDF that holds no licence, or cannot be read', () => {
  const cases: readonly (readonly [string, string, () => Promise<Uint8Array> | Uint8Array])[] = [
    ['has no attachment', 'no-attachment', () => createPdf()],
    [
      'has another attachment',
      'no-licence-attached',
      () => createPdf({ attachments: [{ name: 'a.txt', content: '身份证' }] }),
    ],
    [
      'has one of the right name that is no licence',
      'no-licence-attached',
      () => createPdf({ attachments: [{ name: 'hefu-bundle.json', content: '{"a":1}' }] }),
    ],
    [
      'has two licences',
      'several-licences',
      () =>
        createPdf({
          attachments: [
            { name: 'a.json', content: bundle },
            { name: 'b.json', content: other },
          ],
        }),
    ],
    [
      'is encrypted',
      'encrypted',
      () => writePdf([...BARE_OBJECTS, '<</Filter/Standard>>'], '/Encrypt 3 0 R'),
    ],
    ['is cut off', 'broken', async () => (await createPdf()).subarray(0, 400)],
    ['begins behind something else', 'broken', async () => join('\n', await createPdf())],
    ['is a header alone', 'broken', () => join('%PDF-1.7\n')],
    ['names a list of places that is none', 'broken', () => join('%PDF-1.7\nstartxref\n3\n%%EOF\n')],
    [
      'names itself as the section before, and is read once',
      'no-attachment',
      () => {
        const bytes = writePdf(BARE_OBJECTS)
        const at = /startxref\n(\d+)/.exec(Buffer.from(bytes).toString())?.[1]
        return writePdf(BARE_OBJECTS, `/Prev ${at}`)
      },
    ],
    [
      'has an attachment that unpacks to 100 MB',
      'beyond-bounds',
      () =>
        writePdf([
          '<</Type/Catalog/Pages 2 0 R/AF[3 0 R]>>',
          BARE_OBJECTS[1] ?? '',
          '<</Type/Filespec/EF<</F 4 0 R>>>>',
          packedStream(new Uint8Array(100_000_000), '/Type/EmbeddedFile'),
        ]),
    ],
    [
      'has a tree of attachments that holds itself',
      'beyond-bounds',
      () =>
        writePdf([
          '<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 3 0 R>>>>',
          BARE_OBJECTS[1] ?? '',
          '<</Kids[3 0 R 3 0 R]>>',
        ]),
    ],
    [
      'has values in values without end',
      'beyond-bounds',
      () => writePdf([`<</Type/Catalog/Pages 2 0 R/A ${'['.repeat(5000)}>>`, BARE_OBJECTS[1] ?? '']),
    ],
    [
      'has a stream whose length is that of itself',
      'broken',
      () =>
        writePdf([
          '<</Type/Catalog/Pages 2 0 R/AF[3 0 R]>>',
          BARE_OBJECTS[1] ?? '',
          '<</Type/Filespec/EF<</F 4 0 R>>>>',
          '<</Length 4 0 R>>\nstream\n{}\nendstream',
        ]),
    ],
    [
      'has its catalogue in a stream of objects whose length is in itself',
      'broken',
      () => {
        const [first, packed] = ['%PDF-1.7\n', '1 0 2 34 ']
        const objects = `1 0 obj\n<</Type/ObjStm/N 2/First ${packed.length}/Length 3 0 R>>\nstream\n${packed}<<>> 9\nendstream\nendobj\n`
        const at = first.length + objects.length
        const rows = [
          [1, first.length, 0],
          [2, 1, 0],
          [2, 1, 1],
          [1, at, 0],
        ]
        const data = Buffer.from(
          rows.flatMap(([type = 0, one = 0, two = 0]) => [type, one >> 8, one & 255, two]),
        )
        const section = `4 0 obj\n<</Type/XRef/Size 5/Index[1 4]/W[1 2 1]/Root 2 0 R/Length ${data.length}>>\nstream\n`
        return join(first, objects, section, data, `\nendstream\nendobj\nstartxref\n${at}\n%%EOF\n`)
      },
    ],
  ]
  const large = `<</A <${'0'.repeat(1_000_000)}>/EF<</F 4 0 R>>>>`
  const times = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i)
  const bounded: typeof cases = [
    [
      'names an object of 1 MB 512 times, which is read once',
      'no-licence-attached',
      () => withAttached(Array(512).fill(3), [large, '<</Length 3>>\nstream\nabc\nendstream']),
    ],
    [
      'names an object of 1 MB by 50 others, which is read once',
      'no-licence-attached',
      () =>
        withAttached(
          times(50).map((i) => i + 5),
          [
            `<</A <${'0'.repeat(1_000_000)}>/F 4 0 R>>`,
            '<</Length 3>>\nstream\nabc\nendstream',
            ...times(50).map(() => '<</EF 3 0 R>>'),
          ],
        ),
    ],
    ['has 40 sections over the same 1 MB', 'beyond-bounds', () => nestedSections(40, 1_000_000)],
    ['has 30 sections over the same 1 MB', 'broken', () => nestedSections(30, 1_000_000)],
    ['has 80 streams over the same 1.1 MB', 'beyond-bounds', () => nestedStreams(80, 1_100_000)],
    ['has 30 streams over the same 1.1 MB', 'no-licence-attached', () => nestedStreams(30, 1_100_000)],
    [
      'has 33 attachments of 1 MiB',
      'beyond-bounds',
      () =>
        withAttached(
          times(33).map((i) => 2 * i + 3),
          times(33).flatMap((i) => [
            `<</EF<</F ${2 * i + 4} 0 R>>>>`,
            packedStream(new Uint8Array(1_048_576), ''),
          ]),
        ),
    ],
  ]
  for (const [is, code, make] of [...cases, ...bounded]) {
    it(`${is}: ${code}`, async () => expect(await refused(await make())).to.equal(code))
  }

  it('is told in both languages, and never as forged', async () => {
    for (const [, , make] of cases) {
      const error = await openCarrier(await make()).catch((thrown) => thrown)
      expect(error.says.zh)
        .to.match(/[\u4e00-\u9fff]/)
        .and.not.match(/伪造|篡改|假/)
      expect(error.says.en).to.not.match(/forged|tamper|fake/i)
    }
  })
})
