/** Files that are either the old or the new, on disk and in name, whenever the machine stops. */
import { open, rename, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'

const PUBLIC_MODE = 0o644
export const SECRET_MODE = 0o600

/** Writes a whole file: a temporary one beside it, flushed, then renamed over it. */
export async function writeDurably(path: string, text: string, mode: number = PUBLIC_MODE): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`
  try {
    const file = await open(temporary, 'w', mode)
    try {
      await file.writeFile(text)
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

/** {@link writeDurably}, and the folder's list of names after it. */
export async function writeAndSync(path: string, text: string, mode?: number): Promise<void> {
  await writeDurably(path, text, mode)
  await syncFolder(dirname(path))
}

/** The system's own words for a failed file operation, without a stack. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
