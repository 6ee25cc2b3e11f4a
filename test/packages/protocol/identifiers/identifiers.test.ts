/** Identifiers against test/vectors/domain.json: codes of real authorities and companies, and altered ones. */
import { readFileSync } from 'node:fs'
import {
  encodeLicenceId,
  hasRightCheck,
  holdsResidentId,
  isRegionCode,
  isUscc,
  mod11_10,
  PROVINCES,
  parseLicenceId,
  provinceOf,
  residentIdCheckCharacter,
  usccCheckCharacter,
} from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { mod37_36 } from '#internal/protocol/identifiers/check-character'
import { isFoodLicenceNumber } from '#internal/protocol/identifiers/food-licence-number'
import { endsInRightCheck } from '#internal/protocol/identifiers/licence-id'
import { isResidentId } from '#internal/protocol/identifiers/resident-id'
import { hasUsccShape } from '#internal/protocol/identifiers/uscc'
import { refusalOf } from '../../../fixtures/refusal.ts'

interface DomainVectors {
  readonly certificateIdentifier: { readonly valid: readonly string[]; readonly invalid: readonly string[] }
  readonly mod37_36: readonly (readonly [string, string])[]
  readonly uscc: {
    readonly valid: readonly string[]
    readonly realButChecksumFails: readonly string[]
    readonly invalid: readonly string[]
  }
  readonly residentId: { readonly valid: readonly string[]; readonly invalid: readonly string[] }
  readonly foodLicence: {
    readonly valid: readonly string[]
    readonly invalid: readonly string[]
    readonly mod11_10: readonly (readonly [string, string])[]
  }
}

const vectors: DomainVectors = JSON.parse(
  readFileSync(new URL('../../../vectors/domain.json', import.meta.url), 'utf8'),
)

/** Every text that differs from this one in one character of the alphabet. */
function oneCharacterOff(text: string, alphabet: string): readonly string[] {
  return [...text].flatMap((own, at) =>
    [...alphabet].filter((c) => c !== own).map((c) => text.slice(0, at) + c + text.slice(at + 1)),
  )
}

/** What is around a text that must match as a whole. */
function surrounded(text: string): readonly string[] {
  return [
    ` ${text}`,
    `${text} `,
    `${text}\n`,
    `\ufeff${text}`,
    text.slice(1),
    text.slice(0, -1),
    `${text}0`,
    '',
  ]
}

describe('licence identifier (GB/T 36904)', () => {
  for (const text of vectors.certificateIdentifier.valid) {
    it(`has a right check character: ${text}`, () => {
      const { check, ...parts } = parseLicenceId(text, 'id')
      expect(hasRightCheck({ ...parts, check })).to.equal(true)
      expect(endsInRightCheck(text)).to.equal(true)
      expect(encodeLicenceId(parts)).to.equal(text)
    })
  }
  for (const text of vectors.certificateIdentifier.invalid) {
    it(`has a wrong check character: ${text}`, () => {
      const id = parseLicenceId(text, 'id')
      expect(hasRightCheck(id)).to.equal(false)
      expect(endsInRightCheck(text)).to.equal(false)
      expect(encodeLicenceId(id)).to.not.equal(text)
    })
  }
  it('has of all check characters one right one, by its parts and by its text', () => {
    for (const text of vectors.certificateIdentifier.valid) {
      const right = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'].filter((check) => {
        const other = text.slice(0, -1) + check
        expect(endsInRightCheck(other)).to.equal(hasRightCheck(parseLicenceId(other, 'id')))
        return endsInRightCheck(other)
      })
      expect(right).to.deep.equal([text.at(-1)])
    }
  })
  const [sample = ''] = vectors.certificateIdentifier.valid
  for (const [is, text] of [
    ...surrounded(sample).map((t) => ['surroundings or a part missing', t] as const),
    ['version 000', sample.replace('.001.', '.000.')],
    ['another root', sample.replace('1.2.156', '1.2.157')],
    ['lower case', sample.toLowerCase()],
    ['a full-width digit', sample.replace('2023', '２023')],
    ['an empty serial', sample.replace('20230000403', '')],
    ['a type of 20 characters', sample.replace('W011', 'W01')],
    ['an issuer of 17 characters', sample.replace('122244L', '122244')],
    ['seven parts', `${sample}.0`],
  ] as const) {
    it(`refuses ${is}: ${JSON.stringify(text)}`, () => {
      expect(refusalOf(() => parseLicenceId(text, 'id'))).to.deep.equal(['wrong-value'])
    })
  }
})

describe('check characters (ISO/IEC 7064)', () => {
  for (const [text, check] of vectors.mod37_36) {
    it(`MOD 37,36 of ${text} is ${check}`, () => expect(mod37_36(text)).to.equal(check))
  }
  for (const [text, check] of vectors.foodLicence.mod11_10) {
    it(`MOD 11,10 of ${text} is ${check}`, () => expect(mod11_10(text)).to.equal(check))
  }
  it('detects every wrong character (a property of the hybrid systems)', () => {
    const id = 'A12425GABC1234002'
    for (const other of oneCharacterOff(id, '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ')) {
      expect(mod37_36(other)).to.not.equal(mod37_36(id))
    }
    for (const other of oneCharacterOff('0794', '0123456789')) expect(mod11_10(other)).to.not.equal('5')
  })
  it('refuses characters outside of the alphabet', () => {
    for (const text of ['a', '-', ' ', '０', '𠮷']) expect(() => mod37_36(text)).to.throw(RangeError)
    for (const text of ['A', '-', ' ', '０']) expect(() => mod11_10(text)).to.throw(RangeError)
  })
})

describe('unified social credit code (GB 32100-2015)', () => {
  for (const text of vectors.uscc.valid) {
    it(`is valid: ${text}`, () => {
      expect(isUscc(text)).to.equal(true)
      expect(usccCheckCharacter(text.slice(0, 17))).to.equal(text.slice(17))
    })
  }
  for (const text of vectors.uscc.realButChecksumFails) {
    it(`has the shape though its check character is wrong, as real ones do: ${text}`, () => {
      expect(hasUsccShape(text)).to.equal(true)
      expect(isUscc(text)).to.equal(false)
    })
  }
  for (const text of vectors.uscc.invalid) {
    it(`is not valid: ${text}`, () => expect(isUscc(text)).to.equal(false))
  }
  it('refuses every one-character difference', () => {
    for (const text of oneCharacterOff('91110108551385082Q', '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ')) {
      expect(isUscc(text), text).to.equal(false)
    }
  })
  it('refuses surroundings, lower case, and the letters I O S V Z', () => {
    for (const text of surrounded('91110108551385082Q')) expect(hasUsccShape(text), text).to.equal(false)
    expect(hasUsccShape('91110108551385082q')).to.equal(false)
    for (const letter of 'IOSVZ') expect(hasUsccShape(`9111010855138508${letter}Q`)).to.equal(false)
    expect(() => usccCheckCharacter('9111010855138508I')).to.throw(RangeError)
  })
})

describe('resident identity number (GB 11643)', () => {
  for (const text of vectors.residentId.valid) {
    it(`is valid: ${text}`, () => {
      expect(isResidentId(text)).to.equal(true)
      expect(residentIdCheckCharacter(text.slice(0, 17))).to.equal(text.slice(17))
    })
  }
  for (const text of vectors.residentId.invalid) {
    it(`is not valid: ${text}`, () => expect(isResidentId(text)).to.equal(false))
  }
  it('refuses every one-digit difference', () => {
    for (const text of oneCharacterOff('11010519491231002X', '0123456789X')) {
      expect(isResidentId(text), text).to.equal(false)
    }
  })
  it('refuses a date that does not exist, whatever the check character', () => {
    for (const date of ['19490230', '19491301', '19490001', '19490100', '19000229', '20230229']) {
      const body = `110105${date}002`
      expect(isResidentId(body + residentIdCheckCharacter(body)), date).to.equal(false)
    }
    expect(isResidentId(`11010520000229002${residentIdCheckCharacter('11010520000229002')}`)).to.equal(true)
  })
  it('refuses surroundings and a lower-case x', () => {
    for (const text of [...surrounded('11010519491231002X'), '11010519491231002x']) {
      expect(isResidentId(text), text).to.equal(false)
    }
  })
})

describe('a resident identity number in a text that is to be public', () => {
  for (const text of [
    '11010519491231002X',
    '关于110105 19491231 002x的决定',
    '１１０１０５１９４９１２３１００２Ｘ',
    '湘建罚〔2026〕110105-19491231-002X号',
    '110105·19491231·002X',
    '1101\u200b0519491231002X',
    '202611010519491231002X',
    '110105491231002',
    '湘建罚〔2026〕110105491231002号',
    '2026 110105491231002',
    '110105 491231 002',
    '2026 110105 491231 002',
    '110105/19491231/002X',
    '110105，19491231，002X',
    '110105、19491231、002X',
    '110105(19491231)002X',
    '110105〔19491231〕002X',
    '110105|19491231|002X',
    '110105+19491231=002X',
    '1\u03011\ufe0f0105🙂19491231002X',
    '１１０１０５１９４９１２３１００２Ｘ',
    '١١٠١٠٥١٩٤٩١٢٣١٠٠٢X',
    '११०१०५१९४९१२३१००२X',
    '᠑᠑᠐᠑᠐᠕᠑᠙᠔᠙᠑᠒᠓᠑᠐᠐᠒X',
    '一一〇一〇五一九四九一二三一〇〇二X',
    '壹壹零壹零伍壹玖肆玖壹贰叁壹零零贰X',
    '①①⓪①⓪⑤①⑨④⑨①②③①⓪⓪②X',
    '11010519491231002Ⅹ',
    '11010519491231002Х',
    '11010519491231002х',
    '11010519491231002Χ',
    '11010519491231002×',
    '11010519491231002✕',
    '110105/491231/002',
  ]) {
    it(`is found: ${JSON.stringify(text)}`, () => expect(holdsResidentId(text)).to.equal(true))
  }
  for (const text of [
    '',
    '湘建罚〔2026〕1号',
    '110105194912310021',
    '1101051949123100',
    '2026 1105 1949 1231 0021',
    '110105491331002',
    '200105491231002',
    '1101054912310029',
    '9110105491231002',
    '91110000802100433B',
    '20260101120000123',
    '国土资函〔2026〕第〇〇一二号',
    '二〇二六年十一月二十六日',
    '2026-11-26 10:29:33 湘建罚〔2026〕1号',
    '湘建罚〔2026〕1号、湘建罚〔2026〕2号、湘建罚〔2026〕3号',
    '11430000006122244L',
    '0731-84683000, 0731-84683001',
    '110105年491231月002',
  ]) {
    it(`is not found: ${JSON.stringify(text)}`, () => expect(holdsResidentId(text)).to.equal(false))
  }
  it('is found wherever it stands, and not with any one digit altered', () => {
    for (const text of vectors.residentId.valid) {
      for (const around of [`第${text}号`, ` ${text}\n`, `2026${text}`, `${text}2026`]) {
        expect(holdsResidentId(around), around).to.equal(true)
      }
      for (const other of oneCharacterOff(text, '0123456789')) {
        expect(holdsResidentId(`第${other}号`), other).to.equal(false)
      }
    }
  })
})

describe('food-operation licence number', () => {
  for (const text of vectors.foodLicence.valid) {
    it(`is valid: ${text}`, () => expect(isFoodLicenceNumber(text)).to.equal(true))
  }
  for (const text of vectors.foodLicence.invalid) {
    it(`is not valid: ${text}`, () => expect(isFoodLicenceNumber(text)).to.equal(false))
  }
  it('refuses every one-digit difference, surroundings and another prefix', () => {
    const [sample = ''] = vectors.foodLicence.valid
    for (const digits of oneCharacterOff(sample.slice(2), '0123456789')) {
      expect(isFoodLicenceNumber(`JY${digits}`), digits).to.equal(false)
    }
    for (const text of [...surrounded(sample), sample.replace('JY', 'jy'), sample.replace('JY', 'JX')]) {
      expect(isFoodLicenceNumber(text), text).to.equal(false)
    }
  })
})

describe('region code (GB/T 2260)', () => {
  it('knows every province-level unit and what lies below', () => {
    for (const code of Object.keys(PROVINCES)) {
      expect(isRegionCode(code), code).to.equal(true)
      expect(provinceOf(`${code.slice(0, 2)}0102`)).to.equal(code)
    }
    expect(isRegionCode('440106')).to.equal(true)
    expect(Object.keys(PROVINCES)).to.have.length(36)
  })
  it('refuses anything else', () => {
    for (const text of [
      '000000',
      '160000',
      '990000',
      '4400',
      '4400000',
      '44000a',
      '４４0000',
      'constructor',
      '',
    ]) {
      expect(isRegionCode(text), text).to.equal(false)
    }
  })
})
