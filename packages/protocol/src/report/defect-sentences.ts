/** What is wrong with what could not be read, for people; the defect's own words are for who made it. */
import type { DefectCode, MalformedError } from '../bytes/malformed.ts'
import type { Bilingual } from '../language/bilingual.ts'
import { inBoth, joinTexts } from '../language/join.ts'

const SENTENCES: Readonly<Record<DefectCode, Bilingual>> = {
  'too-large': { zh: '内容过长', en: 'It is too long' },
  'not-text': { zh: '应为文字', en: 'It is no text' },
  'not-base64url': { zh: '编码有误（应为 base64url）', en: 'It is not encoded in base64url' },
  'not-hex': { zh: '编码有误（应为十六进制）', en: 'It is not hexadecimal' },
  'not-json': { zh: '不是完整的 JSON', en: 'It is no complete JSON' },
  'not-canonical-json': {
    zh: '文字与原件不同（可能经其他软件重新保存）',
    en: 'It is not the original text (it may have been saved anew by other software)',
  },
  'repeated-member': { zh: '有重复的内容', en: 'It has two members of one name' },
  'too-deep': { zh: '层次过多', en: 'It is nested too deeply' },
  'forbidden-name': { zh: '含有不允许的名称', en: 'It has a name that is not allowed' },
  'forbidden-character': { zh: '含有不可见或不允许的字符', en: 'It has characters that are not allowed' },
  'wrong-type': { zh: '类型不符', en: 'It is of another kind' },
  'wrong-value': { zh: '内容不符合规定', en: 'It is not what it has to be' },
  missing: { zh: '缺少内容', en: 'It is missing' },
  'unknown-member': { zh: '含有规定以外的内容', en: 'It has what does not belong there' },
  'wrong-shape': { zh: '结构不完整', en: 'It is not complete' },
}

const OTHER: Bilingual = { zh: '不符合规定', en: 'It is not as it has to be' }

/**
 * The sentence of a defect's code; a report may be anybody's, and its codes with it.
 *
 * @example
 * ```ts
 * defectSentenceOf('missing').zh // '缺少内容'
 * ```
 */
export function defectSentenceOf(code: string): Bilingual {
  return Object.hasOwn(SENTENCES, code) ? SENTENCES[code as DefectCode] : OTHER
}

/**
 * Why an input could not be read: in Chinese each defect by its place and kind, in English in the error's own words.
 *
 * @example
 * ```ts
 * explainDefects(malformed('missing', 'bundle.receipt', 'an object', 'nothing')).zh // 'bundle.receipt 缺少内容'
 * ```
 */
export function explainDefects({ defects, message }: MalformedError): Bilingual {
  const kinds = defects.map(({ where, code }) => inBoth(`${where} ${defectSentenceOf(code).zh}`))
  return { zh: joinTexts(kinds, 'remark').zh, en: message }
}
