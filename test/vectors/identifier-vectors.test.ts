/** identifiers.json, read by this implementation. */
import {
  encodeLicenceId,
  endOfDay,
  hasRightCheck,
  isCalendarDate,
  isFoodLicenceNumber,
  isRegionCode,
  isResidentId,
  isUscc,
  type LicenceId,
  mod11_10,
  mod37_36,
  parseLicenceId,
  provinceOf,
  startOfDay,
} from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { refusalOf } from '../fixtures/refusal.ts'
import { readVectors } from './vector-files.ts'

interface Judged {
  readonly text: string
  readonly valid: boolean
}

interface Checked {
  readonly text: string
  readonly check: string
}

type LicenceIdVector =
  | { readonly text: string; readonly refused: string }
  | {
      readonly text: string
      readonly refused?: never
      readonly parts: LicenceId
      readonly rightCheck: boolean
    }

interface IdentifierVectors {
  readonly licenceId: readonly LicenceIdVector[]
  readonly mod37_36: readonly Checked[]
  readonly mod11_10: readonly Checked[]
  readonly uscc: readonly Judged[]
  readonly residentId: readonly Judged[]
  readonly foodLicenceNumber: readonly Judged[]
  readonly calendarDate: readonly (
    | (Judged & { readonly startOfDay?: never })
    | { readonly text: string; readonly startOfDay: number; readonly endOfDay: number }
  )[]
  readonly regionCode: readonly (Judged & { readonly province?: string })[]
}

const vectors = readVectors<IdentifierVectors>('identifiers')

describe('identifier vectors: licence identifier', () => {
  for (const vector of vectors.licenceId) {
    it(JSON.stringify(vector.text), () => {
      if (vector.refused !== undefined) {
        expect(refusalOf(() => parseLicenceId(vector.text, 'id'))).to.deep.equal([vector.refused])
        return
      }
      expect(parseLicenceId(vector.text, 'id')).to.deep.equal(vector.parts)
      expect(hasRightCheck(vector.parts)).to.equal(vector.rightCheck)
      expect(encodeLicenceId(vector.parts) === vector.text).to.equal(vector.rightCheck)
    })
  }
})

describe('identifier vectors: check characters of ISO/IEC 7064', () => {
  for (const { text, check } of vectors.mod37_36)
    it(`MOD 37,36 of ${text}`, () => expect(mod37_36(text)).to.equal(check))
  for (const { text, check } of vectors.mod11_10)
    it(`MOD 11,10 of ${text}`, () => expect(mod11_10(text)).to.equal(check))
})

for (const [title, list, judge] of [
  ['unified social credit code', vectors.uscc, isUscc],
  ['resident identity number', vectors.residentId, isResidentId],
  ['food-operation licence number', vectors.foodLicenceNumber, isFoodLicenceNumber],
  ['region code', vectors.regionCode, isRegionCode],
] as const) {
  describe(`identifier vectors: ${title}`, () => {
    for (const { text, valid } of list) {
      it(`${JSON.stringify(text)} is ${valid ? 'valid' : 'refused'}`, () =>
        expect(judge(text)).to.equal(valid))
    }
  })
}

describe('identifier vectors: province of a region', () => {
  for (const { text, province } of vectors.regionCode) {
    if (province !== undefined) it(text, () => expect(provinceOf(text)).to.equal(province))
  }
})

describe('identifier vectors: days in China', () => {
  for (const vector of vectors.calendarDate) {
    it(JSON.stringify(vector.text), () => {
      if (vector.startOfDay === undefined) {
        expect(isCalendarDate(vector.text)).to.equal(false)
        expect(() => startOfDay(vector.text)).to.throw(RangeError)
        return
      }
      expect(isCalendarDate(vector.text)).to.equal(true)
      expect(startOfDay(vector.text)).to.equal(vector.startOfDay)
      expect(endOfDay(vector.text)).to.equal(vector.endOfDay)
    })
  }
})
