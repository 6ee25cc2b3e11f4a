/** Files that a command is told to write: whether they can be is asked before anything is sent, not after. */
import { accessSync, constants, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { ExplainedError, reasonOf } from '@hefu/service'

/** A file that an option names cannot be written. */
export class KeptFileError extends ExplainedError {
  override readonly name = 'KeptFileError'
  readonly code = 'file-unwritable'
}

/** @throws {KeptFileError} when there is no folder for the file, or none that can be written in */
export function assertWritable(option: 'record' | 'out', path: string): void {
  const folder = dirname(resolve(path))
  const found = statSync(folder, { throwIfNoEntry: false })
  if (found === undefined) {
    throw new KeptFileError({
      zh: `--${option} 的文件夹 ${folder} 不存在，没有发送任何内容；请先建立（mkdir -p ${folder}），或核对 --${option}`,
      en: `--${option}: the folder ${folder} is not there, and nothing was sent: make it (mkdir -p ${folder}), or check --${option}`,
    })
  }
  const isFile = !(statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false)
  if (found.isDirectory() && isFile && isOpen(folder)) return
  throw new KeptFileError({
    zh: `--${option} 不能写入 ${path}，没有发送任何内容；请指明一个可以写入的文件`,
    en: `--${option}: ${path} cannot be written, and nothing was sent: name a file that can be`,
  })
}

function isOpen(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Writes what was done meanwhile.
 *
 * @throws {KeptFileError} in place of what the system says
 */
export async function keep(path: string, write: () => void | Promise<void>): Promise<void> {
  try {
    await write()
  } catch (cause) {
    throw unwritten(path, cause)
  }
}

/** As {@link keep}, at once. */
export function keepSync(path: string, write: () => void): void {
  try {
    write()
  } catch (cause) {
    throw unwritten(path, cause)
  }
}

function unwritten(path: string, cause: unknown): KeptFileError {
  const reason = reasonOf(cause)
  return new KeptFileError(
    {
      zh: `无法写入 ${path}（${reason}）；已上链的内容不受影响，排除原因后请再运行同一命令`,
      en: `${path} cannot be written (${reason}); what is on the chain stays: run the same command again once it can`,
    },
    { cause },
  )
}
