/** Whether a folder is there, or could be made, for this process to write in: nothing is made, and nothing taken. */
import { access, constants } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { reasonOf, StorageError } from '@hefu/service'

/** @throws {StorageError} `folder-unwritable` */
export async function assertMakeable(path: string): Promise<void> {
  try {
    await assertWritableFrom(resolve(path))
  } catch (error) {
    throw new StorageError('folder-unwritable', path, reasonOf(error), { cause: error })
  }
}

/** The folder, or where there is none yet the nearest one around it. */
async function assertWritableFrom(path: string): Promise<void> {
  try {
    // A file has nothing in it, and so no `.` either.
    await access(`${path}/.`, constants.W_OK | constants.X_OK)
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (!isAbsent || dirname(path) === path) throw error
    await assertWritableFrom(dirname(path))
  }
}
