/** Files that are never written over. */
import { stat } from 'node:fs/promises'
import { reasonOf } from '@hefu/service'
import { IssuerError } from '../error/issuer-error.ts'

/**
 * Whether something has the name.
 *
 * @throws {IssuerError} `output-unwritable` when it cannot be told
 */
export async function exists(file: string): Promise<boolean> {
  try {
    await stat(file)
    return true
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false
    throw new IssuerError('output-unwritable', { file, reason: reasonOf(error) }, { cause: error })
  }
}

/** Whether it is an error of the system by this code. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
