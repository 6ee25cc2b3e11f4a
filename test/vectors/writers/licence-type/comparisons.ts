/** Values submitted beside values shown. */
import { codeOf } from './licence-types.ts'

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

export const COMPARED: readonly Compared[] = [
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
  ['metadata of an unknown type', null, 'holderId', 'E12345678', 'e12345678'],
  ['a passport’s name in capitals', 'safety-manager', 'holderName', 'SMITH JOHN', 'Smith John'],
  ['an area', 'real-estate-title', 'area', '89.50㎡', '89.5平方米'],
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
    ['样****', '样例甲公司'],
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
    ['长沙市*****', '长沙市*******'],
  ],
  ['another day', 'safety-manager', 'issuedOn', '2026-01-02', '2026年2月1日', ['2026年2月1日', '2026-01-02']],
  ['no such day', 'safety-manager', 'issuedOn', '2026-03-02', '2026-02-30', ['2*********', '2026-03-02']],
  ['an end, and none', 'business-licence', 'validUntil', '长期', '2045-07-23', ['2045-07-23', '长期']],
  ['another case of a text', 'safety-manager', 'post', 'CEO', 'ceo', ['c**', 'CEO']],
  ['another case of a choice', 'safety-manager', 'category', 'C1', 'c1', ['c*', 'C1']],
  ['words run together', 'teacher', 'holderName', 'John Smith', 'JohnSmith', ['J********', 'J*********']],
  [
    'a house number without its dash',
    'business-licence',
    'address',
    '样例路1-2号',
    '样例路12号',
    ['样*****', '样例路1-2号'],
  ],
  [
    'a house number without the space in it',
    'business-licence',
    'address',
    '样例路1 2号',
    '样例路12号',
    ['样*****', '样例路1 2号'],
  ],
  [
    'a number with its brackets elsewhere',
    'safety-manager',
    'holderId',
    '军字第(12)3号',
    '军字第1(23)号',
    ['军字*****)号', '军字*****3号'],
  ],
  ['零 in a word', 'business-licence', 'businessScope', '零售', '〇售', ['〇*', '零售']],
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
  ['a day of a type that nobody knows', null, 'issuedOn', '2026-01-01', '2026年1月1日'],
  [
    'another day of a type that nobody knows',
    null,
    'issuedOn',
    '2026-01-01',
    '2026年1月2日',
    [HIDDEN, HIDDEN],
  ],
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

export function compared([is, slug, field, shown, submitted, masked]: Compared): object {
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
export const COMPARED_TOGETHER: readonly object[] = [
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
      { field: 'post', submitted: '法****', shown: '项目负责人' },
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

const OWNERS = {
  holderName: '样例甲、样例乙',
  holderIdType: '111、414',
  holderId: '11010519491231002X、E12345678',
}

/** Several holders: each with their own kind of document and number, in whatever order. */
export const COMPARED_OWNERS: readonly object[] = [
  {
    is: 'owners in another order, each with their own number',
    submitted: {
      holderId: 'E12345678、11010519491231002x',
      holderName: '样例乙，样例甲',
      holderIdType: '414、111',
    },
    same: ['holderId', 'holderName', 'holderIdType'],
    different: [],
    missing: [],
  },
  {
    is: 'owners with each other’s numbers',
    submitted: { holderName: '样例甲、样例乙', holderId: 'E12345678、11010519491231002X' },
    same: ['holderName'],
    different: [
      {
        field: 'holderId',
        submitted: 'E1*****78、1101**********002X',
        shown: '1101**********002X、E1*****78',
      },
    ],
    missing: [],
  },
  {
    is: 'owners in another order, their numbers in that of the face',
    submitted: { holderId: '11010519491231002X、E12345678', holderName: '样例乙、样例甲' },
    same: ['holderName'],
    different: [
      {
        field: 'holderId',
        submitted: '1101**********002X、E1*****78',
        shown: '1101**********002X、E1*****78',
      },
    ],
    missing: [],
  },
  {
    is: 'owners with each other’s kinds of document',
    submitted: { holderName: '样例甲、样例乙', holderIdType: '414、111' },
    same: ['holderName'],
    different: [{ field: 'holderIdType', submitted: '414、111', shown: '111、414' }],
    missing: [],
  },
  {
    is: 'numbers alone, in another order',
    submitted: { holderId: 'E12345678、11010519491231002X' },
    same: ['holderId'],
    different: [],
    missing: [],
  },
  {
    is: 'another owner: the numbers are the same',
    submitted: { holderName: '样例甲、样例丙', holderId: 'E12345678、11010519491231002X' },
    same: ['holderId'],
    different: [{ field: 'holderName', submitted: '样**、样**', shown: '样**、样**' }],
    missing: [],
  },
].map(({ is, ...rest }) => ({ is, type: codeOf('real-estate-title'), disclosed: OWNERS, ...rest }))
