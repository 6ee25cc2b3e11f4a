/**
 * Files and folders that are either the old or the new, on disk and in name, whenever the machine stops. What is being
 * written stands under a temporary name that bears the sign of its process: what a killed one left is told by it.
 */
import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp, open, readdir, rename, rm, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createSign, isRunning, readSignOwner, SIGN } from '../process/process-sign.ts'

const PUBLIC_MODE = 0o644
export const SECRET_MODE = 0o600

// <name>.<sign>.tmp, and of folders <name>.<sign>.tmp<six characters>
const TEMPORARY = new RegExp(String.raw`\.${SIGN}\.tmp[0-9A-Za-z]{0,6}$`)

/** Writes a whole file under its name. {@link syncFolder} makes the name last as well: once for many files. */
export async function placeFile(
  path: string,
  content: string | Uint8Array,
  mode: number = PUBLIC_MODE,
): Promise<void> {
  const temporary = temporaryOf(path)
  try {
    const file = await open(temporary, 'wx', mode)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await unlink(temporary).catch(() => undefined)
    throw error
  }
}

/** Flushes a folder's list of names. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** {@link placeFile}, and the folder's list of names after it. */
export async function writeDurably(path: string, content: string | Uint8Array, mode?: number): Promise<void> {
  await placeFile(path, content, mode)
  await syncFolder(dirname(path))
}

/**
 * Fills a folder beside the wanted one, readable by its owner only, then gives it the name: whole or not at all.
 *
 * @throws the system's error `ENOTEMPTY` or `EEXIST` where a folder that is not empty has the name
 */
export async function placeFolder(path: string, fill: (staging: string) => Promise<void>): Promise<void> {
  const staging = await mkdtemp(temporaryOf(path))
  try {
    await fill(staging)
    await rename(staging, path)
    await syncFolder(dirname(path))
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    throw error
  }
}

/** A file that is written line by line, and has its name only at the end. Every function throws the system's errors. */
export interface GrowingFile {
  append(content: string | Uint8Array): void
  /** Gives the file its name, for good. */
  place(): void
  /** {@link place}, but never to what another file has the name of: throws `EEXIST`. */
  placeNew(): void
  /** Leaves nothing of it, unless it has its name. */
  drop(): void
}

/** Begins a file that grows. */
export function openGrowingFile(path: string, mode: number = PUBLIC_MODE): GrowingFile {
  const temporary = temporaryOf(path)
  const file = openSync(temporary, 'wx', mode)
  let isOpen = true
  const close = (): void => {
    if (isOpen) closeSync(file)
    isOpen = false
  }
  const placeBy = (name: () => void) => (): void => {
    fsyncSync(file)
    close()
    name()
    const folder = openSync(dirname(path), 'r')
    fsyncSync(folder)
    closeSync(folder)
  }
  return {
    append: (content) => writeFileSync(file, content),
    place: placeBy(() => renameSync(temporary, path)),
    placeNew: placeBy(() => {
      linkSync(temporary, path)
      rmSync(temporary)
    }),
    drop: () => {
      close()
      rmSync(temporary, { force: true })
    },
  }
}

/** Takes away what processes that are gone had not finished in this folder. A folder that is not there has nothing. */
export async function removeUnfinished(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    const owner = readSignOwner(name, TEMPORARY)
    if (owner !== null && !isRunning(owner)) await rm(join(folder, name), { recursive: true, force: true })
  }
}

function temporaryOf(path: string): string {
  return `${path}.${createSign()}.tmp`
}
