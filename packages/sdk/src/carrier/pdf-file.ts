/** Where the objects of a PDF are, and their values (ISO 32000-1, 7.5). Strict: a file that has to be repaired is broken. Untrusted. */
import { lastIndexOfBytes } from './byte-strings.ts'
import { CarrierError } from './carrier-error.ts'
import { latin1Bytes } from './file-kind.ts'
import { PdfBudget } from './pdf-budget.ts'
import { broken, countOf, dictOf, type PdfObject, readObjectAt, unpackStream } from './pdf-object.ts'
import { type Place, readSection, type Section } from './pdf-sections.ts'
import { type PdfDict, PdfReader, type PdfValue } from './pdf-values.ts'

export interface PdfFile {
  readonly bytes: Uint8Array
  /** Of the newest section. */
  readonly trailer: PdfDict
  /** Where the newest section begins, as the end of the file says. */
  readonly startxref: number
  /** Whether the newest section is a stream. */
  readonly isStreamed: boolean
  readonly places: ReadonlyMap<number, Place>
  /** What may still be spent on it. */
  readonly budget: PdfBudget
  /** Objects that were read, by their numbers: each is read once, however many refer to it. */
  readonly objects: Map<number, PdfObject>
  /** Streams of objects that were unpacked, by their numbers. */
  readonly unpacked: Map<number, Uint8Array>
}

/** Sections of a file that was added to again and again. */
const MOST_SECTIONS = 256
/** How far from its end a file says where its newest section begins. */
const TAIL_BYTES = 2048

/**
 * @throws {CarrierError} `broken`, `encrypted`, `beyond-bounds`
 */
export function readPdf(bytes: Uint8Array): PdfFile {
  if (lastIndexOfBytes(bytes.subarray(0, 5), latin1Bytes('%PDF-')) !== 0) throw broken()
  const budget = new PdfBudget()
  const startxref = readStart(bytes, budget)
  const places = new Map<number, Place>()
  const seen = new Set<number>()
  const waiting = [startxref]
  let first: Section | undefined
  for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
    if (seen.has(at)) continue
    if (seen.size >= MOST_SECTIONS) throw new CarrierError('beyond-bounds', 'PDF')
    seen.add(at)
    const section = readSection(bytes, at, places, budget)
    first ??= section
    for (const name of ['XRefStm', 'Prev']) {
      const next = section.trailer.entries.get(name)
      if (next !== undefined) waiting.push(countOf(next))
    }
  }
  if (first === undefined) throw broken()
  const { trailer, isStreamed } = first
  if (trailer.entries.has('Encrypt')) throw new CarrierError('encrypted', 'PDF')
  return { bytes, trailer, startxref, isStreamed, places, budget, objects: new Map(), unpacked: new Map() }
}

function readStart(bytes: Uint8Array, budget: PdfBudget): number {
  const at = lastIndexOfBytes(bytes, latin1Bytes('startxref'), Math.max(0, bytes.length - TAIL_BYTES))
  if (at < 0) throw broken()
  return new PdfReader(bytes, at + 'startxref'.length, budget).readCount()
}

/**
 * The value that a reference leads to, or a value itself; `null` for a reference to nothing.
 *
 * @throws {CarrierError} `broken`, `beyond-bounds`
 */
export function resolve(file: PdfFile, value: PdfValue | undefined): PdfObject | null {
  if (value === undefined) return null
  if (value.kind !== 'reference') return { value, source: file.bytes, streamAt: null }
  const place = file.places.get(value.object)
  if (place === undefined || !('within' in place)) return directObject(file, value.object)
  return readOnce(file, value.object, () => readWithin(file, place, value.object))
}

function readOnce({ objects }: PdfFile, number: number, read: () => PdfObject): PdfObject {
  const known = objects.get(number)
  if (known !== undefined) return known
  const object = read()
  objects.set(number, object)
  return object
}

function readWithin(
  file: PdfFile,
  { within, index }: { readonly within: number; readonly index: number },
  object: number,
): PdfObject {
  const stream = directObject(file, within)
  if (stream === null) throw broken()
  const { entries } = dictOf(stream.value)
  const source = file.unpacked.get(within) ?? unpackStream(stream, lengthOutside(file), file.budget)
  file.unpacked.set(within, source)
  const reader = new PdfReader(source, 0, file.budget)
  const [first, count] = [entries.get('First'), entries.get('N')]
  if (first === undefined || count === undefined || index >= countOf(count)) throw broken()
  for (let i = 0; i < index; i++) [reader.readCount(), reader.readCount()]
  const number = reader.readCount()
  const at = countOf(first) + reader.readCount()
  if (number !== object || at >= source.length) throw broken()
  return { value: new PdfReader(source, at, file.budget).readValue(), source, streamAt: null }
}

/** An object that stands in the file itself. */
function directObject(file: PdfFile, object: number): PdfObject | null {
  const place = file.places.get(object)
  if (place === undefined || 'within' in place || place.at === 0) return null
  return readOnce(file, object, () => readObjectAt(file.bytes, place.at, object, file.budget))
}

/** The length of a stream of objects never stands in one (7.5.7): it might be the same. */
function lengthOutside(file: PdfFile): (value: PdfValue) => PdfValue | null {
  return (value) => (value.kind === 'reference' ? (directObject(file, value.object)?.value ?? null) : value)
}

/**
 * The data of an object's stream: as it stands, or unpacked where it is packed by DEFLATE.
 *
 * @throws {CarrierError} `broken`, `beyond-bounds` also for other packings, which what is attached has no need of
 */
export function streamOf(file: PdfFile, object: PdfObject): Uint8Array {
  return unpackStream(object, (value) => resolve(file, value)?.value ?? null, file.budget)
}
