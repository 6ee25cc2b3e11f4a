/** One object of a PDF, and the data of its stream (ISO 32000-1, 7.3.8). Untrusted. */
import { inflateWithin } from './bounded-inflate.ts'
import { CarrierError } from './carrier-error.ts'
import type { PdfBudget } from './pdf-budget.ts'
import { undoPredictor } from './pdf-predictor.ts'
import { type PdfDict, PdfReader, type PdfValue } from './pdf-values.ts'

/** A value, and the bytes in which it stands: those of the file, or of the stream that holds its object. */
export interface PdfObject {
  readonly value: PdfValue
  readonly source: Uint8Array
  /** Where the object's data stream begins in `source`; `null`: it has none. */
  readonly streamAt: number | null
}

/** Bytes of one stream. */
const MOST_STREAM_BYTES = 16_777_216

/** @param object the number that it has to bear; `null`: any */
export function readObjectAt(
  bytes: Uint8Array,
  at: number,
  object: number | null,
  budget: PdfBudget,
): PdfObject {
  if (at >= bytes.length) throw broken()
  const reader = new PdfReader(bytes, at, budget)
  const number = reader.readCount()
  reader.readCount()
  if (!reader.passWord('obj') || (object !== null && number !== object)) throw broken()
  const value = reader.readValue()
  if (value.kind !== 'dict' || !reader.passWord('stream')) return { value, source: bytes, streamAt: null }
  const streamAt = reader.at + (bytes[reader.at] === 0x0d ? 2 : 1)
  return { value, source: bytes, streamAt }
}

/**
 * The data of an object's stream: as it stands, or unpacked where it is packed by DEFLATE.
 *
 * @throws {CarrierError} `broken`, `beyond-bounds` also for other packings, which what is attached has no need of
 */
export function unpackStream(
  { value, source, streamAt }: PdfObject,
  resolved: (value: PdfValue) => PdfValue | null,
  budget: PdfBudget,
): Uint8Array {
  const { entries } = dictOf(value)
  const stated = entries.get('Length')
  const length = stated?.kind === 'reference' ? resolved(stated) : stated
  if (streamAt === null || length === null || length === undefined) throw broken()
  const end = streamAt + countOf(length)
  if (end > source.length || !new PdfReader(source, end, budget).passWord('endstream')) throw broken()
  const data = source.subarray(streamAt, end)
  const filters = namesOf(entries.get('Filter'))
  if (filters.length === 0) {
    budget.stream(data.length)
    return data
  }
  if (filters.length > 1 || filters[0] !== 'FlateDecode' || data.length < 2)
    throw new CarrierError('beyond-bounds', 'PDF')
  // What is packed is gone over as well, be it to nothing.
  budget.scan(data.length)
  // Two bytes of RFC 1950 stand before the data.
  const unpacked = inflateWithin(data.subarray(2), Math.min(MOST_STREAM_BYTES, budget.streamed), 'PDF')
  budget.stream(unpacked.length)
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

export function countsOf(value: PdfValue | undefined): readonly number[] {
  if (value?.kind !== 'array') throw broken()
  return value.items.map(countOf)
}

export function broken(): CarrierError {
  return new CarrierError('broken', 'PDF')
}
