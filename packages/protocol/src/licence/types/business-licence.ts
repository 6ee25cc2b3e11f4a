import { commonFields, ENTERPRISE_ID_TYPES, field, PUBLIC, pastDateField } from '../common-fields.ts'
import type { LicenceField, LicenceType } from '../licence-type.ts'

/** Who acts for it depends on what it is; a name on the face all the same. */
const actor = (name: string, zh: string, en: string): LicenceField =>
  field(name, zh, en, { format: 'person-name', required: false, mask: 'name' })

/**
 * 营业执照, of companies, of partnerships, sole proprietorships and branches, of farmers' cooperatives and of
 * individual businesses 个体工商户. The code is a sample assignment.
 */
export const businessLicence: LicenceType = {
  code: '11100000MB0341032Y001',
  slug: 'business-licence',
  name: { zh: '营业执照', en: 'Business licence' },
  holderKind: 'enterprise',
  validity: { longTerm: 'allowed', maxYears: null },
  oneOf: [['legalRepresentative', 'executivePartner', 'investor', 'personInCharge', 'operator']],
  fields: [
    ...commonFields({
      holderName: { zh: '名称', en: 'Name' },
      holderId: { zh: '统一社会信用代码', en: 'Unified social credit code' },
      holderIdTypes: ENTERPRISE_ID_TYPES,
      holderMask: PUBLIC,
      licenceNumber: { zh: '证照编号', en: 'Licence number' },
    }),
    field('companyType', '类型', 'Type'),
    actor('legalRepresentative', '法定代表人', 'Legal representative'),
    actor('executivePartner', '执行事务合伙人', 'Executive partner'),
    actor('investor', '投资人', 'Investor'),
    actor('personInCharge', '负责人', 'Person in charge'),
    actor('operator', '经营者', 'Operator'),
    field('compositionForm', '组成形式', 'Form of composition', { required: false }),
    field('registeredCapital', '注册资本（出资额）', 'Registered capital', {
      format: 'quantity',
      required: false,
    }),
    pastDateField('foundedOn', '成立日期', 'Founded on'),
    field('address', '住所（经营场所）', 'Address'),
    field('businessScope', '经营范围', 'Business scope', { maxLength: 2000 }),
  ],
}
