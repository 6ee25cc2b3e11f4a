/** What a ZIP archive says of its entries, and their bytes, unpacked within a bound (APPNOTE 6.3). Untrusted. */
import { inflateRawSync } from 'node:zlib'

export interface ZipEntry {
  readonly name: string
  /** Bytes as they stand in the archive. */
  readonly packed: number
  /** Bytes that it says it unpacks to. */
  readonly unpacked: number
  readonly isDeflated: boolean
  /** Where its local header begins. */
  readonly at: number
}

/** Why an archive cannot be read. */
export class ZipDamage extends Error {
  override readonly name = 'ZipDamage'
}

const END = { signature: 0x06054b50, bytes: 22, comment: 0xffff }
const CENTRAL = { signature: 0x02014b50, bytes: 46 }
const LOCAL = { signature: 0x04034b50, bytes: 30 }
const ENCRYPTED = 1
const STORED = 0
const DEFLATED = 8

/**
 * The entries of an archive that all its readers read alike: no name twice, no size that stands elsewhere, nothing
 * encrypted, no archive of over 4 GB (ZIP64).
 *
 * @throws {ZipDamage}
 */
export function readZipEntries(archive: Uint8Array, most: number): readonly ZipEntry[] {
  const view = viewOf(archive)
  const end = findEnd(view)
  const count = view.getUint16(end + 10, true)
  if (count > most) throw new ZipDamage(`read ${count} entries: at most ${most}`)
  const entries: ZipEntry[] = []
  let at = view.getUint32(end + 16, true)
  for (let i = 0; i < count; i++) {
    if (!stands(view, at, CENTRAL)) throw new ZipDamage(`read the entry ${i}: none stands at ${at}`)
    entries.push(readEntry(archive, view, at))
    at += CENTRAL.bytes + lengthsAt(view, at + 28, 3)
  }
  if (new Set(entries.map(({ name }) => name)).size < count)
    throw new ZipDamage('read the entries: two of one name')
  return entries
}

function readEntry(archive: Uint8Array, view: DataView, at: number): ZipEntry {
  const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)]
  const [packed, unpacked] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)]
  const name = new TextDecoder().decode(archive.subarray(at + 46, at + 46 + view.getUint16(at + 28, true)))
  const isReadable = (flags & ENCRYPTED) === 0 && (method === STORED || method === DEFLATED)
  if (!isReadable) throw new ZipDamage('read an entry: it is encrypted, or packed in another way')
  if (packed === 0 && unpacked !== 0) throw new ZipDamage('read an entry: its size stands elsewhere')
  return { name, packed, unpacked, isDeflated: method === DEFLATED, at: view.getUint32(at + 42, true) }
}

/**
 * The bytes of an entry, exactly as many as it says.
 *
 * @throws {ZipDamage}
 */
export function unpackEntry(archive: Uint8Array, entry: ZipEntry): Uint8Array {
  const view = viewOf(archive)
  if (!stands(view, entry.at, LOCAL)) throw new ZipDamage(`unpack ${entry.at}: no entry stands there`)
  const from = entry.at + LOCAL.bytes + lengthsAt(view, entry.at + 26, 2)
  const bytes = archive.subarray(from, from + entry.packed)
  const content = entry.isDeflated ? inflate(bytes, entry.unpacked) : bytes
  if (content.length !== entry.unpacked)
    throw new ZipDamage(`unpack ${entry.at}: not ${entry.unpacked} bytes`)
  return content
}

function inflate(bytes: Uint8Array, most: number): Uint8Array {
  try {
    return inflateRawSync(bytes, { maxOutputLength: Math.max(most, 1) })
  } catch (cause) {
    throw new ZipDamage('unpack an entry', { cause })
  }
}

function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - END.bytes - END.comment)
  for (let at = view.byteLength - END.bytes; at >= first; at--) if (stands(view, at, END)) return at
  throw new ZipDamage('find the end of the archive')
}

function stands(
  view: DataView,
  at: number,
  { signature, bytes }: { signature: number; bytes: number },
): boolean {
  return at + bytes <= view.byteLength && view.getUint32(at, true) === signature
}

/** Of so many fields of two bytes, which are lengths. */
function lengthsAt(view: DataView, at: number, count: number): number {
  let sum = 0
  for (let i = 0; i < count; i++) sum += view.getUint16(at + 2 * i, true)
  return sum
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength)
}
