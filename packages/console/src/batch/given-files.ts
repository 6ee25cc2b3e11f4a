/** Files as somebody gives them: chosen, dropped, or in a folder. None of them is read here. */
import { type LeftAlone, leftAloneOnItsWay, nothingLeftAlone } from '@hefu/sdk/carriers'
import { MOST_DEPTH, MOST_GIVEN_BYTES, MOST_ITEMS } from './batch-bounds.ts'

/** What is read of a file: `File` has it. */
export interface ReadableFile {
  readonly name: string
  readonly size: number
  /** Path within the folder that was chosen; empty where none was. */
  readonly webkitRelativePath?: string
  arrayBuffer(): Promise<ArrayBuffer>
}

export interface GivenFile {
  /** For people to tell it by; in memory alone, for it may name somebody. */
  readonly name: string
  readonly file: ReadableFile
}

export interface Given {
  readonly files: readonly GivenFile[]
  /** Bytes of all files. */
  readonly bytes: number
  readonly leftAlone: LeftAlone
  /** Folders that could not be read, or lie too deep: what is in them was not given. */
  readonly unreadFolders: number
}

/** Lists of identifiers are told by their names: to their content any text would be one. */
const LIST = /\.(?:csv|tsv)$/i

export function isList({ name }: Pick<GivenFile, 'name'>): boolean {
  return LIST.test(name)
}

export function holdsList({ files }: Given): boolean {
  return files.some(isList)
}

/** Why what was given is not begun with. */
export type GivenFault = 'nothing-given' | 'too-many-files' | 'too-many-bytes'

/** What a browser hands out of what is dropped (File and Directory Entries API), as far as it is used. */
export interface DroppedEntry {
  readonly name: string
  readonly isDirectory: boolean
  file?(take: (file: ReadableFile) => void, fail: (error: unknown) => void): void
  createReader?(): {
    readEntries(take: (entries: readonly DroppedEntry[]) => void, fail: (error: unknown) => void): void
  }
}

/** Files that were chosen, in the order of their names where they come from a folder. */
export function giveChosen(files: Iterable<ReadableFile>): Given {
  const given: GivenFile[] = []
  const leftAlone = nothingLeftAlone()
  for (const file of files) {
    const name = file.webkitRelativePath || file.name
    const kind = leftAloneOnItsWay(name)
    if (kind === null) given.push({ name, file })
    else leftAlone[kind] += 1
  }
  return give(given, leftAlone, 0)
}

/** What was dropped: files, and folders with all that is in them. */
export async function giveDropped(entries: readonly DroppedEntry[]): Promise<Given> {
  const walk: Walk = { files: [], leftAlone: nothingLeftAlone(), unreadFolders: 0 }
  for (const entry of entries) await walkInto(walk, entry, '', 0)
  return give(walk.files, walk.leftAlone, walk.unreadFolders)
}

/** `null`: it may be begun with. */
export function faultOf({ files, bytes }: Given): GivenFault | null {
  if (files.length === 0) return 'nothing-given'
  if (files.length > MOST_ITEMS) return 'too-many-files'
  return bytes > MOST_GIVEN_BYTES ? 'too-many-bytes' : null
}

interface Walk {
  readonly files: GivenFile[]
  readonly leftAlone: LeftAlone
  unreadFolders: number
}

/** One more than may be given is enough to know that there are too many. */
async function walkInto(walk: Walk, entry: DroppedEntry, path: string, depth: number): Promise<void> {
  if (walk.files.length > MOST_ITEMS) return
  const kind = leftAloneOnItsWay(entry.name)
  if (kind !== null) {
    walk.leftAlone[kind] += 1
    return
  }
  const name = `${path}${entry.name}`
  if (!entry.isDirectory) {
    walk.files.push({ name, file: await fileOf(entry, name) })
    return
  }
  const inside = depth < MOST_DEPTH ? await entriesIn(entry) : null
  if (inside === null) walk.unreadFolders += 1
  for (const one of inside ?? []) await walkInto(walk, one, `${name}/`, depth + 1)
}

/** One that cannot be had is given all the same, and told when it is read. */
async function fileOf(entry: DroppedEntry, name: string): Promise<ReadableFile> {
  try {
    return await new Promise((take, fail) => {
      if (entry.file === undefined) fail(new Error('open what was dropped: it is no file'))
      else entry.file(take, fail)
    })
  } catch (error) {
    return { name, size: 0, arrayBuffer: () => Promise.reject(error) }
  }
}

/** In the order of their names; `null`: they cannot be read. A reader gives them in pieces, and an empty one last. */
async function entriesIn(folder: DroppedEntry): Promise<readonly DroppedEntry[] | null> {
  const reader = folder.createReader?.()
  if (reader === undefined) return null
  const entries: DroppedEntry[] = []
  try {
    for (;;) {
      const some = await new Promise<readonly DroppedEntry[]>((take, fail) => reader.readEntries(take, fail))
      if (some.length === 0) break
      entries.push(...some)
      if (entries.length > MOST_ITEMS) break
    }
  } catch {
    return null
  }
  return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function give(files: readonly GivenFile[], leftAlone: LeftAlone, unreadFolders: number): Given {
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0)
  return { files, bytes, leftAlone, unreadFolders }
}
