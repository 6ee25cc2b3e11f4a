/** The licence in a PDF, and the file as it was before. Untrusted. */
import { attachToPdf, UPDATE_MARK } from './attach-to-pdf.ts'
import { type Attached, oneLicence, splitOff } from './attached.ts'
import { MOST_ATTACHED_BYTES, MOST_ATTACHMENTS } from './attached-name.ts'
import { lastIndexOfBytes } from './byte-strings.ts'
import { CarrierError } from './carrier-error.ts'
import { latin1Bytes } from './file-kind.ts'
import { type PdfFile, readPdf, resolve, streamOf } from './pdf-file.ts'
import { dictOf, type PdfObject } from './pdf-object.ts'
import type { PdfDict, PdfValue } from './pdf-values.ts'

const ABOUT = 'PDF'
/** Nodes of the tree of attached files. */
const MOST_NODES = 1024
/** Values of that tree, the same ones again among them. */
const MOST_LEAVES = 500_000
const MARK = latin1Bytes(UPDATE_MARK)

/** @throws {CarrierError} */
export function openPdf(bytes: Uint8Array): Attached {
  const file = readPdf(bytes)
  const streams = attachedStreams(file)
  const text = oneLicence(contentsOf(file, streams), streams.length > 0, ABOUT)
  return { text, ...splitOff(bytes, lastIndexOfBytes(bytes, MARK), text, attachToPdf) }
}

/** One after another, so that no two are held at once. */
function* contentsOf(file: PdfFile, streams: readonly PdfObject[]): Iterable<Uint8Array> {
  for (const stream of streams) {
    const content = streamOf(file, stream)
    if (content.length <= MOST_ATTACHED_BYTES) yield content
  }
}

/** Of the files that the catalogue names, in its tree of names and as associated ones; each once. */
function attachedStreams(file: PdfFile): readonly PdfObject[] {
  const { entries } = dictOf(resolve(file, file.trailer.entries.get('Root'))?.value)
  const names = resolve(file, entries.get('Names'))?.value
  const tree = names?.kind === 'dict' ? names.entries.get('EmbeddedFiles') : undefined
  const associated = resolve(file, entries.get('AF'))?.value
  const specifications = onceEach([
    ...leavesOf(file, tree),
    ...(associated?.kind === 'array' ? associated.items : []),
  ])
  if (specifications.length > 2 * MOST_ATTACHMENTS) throw new CarrierError('beyond-bounds', ABOUT)
  const streams = new Map<number, PdfObject>()
  for (const specification of specifications) {
    const held = resolve(file, specification)?.value
    const embedded = held?.kind === 'dict' ? resolve(file, held.entries.get('EF'))?.value : undefined
    const reference = embedded?.kind === 'dict' ? fileOf(embedded) : undefined
    const stream = resolve(file, reference)
    if (reference?.kind === 'reference' && stream !== null) streams.set(reference.object, stream)
  }
  return [...streams.values()]
}

/** Of references to one object the first. */
function onceEach(values: readonly PdfValue[]): readonly PdfValue[] {
  const seen = new Set<number>()
  return values.filter((value) => {
    if (value.kind !== 'reference') return true
    const isNew = !seen.has(value.object)
    seen.add(value.object)
    return isNew
  })
}

function fileOf({ entries }: PdfDict): PdfValue | undefined {
  return entries.get('UF') ?? entries.get('F')
}

/** The values of a tree of names, in its order. */
function leavesOf(file: PdfFile, root: PdfValue | undefined): readonly PdfValue[] {
  const leaves: PdfValue[] = []
  const waiting = [root]
  for (let nodes = 0; waiting.length > 0; nodes++) {
    if (nodes > MOST_NODES || waiting.length > MOST_NODES) throw new CarrierError('beyond-bounds', ABOUT)
    const node = resolve(file, waiting.shift())?.value
    if (node?.kind !== 'dict') continue
    const [kids, names] = ['Kids', 'Names'].map((name) => resolve(file, node.entries.get(name))?.value)
    if (kids?.kind === 'array') waiting.push(...kids.items.slice(0, MOST_NODES + 1))
    if (names?.kind !== 'array') continue
    for (let i = 1; i < names.items.length; i += 2) {
      const leaf = names.items[i]
      if (leaf !== undefined) leaves.push(leaf)
    }
    // Each is a specification, or the same one said again in a node that is named again.
    if (leaves.length > MOST_LEAVES) throw new CarrierError('beyond-bounds', ABOUT)
  }
  return leaves
}
