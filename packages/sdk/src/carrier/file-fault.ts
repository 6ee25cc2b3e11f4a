/** Why one file of many could not be read: said in its own line, and no end of the others. */
import type { Bilingual } from '@hefu/protocol'

export type FileFaultCode =
  | 'absent-file'
  | 'unreadable-file'
  | 'large-file'
  | 'unreadable-folder'
  | 'deep-folder'
  | 'nested-archive'
  | 'nothing-inside'
  | 'unsafe-name'
  | 'repeated-name'

const SENTENCES: Readonly<Record<FileFaultCode, Bilingual>> = {
  'absent-file': { zh: '找不到该文件', en: 'Read the file: there is none' },
  'unreadable-file': { zh: '该文件无法读取', en: 'Read the file: not readable' },
  'large-file': {
    zh: '该文件过大，未予读取；请核对所选文件',
    en: 'Read the file: too large to be read; look whether it is the right one',
  },
  'unreadable-folder': {
    zh: '该文件夹无法读取，其中的文件未核验',
    en: 'Read the folder: not readable; no file in it was verified',
  },
  'deep-folder': {
    zh: '文件夹层级过多，其中的文件未核验；请直接指定该文件夹',
    en: 'Read the folder: too many folders deep; no file in it was verified, name it by itself',
  },
  'nested-archive': {
    zh: '压缩包中的压缩包不予打开；请先解压，再核验其中的文件',
    en: 'Open the archive: one within another is not opened; unpack it first',
  },
  'nothing-inside': {
    zh: '其中没有可核验的文件；请核对所选的文件夹或压缩包',
    en: 'Look inside: no file to verify; look whether it is the right folder or archive',
  },
  'unsafe-name': {
    zh: '压缩包中该文件的名称指向压缩包之外，为安全起见未予打开；请单独提供该文件',
    en: 'Open the archive: the name of this file leads out of it, and it was not opened; give the file by itself',
  },
  'repeated-name': {
    zh: '压缩包中有多个同名文件，无法区分，均未打开；请分别提供',
    en: 'Open the archive: several files of this name are in it, none of which was opened; give each by itself',
  },
}

export class FileFault extends Error {
  override readonly name = 'FileFault'
  readonly code: FileFaultCode
  readonly says: Bilingual

  constructor(code: FileFaultCode, options?: ErrorOptions) {
    super(SENTENCES[code].en, options)
    this.code = code
    this.says = SENTENCES[code]
  }
}
