/**
 * Turns at a folder that one process holds at a time: who waits says so by a sign of its own, and whoever holds it for
 * long can see that, and give way.
 */
import { open, readdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createSign, isRunning, readSignOwner, SIGN } from '../process/process-sign.ts'
import { type HeldFolder, holdFolder } from './held-folder.ts'
import { StorageError } from './storage-error.ts'

const WAITING = new RegExp(String.raw`^waiting\.${SIGN}$`)
/** Of two that try at once both may have to try again: not at the same moment. */
const LEAST_PAUSE_MS = 40
const MOST_PAUSE_MS = 120

/**
 * Takes a folder for this process as soon as nobody else has it.
 *
 * @throws {StorageError} `folder-in-use` when it was not free in time, and as `holdFolder`
 */
export async function awaitFolder(path: string, timeoutMs: number): Promise<HeldFolder> {
  const sign = join(path, `waiting.${createSign()}`)
  let isSigned = false
  try {
    const held = await whenFree(timeoutMs, async (isFirst) => {
      if (!isFirst && !isSigned) {
        await (await open(sign, 'wx')).close()
        isSigned = true
      }
      return holdFolder(path)
    })
    await removeLeft(path)
    return held
  } finally {
    if (isSigned) await unlink(sign).catch(() => undefined)
  }
}

/**
 * Tries until nobody else is at work.
 *
 * @param take told whether it is the first time
 * @throws {StorageError} `folder-in-use` or `store-in-use` when it was not free in time
 */
export async function whenFree<T>(timeoutMs: number, take: (isFirst: boolean) => Promise<T>): Promise<T> {
  const deadline = performance.now() + timeoutMs
  for (let isFirst = true; ; isFirst = false) {
    try {
      return await take(isFirst)
    } catch (error) {
      const isInUse =
        error instanceof StorageError && (error.code === 'folder-in-use' || error.code === 'store-in-use')
      if (!isInUse || performance.now() > deadline) throw error
    }
    await pause(LEAST_PAUSE_MS + Math.random() * (MOST_PAUSE_MS - LEAST_PAUSE_MS))
  }
}

/** Whether another process waits for the folder. */
export async function isAwaited(path: string): Promise<boolean> {
  return (await waitingIn(path)).some(({ isGone }) => !isGone)
}

/** Takes away the signs of those that were killed while they waited. */
async function removeLeft(path: string): Promise<void> {
  for (const { name, isGone } of await waitingIn(path)) {
    if (isGone) await unlink(join(path, name)).catch(() => undefined)
  }
}

async function waitingIn(
  path: string,
): Promise<readonly { readonly name: string; readonly isGone: boolean }[]> {
  const names = await readdir(path).catch(() => [])
  return names.flatMap((name) => {
    const owner = readSignOwner(name, WAITING)
    return owner === null ? [] : [{ name, isGone: !isRunning(owner) }]
  })
}
