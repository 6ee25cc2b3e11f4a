/** The sentences for defects of face data: what was expected and what to do, never what stood there. */
import type { Bilingual } from '../language/bilingual.ts'
import type { FormatDefectCode } from './field-format.ts'
import { type LicenceField, LONG_TERM } from './licence-type.ts'

/** What can be wrong with a field of the face. */
export type FieldDefectCode =
  | FormatDefectCode
  | 'unknown-field'
  | 'missing'
  | 'not-text'
  | 'empty'
  | 'too-long'
  | 'forbidden-character'
  | 'surrounding-space'
  | 'long-term-not-allowed'
  | 'long-term-required'
  | 'ends-before-start'
  | 'valid-too-long'
  | 'lost-character'
  | 'dated-ahead'
  | 'issued-after-end'
  | 'holder-count'
  | 'one-of-missing'

/** `oneOf`: labels of the fields of which one is enough. */
type Sentence = (
  field: Pick<LicenceField, 'choices' | 'maxLength'> & { readonly oneOf?: readonly Bilingual[] },
) => Bilingual

const says =
  (zh: string, en: string): Sentence =>
  () => ({ zh, en })

/** Codes that a person should look into, but that real and lawful holders have. */
export const WARNINGS: ReadonlySet<FieldDefectCode> = new Set(['uscc-check', 'old-resident-id'])

export const DEFECT_SENTENCES: Readonly<Record<FieldDefectCode, Sentence>> = {
  'unknown-field': says(
    '该证照类型没有此字段，请删除或更正字段名',
    'This licence type has no such field: remove it or correct its name',
  ),
  missing: says('必填项未填写', 'A required field is missing: add it'),
  'not-text': says('字段值应为文本（加引号）', 'The value must be a text (in quotation marks)'),
  empty: says('字段值为空，请填写或去掉该字段', 'The value is empty: fill it in or leave the field out'),
  'too-long': ({ maxLength }) => ({
    zh: `字段值过长，最多 ${maxLength} 个字符`,
    en: `The value is too long: at most ${maxLength} characters`,
  }),
  'forbidden-character': says(
    '含有不可见字符（如制表符）或不规范的字符，请删除后重新录入',
    'Contains control or invisible characters, or text that is not in Unicode NFC: type it anew',
  ),
  'surrounding-space': says('前后有空格，请删除', 'Begins or ends with white space: remove it'),
  'long-term-not-allowed': says(
    `该证照类型不能为“${LONG_TERM}”，请填写截止日期`,
    `This licence type cannot be without an end (${LONG_TERM}): give the last day`,
  ),
  'long-term-required': says(
    `该证照类型长期有效，请填写“${LONG_TERM}”`,
    `This licence type has no end: write ${LONG_TERM}`,
  ),
  'ends-before-start': says('有效期截止日期早于起始日期', 'The last day is before the first'),
  'valid-too-long': says(
    '有效期超过该证照类型的最长年限',
    'The period is longer than this licence type allows',
  ),
  'lost-character': says(
    '含有表示缺字的符号（□、■、? 等）或私用区文字，请按身份证件重新录入该字',
    'Contains a sign for a character that was lost (□, ■, ?) or a private one: type the character as on the identity document',
  ),
  'dated-ahead': says('日期晚于今天，请核对', 'The day is after today: please compare'),
  'issued-after-end': says(
    '颁发日期晚于有效期截止日期，请核对',
    'Issued after the last day of validity: please compare',
  ),
  'holder-count': says(
    '持证人有多个时，姓名、证件类型、证件号码应以“、”分隔且个数一致',
    'Of several holders, names, kinds of document and numbers must be as many, with 、 between them',
  ),
  'one-of-missing': ({ oneOf = [] }) => ({
    zh: `下列字段至少填写一项：${oneOf.map(({ zh }) => zh).join('、')}`,
    en: `At least one of these is needed: ${oneOf.map(({ en }) => en).join(', ')}`,
  }),
  'not-a-date': says('日期无效，请按 2026-01-05 的格式填写', 'Must be a day that exists, written YYYY-MM-DD'),
  'not-a-uscc': says(
    '应为 18 位统一社会信用代码（大写，不含 I、O、S、V、Z）',
    'Must be a unified social credit code of 18 characters (upper case, no I, O, S, V, Z)',
  ),
  'uscc-check': says(
    '统一社会信用代码校验位不符，请核对（仍予签发）',
    'The check character of the unified social credit code is wrong: please compare (issued all the same)',
  ),
  'issuer-uscc-check': says(
    '颁发机构的统一社会信用代码校验位不符',
    'The check character of the issuing authority’s code is wrong',
  ),
  'not-a-holder-id': says(
    '号码与所填证件类型的规则不符（长度、日期或校验位）',
    'The number does not follow the rules of its kind of document (length, date or check character)',
  ),
  'old-resident-id': says(
    '15 位旧身份证号码，请确认与原证照一致（仍予签发）',
    'An old resident number of 15 digits: please compare with the original licence (issued all the same)',
  ),
  'not-a-choice': ({ choices = [] }) => ({
    zh: `应为下列之一：${choices.join('、')}`,
    en: `Must be one of: ${choices.join(', ')}`,
  }),
  'not-a-food-licence-number': says(
    '应为 JY 加 14 位数字，且校验位正确',
    'Must be JY and 14 digits with the right check digit',
  ),
  'not-a-teacher-number': says(
    '应为 17 位数字（前四位为年份），或 15 位旧号码（前两位为年份）',
    'Must be 17 digits, the first four a year, or an old number of 15 digits, the first two a year',
  ),
  'not-a-unit-number': says(
    '应为 28 位不动产单元号（GB/T 37346）',
    'Must be a real-estate unit number of 28 characters (GB/T 37346)',
  ),
}
