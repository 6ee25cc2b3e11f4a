/** A plain ZIP archive that people put files into, each opened when its turn comes. Untrusted; nothing of it is written anywhere. */
import { CarrierError } from './carrier-error.ts'
import { FileFault } from './file-fault.ts'
import { recogniseFile } from './file-kind.ts'
import { isOfd, isOfficeFile } from './ofd-package.ts'
import { MAX_CARRIER_BYTES } from './open-carrier.ts'
import { readEntries, unpackEntry, type ZipEntry, type ZipPackage } from './zip-package.ts'

export interface ArchivedFile {
  /** Its folders and itself, with strokes between them: for people to tell it by, and never a path. */
  readonly name: string
  /** Whether it stands for another place, as a symbolic link of Unix does. */
  readonly isLink: boolean
  /**
   * @throws {CarrierError} `encrypted`, `beyond-bounds`, `broken`
   * @throws {FileFault} `unsafe-name`, `repeated-name`
   */
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
 * `openCarrier` opens or says why it does not. Programs write names in several ways: what one of Windows (`a\\b`), of a
 * folder (`./a`) or of a root (`/a`) leaves no doubt of is taken; of a name that leads out of the archive, and of two that are
 * one, each is refused by itself.
 *
 * @throws {CarrierError} `broken`, `beyond-bounds`: also where entries share bytes, or all together unpack to too much
 */
export function readArchive(bytes: Uint8Array): readonly ArchivedFile[] | null {
  if (recogniseFile(bytes) !== 'zip') return null
  const zip = readEntries(bytes)
  if (isOfd(zip) || isOfficeFile(zip)) return null
  const [packed, unpacked] = [sumOf(zip, 'packed'), sumOf(zip, 'unpacked')]
  if (packed > bytes.length || unpacked > MOST_UNPACKED_BYTES) throw new CarrierError('beyond-bounds', ABOUT)
  const files = zip.entries
    .filter(({ name }) => !/[/\\]$/.test(name))
    .map((entry) => ({ entry, name: plainName(entry.name) }))
  const times = new Map<string | null, number>()
  for (const { name } of files) times.set(name, (times.get(name) ?? 0) + 1)
  return files.map(({ entry, name }) => ({
    name: name ?? entry.name,
    isLink: isLink(entry),
    unpack: () => {
      if (name === null) throw new FileFault('unsafe-name')
      if (times.get(name) !== 1) throw new FileFault('repeated-name')
      return unpackEntry(zip, entry, MAX_CARRIER_BYTES)
    },
  }))
}

/** `null`: it leads out of the archive, to a drive, or to nothing. */
function plainName(name: string): string | null {
  const parts = name.split(/[/\\]/).filter((part) => part !== '' && part !== '.')
  const isUnsafe =
    parts.length === 0 || parts.includes('..') || name.includes('\0') || /^[A-Za-z]:/.test(name)
  return isUnsafe ? null : parts.join('/')
}

function sumOf({ entries }: ZipPackage, of: 'packed' | 'unpacked'): number {
  return entries.reduce((sum, entry) => sum + entry[of], 0)
}

function isLink({ record }: ZipEntry): boolean {
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength)
  const mode = view.getUint32(ATTRIBUTES, true) >>> 16
  return record[MADE_ON] === UNIX && (mode & FILE_TYPE) === SYMBOLIC_LINK
}
