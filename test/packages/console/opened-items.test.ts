/** What is opened of files: each is an item, readable or not; nothing unpacks to more than is safe, and none is dropped. */
import { encodeQrReference, suite } from '@hefu/protocol'
import { type LeftAlone, nothingLeftAlone } from '@hefu/sdk/carriers'
import { createTestingWorld } from '@hefu/sdk/testing'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import {
  type DroppedEntry,
  faultOf,
  type GivenFile,
  giveChosen,
  giveDropped,
} from '#internal/console/batch/given-files'
import { identityOf, type OpenedItem, openItems } from '#internal/console/batch/opened-items'
import { createArchive } from '../../fixtures/zip-archive.ts'

const ID = '1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230001.001.O'
const MEGABYTE = 1_048_576

function fileOf(name: string, content: string | Uint8Array): GivenFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return { name, file: new File([bytes as Uint8Array<ArrayBuffer>], name) }
}

async function open(...given: readonly GivenFile[]): Promise<readonly OpenedItem[]> {
  return openLeaving(nothingLeftAlone(), given)
}

async function openLeaving(
  leftAlone: LeftAlone,
  given: readonly GivenFile[],
): Promise<readonly OpenedItem[]> {
  const items: OpenedItem[] = []
  for await (const item of openItems(given, leftAlone)) items.push(item)
  return items
}

/** Name, and what was found: what it begins with, or why nothing. */
function told({ name, found }: OpenedItem): readonly [string, string] {
  return [name, 'fault' in found ? found.fault.code : found.asked.presented.slice(0, 12)]
}

describe('files of a batch', () => {
  let bundle: string
  before(async () => {
    bundle = (await createTestingWorld()).licences.accepted.request.presented
  })

  it('give an item each, archives and lists as many as are in them', async () => {
    const archive = createArchive([
      { name: 'a/one.json', content: bundle },
      { name: 'note.txt', content: 'no licence' },
      { name: '.hidden', content: 'x' },
      { name: '__MACOSX/one.json', content: 'x' },
    ])
    const leftAlone = nothingLeftAlone()
    const items = await openLeaving(leftAlone, [
      fileOf('plain.json', bundle),
      fileOf('all.zip', archive),
      fileOf('list.csv', `${ID}\n张样例\n`),
    ])
    expect(items.map(told)).to.deep.equal([
      ['plain.json', bundle.slice(0, 12)],
      ['all.zip/a/one.json', bundle.slice(0, 12)],
      ['all.zip/note.txt', 'no licence'],
      [`list.csv#1 ${ID}`, ID.slice(0, 12)],
      ['list.csv#2 张样例', 'no-identifier'],
    ])
    expect(leftAlone).to.include({ hidden: 1, system: 1 })
  })

  it('that cannot be read are items with their sentence, and end no other', async () => {
    const gone: GivenFile = {
      name: 'gone.pdf',
      file: { name: 'gone.pdf', size: 1, arrayBuffer: () => Promise.reject(new Error('NotReadableError')) },
    }
    const large: GivenFile = { name: 'large.pdf', file: { ...gone.file, size: 32 * MEGABYTE + 1 } }
    const items = await open(
      gone,
      large,
      fileOf('image.gif', 'GIF89a'),
      fileOf('broken.zip', Uint8Array.of(0x50, 0x4b, 3, 4, 0)),
      fileOf('good.json', bundle),
    )
    expect(items.map(told).map(([, what]) => what)).to.deep.equal([
      'unreadable-file',
      'large-file',
      'unsupported-file',
      'broken',
      bundle.slice(0, 12),
    ])
    for (const { found } of items)
      if ('fault' in found) expect(found.fault.says.zh).to.match(/\p{Script=Han}/u)
  })

  it('are opened within bounds: no archive in an archive, none that unpacks to more than it says or is safe', async () => {
    const inner = createArchive([{ name: 'one.json', content: bundle }])
    const bomb = createArchive([
      { name: 'zeros', content: new Uint8Array(33 * MEGABYTE) },
      { name: 'one.json', content: bundle },
    ])
    const liar = createArchive([{ name: 'zeros', content: new Uint8Array(MEGABYTE), claimed: 10 }])
    const many = createArchive(Array.from({ length: 4_097 }, (_, i) => ({ name: `${i}`, content: '' })))
    const items = await open(
      fileOf('nested.zip', createArchive([{ name: 'inner.zip', content: inner }])),
      fileOf('bomb.zip', bomb),
      fileOf('liar.zip', liar),
      fileOf('many.zip', many),
      fileOf('empty.zip', createArchive([])),
    )
    expect(items.map(told)).to.deep.equal([
      ['nested.zip/inner.zip', 'nested-archive'],
      ['bomb.zip/zeros', 'beyond-bounds'],
      ['bomb.zip/one.json', bundle.slice(0, 12)],
      ['liar.zip/zeros', 'beyond-bounds'],
      ['many.zip', 'beyond-bounds'],
      ['empty.zip', 'nothing-inside'],
    ])
  })

  it('are known again by the digest that a report has, and what names a licence by the name, too', () => {
    expect(identityOf(bundle)).to.deep.equal({ digest: suite.sha256Base64url(bundle), sought: null })
    expect(identityOf(ID)).to.deep.equal({ digest: suite.sha256Base64url(ID), sought: ID })
    const reference = encodeQrReference(bundle, suite)
    expect(identityOf(reference).sought).to.equal(reference)
  })
})

/** A dropped folder, as a browser hands it out: in pieces, and an empty one last. */
function folder(name: string, ...inside: readonly DroppedEntry[]): DroppedEntry {
  return {
    name,
    isDirectory: true,
    createReader: () => {
      const pieces = [inside.slice(0, 1), inside.slice(1), []]
      return { readEntries: (take) => take(pieces.shift() ?? []) }
    },
  }
}

function dropped(name: string): DroppedEntry {
  return { name, isDirectory: false, file: (take) => take(new File(['x'], name)) }
}

describe('what is given', () => {
  it('of a folder is all that is in it, by the order of names, but what systems and people hide', async () => {
    const given = await giveDropped([
      folder(
        'case',
        dropped('b.pdf'),
        folder('a', dropped('1.pdf')),
        dropped('.DS_Store'),
        folder('.git', dropped('x')),
      ),
      dropped('c.pdf'),
    ])
    expect(given.files.map(({ name }) => name)).to.deep.equal(['case/a/1.pdf', 'case/b.pdf', 'c.pdf'])
    expect(given.leftAlone).to.include({ system: 1, hidden: 1 })
    expect([given.bytes, given.unreadFolders, faultOf(given)]).to.deep.equal([3, 0, null])
  })

  it('says of folders that cannot be read, or lie too deep, that they were not', async () => {
    const unread: DroppedEntry = {
      name: 'locked',
      isDirectory: true,
      createReader: () => ({ readEntries: (_, fail) => fail(new Error('denied')) }),
    }
    let deep = folder('bottom', dropped('x.pdf'))
    for (let i = 0; i < 20; i++) deep = folder(`${i}`, deep)
    const given = await giveDropped([unread, deep])
    expect([given.files.length, given.unreadFolders]).to.deep.equal([0, 2])
    expect(faultOf(given)).to.equal('nothing-given')
  })

  it('is not begun with where it is more than a batch may be', () => {
    const file = new File(['x'], 'x.pdf')
    expect(faultOf(giveChosen(Array.from({ length: 100_000 }, () => file)))).to.equal(null)
    expect(faultOf(giveChosen(Array.from({ length: 100_001 }, () => file)))).to.equal('too-many-files')
    const large = { name: 'x', size: 1_073_741_825, arrayBuffer: () => file.arrayBuffer() }
    expect(faultOf(giveChosen([large]))).to.equal('too-many-bytes')
  })
})
