/** Files opened one after another, archives entry by entry: no more of them is in memory than what is being opened. */
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import type { CarrierError } from '../carrier/carrier-error.ts'
import { FileFault } from '../carrier/file-fault.ts'
import type { LeftAlone } from '../carrier/left-alone.ts'
import { openAll, openOrFault } from '../carrier/open-all.ts'
import { MAX_CARRIER_BYTES, type OpenedCarrier } from '../carrier/open-carrier.ts'
import { readBytes } from './input-files.ts'
import type { ListedFile } from './listed-files.ts'
import { UsageError } from './usage-error.ts'

/** Where a licence was looked for. */
export interface FilePlace {
  readonly file: string
  /** Its name in the archive that the file is. Whoever made the archive chose it; it is no path here. */
  readonly entry: string | null
}

export interface OpenedFile {
  readonly place: FilePlace
  readonly opened: OpenedCarrier | FileFault | CarrierError
}

/**
 * What is in each file, in their order: a file gives one, an archive as many as it has files. What cannot be read is said
 * in its place.
 *
 * @param alreadyRead what the first file was read to be, where it was read before
 * @param leftAlone counts what is left alone in archives
 */
export async function* openFiles(
  files: readonly ListedFile[],
  leftAlone: LeftAlone,
  alreadyRead?: Uint8Array | FileFault,
): AsyncGenerator<OpenedFile, undefined, undefined> {
  for (const [i, { name, at }] of files.entries()) {
    const bytes = i === 0 && alreadyRead !== undefined ? alreadyRead : await readFileAt(at)
    if (bytes instanceof FileFault) yield { place: { file: name, entry: null }, opened: bytes }
    else
      for await (const { entry, opened } of openAll(bytes, leftAlone))
        yield { place: { file: name, entry }, opened }
  }
}

function readFileAt(at: ListedFile['at']): Promise<Uint8Array | FileFault> {
  if (at instanceof FileFault) return Promise.resolve(at)
  return at.from === 'argument' ? readGiven(at.path) : readFound(at.path)
}

const FAULTS: readonly string[] = ['absent-file', 'unreadable-file', 'large-file']

/** A file that is named, or standard input: its bytes, or why they are not there. */
export async function readGiven(path: string): Promise<Uint8Array | FileFault> {
  try {
    return await readBytes(path, MAX_CARRIER_BYTES)
  } catch (error) {
    if (!(error instanceof UsageError && FAULTS.includes(error.code))) throw error
    return new FileFault(error.code as FileFault['code'], { cause: error })
  }
}

/** Neither through a link nor from anything but a file: it may be another since it was listed. */
async function readFound(path: Buffer): Promise<Uint8Array | FileFault> {
  // Windows has neither of the two.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
  try {
    const file = await open(path, flags)
    try {
      const stats = await file.stat()
      if (!stats.isFile()) return new FileFault('unreadable-file')
      if (stats.size > MAX_CARRIER_BYTES) return new FileFault('large-file')
      return await readWithin(file)
    } finally {
      await file.close()
    }
  } catch (error) {
    const isAbsent = (error as NodeJS.ErrnoException).code === 'ENOENT'
    return new FileFault(isAbsent ? 'absent-file' : 'unreadable-file', { cause: error })
  }
}

/** It may grow while it is read. */
async function readWithin(file: Awaited<ReturnType<typeof open>>): Promise<Uint8Array | FileFault> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of file.createReadStream({ autoClose: false }) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length
    if (bytes > MAX_CARRIER_BYTES) return new FileFault('large-file')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** What is in a file that is no archive, or why there is nothing. */
export async function openRead(bytes: Uint8Array | FileFault): Promise<OpenedFile['opened']> {
  return bytes instanceof FileFault ? bytes : openOrFault(bytes)
}
