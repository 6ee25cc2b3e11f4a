/** Faces with several defects, and with one that is of more than one field. */
import { LICENCE_TYPES } from '@hefu/protocol'
import { type Face, faceVector, OWNERS, PERIOD, TODAY } from './face-vector.ts'

const OWNERS_WITH_ONE_NUMBER: Face = { ...OWNERS, holderId: '11010519491231002X' }

export const SEVERAL_DEFECTS: readonly object[] = [
  faceVector(
    'the day before the start, and before that of issue',
    'food-operation',
    { validUntil: '2025-07-06' },
    ['validUntil', 'ends-before-start'],
    ['issuedOn', 'issued-after-end'],
  ),
  faceVector(
    'an end where there is none, before the start',
    'teacher',
    { validUntil: '2001-01-01' },
    ['validUntil', 'long-term-required'],
    ['issuedOn', 'issued-after-end'],
  ),
  faceVector('nobody who acts for a business', 'business-licence', { legalRepresentative: undefined }, [
    'legalRepresentative',
    'one-of-missing',
  ]),
  faceVector('two owners, one number', 'real-estate-title', OWNERS_WITH_ONE_NUMBER, [
    'holderId',
    'holder-count',
  ]),
  faceVector(
    'two owners, nothing between',
    'real-estate-title',
    { holderName: '样例甲、、样例乙' },
    ['holderName', 'empty'],
    ['holderId', 'holder-count'],
  ),
  faceVector(
    'the second owner’s number',
    'real-estate-title',
    { ...OWNERS, holderId: '11010519491231002X、X1' },
    ['holderId', 'not-a-holder-id'],
  ),
  faceVector('of nobody known', 'real-estate-title', { ...OWNERS, holderIdType: '111、777' }, [
    'holderIdType',
    'not-a-choice',
  ]),
  ...LICENCE_TYPES.map(({ slug, code, fields, oneOf = [] }) => ({
    is: `nothing of a ${slug}`,
    type: code,
    face: {},
    today: TODAY,
    valid: false,
    defects: [
      ...fields.filter(({ required }) => required).map(({ name }) => ({ field: name, code: 'missing' })),
      ...oneOf.map(([first]) => ({ field: first, code: 'one-of-missing' })),
    ],
  })),
  faceVector(
    'in the order of the face, the period after it, what is unknown last',
    'food-operation',
    { zzz: 'z', validUntil: '2099-01-01', holderId: 'y', issuedOn: 'x', aaa: 7 },
    ['issuedOn', 'not-a-date'],
    ['holderId', 'not-a-uscc'],
    ['validUntil', 'valid-too-long'],
    ['zzz', 'unknown-field'],
    ['aaa', 'unknown-field'],
  ),
  faceVector(
    'a warning beside a refusal',
    'food-operation',
    { holderId: '91350100M0001TGQXM', site: '' },
    ['holderId', 'uscc-check'],
    ['site', 'empty'],
  ),
  faceVector(
    'the start is no day: the period is not judged',
    'food-operation',
    { validFrom: '2025-02-30', validUntil: '2099-01-01' },
    ['validFrom', 'not-a-date'],
  ),
  faceVector(
    'without a start the period is not judged',
    'food-operation',
    { validFrom: undefined, validUntil: '长期' },
    ['validFrom', 'missing'],
  ),
  faceVector(
    'a start that is no day, and no end: the end is judged',
    'food-operation',
    { validFrom: '2025-02-30', validUntil: '长期' },
    ['validFrom', 'not-a-date'],
    ['validUntil', 'long-term-not-allowed'],
  ),
  faceVector('a passport number with a dash', 'teacher', { holderIdType: '414', holderId: 'E-1234567' }, [
    'holderId',
    'not-a-holder-id',
  ]),
  faceVector(
    'a permit of Hong Kong and Macao with another letter',
    'teacher',
    { holderIdType: '516', holderId: 'X12345678' },
    ['holderId', 'not-a-holder-id'],
  ),
  faceVector('a permit of Taiwan of 9 digits', 'teacher', { holderIdType: '511', holderId: '123456789' }, [
    'holderId',
    'not-a-holder-id',
  ]),
  faceVector(
    'from 29 February to 1 March five years later',
    'food-operation',
    { ...PERIOD, validUntil: '2029-03-01' },
    ['validUntil', 'valid-too-long'],
  ),
]
