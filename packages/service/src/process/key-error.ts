/** Why a key is not opened. */
import { type Bilingual, inBoth } from '@hefu/protocol'
import { ExplainedError } from './explained-error.ts'

export type KeyErrorCode =
  | 'passphrase-missing'
  | 'passphrase-differs'
  | 'passphrase-unreadable'
  | 'passphrase-exposed'
  | 'passphrase-malformed'
  | 'key-unreadable'
  | 'key-malformed'
  | 'key-of-other-purpose'
  | 'key-of-other-name'
  | 'wrong-passphrase'

/** `about` names the file or the key, and what is wrong with it; it is never a secret. */
const SENTENCES: Readonly<Record<KeyErrorCode, (about: Bilingual) => Bilingual>> = {
  'passphrase-missing': () => ({
    zh: '需要口令：请设置 HEFU_PASSPHRASE 或 HEFU_PASSPHRASE_FILE，或在终端中运行',
    en: 'Open the keys: set HEFU_PASSPHRASE or HEFU_PASSPHRASE_FILE, or run in a terminal',
  }),
  'passphrase-differs': () => ({
    zh: '两次输入的口令不一致',
    en: 'Protect the keys: the two passphrases differ',
  }),
  'passphrase-unreadable': (about) => ({
    zh: `无法读取口令文件：${about.zh}`,
    en: `Read the passphrase file: ${about.en}`,
  }),
  'passphrase-exposed': (about) => ({
    zh: `口令文件 ${about.zh} 可被他人读取或改写；请执行 chmod 600 后重试`,
    en: `Read the passphrase file ${about.en}: others can read or write it; run chmod 600 on it and try again`,
  }),
  'passphrase-malformed': (about) => ({
    zh: `口令文件 ${about.zh} 应为 1 至 1024 字节的 UTF-8 文本，且不以字节顺序标记（BOM）开头`,
    en: `Read the passphrase file ${about.en}: it must be UTF-8 text of 1 to 1024 bytes without a byte-order mark`,
  }),
  'key-unreadable': (about) => ({
    zh: `无法读取密钥文件：${about.zh}`,
    en: `Read the key file: ${about.en}`,
  }),
  'key-malformed': (about) => ({ zh: `密钥文件有误：${about.zh}`, en: `Read the key file: ${about.en}` }),
  'key-of-other-purpose': (about) => ({
    zh: `密钥用途不符：${about.zh}`,
    en: `Open the key file: it is for another purpose, ${about.en}`,
  }),
  'key-of-other-name': (about) => ({
    zh: `密钥文件 ${about.zh} 的名称与其中的密钥不符`,
    en: `Open the key file ${about.en}: the key inside is not the one of that name`,
  }),
  'wrong-passphrase': (about) => ({
    zh: `无法打开密钥 ${about.zh}：口令不正确，或密钥文件已损坏`,
    en: `Open the key ${about.en}: the passphrase is wrong or the file is damaged`,
  }),
}

/** Thrown wherever a key file or its passphrase is read, by whichever program. */
export class KeyError extends ExplainedError {
  override readonly name = 'KeyError'
  readonly code: KeyErrorCode

  constructor(code: KeyErrorCode, about: Bilingual | string = '', options?: ErrorOptions) {
    super(SENTENCES[code](typeof about === 'string' ? inBoth(about) : about), options)
    this.code = code
  }
}
