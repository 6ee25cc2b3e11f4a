/** Whether there is room on a disk. */
import { statfs } from 'node:fs/promises'
import type { Bilingual } from '@hefu/protocol'

/** A new database in a folder takes some forty million bytes, and its log as many again. */
const LEAST_ROOM_BYTES = 96 * 1024 * 1024

export const DISK_FULL: Bilingual = {
  zh: '所在磁盘已满或所剩不足 96 MiB；请清理或扩容',
  en: 'its disk is full, or has less than 96 MiB left; make room on it',
}

/** Whether the disk of a path that is there has room for a database. */
export async function hasRoom(path: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(path)
  return bavail * bsize >= LEAST_ROOM_BYTES
}
