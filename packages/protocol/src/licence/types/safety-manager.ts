import { choiceField, commonFields, field, PERSON_ID_TYPES, PERSONAL } from '../common-fields.ts'
import type { LicenceType } from '../licence-type.ts'

/** 建筑施工企业安全生产管理人员考核合格证书 (安管人员). The code is a sample assignment. */
export const safetyManager: LicenceType = {
  code: '11100000000013338W011',
  slug: 'safety-manager',
  name: { zh: '安管人员安全生产考核合格证书', en: 'Safety manager certificate' },
  holderKind: 'person',
  validity: { longTerm: 'never', maxYears: 3 },
  fields: [
    ...commonFields({
      holderName: { zh: '姓名', en: 'Name' },
      holderId: { zh: '证件号码', en: 'Identity number' },
      holderIdTypes: PERSON_ID_TYPES,
      holderMask: PERSONAL,
      licenceNumber: { zh: '证书编号', en: 'Certificate number' },
    }),
    choiceField('category', '类别', 'Category', ['A', 'B', 'C', 'C1', 'C2', 'C3']),
    field('employerName', '企业名称', 'Employer'),
    field('employerId', '企业统一社会信用代码', 'Employer’s unified social credit code', {
      format: 'uscc',
      maxLength: 18,
    }),
    field('post', '职务', 'Post'),
    field('technicalTitle', '技术职称', 'Technical title', { required: false }),
  ],
}
