/** What a ZIP package says of its entries, and their bytes (APPNOTE 6.3). Untrusted. */
import { decodeFileName } from '../verification/file-text.ts'
import { inflateWithin } from './bounded-inflate.ts'
import { CarrierError } from './carrier-error.ts'

export interface ZipEntry {
  readonly name: string
  /** Bytes as they stand in the package. */
  readonly packed: number
  /** Bytes that it says it unpacks to. */
  readonly unpacked: number
  readonly crc32: number
  readonly isDeflated: boolean
  /** Whether it is packed in another way than those two that are read here. */
  readonly isPackedOtherwise: boolean
  readonly isEncrypted: boolean
  /** Where its local header begins. */
  readonly at: number
  /** Its record of the central directory, as it stands there. */
  readonly record: Uint8Array
}

export interface ZipPackage {
  readonly bytes: Uint8Array
  readonly entries: readonly ZipEntry[]
  readonly byName: ReadonlyMap<string, ZipEntry>
}

/** A package of a licence has some dozen. */
export const MOST_ENTRIES = 4096
/** Bytes of one entry that is read: descriptions, and the licence. */
const MOST_ENTRY_BYTES = 4_194_304
const END = { signature: 0x06054b50, bytes: 22, comment: 0xffff }
const CENTRAL = { signature: 0x02014b50, bytes: 46 }
const LOCAL = { signature: 0x04034b50, bytes: 30 }
const ENCRYPTED = 0x0001 | 0x0040 | 0x2000
const STORED = 0
const DEFLATED = 8
const ABOUT = 'ZIP/OFD'

/**
 * The entries of a package that all its readers read alike: beside what {@link readEntries} demands, no name twice, none that
 * leads out of it or that another system reads otherwise, nothing packed in a way of its own.
 *
 * @throws {CarrierError} `broken`, `beyond-bounds`
 */
export function readZip(bytes: Uint8Array): ZipPackage {
  const zip = readEntries(bytes)
  const names = new Set(zip.entries.map(({ name }) => name.toLowerCase()))
  const isPlain = zip.entries.every(({ name, isPackedOtherwise }) => isPlainName(name) && !isPackedOtherwise)
  if (!isPlain || names.size < zip.entries.length) throw broken()
  return zip
}

function isPlainName(name: string): boolean {
  return name !== '' && !name.startsWith('/') && !/\\|\0|(?:^|\/)\.\.?(?:\/|$)/.test(name)
}

/**
 * The entries of a package that is sound, whatever they are called: no second part, no package of over 4 GB (ZIP64), its
 * central directory right before its end. Of entries of one name `byName` has the last.
 *
 * @throws {CarrierError} `broken`, `beyond-bounds`
 */
export function readEntries(bytes: Uint8Array): ZipPackage {
  const view = viewOf(bytes)
  const end = findEnd(view)
  const [disk, first] = [view.getUint16(end + 4, true), view.getUint16(end + 6, true)]
  const [here, count] = [view.getUint16(end + 8, true), view.getUint16(end + 10, true)]
  const [size, start] = [view.getUint32(end + 12, true), view.getUint32(end + 16, true)]
  if (count > MOST_ENTRIES) throw new CarrierError('beyond-bounds', ABOUT)
  if (disk !== 0 || first !== 0 || here !== count || start + size !== end) throw broken()
  const entries: ZipEntry[] = []
  let at = start
  for (let i = 0; i < count; i++) {
    const entry = readRecord(bytes, view, at)
    entries.push(entry)
    at += entry.record.length
  }
  if (at !== end) throw broken()
  return { bytes, entries, byName: new Map(entries.map((entry) => [entry.name, entry])) }
}

function broken(): CarrierError {
  return new CarrierError('broken', ABOUT)
}

function readRecord(bytes: Uint8Array, view: DataView, at: number): ZipEntry {
  if (!stands(view, at, CENTRAL)) throw broken()
  const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)]
  const nameBytes = view.getUint16(at + 28, true)
  const length = CENTRAL.bytes + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  const isEncrypted = (flags & ENCRYPTED) !== 0
  if (at + length > bytes.length) throw broken()
  const name = decodeFileName(bytes.subarray(at + CENTRAL.bytes, at + CENTRAL.bytes + nameBytes))
  return {
    name,
    packed: view.getUint32(at + 20, true),
    unpacked: view.getUint32(at + 24, true),
    crc32: view.getUint32(at + 16, true),
    isDeflated: method === DEFLATED,
    isPackedOtherwise: !isEncrypted && method !== STORED && method !== DEFLATED,
    isEncrypted,
    at: view.getUint32(at + 42, true),
    record: bytes.subarray(at, at + length),
  }
}

/**
 * The bytes of an entry, exactly as many as it says, and those that its checksum is of.
 *
 * @param most bytes of an entry that is read. Default: those of a part of a document
 * @throws {CarrierError} `encrypted`, `beyond-bounds`, `broken`
 */
export function unpackEntry(
  { bytes }: ZipPackage,
  entry: ZipEntry,
  most: number = MOST_ENTRY_BYTES,
): Uint8Array {
  const view = viewOf(bytes)
  if (entry.isEncrypted) throw new CarrierError('encrypted', ABOUT)
  if (entry.isPackedOtherwise) throw new CarrierError('broken', ABOUT)
  if (entry.unpacked > most || entry.packed > most) throw new CarrierError('beyond-bounds', ABOUT)
  if (!stands(view, entry.at, LOCAL)) throw broken()
  const from =
    entry.at + LOCAL.bytes + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true)
  const packed = bytes.subarray(from, from + entry.packed)
  const content = entry.isDeflated ? inflateWithin(packed, entry.unpacked, ABOUT) : packed
  if (content.length !== entry.unpacked || crc32(content) !== entry.crc32) throw broken()
  return content
}

function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - END.bytes - END.comment)
  for (let at = view.byteLength - END.bytes; at >= first; at--) {
    const isEnd = stands(view, at, END) && at + END.bytes + view.getUint16(at + 20, true) === view.byteLength
    if (isEnd) return at
  }
  throw broken()
}

function stands(
  view: DataView,
  at: number,
  { signature, bytes }: { readonly signature: number; readonly bytes: number },
): boolean {
  return at + bytes <= view.byteLength && view.getUint32(at, true) === signature
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength)
}

const CRC_TABLE: Uint32Array = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let i = 0; i < 8; i++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1
  return crc
})

/** CRC-32 as ZIP has it. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8)
  return ~crc >>> 0
}
