/** Why a file or a folder could not be used, in the words of both languages. */
import type { Bilingual } from '@hefu/protocol'
import { reasonOf } from './explained-error.ts'

/** By the system's codes. */
const REASONS: Readonly<Record<string, Bilingual>> = {
  EACCES: { zh: '权限不足', en: 'permission denied' },
  EBUSY: { zh: '正被占用', en: 'it is in use' },
  EDQUOT: { zh: '超出磁盘配额', en: 'the disk quota is used up' },
  EEXIST: { zh: '已存在', en: 'it is there already' },
  EIO: { zh: '磁盘读写出错', en: 'the disk fails' },
  EISDIR: { zh: '是文件夹，不是文件', en: 'it is a folder, and no file' },
  ENAMETOOLONG: { zh: '名称过长', en: 'its name is too long' },
  ENOENT: { zh: '没有该文件或文件夹', en: 'no such file or directory' },
  ENOSPC: { zh: '磁盘已满', en: 'no space is left on the disk' },
  ENOTDIR: { zh: '不是文件夹', en: 'not a directory' },
  EPERM: { zh: '不允许此操作', en: 'operation not permitted' },
  EROFS: { zh: '文件系统只读', en: 'the file system is read-only' },
}

/** With the system's code; of any other failure its own words. */
export function systemReason(error: unknown): Bilingual {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const known = REASONS[code]
  if (known !== undefined) return { zh: `${known.zh}（${code}）`, en: `${known.en} (${code})` }
  const reason = reasonOf(error)
  return { zh: reason, en: reason }
}

/** A path, and why it could not be used. */
export function pathReason(path: string, error: unknown): Bilingual {
  const { zh, en } = systemReason(error)
  return { zh: `${path}（${zh}）`, en: `${path} (${en})` }
}
