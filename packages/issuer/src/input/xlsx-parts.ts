/** The parts of an XLSX file, unpacked: a few kilobytes may unpack to gigabytes, so that nothing is unpacked on trust. */
import { IssuerError } from '../error/issuer-error.ts'
import { readXml, XmlDamage } from './xml-reading.ts'
import { readZipEntries, unpackEntry, type ZipEntry } from './zip-entries.ts'

/** A larger file is exported as CSV, which is read as it comes. */
export const MAX_XLSX_BYTES = 64_000_000
/** Of one part, and of all parts that are read. */
const MOST_PART_BYTES = 100_000_000
const MOST_BYTES = 150_000_000
const MOST_ENTRIES = 4_096
/** Opening and closing tags of a part that is held as a tree: of the texts, and of any other. */
const MOST_TEXT_TAGS = 2_400_000
const MOST_TAGS = 400_000

/** The text of every part by its name. */
export type XlsxParts = ReadonlyMap<string, string>

/**
 * Unpacks what is read of a file; pictures and the like are left alone.
 *
 * @throws {IssuerError} `input-not-xlsx`, `input-xlsx-too-much`, `input-xlsx-declaration`
 * @throws {ZipDamage} {XmlDamage} for what is no archive of texts in XML
 */
export function unpackXlsx(archive: Uint8Array, file: string): XlsxParts {
  const entries = readZipEntries(archive, MOST_ENTRIES).filter(({ name }) => /\.(?:xml|rels)$/i.test(name))
  assertSizes(entries, file)
  const parts = new Map<string, string>()
  for (const entry of entries) {
    const text = decodePart(unpackEntry(archive, entry))
    assertPlain(entry.name, text, file)
    parts.set(entry.name, text)
  }
  return parts
}

function decodePart(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new XmlDamage('decode a part', { cause })
  }
}

/** @throws {IssuerError} `input-xlsx-too-much` */
export function assertAtMost(
  found: number,
  most: number,
  what: { readonly zh: string; readonly en: string },
  file: string,
): void {
  if (found > most)
    throw new IssuerError('input-xlsx-too-much', { file, most, whatZh: what.zh, what: what.en })
}

function assertSizes(entries: readonly ZipEntry[], file: string): void {
  const sizes = entries.map(({ unpacked }) => unpacked)
  const part = { zh: '其中一个部件解压后的字节数', en: 'bytes of one part, unpacked' }
  assertAtMost(Math.max(0, ...sizes), MOST_PART_BYTES, part, file)
  const all = { zh: '解压后的总字节数', en: 'bytes of all parts, unpacked' }
  assertAtMost(
    sizes.reduce((sum, size) => sum + size, 0),
    MOST_BYTES,
    all,
    file,
  )
}

/** Nothing that another reader would fill in, and no more of it than can be held. */
function assertPlain(name: string, text: string, file: string): void {
  // No spreadsheet program writes entities, comments or the like: who does wants them to be read otherwise.
  if (text.includes('<!') || text.lastIndexOf('<?') > 1)
    throw new IssuerError('input-xlsx-declaration', { file })
  // Of the sheets one alone is read, and as it comes.
  if (/worksheets\//i.test(name)) return
  const most = /sharedStrings/i.test(name) ? MOST_TEXT_TAGS : MOST_TAGS
  assertAtMost(countTags(text), most, { zh: '标签数', en: 'tags of one part' }, file)
  readXml(text, {})
}

function countTags(text: string): number {
  let count = 0
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) count++
  return count
}
