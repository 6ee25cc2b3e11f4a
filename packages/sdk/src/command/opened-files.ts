/** Files opened one after another, archives entry by entry: no more of them is in memory than what is being opened. */
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { CarrierError } from '../carrier/carrier-error.ts'
import { type ArchivedFile, readArchive } from '../carrier/file-archive.ts'
import { MAX_CARRIER_BYTES, type OpenedCarrier, openCarrier } from '../carrier/open-carrier.ts'
import { FileFault } from './file-fault.ts'
import { readBytes } from './input-files.ts'
import { type LeftAlone, type LeftAloneKind, leftAloneByName } from './left-alone.ts'
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
    const place = { file: name, entry: null }
    const bytes = i === 0 && alreadyRead !== undefined ? alreadyRead : await readFileAt(at)
    const archived = bytes instanceof FileFault ? bytes : orFault(() => readArchive(bytes))
    if (archived === null) yield { place, opened: await openRead(bytes) }
    else if (archived instanceof Error) yield { place, opened: archived }
    else yield* openEntries(name, archived, leftAlone)
  }
}

async function* openEntries(
  file: string,
  archived: readonly ArchivedFile[],
  leftAlone: LeftAlone,
): AsyncGenerator<OpenedFile, undefined, undefined> {
  let isAny = false
  for (const { name, isLink, unpack } of archived) {
    const kind = isLink ? 'links' : leftAloneOnItsWay(name)
    if (kind !== null) {
      leftAlone[kind] += 1
      continue
    }
    isAny = true
    const bytes = orFault(unpack)
    const opened = bytes instanceof Error ? bytes : await openEntry(bytes)
    yield { place: { file, entry: name }, opened }
  }
  if (!isAny) yield { place: { file, entry: null }, opened: new FileFault('nothing-inside') }
}

/** What stands in a folder that is left alone is left alone with it. */
function leftAloneOnItsWay(name: string): LeftAloneKind | null {
  const kinds = name.split('/').map(leftAloneByName)
  return kinds.find((kind) => kind !== null) ?? null
}

/** An archive in an archive is told from a document that is packed like one. */
async function openEntry(bytes: Uint8Array): Promise<OpenedFile['opened']> {
  const nested = orFault(() => readArchive(bytes))
  if (nested instanceof Error) return nested
  return nested === null ? openRead(bytes) : new FileFault('nested-archive')
}

/** What is in a file that is no archive, or why there is nothing. */
export async function openRead(bytes: Uint8Array | FileFault): Promise<OpenedFile['opened']> {
  if (bytes instanceof FileFault) return bytes
  try {
    return await openCarrier(bytes)
  } catch (error) {
    if (error instanceof CarrierError) return error
    throw error
  }
}

function orFault<Value>(read: () => Value): Value | CarrierError {
  try {
    return read()
  } catch (error) {
    if (error instanceof CarrierError) return error
    throw error
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
