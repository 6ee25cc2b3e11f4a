/** Licence types for other systems: the schema against an independent implementation (ajv), the digest. */
import {
  findLicenceType,
  LICENCE_TYPES,
  type LicenceType,
  schemaDigest,
  suite,
  validateFaceData,
} from '@hefu/protocol'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import fc from 'fast-check'
import { describe, it } from 'mocha'
import { encodeLicenceType, licenceDisplay, licenceSchema } from '#internal/protocol/licence/schema'
import { generateLicences } from '../../../../scripts/generate-licences.ts'
import { runs } from '../../../fixtures/test-profile.ts'

const ISSUER = '11430000006122244L'
/** What only a program can judge: days, check characters, NFC, dates against each other, characters that were lost. */
const BEYOND_SCHEMA = new Set([
  'uscc-check',
  'issuer-uscc-check',
  'not-a-date',
  'not-a-holder-id',
  'not-a-food-licence-number',
  'forbidden-character',
  'ends-before-start',
  'valid-too-long',
  'lost-character',
  'dated-ahead',
  'issued-after-end',
  'old-resident-id',
  'holder-count',
])

type Face = Readonly<Record<string, unknown>>

function facesOf(type: LicenceType, count: number): readonly Face[] {
  const rows = generateLicences({ type: type.slug, issuer: ISSUER, count, seed: 9, issuedIn: 2025 })
  return [...rows].map(({ licenceId: _, ...face }) => face)
}

const HOSTILE: readonly unknown[] = [
  '',
  ' ',
  ' a',
  'a ',
  'a\nb',
  'a\u202eb',
  '样例',
  '长期',
  '2025-02-30',
  '2025-13-01',
  '20250101',
  '111',
  '91110000802100433B',
  '11010519491231002x',
  'JY14301111234567',
  '😀'.repeat(200),
  '😀'.repeat(201),
  'x'.repeat(2001),
  7,
  null,
  true,
  [],
  {},
]

/** A face with some fields replaced, removed or added. */
function altered(type: LicenceType, faces: readonly Face[]): fc.Arbitrary<Face> {
  const names = [...type.fields.map(({ name }) => name), 'unknownField']
  const change = fc.tuple(
    fc.constantFrom(...names),
    fc.oneof(
      fc.constantFrom(...HOSTILE, undefined),
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom(...faces.flatMap((face) => Object.values(face))),
    ),
  )
  return fc
    .tuple(fc.constantFrom(...faces), fc.array(change, { maxLength: 3 }))
    .map(([face, changes]) =>
      Object.fromEntries(
        Object.entries({ ...face, ...Object.fromEntries(changes) }).filter(
          ([, value]) => value !== undefined,
        ),
      ),
    )
}

const TODAY = '2026-03-01'

describe('JSON Schema of a licence type', () => {
  for (const type of LICENCE_TYPES) {
    it(`${type.slug}: accepts what is issued, and refuses what validateFaceData refuses as far as it can say`, () => {
      const accepts = new Ajv2020({ strict: true, strictRequired: false }).compile(licenceSchema(type))
      const faces = facesOf(type, 20)
      for (const face of faces) {
        expect(
          validateFaceData(type, face, TODAY).filter(({ severity }) => severity === 'refusal'),
        ).to.deep.equal([])
        expect(accepts(face), JSON.stringify(accepts.errors)).to.equal(true)
      }
      fc.assert(
        fc.property(altered(type, faces), (face) => {
          const defects = validateFaceData(type, face, TODAY)
          const accepted = accepts(face)
          if (defects.every(({ severity }) => severity === 'warning')) expect(accepted).to.equal(true)
          if (defects.some(({ code }) => !BEYOND_SCHEMA.has(code))) expect(accepted).to.equal(false)
        }),
        { numRuns: runs(300, 20_000) },
      )
    })
  }

  it('refuses a face with any one required field left out, and one with a field too many', () => {
    for (const type of LICENCE_TYPES) {
      const accepts = new Ajv2020({ strict: true, strictRequired: false }).compile(licenceSchema(type))
      const [face = {}] = facesOf(type, 1)
      for (const { name, required } of type.fields) {
        const { [name]: _, ...rest } = face
        // The invented faces have one of those of which one is enough.
        const isNeeded = required || (name in face && type.oneOf?.flat().includes(name) === true)
        expect(accepts(rest), `${type.slug} without ${name}`).to.equal(!isNeeded)
      }
      expect(accepts({ ...face, more: 'x' })).to.equal(false)
    }
  })
})

describe('display description', () => {
  it('states order, both labels, mask and grade of every field', () => {
    for (const type of LICENCE_TYPES) {
      const { fields } = licenceDisplay(type) as unknown as {
        fields: { name: string; order: number; mask: string; sensitivity: string }[]
      }
      expect(fields.map(({ name }) => name)).to.deep.equal(type.fields.map(({ name }) => name))
      expect(fields.map(({ order }) => order)).to.deep.equal(type.fields.map((_, i) => i + 1))
      for (const { mask, sensitivity } of fields) {
        expect(sensitivity).to.be.oneOf(['public', 'personal', 'sensitive'])
        if (sensitivity !== 'public') expect(mask, 'nothing personal is shown openly').not.to.equal('open')
      }
    }
  })
})

describe('schemaDigest', () => {
  it('is SHA-256 of the one text, which does not depend on the order of members', () => {
    for (const type of LICENCE_TYPES) {
      const reversed = Object.fromEntries(Object.entries(type).reverse()) as unknown as LicenceType
      expect(encodeLicenceType(reversed)).to.equal(encodeLicenceType(type))
      const text = encodeLicenceType(type)
      expect(schemaDigest(type, suite)).to.equal(`0x${Buffer.from(suite.sha256(text)).toString('hex')}`)
      expect(text).not.to.match(/[\n\t]/)
    }
  })

  it('is another for every type, and for every change of a field', () => {
    const digests = new Set(LICENCE_TYPES.map((type) => schemaDigest(type, suite)))
    expect(digests.size).to.equal(LICENCE_TYPES.length)
    const type = LICENCE_TYPES[0] as LicenceType
    const changes = [
      { label: { zh: '别名', en: 'Alias' } },
      { required: false },
      { mask: 'name' },
      { sensitivity: 'sensitive' },
      { maxLength: 7 },
      { format: 'uscc' },
    ] as const
    for (const change of changes) {
      const fields = type.fields.map((field, i) => (i === 2 ? { ...field, ...change } : field))
      digests.add(schemaDigest({ ...type, fields }, suite))
    }
    expect(digests.size).to.equal(LICENCE_TYPES.length + changes.length)
  })
})

describe('a licence type that is added at run time, as data alone', () => {
  const text = JSON.stringify({
    code: '11100000000013338W099',
    slug: 'sample-permit',
    name: { zh: '样例许可证', en: 'Sample permit' },
    holderKind: 'person',
    validity: { longTerm: 'allowed', maxYears: null },
    fields: [
      {
        name: 'holderName',
        label: { zh: '姓名', en: 'Name' },
        format: 'text',
        required: true,
        mask: 'name',
        sensitivity: 'personal',
        maxLength: 50,
      },
      {
        name: 'validUntil',
        label: { zh: '有效期至', en: 'Valid until' },
        format: 'end-date',
        required: true,
        mask: 'open',
        sensitivity: 'public',
        maxLength: 10,
      },
    ],
  })
  const type = JSON.parse(text) as LicenceType

  it('is validated, described and digested like any other', () => {
    expect(findLicenceType(type.code)).to.equal(undefined)
    expect(validateFaceData(type, { holderName: '样例甲', validUntil: '长期' }, TODAY)).to.deep.equal([])
    const [defect] = validateFaceData(type, { validUntil: '长期' }, TODAY)
    expect(defect).to.deep.include({ field: 'holderName', code: 'missing' })
    expect(defect?.says.zh).to.match(/^姓名：/)
    expect(defect?.says.en).to.match(/^Name: /)
    const accepts = new Ajv2020({ strict: true, strictRequired: false }).compile(licenceSchema(type))
    expect(accepts({ holderName: '样例甲', validUntil: '2030-01-01' })).to.equal(true)
    expect(accepts({ holderName: '样例甲', validUntil: '2030-1-1' })).to.equal(false)
    expect(schemaDigest(type, suite)).to.match(/^0x[0-9a-f]{64}$/)
  })
})
