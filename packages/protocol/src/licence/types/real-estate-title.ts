import {
  choiceField,
  commonFields,
  dueDateField,
  ENTERPRISE_ID_TYPES,
  field,
  PERSON_ID_TYPES,
  PERSONAL,
} from '../common-fields.ts'
import type { LicenceField, LicenceType } from '../licence-type.ts'

/**
 * Words of what stands against a title, or may, in both scripts: seized or kept by a court or an office (轮候查封 and 预查封
 * too), not to be disposed of, pledged, objected to, promised or given to others to use. And 解封: no program tells from a
 * free text that all of it was lifted, as it tells no more of 无抵押 and 未查封.
 */
const BURDENS = [
  ['查封', '扣押', '扣留', '冻结', '凍結', '保全', '拍卖', '拍賣', '强制执行', '強制執行'],
  ['限制', '禁止', '不得交易', '不得转让', '不得轉讓', '不得上市'],
  ['抵押', '质押', '質押', '按揭', '担保', '擔保', '留置'],
  ['异议', '異議', '预告登记', '預告登記', '居住权', '居住權', '地役权', '地役權', '典权', '典權'],
  ['解封', '解冻', '解凍', '解押'],
].flat()

/** Whether something stands against the title. */
const flag = (name: string, zh: string, en: string): LicenceField => ({
  ...choiceField(name, zh, en, ['否', '是']),
  required: false,
  rule: { kind: 'burden', words: ['是'] },
})

/** 不动产权证书. An owner may also be an organisation, and owners may be several. The code is a sample assignment. */
export const realEstateTitle: LicenceType = {
  code: '11100000MB03271699022',
  slug: 'real-estate-title',
  name: { zh: '不动产权证书', en: 'Real-estate title' },
  holderKind: 'person',
  validity: { longTerm: 'always', maxYears: null },
  // A title is seized from one minute to the next.
  maxLedgerAgeSeconds: 120,
  fields: [
    ...commonFields({
      holderName: { zh: '权利人', en: 'Owner' },
      holderId: { zh: '证件号码', en: 'Identity number' },
      holderIdTypes: [...PERSON_ID_TYPES, ...ENTERPRISE_ID_TYPES],
      holderMask: PERSONAL,
      licenceNumber: { zh: '不动产权证号', en: 'Title number' },
      severalHolders: true,
    }),
    choiceField('coOwnership', '共有情况', 'Co-ownership', ['单独所有', '共同共有', '按份共有']),
    field('location', '坐落', 'Location', { mask: 'address' }),
    field('unitNumber', '不动产单元号', 'Unit number', {
      format: 'real-estate-unit-number',
      mask: 'number',
      maxLength: 28,
    }),
    field('rightType', '权利类型', 'Type of right'),
    field('rightNature', '权利性质', 'Nature of right'),
    field('use', '用途', 'Use'),
    field('area', '面积', 'Area', { format: 'quantity' }),
    dueDateField('landUseUntil', '土地使用期限至', 'Land use until', { required: false }),
    flag('mortgaged', '是否抵押', 'Mortgaged'),
    flag('seized', '是否查封', 'Seized'),
    field('remarks', '附记', 'Remarks', {
      required: false,
      mask: 'address',
      maxLength: 1000,
      rule: { kind: 'burden', words: BURDENS },
    }),
  ],
}
