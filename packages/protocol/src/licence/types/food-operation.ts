import {
  choiceField,
  commonFields,
  ENTERPRISE_ID_TYPES,
  field,
  PERSON_ID_TYPES,
  PUBLIC,
} from '../common-fields.ts'
import type { LicenceType } from '../licence-type.ts'

/** 食品经营许可证. An operator may also be a person, known by an identity number. The code is a sample assignment. */
export const foodOperation: LicenceType = {
  code: '11100000MB0341032Y002',
  slug: 'food-operation',
  name: { zh: '食品经营许可证', en: 'Food operation licence' },
  holderKind: 'enterprise',
  validity: { longTerm: 'never', maxYears: 5 },
  fields: [
    ...commonFields({
      holderName: { zh: '经营者名称', en: 'Operator' },
      holderId: { zh: '社会信用代码（身份证号码）', en: 'Credit code (identity number)' },
      holderIdTypes: [...ENTERPRISE_ID_TYPES, ...PERSON_ID_TYPES],
      holderMask: PUBLIC,
      licenceNumber: { zh: '许可证编号', en: 'Licence number' },
      numberFormat: 'food-licence-number',
    }),
    field('legalRepresentative', '法定代表人（负责人）', 'Legal representative', {
      format: 'person-name',
      mask: 'name',
    }),
    field('address', '住所', 'Address', { required: false }),
    field('site', '经营场所', 'Site of operation'),
    choiceField('businessForm', '主体业态', 'Form of business', [
      '食品销售经营者',
      '餐饮服务经营者',
      '单位食堂',
    ]),
    field('businessItems', '经营项目', 'Items', { maxLength: 1000 }),
  ],
}
