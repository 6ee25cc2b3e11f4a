/**
 * One process at a time in a folder. Every process first puts up its own sign, a file named after itself, then looks
 * for others': of two that start together at least one sees the other, so never do both go on.
 */
import { open, readdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Bilingual } from '@hefu/protocol'
import { createSign, isRunning, readSignOwner, SIGN, type SignOwner } from '../process/process-sign.ts'
import { systemReason } from '../process/system-reason.ts'
import { removeUnfinished } from './durable-file.ts'
import { StorageError } from './storage-error.ts'

export interface HeldFolder {
  readonly path: string
  release(): Promise<void>
}

const IN_USE = new RegExp(String.raw`^in-use\.${SIGN}$`)

/**
 * Takes a folder for this process, and takes away what killed ones had not finished in it.
 *
 * @throws {StorageError} `folder-in-use` while another process, or another part of this one, is at work in it;
 *   `folder-unwritable`
 */
export async function holdFolder(path: string): Promise<HeldFolder> {
  const own = `in-use.${createSign()}`
  await putUp(path, own)
  const release = (): Promise<void> => unlink(join(path, own)).catch(() => undefined)
  try {
    await assertAlone(path, own)
    await removeUnfinished(path)
    return { path, release }
  } catch (error) {
    await release()
    throw error
  }
}

async function putUp(path: string, sign: string): Promise<void> {
  try {
    await (await open(join(path, sign), 'wx')).close()
  } catch (error) {
    throw new StorageError('folder-unwritable', path, systemReason(error), { cause: error })
  }
}

async function assertAlone(path: string, own: string): Promise<void> {
  for (const name of await readdir(path)) {
    const owner = name === own ? null : readSignOwner(name, IN_USE)
    if (owner === null) continue
    if (isRunning(owner)) throw new StorageError('folder-in-use', path, nameOf(owner))
    await unlink(join(path, name)).catch(() => undefined)
  }
}

function nameOf({ pid, host }: SignOwner): Bilingual {
  return { zh: `进程 ${pid}，${host}`, en: `process ${pid} on ${host}` }
}
