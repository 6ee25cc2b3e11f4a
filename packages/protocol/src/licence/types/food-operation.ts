import { choiceField, commonFields, ENTERPRISE_ID_TYPES, field, PUBLIC } from '../common-fields.ts'
import type { LicenceType } from '../licence-type.ts'

/** 食品经营许可证. The code is a sample assignment. */
export const foodOperation: LicenceType = {
  code: '11100000MB0341032Y002',
  slug: 'food-operation',
  name: { zh: '食品经营许可证', en: 'Food operation licence' },
  holderKind: 'enterprise',
  validity: { longTerm: 'never', maxYears: 5 },
  fields: [
    ...commonFields({
      holderName: { zh: '经营者名称', en: 'Operator' },
      holderId: { zh: '统一社会信用代码', en: 'Unified social credit code' },
      holderIdTypes: ENTERPRISE_ID_TYPES,
      holderMask: PUBLIC,
      licenceNumber: { zh: '许可证编号', en: 'Licence number' },
      numberFormat: 'food-licence-number',
    }),
    field('legalRepresentative', '法定代表人（负责人）', 'Legal representative', { mask: 'name' }),
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
