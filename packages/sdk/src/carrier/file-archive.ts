/** A plain ZIP archive that people put files into, each opened when its turn comes. Untrusted; nothing of it is written anywhere. */
import { CarrierError } from './carrier-error.ts'
import { recogniseFile } from './file-kind.ts'
import { isOfd, isOfficeFile } from './ofd-package.ts'
import { MAX_CARRIER_BYTES } from './open-carrier.ts'
import { readZip, unpackEntry, type ZipEntry, type ZipPackage } from './zip-package.ts'

export interface ArchivedFile {
  /** As the archive has it: for people to tell it by, and never a path. */
  readonly name: string
  /** Whether it stands for another place, as a symbolic link of Unix does. */
  readonly isLink: boolean
  /** @throws {CarrierError} `encrypted`, `beyond-bounds`, `broken` */
  readonly unpack: () => Uint8Array
}

/** Bytes that all entries of an archive may unpack to, one after another. */
const MOST_UNPACKED_BYTES = 8 * MAX_CARRIER_BYTES
const ABOUT = 'ZIP'
/** In the record of the central directory. */
const MADE_ON = 5
const ATTRIBUTES = 38
const UNIX = 3
const FILE_TYPE = 0o170000
const SYMBOLIC_LINK = 0o120000

/**
 * The files of an archive in its order, folders left out; `null` for what is none: a document of its own kind, which
 * `openCarrier` opens or says why it does not.
 *
 * @throws {CarrierError} `broken`, `beyond-bounds`: also where entries share bytes, or all together unpack to too much
 */
export function readArchive(bytes: Uint8Array): readonly ArchivedFile[] | null {
  if (recogniseFile(bytes) !== 'zip') return null
  const zip = readZip(bytes)
  if (isOfd(zip) || isOfficeFile(zip)) return null
  const [packed, unpacked] = [sumOf(zip, 'packed'), sumOf(zip, 'unpacked')]
  if (packed > bytes.length || unpacked > MOST_UNPACKED_BYTES) throw new CarrierError('beyond-bounds', ABOUT)
  return zip.entries
    .filter(({ name }) => !name.endsWith('/'))
    .map((entry) => ({
      name: entry.name,
      isLink: isLink(entry),
      unpack: () => unpackEntry(zip, entry, MAX_CARRIER_BYTES),
    }))
}

function sumOf({ entries }: ZipPackage, of: 'packed' | 'unpacked'): number {
  return entries.reduce((sum, entry) => sum + entry[of], 0)
}

function isLink({ record }: ZipEntry): boolean {
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength)
  const mode = view.getUint32(ATTRIBUTES, true) >>> 16
  return record[MADE_ON] === UNIX && (mode & FILE_TYPE) === SYMBOLIC_LINK
}
