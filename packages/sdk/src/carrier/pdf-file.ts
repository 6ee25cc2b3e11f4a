/** Where the objects of a PDF are, and their values (ISO 32000-1, 7.5). Strict: a file that has to be repaired is broken. Untrusted. */
import { inflateWithin } from './bounded-inflate.ts'
import { lastIndexOfBytes } from './byte-strings.ts'
import { CarrierError } from './carrier-error.ts'
import { latin1Bytes } from './file-kind.ts'
import { undoPredictor } from './pdf-predictor.ts'
import { type PdfDict, PdfReader, type PdfValue } from './pdf-values.ts'

/** A value, and the bytes in which it stands: those of the file, or of the stream that holds its object. */
export interface PdfObject {
  readonly value: PdfValue
  readonly source: Uint8Array
  /** Where the object's data stream begins in `source`; `null`: it has none. */
  readonly streamAt: number | null
}

/** Where an object stands: at a place of the file, or the place in a stream of objects. */
type Place = { readonly at: number } | { readonly within: number; readonly index: number }

export interface PdfFile {
  readonly bytes: Uint8Array
  /** Of the newest section. */
  readonly trailer: PdfDict
  /** Where the newest section begins, as the end of the file says. */
  readonly startxref: number
  /** Whether the newest section is a stream. */
  readonly isStreamed: boolean
  readonly places: ReadonlyMap<number, Place>
  /** What is left to unpack to. */
  readonly budget: { bytes: number }
  /** Streams of objects that were unpacked, by their numbers. */
  readonly unpacked: Map<number, Uint8Array>
}

/** Sections of a file that was added to again and again. */
const MOST_SECTIONS = 256
const MOST_OBJECTS = 500_000
/** Bytes of one stream, and of all streams of a file that are unpacked to find what is attached. */
const MOST_STREAM_BYTES = 16_777_216
const MOST_UNPACKED_BYTES = 67_108_864
/** How far from its end a file says where its newest section begins. */
const TAIL_BYTES = 2048

/**
 * @throws {CarrierError} `broken`, `encrypted`, `beyond-bounds`
 */
export function readPdf(bytes: Uint8Array): PdfFile {
  if (lastIndexOfBytes(bytes.subarray(0, 5), latin1Bytes('%PDF-')) !== 0) throw broken()
  const startxref = readStart(bytes)
  const places = new Map<number, Place>()
  const budget = { bytes: MOST_UNPACKED_BYTES }
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
  return { bytes, trailer, startxref, isStreamed, places, budget, unpacked: new Map() }
}

function readStart(bytes: Uint8Array): number {
  const at = lastIndexOfBytes(bytes, latin1Bytes('startxref'), Math.max(0, bytes.length - TAIL_BYTES))
  if (at < 0) throw broken()
  return new PdfReader(bytes, at + 'startxref'.length).readCount()
}

interface Section {
  readonly trailer: PdfDict
  readonly isStreamed: boolean
}

/** What an earlier section says of an object, a newer one has said otherwise. */
function readSection(
  bytes: Uint8Array,
  at: number,
  places: Map<number, Place>,
  budget: { bytes: number },
): Section {
  if (at >= bytes.length) throw broken()
  const reader = new PdfReader(bytes, at)
  if (reader.passWord('xref')) return { trailer: readTable(reader, places), isStreamed: false }
  const object = readObjectAt(bytes, at, null)
  const trailer = dictOf(object.value)
  if (nameOf(trailer.entries.get('Type')) !== 'XRef') throw broken()
  readEntries(
    trailer,
    unpackStream(object, () => null, budget),
    places,
  )
  return { trailer, isStreamed: true }
}

function readTable(reader: PdfReader, places: Map<number, Place>): PdfDict {
  while (!reader.passWord('trailer')) {
    const first = reader.readCount()
    const count = reader.readCount()
    if (count > MOST_OBJECTS) throw new CarrierError('beyond-bounds', 'PDF')
    for (let i = 0; i < count; i++) {
      const at = reader.readCount()
      reader.readCount()
      if (reader.passWord('n')) addPlace(places, first + i, { at })
      else if (reader.passWord('f')) addPlace(places, first + i, null)
      else throw broken()
    }
  }
  return dictOf(reader.readValue())
}

/** A free object is told by a place that is none. */
function addPlace(places: Map<number, Place>, object: number, place: Place | null): void {
  if (places.size >= MOST_OBJECTS) throw new CarrierError('beyond-bounds', 'PDF')
  if (!places.has(object)) places.set(object, place ?? { at: 0 })
}

/** The entries of a section that is a stream: numbers of the widths that it says. */
function readEntries(trailer: PdfDict, data: Uint8Array, places: Map<number, Place>): void {
  const widths = countsOf(trailer.entries.get('W'))
  const [typeBytes = 0, secondBytes = 0, thirdBytes = 0] = widths
  const width = typeBytes + secondBytes + thirdBytes
  if (widths.length !== 3 || width === 0 || widths.some((bytes) => bytes > 6)) throw broken()
  const size = trailer.entries.get('Size')
  const index = trailer.entries.get('Index')
  const runs = index === undefined ? [0, size === undefined ? 0 : countOf(size)] : countsOf(index)
  let at = 0
  const take = (bytes: number): number => {
    let value = 0
    for (let i = 0; i < bytes; i++) value = value * 256 + (data[at++] ?? 0)
    return value
  }
  for (let run = 0; run + 1 < runs.length; run += 2) {
    const [first = 0, count = 0] = [runs[run], runs[run + 1]]
    if (at + count * width > data.length) throw broken()
    for (let i = 0; i < count; i++) {
      const type = typeBytes === 0 ? 1 : take(typeBytes)
      const [second, third] = [take(secondBytes), take(thirdBytes)]
      if (type === 1) addPlace(places, first + i, { at: second })
      else addPlace(places, first + i, type === 2 ? { within: second, index: third } : null)
    }
  }
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
  if (place === undefined) return null
  if ('within' in place) return readWithin(file, place, value.object)
  return place.at === 0 ? null : readObjectAt(file.bytes, place.at, value.object)
}

/** @param object the number that it has to bear; `null`: any */
function readObjectAt(bytes: Uint8Array, at: number, object: number | null): PdfObject {
  if (at >= bytes.length) throw broken()
  const reader = new PdfReader(bytes, at)
  const number = reader.readCount()
  reader.readCount()
  if (!reader.passWord('obj') || (object !== null && number !== object)) throw broken()
  const value = reader.readValue()
  if (value.kind !== 'dict' || !reader.passWord('stream')) return { value, source: bytes, streamAt: null }
  const streamAt = reader.at + (bytes[reader.at] === 0x0d ? 2 : 1)
  return { value, source: bytes, streamAt }
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
  const reader = new PdfReader(source, 0)
  const [first, count] = [entries.get('First'), entries.get('N')]
  if (first === undefined || count === undefined || index >= countOf(count)) throw broken()
  for (let i = 0; i < index; i++) [reader.readCount(), reader.readCount()]
  const number = reader.readCount()
  const at = countOf(first) + reader.readCount()
  if (number !== object || at >= source.length) throw broken()
  return { value: new PdfReader(source, at).readValue(), source, streamAt: null }
}

/** An object that stands in the file itself. */
function directObject(file: PdfFile, object: number): PdfObject | null {
  const place = file.places.get(object)
  if (place === undefined || 'within' in place || place.at === 0) return null
  return readObjectAt(file.bytes, place.at, object)
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

function unpackStream(
  { value, source, streamAt }: PdfObject,
  resolved: (value: PdfValue) => PdfValue | null,
  budget: { bytes: number },
): Uint8Array {
  const { entries } = dictOf(value)
  const stated = entries.get('Length')
  const length = stated?.kind === 'reference' ? resolved(stated) : stated
  if (streamAt === null || length === null || length === undefined) throw broken()
  const end = streamAt + countOf(length)
  if (end > source.length || !new PdfReader(source, end).passWord('endstream')) throw broken()
  const data = source.subarray(streamAt, end)
  const filters = namesOf(entries.get('Filter'))
  if (filters.length === 0) return data
  if (filters.length > 1 || filters[0] !== 'FlateDecode' || data.length < 2)
    throw new CarrierError('beyond-bounds', 'PDF')
  // Two bytes of RFC 1950 stand before the data.
  const unpacked = inflateWithin(data.subarray(2), Math.min(MOST_STREAM_BYTES, budget.bytes), 'PDF')
  budget.bytes -= unpacked.length
  const parameters = entries.get('DecodeParms')
  const [first] = parameters?.kind === 'array' ? parameters.items : [parameters]
  return first?.kind === 'dict' ? undoPredictor(unpacked, parametersOf(first)) : unpacked
}

function parametersOf({ entries }: PdfDict): { readonly predictor: number; readonly rowBytes: number } {
  const of = (name: string, otherwise: number): number => {
    const value = entries.get(name)
    return value === undefined ? otherwise : countOf(value)
  }
  const bits = of('Columns', 1) * of('Colors', 1) * of('BitsPerComponent', 8)
  return { predictor: of('Predictor', 1), rowBytes: Math.ceil(bits / 8) }
}

export function dictOf(value: PdfValue | undefined | null): PdfDict {
  if (value?.kind === 'dict') return value
  throw broken()
}

export function nameOf(value: PdfValue | undefined): string | null {
  return value?.kind === 'name' ? value.name : null
}

function namesOf(value: PdfValue | undefined): readonly (string | null)[] {
  if (value === undefined) return []
  return value.kind === 'array' ? value.items.map(nameOf) : [nameOf(value)]
}

export function countOf(value: PdfValue): number {
  if (value.kind === 'number' && Number.isSafeInteger(value.value) && value.value >= 0) return value.value
  throw broken()
}

function countsOf(value: PdfValue | undefined): readonly number[] {
  if (value?.kind !== 'array') throw broken()
  return value.items.map(countOf)
}

function broken(): CarrierError {
  return new CarrierError('broken', 'PDF')
}
