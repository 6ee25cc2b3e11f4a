/** A row is judged once: what is written otherwise is read as it is surely meant, what cannot be signed is refused. */
import { judgeRow, type RowDefect } from '@hefu/issuer'
import {
  algorithmOf,
  createCredential,
  encodeLicenceId,
  type LicenceField,
  type LicenceType,
  MalformedError,
  statusListUri,
  suite,
  thumbprint,
} from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { generateLicences } from '../../../scripts/sample/licence-rows.ts'
import { ES256_KEY } from '../../fixtures/sample-keys.ts'
import { ISSUER, NOW, typeOf } from './fixtures/agency.ts'

type Values = Readonly<Record<string, unknown>>

const TODAY = '2026-01-01'
const LEDGER = { chainId: 31_337, address: `0x${'ab'.repeat(20)}` } as const

function rowOf(slug: string, changes: Values = {}): Values {
  const [row] = generateLicences({ type: slug, issuer: ISSUER, count: 1, seed: 1 })
  return Object.fromEntries(Object.entries({ ...row, ...changes }).filter(([, value]) => value !== undefined))
}

const judge = (type: LicenceType, values: Values) => judgeRow({ line: 2, values }, type, ISSUER, TODAY)
const told = (defects: readonly RowDefect[]): readonly string[] =>
  defects.map(({ severity, field = 'row', code }) => `${severity} ${field} ${code}`)

/** Field, as it is written, as it is signed. */
const READ: readonly (readonly [slug: string, field: string, written: string, signed: string])[] = [
  ['safety-manager', 'holderId', '11010519491231002x', '11010519491231002X'],
  ['safety-manager', 'holderId', '４３００００１９７８０９０４１９１８', '430000197809041918'],
  ['safety-manager', 'holderId', ' 110105 19491231 002X', '11010519491231002X'],
  ['safety-manager', 'employerId', '91350100m000100y43', '91350100M000100Y43'],
  ['safety-manager', 'issuedOn', '2025/5/17', '2025-05-17'],
  ['safety-manager', 'issuedOn', '二○二五年五月十七日', '2025-05-17'],
  ['safety-manager', 'issuedOn', '2025-05-17 00:00:00', '2025-05-17'],
  ['safety-manager', 'category', 'Ｂ', 'B'],
  ['safety-manager', 'holderName', '样例甲　', '样例甲'],
  ['safety-manager', 'holderName', 'Jose\u0301', 'José'],
  ['safety-manager', 'holderName', '\uf9dc样例', '\u9686样例'],
  ['business-licence', 'validUntil', '无固定期限', '长期'],
  ['business-licence', 'validUntil', '长期有效', '长期'],
  ['business-licence', 'validUntil', '长久', '长期'],
  ['business-licence', 'validUntil', '9999-12-31', '长期'],
  ['food-operation', 'licenceNumber', 'jy 2310 1140041987', 'JY23101140041987'],
  ['real-estate-title', 'holderName', '样例甲，样例乙', '样例甲、样例乙'],
]

describe('what is written otherwise', () => {
  for (const [slug, field, written, signed] of READ) {
    it(`${field}: ${written} is signed as ${signed}, and said`, () => {
      const two = slug === 'real-estate-title'
      const owners = two
        ? { holderIdType: '111、111', holderId: '11010519491231002X、430000197809041918' }
        : {}
      const { draft, defects } = judge(typeOf(slug), rowOf(slug, { ...owners, [field]: written }))
      expect(draft?.faceData[field]).to.equal(signed)
      expect(told(defects)).to.deep.equal([`warning ${field} read-in-its-spelling`])
      expect(JSON.stringify(defects)).not.to.include(written)
    })
  }

  it('is not read where it may mean several things, or nothing', () => {
    for (const [field, written] of [
      ['holderId', '110105194912310021'],
      ['issuedOn', '2025年5月'],
      ['issuedOn', '05/17/2025'],
      ['category', 'b'],
      ['holderName', '张\u202e三'],
      ['holderName', '张□'],
      ['holderName', '张\ufffd'],
    ] as const) {
      const { draft } = judge(typeOf('safety-manager'), rowOf('safety-manager', { [field]: written }))
      expect(draft, written).to.equal(null)
    }
  })

  it('gives the same licence as the same in its spelling', () => {
    const type = typeOf('safety-manager')
    const spelt = judge(type, rowOf('safety-manager', { holderId: '11010519491231002X' })).draft
    const written = judge(type, rowOf('safety-manager', { holderId: '11010519491231002x' })).draft
    expect(written).to.deep.equal(spelt)
  })
})

describe('days', () => {
  it('of issue are neither after today nor after the end', () => {
    const type = typeOf('safety-manager')
    const after = judge(type, rowOf('safety-manager', { issuedOn: '2062-03-08' }))
    expect(told(after.defects)).to.deep.equal([
      'refusal issuedOn dated-ahead',
      'refusal issuedOn issued-after-end',
    ])
    expect(judge(type, rowOf('safety-manager', { issuedOn: TODAY })).draft).not.to.equal(null)
    expect(judge(type, rowOf('safety-manager', { issuedOn: '2026-01-02' })).draft).to.equal(null)
  })
})

describe('days that cannot be', () => {
  for (const [field, value, codes] of [
    ['issuedOn', '0001-01-01', ['day-too-early']],
    ['issuedOn', '1900-01-01', ['day-too-early']],
    ['issuedOn', '1899-12-30', ['day-too-early']],
    ['validFrom', '1900-12-31', ['day-too-early']],
    // Right check characters: of 1849, and of 2090.
    ['holderId', '110105184912310020', ['day-too-early']],
    ['holderId', '110105209012310023', ['not-a-holder-id']],
  ] as const) {
    it(`${field} ${value}: refused`, () => {
      const judged = judge(typeOf('safety-manager'), rowOf('safety-manager', { [field]: value }))
      expect(judged.draft).to.equal(null)
      const ofField = judged.defects.filter((defect) => defect.field === field)
      expect(ofField.map(({ code }) => code)).to.include.members([...codes])
    })
  }

  it('of long ago that can be are taken', () => {
    const face = { issuedOn: '1901-01-01', validFrom: '2025-05-17' }
    expect(told(judge(typeOf('safety-manager'), rowOf('safety-manager', face)).defects)).not.to.include(
      'refusal issuedOn day-too-early',
    )
  })
})

describe('what is damage, though it stands in the file', () => {
  const ID = '430000196504098644'
  const judged = (slug: string, changes: Values): readonly string[] =>
    told(judge(typeOf(slug), rowOf(slug, changes)).defects)

  const REFUSED: readonly (readonly [field: string, written: string, code: string, slug?: string])[] = [
    ['holderName', '=HYPERLINK("http://x","样例甲")', 'formula-text'],
    ['holderName', '＝A2', 'formula-text'],
    ['post', '="总经理"', 'formula-text'],
    ['post', '@SUM(A1:A2)', 'formula-text'],
    ['post', '+CONCAT(A1)', 'formula-text'],
    ['licenceNumber', "'0123", 'formula-text'],
    ['holderName', `样例甲 ${ID}`, 'number-in-name'],
    ['holderName', '样例甲13800138000', 'number-in-name'],
    ['holderName', '样例甲１３８００１', 'number-in-name'],
    ['post', `总经理（${ID}）`, 'identity-number-shown'],
    ['employerName', `样例建筑 430000 19650409 8644`, 'identity-number-shown'],
    ['location', `样例市样例路1号 ${ID}`, 'identity-number-shown', 'real-estate-title'],
  ]
  for (const [field, written, code, slug = 'safety-manager'] of REFUSED) {
    it(`${field}: ${code} of ${written.replaceAll(ID, 'an identity number')}`, () => {
      expect(judged(slug, { [field]: written })).to.include(`refusal ${field} ${code}`)
    })
  }

  const TAKEN: readonly (readonly [field: string, written: string, slug?: string])[] = [
    ['holderName', '样例甲2'],
    ['post', '总经理（兼）-负责人'],
    ['post', '-'],
    ['technicalTitle', '@'],
    ['remarks', `共有人样例乙 ${ID}`, 'real-estate-title'],
    ['licenceNumber', `T${ID}`, 'special-operation'],
  ]
  for (const [field, written, slug = 'safety-manager'] of TAKEN) {
    it(`${field}: ${written.replaceAll(ID, 'an identity number')} is taken`, () => {
      expect(judged(slug, { [field]: written })).to.deep.equal([])
    })
  }

  it('is said, and no more, of an open licence number that holds an identity number', () => {
    const { draft, defects } = judge(
      typeOf('safety-manager'),
      rowOf('safety-manager', { licenceNumber: `湘${ID}` }),
    )
    expect(told(defects)).to.deep.equal(['warning licenceNumber identity-number-shown'])
    expect(draft).not.to.equal(null)
    expect(JSON.stringify(defects)).not.to.include(ID)
  })

  const born = { holderId: '11010519491231002X' }
  it('is a day of issue before the holder’s birth, and the day of birth is none', () => {
    const period = { validFrom: '2025-01-01', validUntil: '2027-12-31', ...born }
    expect(judged('safety-manager', { ...period, issuedOn: '1949-12-30' })).to.include(
      'refusal issuedOn before-birth',
    )
    expect(judged('safety-manager', { ...period, issuedOn: '1949-12-31' })).to.deep.equal([
      'warning issuedOn issued-long-before',
    ])
    const firstIssue = { firstIssuedOn: '1949-12-30', ...born }
    expect(judged('special-operation', firstIssue)).to.deep.equal(['refusal firstIssuedOn before-birth'])
  })

  it('is one before the birth of any of several holders', () => {
    const owners = {
      holderName: '样例甲、样例乙',
      holderIdType: '111、111',
      holderId: '11010519491231002X、430000197809041918',
    }
    const at = (day: string) => ({ ...owners, issuedOn: day, validFrom: day })
    expect(judged('real-estate-title', at('1978-09-03'))).to.deep.equal(['refusal issuedOn before-birth'])
    expect(judged('real-estate-title', at('1978-09-04'))).to.deep.equal([])
  })

  it('may be a day of issue more than a term before the validity', () => {
    const at = (issuedOn: string) =>
      judged('safety-manager', { validFrom: '2025-05-17', validUntil: '2028-05-16', issuedOn, ...born })
    expect(at('2022-05-16')).to.deep.equal(['warning issuedOn issued-long-before'])
    expect(at('2022-05-17')).to.deep.equal([])
  })
})

describe('identifiers', () => {
  it('hold no identity number: everybody sees them', () => {
    const parts = { licenceType: typeOf('special-operation').code, issuer: ISSUER, version: '001' }
    const judged = (serial: string) =>
      judge(
        typeOf('special-operation'),
        rowOf('special-operation', { licenceId: encodeLicenceId({ ...parts, serial }) }),
      )
    expect(told(judged('T11010519491231002X').defects)).to.deep.equal([
      'refusal licenceId licence-id-personal',
    ])
    expect(judged('T110105194912310021').draft).not.to.equal(null)
  })
})

/** A type of an agency's own, with fields that no description keeps from being too much. */
const OWN: LicenceType = (() => {
  const teacher = typeOf('teacher')
  const subject = teacher.fields.find(({ name }) => name === 'subject') as LicenceField
  const optional = (name: string, maxLength: number): LicenceField => ({
    ...subject,
    name,
    required: false,
    maxLength,
  })
  return {
    ...teacher,
    validity: { longTerm: 'allowed', maxYears: null },
    fields: [
      ...teacher.fields.map((field) =>
        ['validFrom', 'validUntil'].includes(field.name) ? { ...field, required: false } : field,
      ),
      optional('exp', 200),
      optional('Große', 200),
      optional('long', 100_000),
      ...Array.from({ length: 60 }, (_, i) => optional(`more${i}`, 100_000)),
    ],
  }
})()

const more = (count: number, value: string): Values =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`more${i}`, value]))

/** Bad values, and good ones beside them. */
const SIGNED_OR_NOT: readonly (readonly [is: string, changes: Values, refusal: string | null])[] = [
  ['a row as it should be', {}, null],
  ['a field named like a claim', { exp: '2030' }, 'exp cannot-be-signed'],
  ['a field with a name that no disclosure has', { Große: '1' }, 'Große cannot-be-signed'],
  ['the longest field', { long: '例'.repeat(4_000) }, null],
  ['a field longer than a disclosure', { long: '例'.repeat(4_200) }, 'long cannot-be-signed'],
  [
    'a field of quotation marks, each of which is escaped',
    { long: '"'.repeat(6_200) },
    'long cannot-be-signed',
  ],
  ['as many fields as there may be', more(50, '例'), null],
  ['more fields than there may be', more(60, '例'), 'row too-much-to-sign'],
  ['more than a credential can hold', more(10, '例'.repeat(4_000)), 'row too-much-to-sign'],
  ['a control character', { long: 'a\u0000' }, 'long forbidden-character'],
  ['a lost half of a pair', { long: '\ud842' }, 'long forbidden-character'],
  ['31 marks in a row', { long: `a${'\u0334'.repeat(31)}` }, 'long forbidden-character'],
  ['no first day', { validFrom: undefined }, 'validUntil no-validity'],
  ['no last day', { validUntil: undefined }, 'validUntil no-validity'],
  [
    'an end before times begin',
    {
      validFrom: '1950-01-01',
      validUntil: '1969-12-30',
      issuedOn: '1950-01-01',
      holderId: '11010519491231002X',
    },
    'validUntil ended-before-1970',
  ],
  [
    'an identifier of another type',
    { licenceId: rowOf('food-operation')['licenceId'] },
    'licenceId other-type',
  ],
  ['an identifier that is none', { licenceId: '1.2.3' }, 'licenceId not-a-licence-id'],
  ['a holder’s key that is none', { holderJwk: '{}' }, 'holderJwk not-a-holder-key'],
]

/** What signing itself says of a row, as though nobody had judged it. */
async function isSignable(values: Values): Promise<boolean> {
  const { licenceId, holderJwk, ...face } = values as Record<string, string>
  const { validFrom = '', validUntil = '' } = face
  const claims = {
    iss: `urn:hefu:uscc:${ISSUER}`,
    vct: `urn:hefu:licence-type:${OWN.code}`,
    jti: licenceId ?? '',
    iat: NOW,
    nbf: Math.max(0, Date.parse(`${validFrom}T00:00:00+08:00`) / 1000),
    ...(validUntil === '长期' ? {} : { exp: Date.parse(`${validUntil}T00:00:00+08:00`) / 1000 + 86_400 }),
    status: { status_list: { idx: 0, uri: statusListUri(LEDGER, ISSUER) } },
    ...(holderJwk === undefined ? {} : { cnf: { jwk: JSON.parse(holderJwk) } }),
  }
  const key = {
    kid: thumbprint(ES256_KEY, suite),
    algorithm: algorithmOf(ES256_KEY),
    key: await suite.importPrivateKey(ES256_KEY),
  }
  try {
    await createCredential({ claims, faceData: face }, key, suite)
    return true
  } catch (error) {
    if (error instanceof MalformedError) return false
    throw error
  }
}

describe('what issuing refuses is refused at its row', () => {
  for (const [is, changes, refusal] of SIGNED_OR_NOT) {
    it(`${is}: ${refusal ?? 'signed'}`, async () => {
      const values = rowOf('teacher', changes)
      const { draft, defects } = judge(OWN, values)
      expect(told(defects)).to.deep.equal(refusal === null ? [] : [`refusal ${refusal}`])
      expect(draft === null).to.equal(refusal !== null)
      expect(await isSignable(values), 'signing itself').to.equal(refusal === null)
    })
  }
})
