/** A licence put into a PDF by an incremental update (ISO 32000-1, 7.5.6): behind its end, every byte before as it was. */
import { ATTACHED_NAME } from './attached-name.ts'
import { joinBytes } from './byte-strings.ts'
import { CarrierError } from './carrier-error.ts'
import { latin1, latin1Bytes } from './file-kind.ts'
import { type PdfFile, readPdf, resolve } from './pdf-file.ts'
import { dictOf, type PdfObject } from './pdf-object.ts'
import type { PdfReference } from './pdf-values.ts'

/** How the update begins: by it the end of the file before is found again. */
export const UPDATE_MARK = '\n%hefu-carrier 1\n'

/** An object as it is written; `number` and `generation` as in its first line. */
interface WrittenObject {
  readonly number: number
  readonly generation: number
  readonly text: string
}

/**
 * The file with the licence attached: one text for one file and one licence (spec/carriers.md).
 *
 * @throws {CarrierError} `broken`, `encrypted`, `beyond-bounds`, `has-attachments`
 */
export function attachToPdf(original: Uint8Array, presented: string): Uint8Array {
  const file = readPdf(original)
  const next = nextNumber(file)
  const objects = [...catalogueWith(file, next + 1), ...attachment(presented, next)]
  const written = writeObjects(objects, original.length + UPDATE_MARK.length)
  const section = file.isStreamed
    ? streamedSection(file, written, next + 2)
    : tableSection(file, written, next + 2)
  const parts = [UPDATE_MARK, ...written.texts, section, `startxref\n${written.end}\n%%EOF\n`]
  return joinBytes([original, ...parts.map(latin1Bytes)])
}

/** A number that no object has. */
function nextNumber({ places }: PdfFile): number {
  let most = 0
  for (const number of places.keys()) most = Math.max(most, number)
  return most + 1
}

/** The stream that holds the licence, and what names it. */
function attachment(presented: string, number: number): readonly WrittenObject[] {
  const content = latin1(new TextEncoder().encode(presented))
  const stream = `<</Type/EmbeddedFile/Subtype/application#2Fjson/Length ${content.length}/Params<</Size ${content.length}>>>>\nstream\n${content}\nendstream`
  const file = `${number} 0 R`
  const named = `<</Type/Filespec/F(${ATTACHED_NAME})/UF(${ATTACHED_NAME})/AFRelationship/Data/EF<</F ${file}/UF ${file}>>>>`
  return [
    { number, generation: 0, text: stream },
    { number: number + 1, generation: 0, text: named },
  ]
}

/** The catalogue with the attachment in it and, where its names stand in an object of their own, that object. */
function catalogueWith(file: PdfFile, specification: number): readonly WrittenObject[] {
  const root = file.trailer.entries.get('Root')
  const catalogue = resolve(file, root)
  if (root?.kind !== 'reference' || catalogue === null) throw new CarrierError('broken', 'PDF')
  const { entries } = dictOf(catalogue.value)
  const names = entries.get('Names')
  const held = resolve(file, names)
  if (entries.has('AF') || (held !== null && dictOf(held.value).entries.has('EmbeddedFiles')))
    throw new CarrierError('has-attachments', 'PDF')
  const listed = `/EmbeddedFiles<</Names[(${ATTACHED_NAME})${specification} 0 R]>>`
  const associated = `/AF[${specification} 0 R]`
  if (names?.kind === 'reference' && held !== null) {
    return [
      written(root, withInserted(catalogue, [[catalogue.value.to, associated]])),
      written(names, withInserted(held, [[held.value.to, listed]])),
    ]
  }
  const insertions =
    names?.kind === 'dict'
      ? ([
          [names.to, listed],
          [catalogue.value.to, associated],
        ] as const)
      : ([[catalogue.value.to, `${associated}/Names<<${listed}>>`]] as const)
  return [written(root, withInserted(catalogue, insertions))]
}

function written({ object, generation }: PdfReference, text: string): WrittenObject {
  return { number: object, generation, text }
}

/** A dictionary as it stands, with texts put before the `>>` that end at the places named, in their order. */
function withInserted(
  { value, source }: PdfObject,
  insertions: readonly (readonly [end: number, text: string])[],
): string {
  let text = ''
  let from = value.from
  for (const [end, inserted] of insertions) {
    text += latin1(source.subarray(from, end - 2)) + inserted
    from = end - 2
  }
  return text + latin1(source.subarray(from, value.to))
}

interface Written {
  readonly texts: readonly string[]
  /** In the order of their numbers. */
  readonly places: readonly { readonly number: number; readonly generation: number; readonly at: number }[]
  /** Where what follows begins. */
  readonly end: number
}

function writeObjects(objects: readonly WrittenObject[], start: number): Written {
  const texts: string[] = []
  const places: { number: number; generation: number; at: number }[] = []
  let at = start
  for (const { number, generation, text } of objects) {
    const whole = `${number} ${generation} obj\n${text}\nendobj\n`
    texts.push(whole)
    places.push({ number, generation, at })
    at += whole.length
  }
  return { texts, places: places.sort((one, other) => one.number - other.number), end: at }
}

function tableSection(file: PdfFile, { places }: Written, size: number): string {
  const runs = places.map(
    ({ number, generation, at }) =>
      `${number} 1\n${String(at).padStart(10, '0')} ${String(generation).padStart(5, '0')} n \n`,
  )
  return `xref\n${runs.join('')}trailer\n<<${trailerText(file, size)}>>\n`
}

/** The same as a stream, which a file that has such goes on with. It has an entry of its own. */
function streamedSection(file: PdfFile, { places, end }: Written, number: number): string {
  const all = [...places, { number, generation: 0, at: end }]
  const index = all.map((place) => `${place.number} 1`).join(' ')
  const data = all.map(({ at, generation }) => `\x01${bigEndian(at, 4)}${bigEndian(generation, 2)}`).join('')
  const about = `/Type/XRef/Index[${index}]/W[1 4 2]/Length ${data.length}`
  return `${number} 0 obj\n<<${about}${trailerText(file, number + 1)}>>\nstream\n${data}\nendstream\nendobj\n`
}

function bigEndian(value: number, bytes: number): string {
  return Array.from({ length: bytes }, (_, i) =>
    String.fromCharCode(Math.floor(value / 256 ** (bytes - 1 - i)) % 256),
  ).join('')
}

/** `Root`, `Info` and `ID` as the newest section has them. */
function trailerText({ bytes, trailer, startxref }: PdfFile, size: number): string {
  const kept = ['Root', 'Info', 'ID'].flatMap((name) => {
    const value = trailer.entries.get(name)
    return value === undefined ? [] : [`/${name} ${latin1(bytes.subarray(value.from, value.to))}`]
  })
  return `/Size ${size}${kept.join('')}/Prev ${startxref}`
}
