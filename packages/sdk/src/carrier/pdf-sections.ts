/** Where the objects of a PDF are, by one of its sections: a table, or a stream (ISO 32000-1, 7.5.4 and 7.5.8). Untrusted. */
import { CarrierError } from './carrier-error.ts'
import type { PdfBudget } from './pdf-budget.ts'
import { broken, countOf, countsOf, dictOf, nameOf, readObjectAt, unpackStream } from './pdf-object.ts'
import { type PdfDict, PdfReader } from './pdf-values.ts'

/** Where an object stands: at a place of the file, or the place in a stream of objects. */
export type Place = { readonly at: number } | { readonly within: number; readonly index: number }

const MOST_OBJECTS = 500_000

export interface Section {
  readonly trailer: PdfDict
  readonly isStreamed: boolean
}

/** What an earlier section says of an object, a newer one has said otherwise. */
export function readSection(
  bytes: Uint8Array,
  at: number,
  places: Map<number, Place>,
  budget: PdfBudget,
): Section {
  if (at >= bytes.length) throw broken()
  const reader = new PdfReader(bytes, at, budget)
  if (reader.passWord('xref')) return { trailer: readTable(reader, places), isStreamed: false }
  const object = readObjectAt(bytes, at, null, budget)
  const trailer = dictOf(object.value)
  if (nameOf(trailer.entries.get('Type')) !== 'XRef') throw broken()
  readEntries(
    trailer,
    unpackStream(object, () => null, budget),
    places,
    budget,
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
function readEntries(
  trailer: PdfDict,
  data: Uint8Array,
  places: Map<number, Place>,
  budget: PdfBudget,
): void {
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
    budget.scan(count * width)
    for (let i = 0; i < count; i++) {
      const type = typeBytes === 0 ? 1 : take(typeBytes)
      const [second, third] = [take(secondBytes), take(thirdBytes)]
      if (type === 1) addPlace(places, first + i, { at: second })
      else addPlace(places, first + i, type === 2 ? { within: second, index: third } : null)
    }
  }
}
