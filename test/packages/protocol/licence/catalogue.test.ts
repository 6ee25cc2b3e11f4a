import { createDisclosure, findLicenceType, HOLDER_ID_TYPES, isUscc, LICENCE_TYPES } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'

const COMMON = [
  'licenceNumber',
  'issuerName',
  'issuedOn',
  'validFrom',
  'validUntil',
  'holderName',
  'holderIdType',
  'holderId',
]

describe('catalogue of licence types', () => {
  it('holds the six types to start with', () => {
    expect(LICENCE_TYPES.map(({ slug }) => slug)).to.deep.equal([
      'business-licence',
      'food-operation',
      'special-operation',
      'safety-manager',
      'teacher',
      'real-estate-title',
    ])
  })

  it('finds a type by code and by slug, and nothing by any other text', () => {
    for (const type of LICENCE_TYPES) {
      expect(findLicenceType(type.code)).to.equal(type)
      expect(findLicenceType(type.slug)).to.equal(type)
    }
    for (const text of ['', 'Teacher', '11100000000013127D002', 'toString']) {
      expect(findLicenceType(text)).to.equal(undefined)
    }
  })

  it('names no type and no slug twice', () => {
    expect(new Set(LICENCE_TYPES.flatMap(({ code, slug }) => [code, slug])).size).to.equal(12)
  })

  for (const type of LICENCE_TYPES) {
    describe(type.slug, () => {
      it('has a code of a real authority’s USCC and three characters (GB/T 36904)', () => {
        expect(type.code).to.match(/^[0-9A-Z]{21}$/)
        expect(isUscc(type.code.slice(0, 18))).to.equal(true)
      })

      it('carries the metadata of GB/T 36903', () => {
        expect(type.fields.map(({ name }) => name)).to.include.members(COMMON)
      })

      it('names every field once, as a disclosure may be named', () => {
        const names = type.fields.map(({ name }) => name)
        expect(new Set(names).size).to.equal(names.length)
        for (const name of names) expect(() => createDisclosure(name, '', new Uint8Array(16))).not.to.throw()
      })

      it('labels every field in both languages, and gives choices exactly to choices', () => {
        for (const { label, format, choices } of type.fields) {
          expect(label.zh).to.match(/\p{Script=Han}/u)
          expect(label.en).to.match(/^[A-Z]/)
          expect(choices !== undefined).to.equal(format === 'choice')
        }
      })

      it('knows its holders by documents of GB/T 36903 only', () => {
        const { choices = [] } = type.fields.find(({ name }) => name === 'holderIdType') ?? {}
        expect(HOLDER_ID_TYPES.map(({ code }) => code)).to.include.members([...choices])
        expect(choices).to.include(type.holderKind === 'person' ? '111' : '001')
      })
    })
  }
})
