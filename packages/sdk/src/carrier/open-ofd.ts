/** The licence in an OFD, and the file as it was before. Untrusted. */
import { attachToOfd } from './attach-to-ofd.ts'
import { type Attached, oneLicence, splitOff } from './attached.ts'
import { ATTACHED_NAME, MOST_ATTACHED_BYTES, MOST_ATTACHMENTS } from './attached-name.ts'
import { CarrierError } from './carrier-error.ts'
import { attachedEntries, isOfd, isOfficeFile, readOfd } from './ofd-package.ts'
import { readZip, unpackEntry, type ZipEntry, type ZipPackage } from './zip-package.ts'

const ABOUT = 'OFD'
/** Bytes that all attachments that are read stand in, or unpack to, whichever is more: entries may share what is packed. */
const MOST_UNPACKED_BYTES = 33_554_432

/** @throws {CarrierError} also for a ZIP package that is no OFD: `unsupported-file` */
export function openOfd(bytes: Uint8Array): Attached {
  const zip = readZip(bytes)
  if (!isOfd(zip)) {
    throw new CarrierError('unsupported-file', isOfficeFile(zip) ? 'Office（DOCX、XLSX）' : 'ZIP')
  }
  const ofd = readOfd(zip)
  const named = zip.entries.filter(({ name }) => name.endsWith(ATTACHED_NAME))
  const found = [...new Set([...named, ...attachedEntries(ofd)])]
  if (found.length > MOST_ATTACHMENTS) throw new CarrierError('beyond-bounds', ABOUT)
  const small = found.filter(({ unpacked }) => unpacked <= MOST_ATTACHED_BYTES)
  const bytesOfAll = small.reduce((sum, { packed, unpacked }) => sum + Math.max(packed, unpacked), 0)
  if (bytesOfAll > MOST_UNPACKED_BYTES) throw new CarrierError('beyond-bounds', ABOUT)
  const text = oneLicence(unpackEach(zip, small), found.length > 0, ABOUT)
  return { text, ...splitOff(bytes, firstOf(named), text, attachToOfd) }
}

/** One after another, so that no two are held at once. */
function* unpackEach(zip: ZipPackage, entries: readonly ZipEntry[]): Iterable<Uint8Array> {
  for (const entry of entries) yield unpackEntry(zip, entry)
}

/** Where the first of them begins: behind the end of the file as it was, if it was attached as the rule has it. */
function firstOf(entries: readonly ZipEntry[]): number {
  return entries.reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY)
}
