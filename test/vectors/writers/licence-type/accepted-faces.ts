/** Faces that may be issued. */
import { LICENCE_TYPES } from '@hefu/protocol'
import { faceVector, ISSUER, numberOf, OWNERS, PERIOD } from './face-vector.ts'

/** 个体工商户, and others without a legal representative: who acts for them. */
const ACTORS: readonly (readonly [is: string, name: string])[] = [
  ['an individual business', 'operator'],
  ['a partnership', 'executivePartner'],
  ['a sole proprietorship', 'investor'],
  ['a branch', 'personInCharge'],
]

const NAMES: readonly (readonly [is: string, name: string])[] = [
  ['a middle dot', '阿依古丽·买买提'],
  ['a middle dot as typed', '阿依古丽•买买提'],
  ['a character of level 3 (通用规范汉字表)', '张㛃'],
  ['a character of level 3 of the supplementary planes', '王𬀩'],
  ['a rare character of extension B', '李𠳐'],
  ['Latin letters', 'María-José O’Neill Núñez'],
  ['a comma after the family name', 'SMITH, JOHN PAUL'],
  ['a long name', 'Rosalind Arusha Arkadina Altalune Florence '.repeat(4).trim()],
  ['Zhuang letters', 'Veiz Bausfungh'],
  ['Tibetan', 'བཀྲ་ཤིས་དོན་གྲུབ།'],
  ['Uyghur', 'ئايگۈل مەھمۇت'],
  ['Uyghur, letters that do not join', '\u0645\u06d0\u200c\u06be'],
  ['Kazakh', 'ايگۇل'],
  ['Mongolian with a variation selector', 'ᠪᠠᠲᠤ\u180b'],
  ['Mongolian with the fourth selector', 'ᠠᠷ\u180fᠠ'],
  ['Mongolian with a vowel that stands apart', 'ᠰᠠᠷᠠᠨ\u180eᠠ'],
  ['Mongolian with a selector before that vowel', 'ᠰᠠᠷᠠᠨ\u180b\u180eᠠ'],
  ['Mongolian with a narrow space', 'ᠪᠠᠲᠤ\u202fᠶᠢᠨ'],
  ['Yi', 'ꀉꄉ'],
  ['Korean', '김철수'],
  ['Dai', 'ᦀᦲᧉ'],
]

export const ACCEPTED_FACES: readonly object[] = [
  ...NAMES.map(([is, holderName]) => faceVector(`a name: ${is}`, 'teacher', { holderName })),
  ...ACTORS.map(([is, name]) =>
    faceVector(is, 'business-licence', {
      legalRepresentative: undefined,
      registeredCapital: undefined,
      companyType: '样例类型',
      [name]: '样例甲',
    }),
  ),
  faceVector('an individual business in its form', 'business-licence', {
    legalRepresentative: undefined,
    registeredCapital: undefined,
    companyType: '个体工商户',
    operator: '样例甲',
    compositionForm: '家庭经营',
  }),
  faceVector('capital in another currency', 'business-licence', { registeredCapital: '1,500.5万美元' }),
  faceVector('an operator of food that is a person', 'food-operation', {
    holderName: '样例甲',
    holderIdType: '111',
    holderId: '11010519491231002X',
  }),
  faceVector('two owners', 'real-estate-title', OWNERS),
  faceVector('burdens', 'real-estate-title', { mortgaged: '是', seized: '否', remarks: '已设立抵押权' }),
  faceVector('an old number of a person: a warning', 'teacher', { holderId: '110105491231002' }, [
    'holderId',
    'old-resident-id',
  ]),
  faceVector('an old teacher’s number', 'teacher', { licenceNumber: '964301024112345' }),
  faceVector('a permit of residence of Hong Kong', 'teacher', {
    holderIdType: '999',
    holderId: numberOf('81000019491231002'),
  }),
  faceVector('a permanent resident’s card', 'teacher', {
    holderIdType: '999',
    holderId: numberOf('93284019491231002'),
  }),
  faceVector('an old permanent resident’s card', 'teacher', {
    holderIdType: '999',
    holderId: 'USA110074111201',
  }),
  faceVector('an officer’s card', 'teacher', { holderIdType: '999', holderId: '军字第1234567号' }),
  faceVector('an enterprise of another register', 'business-licence', {
    holderIdType: '099',
    holderId: 'HRB/12.345-6(1)',
  }),
  faceVector('issued today', 'teacher', { issuedOn: '2026-03-01' }),
  ...LICENCE_TYPES.map(({ slug }) => faceVector(`an invented ${slug}`, slug, {})),
  ...LICENCE_TYPES.map(({ slug, fields, oneOf = [] }) =>
    faceVector(
      'with required fields alone',
      slug,
      Object.fromEntries(
        fields
          .filter(({ name, required }) => !required && !oneOf.some(([first]) => first === name))
          .map(({ name }) => [name, undefined]),
      ),
    ),
  ),
  faceVector('without an end, where it may be', 'business-licence', { validUntil: '长期' }),
  faceVector('an end of any length, where it may be', 'business-licence', { validUntil: '9999-12-31' }),
  faceVector('of one day', 'food-operation', { validFrom: '2025-07-07', validUntil: '2025-07-07' }),
  faceVector('through the same day five years later', 'food-operation', { validUntil: '2030-07-07' }),
  faceVector('from 29 February to the end of another', 'food-operation', {
    ...PERIOD,
    validUntil: '2029-02-28',
  }),
  faceVector('from 29 February to 29 February', 'special-operation', {
    ...PERIOD,
    validFrom: '2022-02-28',
    validUntil: '2028-02-28',
  }),
  faceVector('a passport', 'teacher', { holderIdType: '414', holderId: 'E12345678' }),
  faceVector('a permit of Hong Kong and Macao', 'teacher', { holderIdType: '516', holderId: 'H12345678' }),
  faceVector('a permit of Taiwan', 'teacher', { holderIdType: '511', holderId: '12345678' }),
  faceVector('another document', 'teacher', { holderIdType: '999', holderId: 'A-1' }),
  faceVector('an owner that is an enterprise', 'real-estate-title', {
    holderIdType: '001',
    holderId: '91350100M000100Y43',
  }),
  faceVector('an issuer’s code', 'teacher', { issuerCode: ISSUER }),
  faceVector('200 characters of two UTF-16 units', 'teacher', { subject: '😀'.repeat(200) }),
  faceVector(
    'a holder’s USCC with a wrong check character: a warning',
    'food-operation',
    { holderId: '91350100M0001TGQXM' },
    ['holderId', 'uscc-check'],
  ),
  faceVector(
    'an employer’s USCC with a wrong check character: a warning',
    'safety-manager',
    { employerId: '91350100M0001TGQXM' },
    ['employerId', 'uscc-check'],
  ),
]
