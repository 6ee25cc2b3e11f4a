import { type FieldDefectCode, findLicenceType, type LicenceType, validateFaceData } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'

function typeOf(slug: string): LicenceType {
  const type = findLicenceType(slug)
  if (type === undefined) throw new Error(`find the licence type ${slug}`)
  return type
}

const TODAY = '2026-03-01'
const TEACHER = {
  licenceNumber: '20234301042000123',
  issuerName: '样例市教育局',
  issuedOn: '2023-07-01',
  validFrom: '2023-07-01',
  validUntil: '长期',
  holderName: '张样例',
  holderIdType: '111',
  holderId: '11010519491231002X',
  level: '小学教师资格',
  subject: '数学',
}
const FOOD = {
  licenceNumber: 'JY23101140041987',
  issuerName: '样例区市场监督管理局',
  issuedOn: '2023-05-10',
  validFrom: '2023-05-10',
  validUntil: '2028-05-09',
  holderName: '样例餐饮有限公司',
  holderIdType: '001',
  holderId: '91350100M000100Y43',
  legalRepresentative: '李测试',
  site: '样例路 1 号',
  businessForm: '餐饮服务经营者',
  businessItems: '热食类食品制售',
}

type Face = Readonly<Record<string, unknown>>
const found = (slug: string, face: Face): readonly string[] =>
  validateFaceData(typeOf(slug), face, TODAY).map(
    ({ field, code, severity }) => `${severity} ${field} ${code}`,
  )

interface Case {
  readonly rule: string
  readonly face: Face
  readonly field: string
  readonly code: FieldDefectCode
}
const changed = (rule: string, field: string, value: unknown, code: FieldDefectCode): Case => ({
  rule,
  face: { ...TEACHER, [field]: value },
  field,
  code,
})

const REFUSED: readonly Case[] = [
  changed('a field the type does not have', 'employerName', '样例', 'unknown-field'),
  changed('a field named like a member of Object', 'constructor', '样例', 'unknown-field'),
  changed('a number instead of a text', 'holderName', 7, 'not-text'),
  changed('null instead of a text', 'certificateName', null, 'not-text'),
  changed('an empty text', 'subject', '', 'empty'),
  changed('a text of 201 characters', 'subject', '数'.repeat(201), 'too-long'),
  changed('a control character', 'subject', '数\u0000学', 'forbidden-character'),
  changed('a bidirectional control', 'holderName', '张\u202e样例', 'forbidden-character'),
  changed('a zero-width space', 'holderName', '张\u200b样例', 'forbidden-character'),
  changed('text that is not in NFC', 'holderName', 'e\u0301', 'forbidden-character'),
  changed('white space at an end', 'holderName', '张样例 ', 'surrounding-space'),
  changed('an ideographic space at an end', 'holderName', '\u3000张样例', 'surrounding-space'),
  changed('a day that does not exist', 'issuedOn', '2023-02-29', 'not-a-date'),
  changed('a date in another form', 'issuedOn', '2023/07/01', 'not-a-date'),
  changed('a licence without an end that names one', 'validUntil', '2043-07-01', 'long-term-required'),
  changed('an end that is neither date nor 长期', 'validUntil', '永久', 'not-a-date'),
  changed(
    'a resident number with a wrong check character',
    'holderId',
    '110105194912310021',
    'not-a-holder-id',
  ),
  changed('a resident number with a lower-case x', 'holderId', '11010519491231002x', 'not-a-holder-id'),
  changed('a kind of document that GB/T 36903 lacks', 'holderIdType', '112', 'not-a-choice'),
  changed('a kind of document of enterprises', 'holderIdType', '001', 'not-a-choice'),
  changed('a choice that is none', 'level', '博士教师资格', 'not-a-choice'),
  changed('a teacher’s number of 16 digits', 'licenceNumber', '2023430104200012', 'not-a-teacher-number'),
  changed(
    'an issuer’s USCC with a wrong check character',
    'issuerCode',
    '11430000006122244M',
    'issuer-uscc-check',
  ),
  changed('an issuer’s USCC of 17 characters', 'issuerCode', '1143000000612224', 'not-a-uscc'),
]

describe('validateFaceData', () => {
  it('accepts complete face data', () => {
    expect(found('teacher', TEACHER)).to.deep.equal([])
    expect(found('teacher', { ...TEACHER, issuerCode: '11430000006122244L' })).to.deep.equal([])
    expect(found('food-operation', FOOD)).to.deep.equal([])
  })

  for (const { rule, face, field, code } of REFUSED) {
    it(`refuses ${rule}: ${code}`, () =>
      expect(found('teacher', face)).to.include(`refusal ${field} ${code}`))
  }

  it('refuses a missing required field, and takes a missing optional one', () => {
    const { subject: _, ...rest } = TEACHER
    expect(found('teacher', rest)).to.deep.equal(['refusal subject missing'])
  })

  it('finds every defect of a row, in the order of the face', () => {
    expect(found('teacher', { ...TEACHER, issuedOn: 'x', holderId: 'y', zzz: 'z' })).to.deep.equal([
      'refusal issuedOn not-a-date',
      'refusal holderId not-a-holder-id',
      'refusal zzz unknown-field',
    ])
  })

  it('warns of a holder’s USCC with a wrong check character, since real companies have them', () => {
    expect(found('food-operation', { ...FOOD, holderId: '91350100M0001TGQXM' })).to.deep.equal([
      'warning holderId uscc-check',
    ])
    expect(found('food-operation', { ...FOOD, holderId: '91350100M0001TGQXI' })).to.deep.equal([
      'refusal holderId not-a-uscc',
    ])
  })

  it('checks a food-operation number by its check digit', () => {
    expect(found('food-operation', { ...FOOD, licenceNumber: 'JY23101140041988' })).to.deep.equal([
      'refusal licenceNumber not-a-food-licence-number',
    ])
  })

  it('allows five years of food operation, through the same day, and no day more', () => {
    expect(found('food-operation', { ...FOOD, validUntil: '2028-05-10' })).to.deep.equal([])
    expect(found('food-operation', { ...FOOD, validUntil: '2028-05-11' })).to.deep.equal([
      'refusal validUntil valid-too-long',
    ])
    expect(found('food-operation', { ...FOOD, validUntil: '2023-05-09' })).to.deep.equal([
      'refusal validUntil ends-before-start',
      'refusal issuedOn issued-after-end',
    ])
    expect(found('food-operation', { ...FOOD, validUntil: '长期' })).to.deep.equal([
      'refusal validUntil long-term-not-allowed',
    ])
  })

  it('counts years up to the last that has four digits', () => {
    const late = { ...FOOD, validFrom: '9998-01-01' }
    expect(found('food-operation', { ...late, validUntil: '9999-12-31' })).to.deep.equal([])
    expect(found('food-operation', { ...late, validUntil: '9998-06-01' })).to.deep.equal([])
  })

  it('counts years from 29 February to the end of that February', () => {
    const leap = { ...FOOD, validFrom: '2024-02-29' }
    expect(found('food-operation', { ...leap, validUntil: '2029-02-28' })).to.deep.equal([])
    expect(found('food-operation', { ...leap, validUntil: '2029-03-01' })).to.deep.equal([
      'refusal validUntil valid-too-long',
    ])
  })

  it('judges a holder’s number by the kind of document beside it', () => {
    const passport = { ...TEACHER, holderIdType: '414' }
    expect(found('teacher', { ...passport, holderId: 'E12345678' })).to.deep.equal([])
    expect(found('teacher', { ...passport, holderId: 'E-1234567' })).to.deep.equal([
      'refusal holderId not-a-holder-id',
    ])
    const permit = { ...TEACHER, holderIdType: '516' }
    expect(found('teacher', { ...permit, holderId: 'H12345678' })).to.deep.equal([])
    expect(found('teacher', { ...permit, holderId: 'X12345678' })).to.deep.equal([
      'refusal holderId not-a-holder-id',
    ])
  })

  it('never quotes a value in a sentence', () => {
    const canary = '金丝雀CANARY'
    const face = Object.fromEntries(typeOf('teacher').fields.map(({ name }) => [name, `${canary}\u0000`]))
    expect(JSON.stringify(validateFaceData(typeOf('teacher'), face, TODAY))).not.to.include('CANARY')
  })

  it('says every defect in both languages', () => {
    for (const { face } of REFUSED) {
      for (const { says } of validateFaceData(typeOf('teacher'), face, TODAY)) {
        expect(says.zh).to.match(/\p{Script=Han}/u)
        expect(says.en).to.match(/^[A-Z].*[^.]$/)
      }
    }
  })
})
