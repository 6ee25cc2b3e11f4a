/** Which files are meant by what is named on the command line. Only names are read here. */
import type { Dirent } from 'node:fs'
import { opendir, stat } from 'node:fs/promises'
import { sep } from 'node:path'
import { FileFault } from '../carrier/file-fault.ts'
import { type LeftAlone, leftAloneByName } from '../carrier/left-alone.ts'
import { decodeFileName } from '../verification/file-text.ts'
import { STANDARD_INPUT } from './input-files.ts'
import { UsageError } from './usage-error.ts'

/** A file to be opened, or the place where something that was named could not be looked into. */
export interface ListedFile {
  /** As it was named, and below a folder that was named the way from there. */
  readonly name: string
  /** What it was named by, byte for byte in folders; a fault: there is nothing to open. */
  readonly at: GivenFile | FoundFile | FileFault
}

interface GivenFile {
  readonly from: 'argument'
  readonly path: string
}

interface FoundFile {
  readonly from: 'folder'
  readonly path: Buffer
}

/** Files of one run. */
const MOST_FILES = 100_000
/** Folders below one that is named. */
const MOST_FOLDERS_DEEP = 32

/**
 * Files in the order in which they are named, those of folders by the bytes of their names. In folders, links are not
 * followed, and what is hidden or no file is left alone.
 *
 * @param leftAlone counts what is left alone
 * @throws {UsageError} `too-many-files`, `repeated-input`
 */
export async function listFiles(
  paths: readonly string[],
  leftAlone: LeftAlone,
  signal: AbortSignal,
): Promise<readonly ListedFile[]> {
  if (paths.indexOf(STANDARD_INPUT) !== paths.lastIndexOf(STANDARD_INPUT))
    throw new UsageError('repeated-input')
  const walk: Walk = { files: [], names: 0, leftAlone, signal }
  for (const path of paths) {
    if (!(await isFolder(path))) {
      walk.files.push({ name: path, at: { from: 'argument', path } })
      continue
    }
    const before = walk.files.length
    await listFolder(walk, { name: path, path: Buffer.from(path), depth: 0 })
    if (walk.files.length === before) walk.files.push({ name: path, at: new FileFault('nothing-inside') })
  }
  return walk.files
}

/** A folder that is named, also by a link. */
export async function isFolder(path: string): Promise<boolean> {
  if (path === STANDARD_INPUT) return false
  try {
    return (await stat(path)).isDirectory()
  } catch {
    return false
  }
}

interface Walk {
  readonly files: ListedFile[]
  /** All that were seen, also what is left alone. */
  names: number
  readonly leftAlone: LeftAlone
  readonly signal: AbortSignal
}

interface Folder {
  readonly name: string
  readonly path: Buffer
  readonly depth: number
}

async function listFolder(walk: Walk, folder: Folder): Promise<void> {
  const { files, leftAlone } = walk
  if (folder.depth > MOST_FOLDERS_DEEP) {
    files.push({ name: folder.name, at: new FileFault('deep-folder') })
    return
  }
  const entries = await readFolder(walk, folder)
  if (entries === null) {
    files.push({ name: folder.name, at: new FileFault('unreadable-folder') })
    return
  }
  for (const entry of entries) {
    const last = decodeFileName(entry.name)
    const name = folder.name.endsWith(sep) ? folder.name + last : folder.name + sep + last
    const path = Buffer.concat([folder.path, Buffer.from(sep), entry.name])
    const kind = leftAloneByName(last)
    if (kind !== null) leftAlone[kind] += 1
    else if (entry.isSymbolicLink()) leftAlone.links += 1
    else if (entry.isDirectory()) await listFolder(walk, { name, path, depth: folder.depth + 1 })
    else if (entry.isFile()) files.push({ name, at: { from: 'folder', path } })
    else leftAlone.special += 1
  }
}

/** What a folder holds, sorted; `null`: it cannot be read. Names are bytes: not every one is a text. */
async function readFolder(walk: Walk, { path }: Folder): Promise<readonly Dirent<Buffer>[] | null> {
  const entries: Dirent<Buffer>[] = []
  try {
    // The types know names of texts alone.
    const encoding = 'buffer' as BufferEncoding
    for await (const entry of await opendir(path, { encoding })) {
      walk.signal.throwIfAborted()
      walk.names += 1
      if (walk.names > MOST_FILES) throw new UsageError('too-many-files', String(MOST_FILES))
      entries.push(entry as unknown as Dirent<Buffer>)
    }
  } catch (error) {
    if (error instanceof UsageError || walk.signal.aborted) throw error
    return null
  }
  return entries.sort((one, other) => Buffer.compare(one.name, other.name))
}
