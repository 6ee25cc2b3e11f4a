/** Why something that is kept cannot be opened. */
import type { Bilingual } from '@hefu/protocol'
import { ExplainedError } from '../process/explained-error.ts'

export type StorageErrorCode =
  | 'folder-in-use'
  | 'folder-unwritable'
  | 'database-unreachable'
  | 'store-in-use'
  | 'store-newer'

interface Details {
  /** Which folder or store. */
  readonly what: Bilingual
  /** The holder, the system's reason, or the unknown migrations. */
  readonly about: Bilingual
}

const SENTENCES: Readonly<Record<StorageErrorCode, (details: Details) => Bilingual>> = {
  'folder-in-use': ({ what, about }) => ({
    zh: `${what.zh} 正由另一任务（${about.zh}）使用，请待其结束后再试`,
    en: `Open ${what.en}: ${about.en} is using it; wait for it to end`,
  }),
  'folder-unwritable': ({ what, about }) => ({
    zh: `无法写入 ${what.zh}：${about.zh}`,
    en: `Open ${what.en}: it cannot be written to (${about.en})`,
  }),
  'database-unreachable': ({ what, about }) => ({
    zh: `无法打开${what.zh}：${about.zh}`,
    en: `Open ${what.en}: ${about.en}`,
  }),
  'store-in-use': ({ what, about }) => ({
    zh: `${what.zh}正由另一任务（${about.zh}）使用，请待其结束后再试`,
    en: `Open ${what.en}: ${about.en} is using it; wait for it to end`,
  }),
  'store-newer': ({ what, about }) => ({
    zh: `${what.zh}由较新版本的程序写成（${about.zh}），本版本不认识；请升级程序后再试，数据未作任何改动`,
    en: `Open ${what.en}: a newer program wrote it (${about.en}); update this program, nothing was changed`,
  }),
}

/** Thrown before anything is kept or read. */
export class StorageError extends ExplainedError {
  override readonly name = 'StorageError'
  readonly code: StorageErrorCode

  constructor(
    code: StorageErrorCode,
    what: Bilingual | string,
    about: Bilingual | string,
    options?: ErrorOptions,
  ) {
    super(SENTENCES[code]({ what: inBoth(what), about: inBoth(about) }), options)
    this.code = code
  }
}

/** A name or a number of the machine's reads the same in both. */
function inBoth(text: Bilingual | string): Bilingual {
  return typeof text === 'string' ? { zh: text, en: text } : text
}
