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
import { HARMLESS_REMARKS } from './title-remarks.ts'

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
      mask: 'hidden',
      maxLength: 1000,
      rule: { kind: 'remark', harmless: HARMLESS_REMARKS },
    }),
  ],
}
