/** The licence in an OFD, and the file as it was before. Untrusted. */
import { attachToOfd } from './attach-to-ofd.ts'
import { type Attached, oneLicence, splitOff } from './attached.ts'
import { ATTACHED_NAME, MOST_ATTACHED_BYTES, MOST_ATTACHMENTS } from './attached-name.ts'
import { CarrierError } from './carrier-error.ts'
import { attachedEntries, isOfd, isOfficeFile, readOfd } from './ofd-package.ts'
import { readZip, unpackEntry, type ZipEntry } from './zip-package.ts'

const ABOUT = 'OFD'
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
  const text = oneLicence(
    small.map((entry) => unpackEntry(zip, entry)),
    found.length > 0,
    ABOUT,
  )
  return { text, ...splitOff(bytes, firstOf(named), text, attachToOfd) }
}

/** Where the first of them begins: behind the end of the file as it was, if it was attached as the rule has it. */
function firstOf(entries: readonly ZipEntry[]): number {
  return entries.reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY)
}
