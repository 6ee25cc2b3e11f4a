import {
  commonFields,
  dueDateField,
  field,
  PERSON_ID_TYPES,
  PERSONAL,
  pastDateField,
} from '../common-fields.ts'
import type { LicenceType } from '../licence-type.ts'

/** 特种作业操作证. The code is a sample assignment. */
export const specialOperation: LicenceType = {
  code: '11100000000013338W032',
  slug: 'special-operation',
  name: { zh: '特种作业操作证', en: 'Special operation certificate' },
  holderKind: 'person',
  validity: { longTerm: 'never', maxYears: 6 },
  fields: [
    ...commonFields({
      holderName: { zh: '姓名', en: 'Name' },
      holderId: { zh: '证件号码', en: 'Identity number' },
      holderIdTypes: PERSON_ID_TYPES,
      holderMask: PERSONAL,
      licenceNumber: { zh: '证书编号', en: 'Certificate number' },
      // T and the holder's identity number.
      numberMask: 'identity-number',
    }),
    field('operationCategory', '作业类别', 'Category of operation'),
    field('operationItem', '操作项目', 'Item of operation'),
    pastDateField('firstIssuedOn', '初领日期', 'First issued on', { required: false }),
    dueDateField('reviewBy', '应复审日期', 'Review due by'),
  ],
}
