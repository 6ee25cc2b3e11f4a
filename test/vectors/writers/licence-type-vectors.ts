/** Vectors of spec/licence-types.md: the types as data, normal forms, comparison, judgement of a face, masks. */
import {
  encodeLicenceType,
  type FieldDefectCode,
  type FieldFormat,
  findLicenceType,
  LICENCE_TYPES,
  type LicenceType,
  licenceDisplay,
  licenceSchema,
  type MaskRule,
  residentIdCheckCharacter,
  schemaDigest,
  suite,
} from '@hefu/protocol'
import { generateLicences } from '../../../scripts/sample/licence-rows.ts'
import type { VectorFile } from './vector-file.ts'

const ISSUER = '11430000006122244L'

function describedType(type: LicenceType): object {
  return {
    is: type.name.en,
    type,
    display: licenceDisplay(type),
    schema: licenceSchema(type),
    canonical: encodeLicenceType(type),
    digest: schemaDigest(type, suite),
  }
}

/** Written by hand, not by the code that they test. */
type Normal = readonly [is: string, format: FieldFormat, text: string, normal: string]

/** One vector a character: it becomes `normal`, or stays what it is. */
function each(is: string, characters: string, around: readonly [string, string], normal?: string): Normal[] {
  const [before, after] = around
  return [...characters].map((character) => [
    `${is}, U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
    'text',
    before + character + after,
    before + (normal ?? character) + after,
  ])
}

const IN_HAN = ['甲', '乙'] as const
const WHITE_SPACE =
  '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff'

/** Every member of every class, some that NFKC makes members, and neighbours that are none. */
const CLASSES: readonly Normal[] = [
  ...each('white space between words in Latin letters', WHITE_SPACE, ['a', 'b'], ' '),
  ...each('white space between ideographs', ' \t\n\u3000\ufeff', IN_HAN, ''),
  ...each('no white space', '\u001c\u0085\u180e\u200b\u2060', ['a', 'b']),
  ...each('a dot', '\u00b7\u2022\u2027\u2219\u22c5\u30fb.', IN_HAN, '·'),
  ...each('a dot of other fonts', '\u2e31\ua78f', IN_HAN, '·'),
  ...each('a dot by NFKC', '\u0387\u2024\u318d\uff0e\uff65', IN_HAN, '·'),
  ...each('no dot', '\u3002\u2218\u25cf\u25e6\u16eb\u2e33', IN_HAN),
  ...each('an opening bracket', '([{\u3014\u3010\u3016\u3018\u300c\u300e\u300a\u3008', IN_HAN, '('),
  ...each('an opening bracket by NFKC', '\u207d\u2329\ufe35\ufe5d\uff08\uff3b\uff5b\uff62', IN_HAN, '('),
  ...each('a closing bracket', ')]}\u3015\u3011\u3017\u3019\u300d\u300f\u300b\u3009', IN_HAN, ')'),
  ...each('a closing bracket by NFKC', '\u207e\u232a\ufe36\ufe5e\uff09\uff3d\uff5d\uff63', IN_HAN, ')'),
  ...each(
    'no bracket of the classes',
    '<>\u00ab\u00bb\u2039\u203a\u27e8\u27e9\u2985\u2986\u301a\u301b\u301d\u301f',
    IN_HAN,
  ),
  ...each('a dash', '-\u2010\u2011\u2012\u2013\u2014\u2015\u2212', IN_HAN, '-'),
  ...each('a dash by NFKC', '\u207b\u208b\ufe31\ufe58\ufe63\uff0d', IN_HAN, '-'),
  ...each('no dash', '~_\u00ad\u2043\u2500\u2e3a\u301c\u30fc', IN_HAN),
  ...each('a comma', ',\u3001\ufe50\uff0c\uff64', IN_HAN, ','),
  ...each('no comma', ';\u060c\u3003', IN_HAN),
  ...each('a quotation mark', '"\'\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\uff02\uff07', IN_HAN, '"'),
  ...each('no quotation mark of the class', '`\u2032\u301e', IN_HAN),
  ...each('a zero after a numeral', '〇零○', ['一', '年'], '〇'),
  ...each('a zero before a numeral', '〇零○', ['年', '一'], '〇'),
  ...each('a zero beside none', '〇零○', ['年', '年']),
  ...each('no zero, beside a numeral', '0Oo\u25ef\u3002\u039f', ['一', '年']),
  ...[...'0123456789一二三四五六七八九十百千万'].map(
    (numeral): Normal => ['零 before a numeral', 'text', `零${numeral}`, `〇${numeral}`],
  ),
  ...[...'亿两廿卅半壹貳萬兆元A'].map(
    (other): Normal => ['零 before what is no numeral', 'text', `零${other}`, `零${other}`],
  ),
]

const TEXTS: readonly Normal[] = [
  ...each('a form of a Mongolian letter', '\u180b\u180c\u180d\u180f', ['\u182a\u1820\u1832', '\u1824'], ''),
  ['a vowel that stands apart stays so', 'text', '\u1828\u180e\u1820', '\u1828\u180e\u1820'],
  ['letters that do not join are the same letters', 'text', '\u0645\u06d0\u200c\u06be', '\u0645\u06d0\u06be'],
  ['the last point of a Tibetan name', 'text', 'བཀྲ་ཤིས་', 'བཀྲ་ཤིས'],
  ['the last point, not to be broken', 'text', 'བཀྲ་ཤིས\u0f0c', 'བཀྲ་ཤིས'],
  ['nothing', 'text', '', ''],
  ['white space alone', 'text', ' \u3000\t', ''],
  ['white space around', 'text', '\u3000张样例 ', '张样例'],
  ['a run of white space between words is one space', 'text', 'John \t\u3000 Smith', 'John Smith'],
  ['words in full width', 'text', 'Ｊｏｈｎ　Ｓｍｉｔｈ', 'John Smith'],
  ['words of letters with marks', 'text', 'José Ñandú', 'José Ñandú'],
  ['capitals stay capitals', 'text', 'JOHN smith', 'JOHN smith'],
  ['a digit is no Latin letter', 'text', 'Room 5', 'Room5'],
  ['nor is it before a word', 'text', '5 Rooms', '5Rooms'],
  ['digits', 'text', '1 000 000', '1000000'],
  ['words with a digit between', 'text', 'a 1 b', 'a1b'],
  ['a letter beside an ideograph', 'text', 'A 座', 'A座'],
  ['words beside a Chinese name', 'text', 'John Smith 张 样例', 'John Smith张样例'],
  ['Cyrillic is not Latin', 'text', 'Иван Петров', 'ИванПетров'],
  ['Greek is not Latin', 'text', 'α β', 'αβ'],
  ['Hangul is not Latin', 'text', '김 철수', '김철수'],
  ['a combining mark is not Latin', 'text', 'x\u0302 y', 'x\u0302y'],
  ['a letter that NFKC composes is', 'text', 'e\u0301 e', 'é e'],
  ['an ordinal indicator is by NFKC', 'text', 'ª b', 'a b'],
  ['a Roman numeral is by NFKC', 'text', 'Ⅳ a', 'IV a'],
  ['a comma between words', 'text', 'Smith , John', 'Smith,John'],
  ['a full stop after an initial', 'text', 'J. Smith', 'J·Smith'],
  ['an apostrophe before a space', 'text', "D' Arc", 'D"Arc'],
  ['NFKC: a circled digit', 'text', '①号', '1号'],
  ['NFKC: a square unit', 'text', '12㎡', '12m2'],
  ['NFKC: a fraction has U+2044', 'text', '½', '1\u20442'],
  ['NFKC: a ligature', 'text', 'ﬁ', 'fi'],
  ['NFKC: what was not in NFC', 'text', 'e\u0301', 'é'],
  ['NFKC: conjoining jamo', 'text', '\u1100\u1161', '가'],
  ['NFKC: a compatibility ideograph', 'text', '\uf900', '\u8c48'],
  ['NFKC: half-width kana', 'text', 'ｶﾞ', 'ガ'],
  ['NFKC: a radical', 'text', '\u2f47', '日'],
  ['NFKC: a unit with a degree sign', 'text', '20℃', '20°C'],
  ['NFKC: a variant that is no compatibility form', 'text', '髙島', '髙島'],
  ['no folding of traditional characters', 'text', '張樣例', '張樣例'],
  ['brackets of a document number', 'text', '湘建罚〔２０２６〕１号', '湘建罚(2026)1号'],
  ['brackets are no run', 'text', '【（甲）】', '((甲))'],
  ['opening is not closing', 'text', '）甲（', ')甲('],
  ['a parenthesised digit by NFKC', 'text', '⑴', '(1)'],
  ['a parenthesised ideograph by NFKC', 'text', '㈠', '(一)'],
  ['quotation marks are no run', 'text', '“‘甲’”', '""甲""'],
  ['commas are no run', 'text', '甲、，乙', '甲,,乙'],
  ['a run of dots', 'text', '甲·.・•乙', '甲·乙'],
  ['a run of dots with a space in it', 'text', '甲· ·乙', '甲·乙'],
  ['an ellipsis is a run of dots by NFKC', 'text', '3…5', '3·5'],
  ['a decimal point is a dot', 'text', '3.5平方米', '3·5平方米'],
  ['a digit with a full stop by NFKC', 'text', '⒈甲', '1·甲'],
  ['a run of dashes', 'text', '1-—–−2', '1-2'],
  ['a Chinese dash', 'text', '甲——乙', '甲-乙'],
  ['dashes with spaces', 'text', '1 - - 2', '1-2'],
  ['dots and dashes are two runs', 'text', '甲.-.乙', '甲·-·乙'],
  ['a slash stays', 'text', '国有／房屋', '国有/房屋'],
  ['a year', 'text', '二零二五', '二〇二五'],
  ['a year with circles', 'text', '二○二五', '二〇二五'],
  ['a year with spaces: they go first', 'text', '二 ○ 二 五', '二〇二五'],
  ['a zero alone', 'text', '零', '零'],
  ['a circle alone', 'text', '○', '○'],
  ['two zeros, each beside the other', 'text', '零零', '〇〇'],
  ['two circles', 'text', '○○公司', '〇〇公司'],
  ['three different zeros', 'text', '〇零○', '〇〇〇'],
  ['a chain that ends before a word', 'text', '零零售', '〇〇售'],
  ['a chain from a numeral', 'text', '一零○零年', '一〇〇〇年'],
  ['retail', 'text', '零售', '零售'],
  ['retail after a year', 'text', '二零二五年零售', '二〇二五年零售'],
  ['retail after a numeral', 'text', '十零售', '十〇售'],
  ['an ordinal', 'text', '第零号', '第零号'],
  ['a dot between zero and numeral', 'text', '零.五', '零·五'],
  ['a dash between zero and numeral', 'text', '零—五', '零-五'],
  ['a bracket between zero and numeral, by NFKC', 'text', '零㈠', '零(一)'],
  ['a space between zero and numeral', 'text', '零 五', '〇五'],
  ['a full-width digit beside', 'text', '零５', '〇5'],
  ['a circled digit beside', 'text', '零①', '〇1'],
  ['a circled zero is a digit', 'text', '⓪零', '0〇'],
  ['the digit 0 stays beside numerals', 'text', '二0二五', '二0二五'],
  ['no form of a day in a text', 'text', '2025年1月2日', '2025年1月2日'],
  ['no form of 长期 in a text', 'text', '长期有效', '长期有效'],
  ['a choice is a text', 'choice', '单独　所有', '单独所有'],
  ['a choice in full width', 'choice', 'Ｃ１', 'C1'],
  ['a choice keeps its case', 'choice', 'c1', 'c1'],
]

const LONG_TERM_TEXTS = [
  '长期',
  '长期有效',
  '长久',
  '长久有效',
  '永久',
  '永久有效',
  '永久性',
  '终身',
  '终身有效',
  '终生',
  '终生有效',
  '无期限',
  '无限期',
  '不限期',
  '无固定期限',
  '无固定期',
  '不约定期限',
  ' 长 期 ',
  '长期\u3000有效',
]

const DATES: readonly Normal[] = [
  ...[
    '2025-01-02',
    '2025-1-2',
    '2025-01-2',
    '2025年1月2日',
    '2025年01月02日',
    '2025年1月2',
    '20250102',
    '2025.1.2',
    '2025.01.02',
    '2025/1/2',
    '2025/01-02',
    '2025—1—2',
    '2025－1－2',
    '2025--1--2',
    '2025-/1./2',
    '2025…1…2',
    '２０２５．１．２',
    '２０２５年１月２日',
    ' 2025 年 1 月 2 日 ',
    '2025 01 02',
    '2025年㋀㏡',
    '2025\u20101\u22122',
    '2025年1月2号',
    '2025-01-02 00:00:00',
    '2025-01-02T00:00',
    '2025-01-02T23:59:59.999',
    '2025/1/2 9:05',
    '2025年1月2日 10时30分',
    '2025年1月2日　10时30分05秒',
    '20250102235959',
    '2025-01-02T00:00:00+08:00',
    '2025-01-01T16:00:00Z',
    '2025-01-01T16:00:00.000Z',
    '2025-01-02T15:59:59Z',
    '2025-01-01 11:00 -0500',
    '二〇二五年一月二日',
    '二○二五年一月二日',
    '二零二五年一月二日',
    '二◯二五年〇一月〇二日',
    '二O二五年一月二日',
    '二Ｏ二五年 一月 二号',
    '贰零贰伍年零壹月零贰日',
  ].map((text): Normal => ['a day', 'date', text, '2025-01-02']),
  ['29 February of a leap year', 'date', '2024年2月29日', '2024-02-29'],
  ['a day as an end', 'end-date', '2025/1/2', '2025-01-02'],
  ...LONG_TERM_TEXTS.map((text): Normal => ['no end', 'end-date', text, '长期']),
  ['no end, of a date', 'date', '永久', '长期'],
  ['traditional characters are another text', 'end-date', '無固定期限', '無固定期限'],
  ['no end, as systems write it', 'end-date', '9999-12-31', '长期'],
  ['until a day', 'end-date', '至2029年3月7日止', '2029-03-07'],
  ['with a full stop', 'end-date', '永久。', '永久。'],
  ['no such day', 'date', '2025-02-30', '2025-02-30'],
  ['no such day, dots as of a text', 'date', '2025.02.30', '2025·02·30'],
  ['no such day, slashes as of a text', 'date', '2025/2/30', '2025/2/30'],
  ['no such day in ideographs', 'date', '2025年2月30日', '2025年2月30日'],
  ['no such day in eight digits', 'date', '20250230', '20250230'],
  ['29 February of 1900', 'date', '1900-2-29', '1900-2-29'],
  ['month 0', 'date', '2025-00-10', '2025-00-10'],
  ['another dot than the full stop', 'date', '2025·1·2', '2025·1·2'],
  ['enumeration commas', 'date', '2025、1、2', '2025,1,2'],
  ['no day', 'date', '2025年1月', '2025年1月'],
  ['年 and a dash', 'date', '2025年1-2', '2025年1-2'],
  ['six digits', 'date', '2025 1 2', '202512'],
  ['a year of two digits', 'date', '25-1-2', '25-1-2'],
  ['a month of three digits', 'date', '2025-001-02', '2025-001-02'],
  ['a dash too many', 'date', '2025-1-2-', '2025-1-2-'],
  ['a time that is none', 'date', '2025-01-02T24:00', '2025-01-02T24:00'],
  ['a time of no day', 'date', '2025-02-30T00:00', '2025-02-30T00:00'],
  ['the last moment before a day in China', 'date', '2025-01-01T15:59:59Z', '2025-01-01'],
  ['tens', 'date', '二〇二五年十月二十日', '2025-10-20'],
  ['tens and units', 'date', '二〇二五年十二月三十一日', '2025-12-31'],
  ['one ten', 'date', '二〇二五年一十二月一十一日', '2025-12-11'],
  ['short tens', 'date', '二〇二五年三月廿三日', '2025-03-23'],
  ['a short thirty', 'date', '二〇二五年三月卅日', '2025-03-30'],
  ['formal capitals', 'date', '贰零贰伍年壹拾贰月叁拾壹日', '2025-12-31'],
  ['no such day in numerals', 'date', '二〇二五年二月三十日', '二〇二五年二月三十日'],
  ['no such month in numerals', 'date', '二〇二五年十十月二日', '二〇二五年十十月二日'],
  ['three numerals of a year', 'date', '二〇二年一月二日', '二〇二年一月二日'],
]

const IDENTIFIERS: readonly Normal[] = [
  ['a lower-case x', 'holder-id', '11010519491231002x', '11010519491231002X'],
  ['spaces and a full-width X', 'holder-id', '110105 19491231 002Ｘ', '11010519491231002X'],
  ['a full-width passport number', 'holder-id', 'ｅ１２３４５６７８', 'E12345678'],
  ['a dash', 'holder-id', 'E—1234567', 'E-1234567'],
  ['a run of dashes', 'holder-id', 'E－ -1234567', 'E-1234567'],
  ['no space remains between words', 'holder-id', 'John Smith', 'JOHNSMITH'],
  ['dots stay apart', 'holder-id', 'a•b.c', 'A•B.C'],
  ['brackets of a serial are left out', 'holder-id', 'H12345678（01）', 'H1234567801'],
  ['other brackets stay', 'holder-id', '〔1〕【2】', '〔1〕【2】'],
  ['brackets stay in other numbers', 'uscc', '（1）', '(1)'],
  ['an old number is the new one', 'holder-id', '110105491231002', '11010519491231002X'],
  ['15 digits that are no old number', 'holder-id', '110105491331002', '110105491331002'],
  ['an old number stays in other numbers', 'teacher-number', '110105491231002', '110105491231002'],
  ['quotation marks and commas stay apart', 'holder-id', '“1”、2', '“1”、2'],
  ['zeros stay apart', 'holder-id', '零1○', '零1○'],
  ['a day stays apart', 'holder-id', '2025年1月2日', '2025年1月2日'],
  ['a capital of two letters', 'holder-id', 'ß1', 'SS1'],
  ['Cyrillic capitals', 'holder-id', 'а1', 'А1'],
  ['width and case', 'uscc', '９１１１００００８０２１００４３３b', '91110000802100433B'],
  ['groups of four', 'uscc', '9111 0000 8021 0043 3B', '91110000802100433B'],
  ['width and case', 'issuer-uscc', '１１４３００００００６１２２２４４l', '11430000006122244L'],
  ['case', 'food-licence-number', 'jy 2310 1140041987', 'JY23101140041987'],
  ['spaces', 'teacher-number', '2023 4301 0420 0012 3', '20234301042000123'],
  [
    'case and spaces',
    'real-estate-unit-number',
    '430102 001001 gb00001 f00010001',
    '430102001001GB00001F00010001',
  ],
  ['dashes stay', 'real-estate-unit-number', '430102—GB00001', '430102-GB00001'],
]

function codeOf(slug: string): string {
  return typeOf(slug).code
}

function typeOf(slug: string): LicenceType {
  const type = findLicenceType(slug)
  if (type === undefined) throw new Error(`find the licence type ${slug}`)
  return type
}

/** `masked`: what is submitted and what is shown as they may be seen; none: they are the same. */
type Compared = readonly [
  is: string,
  slug: string | null,
  field: string,
  shown: string,
  submitted: string,
  masked?: readonly [submitted: string, shown: string],
]

const HIDDEN = '********'

const COMPARED: readonly Compared[] = [
  ['a name with a space', 'safety-manager', 'holderName', '张样例', '张　样例'],
  ['a day and a time', 'safety-manager', 'issuedOn', '2026-01-01', '2026-01-01 00:00:00'],
  ['a day in numerals', 'safety-manager', 'issuedOn', '2026-03-01', '二○二六年三月一日'],
  ['no end in another word', 'teacher', 'validUntil', '长期', '长久'],
  ['an old number and the new', 'teacher', 'holderId', '110105491231002', '11010519491231002X'],
  ['owners in another order', 'real-estate-title', 'holderName', '样例甲、样例乙', '样例乙，样例甲'],
  [
    'a comma in an owner’s name',
    'real-estate-title',
    'holderName',
    'SMITH, JOHN、样例甲',
    '样例甲；SMITH,JOHN',
  ],
  [
    'one of the owners',
    'real-estate-title',
    'holderName',
    '样例甲、样例乙',
    '样例甲',
    ['样**', '样**、样**'],
  ],
  [
    'the owners’ numbers',
    'real-estate-title',
    'holderId',
    '11010519491231002X、E12345678',
    '11010519491231002X',
    ['1101**********002X', '1101**********002X、E1*****78'],
  ],
  [
    'a number that holds a person’s',
    'special-operation',
    'licenceNumber',
    'T11010519491231002X',
    'T12345',
    ['T****5', 'T110***********002X'],
  ],
  ['a name with another dot', 'teacher', 'holderName', '阿依·古丽', '阿依．古丽'],
  ['a day in ideographs', 'safety-manager', 'issuedOn', '2026-01-01', '2026年1月1日'],
  ['no end', 'business-licence', 'validUntil', '长期', '永久有效'],
  ['a number in lower case', 'safety-manager', 'holderId', '11010519491231002X', '11010519491231002x'],
  ['a choice in full width', 'safety-manager', 'category', 'C1', 'Ｃ１'],
  ['other brackets', 'safety-manager', 'licenceNumber', '湘建安B(2025)1', '湘建安B〔2025〕1'],
  ['a food licence number', 'food-operation', 'licenceNumber', 'JY23101140041987', 'jy23101140041987'],
  [
    'a unit number in groups',
    'real-estate-title',
    'unitNumber',
    '430102001001GB00001F00010001',
    '430102 001001 GB00001 F00010001',
  ],
  ['text of an unknown type', null, 'holderName', '张样例', '张 样例'],
  ['another name', 'safety-manager', 'holderName', '张样例', '李冒名', ['李**', '张**']],
  ['a name of one character', 'safety-manager', 'holderName', '张样例', '李', ['*', '张**']],
  ['a name with a rare character', 'safety-manager', 'holderName', '𠮷样例', '吉样例', ['吉**', '𠮷**']],
  ['no name', 'safety-manager', 'holderName', '张样例', '', ['', '张**']],
  [
    'an enterprise’s name is open',
    'business-licence',
    'holderName',
    '样例甲公司',
    '样例乙公司',
    ['样例乙公司', '样例甲公司'],
  ],
  [
    'another number',
    'safety-manager',
    'holderId',
    '11010519491231002X',
    '11010519491231001X',
    ['1101**********001X', '1101**********002X'],
  ],
  [
    'a short number',
    'safety-manager',
    'holderId',
    '11010519491231002X',
    'E12',
    ['***', '1101**********002X'],
  ],
  [
    'a number without its dash',
    'real-estate-title',
    'holderId',
    'E-1234567',
    'E1234567',
    ['E1****67', 'E-*****67'],
  ],
  [
    'another unit',
    'real-estate-title',
    'unitNumber',
    '430102001001GB00001F00010001',
    '430102001001GB00001F00010002',
    ['************************0002', '************************0001'],
  ],
  [
    'another place',
    'real-estate-title',
    'location',
    '长沙市样例路1号2栋',
    '长沙市样例路1号',
    ['长沙市样****', '长沙市样例*****'],
  ],
  ['another day', 'safety-manager', 'issuedOn', '2026-01-02', '2026年2月1日', ['2026年2月1日', '2026-01-02']],
  ['no such day', 'safety-manager', 'issuedOn', '2026-03-02', '2026-02-30', ['2026-02-30', '2026-03-02']],
  ['an end, and none', 'business-licence', 'validUntil', '长期', '2045-07-23', ['2045-07-23', '长期']],
  ['another case of a text', 'safety-manager', 'post', 'CEO', 'ceo', ['ceo', 'CEO']],
  ['another case of a choice', 'safety-manager', 'category', 'C1', 'c1', ['c1', 'C1']],
  ['words run together', 'teacher', 'holderName', 'John Smith', 'JohnSmith', ['J********', 'J*********']],
  [
    'a house number without its dash',
    'business-licence',
    'address',
    '样例路1-2号',
    '样例路12号',
    ['样例路12号', '样例路1-2号'],
  ],
  ['零 in a word', 'business-licence', 'businessScope', '零售', '〇售', ['〇售', '零售']],
  [
    'another check character',
    'safety-manager',
    'employerId',
    '91110000802100433B',
    '91110000802100433D',
    ['91110000802100433D', '91110000802100433B'],
  ],
  [
    'a field that its type does not know is hidden',
    'safety-manager',
    'notOfTheType',
    '内部备注',
    '别的',
    [HIDDEN, HIDDEN],
  ],
  [
    'a day is a text where the type does not know the field',
    'safety-manager',
    'issueDate',
    '2026-01-01',
    '2026年1月1日',
    [HIDDEN, HIDDEN],
  ],
  ['a type that nobody knows', null, 'post', '项目负责人', '法定代表人', [HIDDEN, HIDDEN]],
  ['a day of a type that nobody knows', null, 'issuedOn', '2026-01-01', '2026年1月1日', [HIDDEN, HIDDEN]],
  [
    'a bidirectional control',
    'safety-manager',
    'post',
    '项目负责人',
    '项目\u202e负责人',
    [HIDDEN, '项目负责人'],
  ],
  ['a zero-width space', 'safety-manager', 'holderName', '张样例', '张\u200b样例', [HIDDEN, '张**']],
  [
    'a line feed, not to be seen',
    'safety-manager',
    'post',
    '项目负责人',
    '项目\n经理',
    [HIDDEN, '项目负责人'],
  ],
  ['not in NFC', 'teacher', 'holderName', 'José', 'Jose\u0301 A', [HIDDEN, 'J***']],
]

function compared([is, slug, field, shown, submitted, masked]: Compared): object {
  return {
    is,
    type: slug && codeOf(slug),
    disclosed: { [field]: shown },
    submitted: { [field]: submitted },
    same: masked === undefined ? [field] : [],
    different: masked === undefined ? [] : [{ field, submitted: masked[0], shown: masked[1] }],
    missing: [],
  }
}

const SHOWN = {
  holderName: '张样例',
  holderId: '11010519491231002X',
  issuedOn: '2026-01-01',
  post: '项目负责人',
}

/** Several fields at once: each list in the order of what was submitted. */
const COMPARED_TOGETHER: readonly object[] = [
  {
    is: 'all of it the same, in another order',
    submitted: { issuedOn: '20260101', holderId: '11010519491231002x', holderName: ' 张样例' },
    same: ['issuedOn', 'holderId', 'holderName'],
    different: [],
    missing: [],
  },
  {
    is: 'the same, different and missing',
    submitted: {
      post: '法定代表人',
      category: 'B',
      issuedOn: '2026.1.1',
      holderName: '李冒名',
      validUntil: '长期',
    },
    same: ['issuedOn'],
    different: [
      { field: 'post', submitted: '法定代表人', shown: '项目负责人' },
      { field: 'holderName', submitted: '李**', shown: '张**' },
    ],
    missing: ['category', 'validUntil'],
  },
  {
    is: 'a field that is not shown',
    submitted: { category: 'B' },
    same: [],
    different: [],
    missing: ['category'],
  },
  {
    is: 'names of members of every object',
    submitted: { constructor: 'x', toString: 'y' },
    same: [],
    different: [],
    missing: ['constructor', 'toString'],
  },
  {
    is: 'a name in another case is another field',
    submitted: { holdername: '张样例' },
    same: [],
    different: [],
    missing: ['holdername'],
  },
  { is: 'nothing submitted', submitted: {}, same: [], different: [], missing: [] },
].map(({ is, ...rest }) => ({ is, type: codeOf('safety-manager'), disclosed: SHOWN, ...rest }))

type Face = Readonly<Record<string, unknown>>
type FoundDefect = readonly [field: string, code: FieldDefectCode]

/** The day that a face is judged on. */
const TODAY = '2026-03-01'

/** The first invented licence of a type. */
function faceOf(slug: string): Face {
  const [row] = generateLicences({ type: slug, issuer: ISSUER, count: 1, seed: 9, issuedIn: 2025 })
  const { licenceId: _, ...face } = row ?? {}
  return face
}

/** `changes` to an invented face; `undefined` takes a field away. No defects: it may be issued. */
function faceVector(is: string, slug: string, changes: Face, ...defects: readonly FoundDefect[]): object {
  return {
    is,
    type: codeOf(slug),
    face: { ...faceOf(slug), ...changes },
    today: TODAY,
    valid: defects.every(([, code]) => code === 'uscc-check' || code === 'old-resident-id'),
    defects: defects.map(([field, code]) => ({ field, code })),
  }
}

const PERIOD = { validFrom: '2024-02-29', issuedOn: '2024-02-29' }

const numberOf = (digits: string): string => digits + residentIdCheckCharacter(digits)
const BORN_TOMORROW = numberOf('11010520260302002')
const BORN_IN_1799 = numberOf('11010517991231002')

const OWNERS: Face = {
  holderName: '样例甲、SMITH, JOHN',
  holderIdType: '111、414',
  holderId: '11010519491231002X、E12345678',
  coOwnership: '共同共有',
}
const OWNERS_WITH_ONE_NUMBER: Face = { ...OWNERS, holderId: '11010519491231002X' }

/** 个体工商户, and others without a legal representative: who acts for them. */
const ACTORS: readonly (readonly [is: string, name: string])[] = [
  ['an individual business', 'operator'],
  ['a partnership', 'executivePartner'],
  ['a sole proprietorship', 'investor'],
  ['a branch', 'personInCharge'],
]

const NAMES: readonly (readonly [is: string, name: string])[] = [
  ['a middle dot', '阿依古丽·买买提'],
  ['a middle dot as typed', '阿依古丽•买买提'],
  ['a character of level 3 (通用规范汉字表)', '张㛃'],
  ['a character of level 3 of the supplementary planes', '王𬀩'],
  ['a rare character of extension B', '李𠳐'],
  ['Latin letters', 'María-José O’Neill Núñez'],
  ['a comma after the family name', 'SMITH, JOHN PAUL'],
  ['a long name', 'Rosalind Arusha Arkadina Altalune Florence '.repeat(4).trim()],
  ['Zhuang letters', 'Veiz Bausfungh'],
  ['Tibetan', 'བཀྲ་ཤིས་དོན་གྲུབ།'],
  ['Uyghur', 'ئايگۈل مەھمۇت'],
  ['Uyghur, letters that do not join', '\u0645\u06d0\u200c\u06be'],
  ['Kazakh', 'ايگۇل'],
  ['Mongolian with a variation selector', 'ᠪᠠᠲᠤ\u180b'],
  ['Mongolian with the fourth selector', 'ᠠᠷ\u180fᠠ'],
  ['Mongolian with a vowel that stands apart', 'ᠰᠠᠷᠠᠨ\u180eᠠ'],
  ['Mongolian with a selector before that vowel', 'ᠰᠠᠷᠠᠨ\u180b\u180eᠠ'],
  ['Mongolian with a narrow space', 'ᠪᠠᠲᠤ\u202fᠶᠢᠨ'],
  ['Yi', 'ꀉꄉ'],
  ['Korean', '김철수'],
  ['Dai', 'ᦀᦲᧉ'],
]

const ACCEPTED_FACES: readonly object[] = [
  ...NAMES.map(([is, holderName]) => faceVector(`a name: ${is}`, 'teacher', { holderName })),
  ...ACTORS.map(([is, name]) =>
    faceVector(is, 'business-licence', {
      legalRepresentative: undefined,
      registeredCapital: undefined,
      companyType: '样例类型',
      [name]: '样例甲',
    }),
  ),
  faceVector('an individual business in its form', 'business-licence', {
    legalRepresentative: undefined,
    registeredCapital: undefined,
    companyType: '个体工商户',
    operator: '样例甲',
    compositionForm: '家庭经营',
  }),
  faceVector('capital in another currency', 'business-licence', { registeredCapital: '1,500.5万美元' }),
  faceVector('an operator of food that is a person', 'food-operation', {
    holderName: '样例甲',
    holderIdType: '111',
    holderId: '11010519491231002X',
  }),
  faceVector('two owners', 'real-estate-title', OWNERS),
  faceVector('burdens', 'real-estate-title', { mortgaged: '是', seized: '否', remarks: '已设立抵押权' }),
  faceVector('an old number of a person: a warning', 'teacher', { holderId: '110105491231002' }, [
    'holderId',
    'old-resident-id',
  ]),
  faceVector('an old teacher’s number', 'teacher', { licenceNumber: '964301024112345' }),
  faceVector('a permit of residence of Hong Kong', 'teacher', {
    holderIdType: '999',
    holderId: numberOf('81000019491231002'),
  }),
  faceVector('a permanent resident’s card', 'teacher', {
    holderIdType: '999',
    holderId: numberOf('93284019491231002'),
  }),
  faceVector('an old permanent resident’s card', 'teacher', {
    holderIdType: '999',
    holderId: 'USA110074111201',
  }),
  faceVector('an officer’s card', 'teacher', { holderIdType: '999', holderId: '军字第1234567号' }),
  faceVector('an enterprise of another register', 'business-licence', {
    holderIdType: '099',
    holderId: 'HRB/12.345-6(1)',
  }),
  faceVector('issued today', 'teacher', { issuedOn: '2026-03-01' }),
  ...LICENCE_TYPES.map(({ slug }) => faceVector(`an invented ${slug}`, slug, {})),
  ...LICENCE_TYPES.map(({ slug, fields, oneOf = [] }) =>
    faceVector(
      'with required fields alone',
      slug,
      Object.fromEntries(
        fields
          .filter(({ name, required }) => !required && !oneOf.some(([first]) => first === name))
          .map(({ name }) => [name, undefined]),
      ),
    ),
  ),
  faceVector('without an end, where it may be', 'business-licence', { validUntil: '长期' }),
  faceVector('an end of any length, where it may be', 'business-licence', { validUntil: '9999-12-31' }),
  faceVector('of one day', 'food-operation', { validFrom: '2025-07-07', validUntil: '2025-07-07' }),
  faceVector('through the same day five years later', 'food-operation', { validUntil: '2030-07-07' }),
  faceVector('from 29 February to the end of another', 'food-operation', {
    ...PERIOD,
    validUntil: '2029-02-28',
  }),
  faceVector('from 29 February to 29 February', 'special-operation', {
    ...PERIOD,
    validFrom: '2022-02-28',
    validUntil: '2028-02-28',
  }),
  faceVector('a passport', 'teacher', { holderIdType: '414', holderId: 'E12345678' }),
  faceVector('a permit of Hong Kong and Macao', 'teacher', { holderIdType: '516', holderId: 'H12345678' }),
  faceVector('a permit of Taiwan', 'teacher', { holderIdType: '511', holderId: '12345678' }),
  faceVector('another document', 'teacher', { holderIdType: '999', holderId: 'A-1' }),
  faceVector('an owner that is an enterprise', 'real-estate-title', {
    holderIdType: '001',
    holderId: '91350100M000100Y43',
  }),
  faceVector('an issuer’s code', 'teacher', { issuerCode: ISSUER }),
  faceVector('200 characters of two UTF-16 units', 'teacher', { subject: '😀'.repeat(200) }),
  faceVector(
    'a holder’s USCC with a wrong check character: a warning',
    'food-operation',
    { holderId: '91350100M0001TGQXM' },
    ['holderId', 'uscc-check'],
  ),
  faceVector(
    'an employer’s USCC with a wrong check character: a warning',
    'safety-manager',
    { employerId: '91350100M0001TGQXM' },
    ['employerId', 'uscc-check'],
  ),
]

/** One change with one defect, in the field itself. */
const ONE_DEFECT: readonly (readonly [
  is: string,
  slug: string,
  field: string,
  value: unknown,
  code: FieldDefectCode,
])[] = [
  ['a required field left out', 'teacher', 'subject', undefined, 'missing'],
  ['a field that the type does not have', 'teacher', 'employerName', '样例', 'unknown-field'],
  ['a field named like a member of every object', 'teacher', 'constructor', '样例', 'unknown-field'],
  ['a number', 'teacher', 'holderName', 7, 'not-text'],
  ['null', 'teacher', 'certificateName', null, 'not-text'],
  ['true', 'teacher', 'subject', true, 'not-text'],
  ['a list', 'teacher', 'subject', ['数学'], 'not-text'],
  ['an object', 'teacher', 'subject', {}, 'not-text'],
  ['an empty text', 'teacher', 'subject', '', 'empty'],
  ['201 characters', 'teacher', 'subject', '数'.repeat(201), 'too-long'],
  ['201 characters of two UTF-16 units', 'teacher', 'subject', '😀'.repeat(201), 'too-long'],
  ['a date of 11 characters: its length first', 'teacher', 'issuedOn', '2025-09-05 ', 'too-long'],
  ['a number of 101 characters', 'safety-manager', 'licenceNumber', '1'.repeat(101), 'too-long'],
  ['a NUL', 'teacher', 'subject', '数\0学', 'forbidden-character'],
  ['a bidirectional control', 'teacher', 'holderName', '张\u202e样例', 'forbidden-character'],
  ['a zero-width space', 'teacher', 'holderName', '张\u200b样例', 'forbidden-character'],
  ['a line feed at an end is no white space', 'teacher', 'subject', '数学\n', 'forbidden-character'],
  ['not in NFC', 'teacher', 'holderName', 'e\u0301', 'forbidden-character'],
  ['a space at the end', 'teacher', 'holderName', '张样例 ', 'surrounding-space'],
  ['an ideographic space at the beginning', 'teacher', 'holderName', '\u3000张样例', 'surrounding-space'],
  ['a no-break space at the end', 'teacher', 'holderName', '张样例\u00a0', 'surrounding-space'],
  ['a character that was lost', 'teacher', 'holderName', '张\ufffd', 'forbidden-character'],
  ['a box for a character', 'teacher', 'holderName', '张□', 'lost-character'],
  ['a question mark for a character', 'teacher', 'holderName', '张?', 'lost-character'],
  ['a question mark of full width', 'business-licence', 'legalRepresentative', '张？', 'lost-character'],
  ['a character of one system’s own', 'teacher', 'subject', '数\ue000', 'lost-character'],
  ['a selector after an ideograph', 'teacher', 'holderName', '张\u180b', 'forbidden-character'],
  ['two selectors after a letter', 'teacher', 'holderName', '\u182a\u180b\u180b', 'forbidden-character'],
  ['a separator before another letter', 'teacher', 'holderName', '\u1828\u180e\u182a', 'forbidden-character'],
  [
    'letters that never join, not joined',
    'teacher',
    'holderName',
    '\u0627\u200c\u0628',
    'forbidden-character',
  ],
  ['issued tomorrow', 'teacher', 'issuedOn', '2026-03-02', 'dated-ahead'],
  ['founded tomorrow', 'business-licence', 'foundedOn', '2026-03-02', 'dated-ahead'],
  ['a day that does not exist', 'teacher', 'issuedOn', '2025-02-29', 'not-a-date'],
  ['a day with slashes', 'teacher', 'issuedOn', '2025/09/05', 'not-a-date'],
  ['a day in full width', 'teacher', 'issuedOn', '２０２５-09-05', 'not-a-date'],
  ['a date without an end', 'teacher', 'issuedOn', '长期', 'not-a-date'],
  ['an end in other words', 'teacher', 'validUntil', '永久', 'not-a-date'],
  ['an end where there is none', 'teacher', 'validUntil', '2045-09-05', 'long-term-required'],
  [
    'an end where there is none, of a title',
    'real-estate-title',
    'validUntil',
    '2095-04-03',
    'long-term-required',
  ],
  ['no end where there is one', 'food-operation', 'validUntil', '长期', 'long-term-not-allowed'],
  ['no end where there is one', 'special-operation', 'validUntil', '长期', 'long-term-not-allowed'],
  ['no end where there is one', 'safety-manager', 'validUntil', '长期', 'long-term-not-allowed'],
  ['a day more than five years', 'food-operation', 'validUntil', '2030-07-08', 'valid-too-long'],
  ['a day more than three years', 'safety-manager', 'validUntil', '2028-05-17', 'valid-too-long'],
  ['a day more than six years', 'special-operation', 'validUntil', '2031-05-18', 'valid-too-long'],
  ['a wrong check character', 'teacher', 'holderId', '110105194912310021', 'not-a-holder-id'],
  ['born tomorrow', 'teacher', 'holderId', BORN_TOMORROW, 'not-a-holder-id'],
  ['born in 1799', 'teacher', 'holderId', BORN_IN_1799, 'not-a-holder-id'],
  ['an old number of a day that does not exist', 'teacher', 'holderId', '110105491331002', 'not-a-holder-id'],
  ['an old number of no province', 'teacher', 'holderId', '990105491231002', 'not-a-holder-id'],
  [
    'an old teacher’s number of no kind',
    'teacher',
    'licenceNumber',
    '964301028112345',
    'not-a-teacher-number',
  ],
  ['a lower-case x', 'teacher', 'holderId', '11010519491231002x', 'not-a-holder-id'],
  ['a birthday that does not exist', 'teacher', 'holderId', '110105194902310021', 'not-a-holder-id'],
  ['a kind of document that there is not', 'teacher', 'holderIdType', '112', 'not-a-choice'],
  ['a kind of document of enterprises', 'teacher', 'holderIdType', '099', 'not-a-choice'],
  ['a kind of document of persons', 'business-licence', 'holderIdType', '999', 'not-a-choice'],
  ['a second kind where one holds it', 'teacher', 'holderIdType', '111、111', 'not-a-choice'],
  ['a kind of document that is no text', 'teacher', 'holderIdType', 111, 'not-text'],
  ['a choice that is none', 'teacher', 'level', '博士教师资格', 'not-a-choice'],
  ['a choice in lower case', 'safety-manager', 'category', 'b', 'not-a-choice'],
  ['a teacher’s number of 16 digits', 'teacher', 'licenceNumber', '2023430104200012', 'not-a-teacher-number'],
  [
    'a teacher’s number of the year 2123',
    'teacher',
    'licenceNumber',
    '21234301042000123',
    'not-a-teacher-number',
  ],
  ['a wrong check digit', 'food-operation', 'licenceNumber', 'JY23101140041988', 'not-a-food-licence-number'],
  ['a lower-case jy', 'food-operation', 'licenceNumber', 'jy23101140041987', 'not-a-food-licence-number'],
  [
    'another kind of parcel',
    'real-estate-title',
    'unitNumber',
    '430102001001AB00001F00010001',
    'not-a-unit-number',
  ],
  [
    'another kind of building',
    'real-estate-title',
    'unitNumber',
    '430102001001GB00001X00010001',
    'not-a-unit-number',
  ],
  [
    'a unit number of 27 characters',
    'real-estate-title',
    'unitNumber',
    '430102001001GB00001F0001000',
    'not-a-unit-number',
  ],
  [
    'an issuer’s USCC with a wrong check character',
    'teacher',
    'issuerCode',
    '11430000006122244M',
    'issuer-uscc-check',
  ],
  ['an issuer’s USCC of 17 characters', 'teacher', 'issuerCode', '11430000006122244', 'not-a-uscc'],
  ['a letter that no USCC has', 'food-operation', 'holderId', '91350100M0001TGQXI', 'not-a-uscc'],
  ['a USCC in lower case', 'safety-manager', 'employerId', '91350100m000100y43', 'not-a-uscc'],
]

const SEVERAL_DEFECTS: readonly object[] = [
  faceVector(
    'the day before the start, and before that of issue',
    'food-operation',
    { validUntil: '2025-07-06' },
    ['validUntil', 'ends-before-start'],
    ['issuedOn', 'issued-after-end'],
  ),
  faceVector(
    'an end where there is none, before the start',
    'teacher',
    { validUntil: '2001-01-01' },
    ['validUntil', 'long-term-required'],
    ['issuedOn', 'issued-after-end'],
  ),
  faceVector('nobody who acts for a business', 'business-licence', { legalRepresentative: undefined }, [
    'legalRepresentative',
    'one-of-missing',
  ]),
  faceVector('two owners, one number', 'real-estate-title', OWNERS_WITH_ONE_NUMBER, [
    'holderId',
    'holder-count',
  ]),
  faceVector(
    'two owners, nothing between',
    'real-estate-title',
    { holderName: '样例甲、、样例乙' },
    ['holderName', 'empty'],
    ['holderId', 'holder-count'],
  ),
  faceVector(
    'the second owner’s number',
    'real-estate-title',
    { ...OWNERS, holderId: '11010519491231002X、X1' },
    ['holderId', 'not-a-holder-id'],
  ),
  faceVector('of nobody known', 'real-estate-title', { ...OWNERS, holderIdType: '111、777' }, [
    'holderIdType',
    'not-a-choice',
  ]),
  ...LICENCE_TYPES.map(({ slug, code, fields, oneOf = [] }) => ({
    is: `nothing of a ${slug}`,
    type: code,
    face: {},
    today: TODAY,
    valid: false,
    defects: [
      ...fields.filter(({ required }) => required).map(({ name }) => ({ field: name, code: 'missing' })),
      ...oneOf.map(([first]) => ({ field: first, code: 'one-of-missing' })),
    ],
  })),
  faceVector(
    'in the order of the face, the period after it, what is unknown last',
    'food-operation',
    { zzz: 'z', validUntil: '2099-01-01', holderId: 'y', issuedOn: 'x', aaa: 7 },
    ['issuedOn', 'not-a-date'],
    ['holderId', 'not-a-uscc'],
    ['validUntil', 'valid-too-long'],
    ['zzz', 'unknown-field'],
    ['aaa', 'unknown-field'],
  ),
  faceVector(
    'a warning beside a refusal',
    'food-operation',
    { holderId: '91350100M0001TGQXM', site: '' },
    ['holderId', 'uscc-check'],
    ['site', 'empty'],
  ),
  faceVector(
    'the start is no day: the period is not judged',
    'food-operation',
    { validFrom: '2025-02-30', validUntil: '2099-01-01' },
    ['validFrom', 'not-a-date'],
  ),
  faceVector(
    'without a start the period is not judged',
    'food-operation',
    { validFrom: undefined, validUntil: '长期' },
    ['validFrom', 'missing'],
  ),
  faceVector(
    'a start that is no day, and no end: the end is judged',
    'food-operation',
    { validFrom: '2025-02-30', validUntil: '长期' },
    ['validFrom', 'not-a-date'],
    ['validUntil', 'long-term-not-allowed'],
  ),
  faceVector('a passport number with a dash', 'teacher', { holderIdType: '414', holderId: 'E-1234567' }, [
    'holderId',
    'not-a-holder-id',
  ]),
  faceVector(
    'a permit of Hong Kong and Macao with another letter',
    'teacher',
    { holderIdType: '516', holderId: 'X12345678' },
    ['holderId', 'not-a-holder-id'],
  ),
  faceVector('a permit of Taiwan of 9 digits', 'teacher', { holderIdType: '511', holderId: '123456789' }, [
    'holderId',
    'not-a-holder-id',
  ]),
  faceVector(
    'from 29 February to 1 March five years later',
    'food-operation',
    { ...PERIOD, validUntil: '2029-03-01' },
    ['validUntil', 'valid-too-long'],
  ),
]

const FACES: readonly object[] = [
  ...ACCEPTED_FACES,
  ...ONE_DEFECT.map(([is, slug, field, value, code]) =>
    faceVector(is, slug, { [field]: value }, [field, code]),
  ),
  ...SEVERAL_DEFECTS,
]

const MASKED: readonly (readonly [mask: MaskRule, value: string, shown: string])[] = [
  ['open', '湖南样例有限公司', '湖南样例有限公司'],
  ['open', '', ''],
  ['open', 'T11010519491231002X', 'T1101**********002X'],
  ['open', '证号：110105 19491231 002Ｘ，共1页', '证号：1101** ******** 002Ｘ，共1页'],
  ['open', '旧证110105491231002号', '旧证110*********002号'],
  ['open', '11010519491231002X、11010519491231002X', '1101**********002X、1101**********002X'],
  ['open', '914301001101051949', '914301001101051949'],
  ['open', '20234301042000123', '20234301042000123'],
  ['organisation-number', '91110000802100433B', '91110000802100433B'],
  ['organisation-number', '11010519491231002X', '1101**********002X'],
  ['organisation-number', 'E12345678', 'E1*****78'],
  ['organisation-number', '', ''],
  ['name', '', ''],
  ['name', '王', '*'],
  ['name', '李四', '李*'],
  ['name', '张样例', '张**'],
  ['name', '𠮷样例', '𠮷**'],
  ['name', 'John Smith', 'J*********'],
  ['identity-number', '11010519491231002X', '1101**********002X'],
  ['identity-number', 'E12345678', 'E1*****78'],
  ['identity-number', '1234567', '1*****7'],
  ['identity-number', '1234', '1**4'],
  ['identity-number', '123', '***'],
  ['identity-number', '123456789012345', '123*********345'],
  ['identity-number', '1234567890123456', '1234********3456'],
  ['number', '430102001001GB00001F00010001', '************************0001'],
  ['number', '12345678', '****5678'],
  ['number', '1234567', '****567'],
  ['number', '12', '*2'],
  ['number', '1', '*'],
  ['address', '长沙市样例路1号2栋', '长沙市样例*****'],
  ['address', '湖南省长沙市样例区样例路1号', '湖南省长沙市********'],
  ['address', '长沙市', '长**'],
  ['address', '长', '*'],
  ['address', '😀😀😀', '😀**'],
]

/** The content of licence-types.json. */
export function licenceTypeVectors(): VectorFile {
  return {
    spec: 'packages/protocol/spec/licence-types.md',
    types: LICENCE_TYPES.map(describedType),
    normal: [...CLASSES, ...TEXTS, ...DATES, ...IDENTIFIERS].map(([is, format, text, normal]) => ({
      is,
      format,
      text,
      normal,
    })),
    compared: [...COMPARED.map(compared), ...COMPARED_TOGETHER],
    face: FACES,
    masked: MASKED.map(([mask, value, shown]) => ({ mask, value, shown })),
  }
}
