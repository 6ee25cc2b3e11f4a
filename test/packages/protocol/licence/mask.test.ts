import {
  encodeLicenceId,
  findLicenceType,
  isDisplayText,
  LICENCE_TYPES,
  type MaskRule,
  showField,
  showLicenceId,
} from '@hefu/protocol'
import { expect } from 'chai'
import fc from 'fast-check'
import { describe, it } from 'mocha'
import { HIDDEN_VALUE } from '#internal/protocol/licence/mask'
import { showMasked } from '../../../fixtures/masked-field.ts'
import { runs } from '../../../fixtures/test-profile.ts'

const CASES: readonly [MaskRule, string, string][] = [
  ['identity-number', '11010519491231002X', '1101**********002X'],
  ['identity-number', 'E12345678', 'E1*****78'],
  ['identity-number', '123', '***'],
  ['name', '张样例', '张**'],
  ['name', '李四', '李*'],
  ['name', '王', '*'],
  ['name', '𠮷样例', '𠮷**'],
  ['number', '430102001001GB00001F00010001', '************************0001'],
  ['number', '12', '*2'],
  ['address', '长沙市样例路1号2栋', '长沙市*******'],
  ['address', '湖南长沙市岳麓区样例路1号', '湖南长沙市********'],
  ['address', '样例路1号2栋', '*******'],
  ['address', '张三丰 13800138000', '***************'],
  ['hidden', '张三丰 13800138000', '********'],
  ['hidden', '无', '********'],
  ['open', '湖南样例有限公司', '湖南样例有限公司'],
  ['open', 'T11010519491231002X', 'T1101**********002X'],
  ['open', '110105 19491231 002x', '1101** ******** 002x'],
  ['open', '１１０１０５１９４９１２３１００２Ｘ', '１１０１**********００２Ｘ'],
  ['open', '旧110105491231002', '旧110*********002'],
  ['open', '20234301042000123', '20234301042000123'],
  // Run together, neither with the right check character, one of them, or with a mobile number.
  ['open', '110105194912310021430102199003070015', '1101***********021430***********0015'],
  ['open', '11010519491231002X430102199003070015', '1101**********002X4301**********0015'],
  ['open', '430102199003070015430102199003070014', '4301***********015430***********0014'],
  ['open', '11010519491231002143010219900307001', '1101**********00214301*********7001'],
  ['open', '11010519491231002113800138000', '1101**********002113800138000'],
  // Letters for digits.
  ['open', '11O1O5l949l231OO21', '11O1**********OO21'],
  ['open', '证号l10105194912310021', '证号l101**********0021'],
  ['open', '110105 I9491231 OO2l', '1101** ******** OO2l'],
  ['open', '11О1О519491231002X', '11О1**********002X'],
  // A day of birth that is written out.
  ['open', '110105一九四九年十二月三十一日0021', '1101******年**月***日0021'],
  ['open', '证号110105 1949年1月3日 002X，共1页', '证号1101** ****年*月*日 002X，共1页'],
  ['open', '一一〇一〇五一九九〇年元月廿一日〇〇二一', '一一〇一******年*月**日〇〇二一'],
  ['open', '110105 49年12月31日 002', '110*** **年**月**日 002'],
  // With signs between year, month and day, a short year, words of a birth.
  ['open', '110105.1990.3.7.8811', '1101**.****.*.*.8811'],
  ['open', '110105 1990/3/7 8811', '1101** ****/*/* 8811'],
  ['open', '110105 1990-3-17 8811', '1101** ****-*-** 8811'],
  ['open', '110105 90年3月7日 8811', '110*** **年*月*日 *811'],
  ['open', '110105 1990年3月7日生 8811', '1101** ****年*月*日生 8811'],
  // Other digits, and letters and bars for digits.
  ['open', '〡〡〇〡〇〥〡〩〩〇〇〣〇〧〨〨〡〡', '〡〡〇〡**********〨〨〡〡'],
  ['open', '❶❶⓿❶⓿❺❶❾❾⓿⓿❸⓿❼❽❽❶❶', '❶❶⓿❶**********❽❽❶❶'],
  ['open', '➀➀🄋➀🄋➄➀➈➈🄋🄋➂🄋➆➇➇➀➀', '➀➀🄋➀**********➇➇➀➀'],
  ['open', '幺幺零幺零五幺九九零零三零七八八幺幺', '幺幺零幺**********八八幺幺'],
  ['open', '110105199003O7B8SZ', '1101**********B8SZ'],
  ['open', '110105|9900307881|', '1101**********881|'],
  ['open', '姓名|110105199003078812|男', '姓名|1101**********8812|男'],
  ['open', '面积1101.05平方米，1990年3月7日登记8811号', '面积1101.05平方米，1990年3月7日登记8811号'],
  ['organisation-number', '91110000802100433B', '91110000802100433B'],
  ['organisation-number', '11010519491231002X', '1101**********002X'],
  ['organisation-number', 'E12345678', 'E1*****78'],
]

/** One digit wrong, missing or too many: whose number it is can be read all the same. */
const MISTYPED = ['110105194912310021', '11010519491231002', '1101051949123100022', '110105194913310021']

describe('the mask of a field', () => {
  it('hides a resident number with one digit wrong, wherever the digit is and whatever parts the groups', () => {
    const place = fc.nat(17)
    const digit = fc.integer({ min: 1, max: 9 })
    const separator = fc.constantFrom('', ' ', '/', ',', ':', '|', '·', '~', '*', ' - ')
    fc.assert(
      fc.property(place, digit, separator, (at, change, between) => {
        const number = '430102199003070014'
        const wrong = [...number].map((one, i) => (i === at ? (Number(one) + change) % 10 : one)).join('')
        fc.pre(!/^(?:0|19|20)/.test(wrong))
        const grouped = [wrong.slice(0, 6), wrong.slice(6, 14), wrong.slice(14)].join(between)
        expect(showMasked('open', `证号${grouped}号`), grouped).not.to.match(/[0-9]{5}/)
      }),
      { numRuns: runs(500, 20_000) },
    )
  })

  it('shows a number of an organisation, a certificate or a case whole', () => {
    for (const number of [
      '91110000802100433B',
      '11430000006122244L',
      '20234301042000123',
      '430100000012345',
      'JY23101140041987',
      '湘建安B(2025)0000001',
      '202601011949123100',
      '11430000006122244L',
      '9111010519900101L2',
      '4301021949123100210000',
      '430102194912310021430102194912310021000',
      'NO2026LOI1949',
      '自2026年1月1日起至2031年12月31日止',
      '一九九〇年一月一日',
      '许可〔2026〕110105号2026年1月1日',
    ]) {
      expect(showMasked('open', number)).to.equal(number)
    }
  })

  for (const [rule, value, masked] of CASES) {
    it(`${rule}: ${value} is shown as ${masked}`, () => expect(showMasked(rule, value)).to.equal(masked))
  }

  it('keeps the length and never shows a whole value that is not open', () => {
    const rules = fc.constantFrom<MaskRule>(
      'name',
      'organisation-number',
      'identity-number',
      'number',
      'address',
    )
    const texts = fc
      .string({ unit: 'grapheme-composite', minLength: 1 })
      .filter((text) => !text.includes('*') && isDisplayText(text))
    fc.assert(
      fc.property(rules, texts, (rule, text) => {
        const masked = showMasked(rule, text)
        expect([...masked].length).to.equal([...text].length)
        expect(masked).to.include('*')
      }),
    )
  })

  it('hides the name and the number of every personal holder', () => {
    for (const type of LICENCE_TYPES.filter(({ holderKind }) => holderKind === 'person')) {
      const rule = (name: string) => type.fields.find((field) => field.name === name)?.mask
      expect([rule('holderName'), rule('holderId')]).to.deep.equal(['name', 'identity-number'])
    }
  })
})

describe('a run of digits that no number is', () => {
  it('is hidden but for its ends, and costs what its length does', () => {
    const digits = '1'.repeat(16_384)
    expect(showMasked('open', digits)).to.equal(`1111${'*'.repeat(16_376)}1111`)
    const costOf = (text: string): number => {
      const startedAt = process.cpuUsage().user
      showMasked('open', text)
      return process.cpuUsage().user - startedAt
    }
    costOf(digits)
    // 35 µs a digit were half a second. Microseconds.
    expect(costOf(digits)).to.be.lessThan(250_000)
  })
})

describe('a public identifier', () => {
  const issuers = ['11430000006122244L', '1143000000000104MF', '1144000000000101MG', '1122000000000103MW']

  it('is shown whole, of every type and issuer', () => {
    for (const type of LICENCE_TYPES) {
      for (const issuer of issuers) {
        for (const serial of ['1', '2026000001', 'YL1X00000001', '20260101000123']) {
          const id = encodeLicenceId({ licenceType: type.code, issuer, serial, version: '001' })
          expect(showLicenceId(id)).to.equal(id)
        }
        expect(showMasked('open', issuer)).to.equal(issuer)
      }
      expect(showMasked('open', type.code)).to.equal(type.code)
    }
  })

  it('is masked where its serial is a holder’s number', () => {
    const [type] = LICENCE_TYPES
    const parts = { licenceType: type?.code ?? '', issuer: issuers[0] ?? '', version: '001' }
    const id = encodeLicenceId({ ...parts, serial: 'T11010519491231002X' })
    expect(showLicenceId(id)).to.equal(id.replace('.T11010519491231002X.', '.T1101**********002X.'))
  })

  it('is masked like any text where it is none', () => {
    expect(showLicenceId('1.2.156.3005.2.11010519491231002X')).to.not.include('19491231')
  })
})

describe('showField', () => {
  const title = findLicenceType('real-estate-title')

  it('masks each of several values by itself', () => {
    expect(showField(title, 'holderName', '样例甲、SMITH, JOHN')).to.equal('样**、S**********')
    expect(showField(title, 'holderId', '11010519491231002X、E12345678')).to.equal(
      '1101**********002X、E1*****78',
    )
  })

  it('masks the number of a certificate that holds its holder’s', () => {
    const number = showField(findLicenceType('special-operation'), 'licenceNumber', 'T11010519491231002X')
    expect(number).to.equal('T110***********002X')
  })

  it('masks an operator’s name unless the face shows that it is an organisation’s', () => {
    const food = findLicenceType('food-operation')
    expect(showField(food, 'holderName', '样例小吃店', '001')).to.equal('样例小吃店')
    expect(showField(food, 'holderName', '张样例', '111')).to.equal('张**')
    expect(showField(food, 'holderName', '张样例')).to.equal('张**')
    expect(showField(findLicenceType('business-licence'), 'holderName', '样例公司')).to.equal('样例公司')
  })

  it('masks an operator’s identity number where organisations’ are public', () => {
    const food = findLicenceType('food-operation')
    expect(showField(food, 'holderId', '11010519491231002X')).to.equal('1101**********002X')
    expect(showField(food, 'holderId', '91350100M000100Y43')).to.equal('91350100M000100Y43')
  })

  it('shows no resident number whole in any field of any type', () => {
    for (const type of LICENCE_TYPES) {
      for (const { name } of type.fields) {
        for (const number of ['11010519491231002X', '110105491231002', ...MISTYPED]) {
          const shown = showField(type, name, `附${number}号`)
          expect(shown, `${type.slug}.${name}`).not.to.include(number.slice(4, -4))
        }
      }
    }
  })

  it('hides whole what no type knows, and what cannot be seen', () => {
    expect(showField(undefined, 'holderName', '样例甲')).to.equal(HIDDEN_VALUE)
    expect(showField(title, 'colour', '红')).to.equal(HIDDEN_VALUE)
    expect(showField(title, 'holderName', '样\u202e例')).to.equal(HIDDEN_VALUE)
  })
})
