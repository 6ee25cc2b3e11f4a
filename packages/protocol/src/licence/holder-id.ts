/** Kinds of a holder's identity document (GB/T 36903, 持证主体代码类型) and what their numbers look like. */
import { isOldResidentId, isResidentId } from '../identifiers/resident-id.ts'
import { USCC_SHAPE } from '../identifiers/uscc.ts'
import type { Bilingual } from '../language/bilingual.ts'

/** One kind of identity document. */
export interface HolderIdType {
  /** Code of GB/T 36903, three digits. */
  readonly code: string
  readonly label: Bilingual
  /** The form of its numbers. */
  readonly pattern: RegExp
  readonly matches: (text: string) => boolean
}

const PASSPORT = /^[0-9A-Z]{5,17}$/
// Permits of residence, officers' cards (军字第1234567号), numbers of registers of other countries and of old ones here.
const OTHER = /^[0-9A-Z\p{Script=Han}()〔〕/.-]{1,40}$/u

function isAnyResidentId(text: string): boolean {
  return isResidentId(text) || isOldResidentId(text)
}

const type = (
  code: string,
  zh: string,
  en: string,
  pattern: RegExp,
  matches: (text: string) => boolean = (text) => pattern.test(text),
): HolderIdType => ({ code, label: { zh, en }, pattern, matches })
const passport = (code: string, zh: string, en: string): HolderIdType => type(code, zh, en, PASSPORT)

/** The check character of a USCC is judged apart, since some real companies' codes fail it. */
export const HOLDER_ID_TYPES: readonly HolderIdType[] = [
  type('001', '统一社会信用代码', 'Unified social credit code', USCC_SHAPE),
  type('099', '其他法人或其他组织证件', 'Other organisation’s document', OTHER),
  type('111', '居民身份证', 'Resident identity card', /^[1-9][0-9]{14}(?:[0-9]{2}[0-9X])?$/, isAnyResidentId),
  passport('411', '外交护照', 'Diplomatic passport'),
  passport('412', '公务护照', 'Service passport'),
  passport('413', '公务普通护照', 'Public affairs passport'),
  passport('414', '普通护照', 'Ordinary passport'),
  type(
    '511',
    '台湾居民来往大陆通行证',
    'Mainland travel permit for Taiwan residents',
    /^(?:[0-9]{8}|[0-9]{10}[0-9A-Z]?)$/,
  ),
  type(
    '516',
    '港澳居民来往内地通行证',
    'Mainland travel permit for Hong Kong and Macao residents',
    /^[HM][0-9]{8}(?:[0-9]{2})?$/,
  ),
  type('999', '其他自然人证件', 'Other personal document', OTHER),
]
