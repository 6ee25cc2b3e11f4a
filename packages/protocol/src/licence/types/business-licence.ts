import { commonFields, dateField, ENTERPRISE_ID_TYPES, field, PUBLIC } from '../common-fields.ts'
import type { LicenceType } from '../licence-type.ts'

/** 营业执照. The code is a sample assignment. */
export const businessLicence: LicenceType = {
  code: '11100000MB0341032Y001',
  slug: 'business-licence',
  name: { zh: '营业执照', en: 'Business licence' },
  holderKind: 'enterprise',
  validity: { longTerm: 'allowed', maxYears: null },
  fields: [
    ...commonFields({
      holderName: { zh: '名称', en: 'Name' },
      holderId: { zh: '统一社会信用代码', en: 'Unified social credit code' },
      holderIdTypes: ENTERPRISE_ID_TYPES,
      holderMask: PUBLIC,
      licenceNumber: { zh: '证照编号', en: 'Licence number' },
    }),
    field('companyType', '类型', 'Type'),
    field('legalRepresentative', '法定代表人', 'Legal representative', { mask: 'name' }),
    field('registeredCapital', '注册资本', 'Registered capital'),
    dateField('foundedOn', '成立日期', 'Founded on'),
    field('address', '住所', 'Address'),
    field('businessScope', '经营范围', 'Business scope', { maxLength: 2000 }),
  ],
}
