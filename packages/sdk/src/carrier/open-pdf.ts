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
const MARK = latin1Bytes(UPDATE_MARK)

/** @throws {CarrierError} */
export function openPdf(bytes: Uint8Array): Attached {
  const file = readPdf(bytes)
  const streams = attachedStreams(file)
  const contents = streams.map((stream) => streamOf(file, stream))
  const text = oneLicence(
    contents.filter(({ length }) => length <= MOST_ATTACHED_BYTES),
    streams.length > 0,
    ABOUT,
  )
  return { text, ...splitOff(bytes, lastIndexOfBytes(bytes, MARK), text, attachToPdf) }
}

/** Of the files that the catalogue names, in its tree of names and as associated ones; each once. */
function attachedStreams(file: PdfFile): readonly PdfObject[] {
  const { entries } = dictOf(resolve(file, file.trailer.entries.get('Root'))?.value)
  const names = resolve(file, entries.get('Names'))?.value
  const tree = names?.kind === 'dict' ? names.entries.get('EmbeddedFiles') : undefined
  const associated = resolve(file, entries.get('AF'))?.value
  const specifications = [...leavesOf(file, tree), ...(associated?.kind === 'array' ? associated.items : [])]
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
    if (names?.kind === 'array') leaves.push(...names.items.filter((_, i) => i % 2 === 1))
  }
  return leaves
}
