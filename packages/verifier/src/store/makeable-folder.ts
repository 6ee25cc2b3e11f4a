/** Whether a folder is there, or could be made, for this process to write in: nothing is made, and nothing taken. */
import { access, constants } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { DISK_FULL, hasRoom, StorageError, systemReason } from '@hefu/service'

/** @throws {StorageError} `folder-unwritable` */
export async function assertMakeable(path: string): Promise<void> {
  const found = await writableFrom(resolve(path)).catch((error: unknown) => {
    throw new StorageError('folder-unwritable', path, systemReason(error), { cause: error })
  })
  if (!(await hasRoom(found))) throw new StorageError('folder-unwritable', path, DISK_FULL)
}

/** The folder, or where there is none yet the nearest one around it. */
async function writableFrom(path: string): Promise<string> {
  try {
    // A file has nothing in it, and so no `.` either.
    await access(`${path}/.`, constants.W_OK | constants.X_OK)
    return path
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (!isAbsent || dirname(path) === path) throw error
    return await writableFrom(dirname(path))
  }
}
