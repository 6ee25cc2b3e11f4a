/** A ZIP package with entries put behind its end, every byte before as it was. */
import { joinBytes } from './byte-strings.ts'
import { crc32, type ZipPackage } from './zip-package.ts'

export interface AddedEntry {
  readonly name: string
  readonly content: Uint8Array
}

/** 1 January 1980, 0:00, by which no two writers differ. */
const TIME = 0x00210000
const VERSION = 20
/** The name is UTF-8. */
const UTF8 = 0x0800
const STORED = 0

/**
 * The package, then the added entries, stored and not packed, then a central directory of all: the records of the package
 * as they stand in it, but those of entries that are added anew, then those of the added ones.
 */
export function appendToZip({ bytes, entries }: ZipPackage, added: readonly AddedEntry[]): Uint8Array {
  const replaced = new Set(added.map(({ name }) => name))
  const kept = entries.filter(({ name }) => !replaced.has(name)).map(({ record }) => record)
  const locals: Uint8Array[] = []
  const records: Uint8Array[] = []
  let at = bytes.length
  for (const { name, content } of added) {
    const nameBytes = new TextEncoder().encode(name)
    const about = describeEntry(content, nameBytes.length)
    const local = joinBytes([number32(0x04034b50), about, nameBytes, content])
    records.push(
      joinBytes([
        number32(0x02014b50),
        number16(VERSION),
        about,
        new Uint8Array(10),
        number32(at),
        nameBytes,
      ]),
    )
    locals.push(local)
    at += local.length
  }
  const directory = joinBytes([...kept, ...records])
  const count = number16(kept.length + records.length)
  const end = [number32(0x06054b50), number32(0), count, count, number32(directory.length), number32(at)]
  return joinBytes([bytes, ...locals, directory, ...end, number16(0)])
}

/** What local header and central record have alike, from the version that is needed to the length of the extra field. */
function describeEntry(content: Uint8Array, nameBytes: number): Uint8Array {
  const size = number32(content.length)
  return joinBytes([
    ...[VERSION, UTF8, STORED].map(number16),
    ...[number32(TIME), number32(crc32(content)), size, size],
    ...[nameBytes, 0].map(number16),
  ])
}

function number16(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, value >>> 8)
}

function number32(value: number): Uint8Array {
  return joinBytes([number16(value & 0xffff), number16(value >>> 16)])
}
