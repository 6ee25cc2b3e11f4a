import {
  choiceField,
  commonFields,
  dueDateField,
  field,
  PERSON_ID_TYPES,
  PERSONAL,
} from '../common-fields.ts'
import type { LicenceType } from '../licence-type.ts'

/** 教师资格证. Permanent; the registration is renewed every five years. The code is a sample assignment. */
export const teacher: LicenceType = {
  code: '11100000000013127D001',
  slug: 'teacher',
  name: { zh: '教师资格证', en: 'Teacher certificate' },
  holderKind: 'person',
  validity: { longTerm: 'always', maxYears: null },
  fields: [
    ...commonFields({
      holderName: { zh: '姓名', en: 'Name' },
      holderId: { zh: '证件号码', en: 'Identity number' },
      holderIdTypes: PERSON_ID_TYPES,
      holderMask: PERSONAL,
      licenceNumber: { zh: '证书号码', en: 'Certificate number' },
      numberFormat: 'teacher-number',
    }),
    choiceField('level', '资格种类', 'Level', [
      '幼儿园教师资格',
      '小学教师资格',
      '初级中学教师资格',
      '高级中学教师资格',
      '中等职业学校教师资格',
      '中等职业学校实习指导教师资格',
      '高等学校教师资格',
    ]),
    field('subject', '任教学科', 'Subject'),
    dueDateField('registrationUntil', '定期注册有效期至', 'Registered until', { required: false }),
  ],
}
