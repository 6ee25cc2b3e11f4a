import { isDisplayText, LICENCE_TYPES, type MaskRule } from '@hefu/protocol'
import { expect } from 'chai'
import fc from 'fast-check'
import { describe, it } from 'mocha'
import { showMasked } from '../../../fixtures/masked-field.ts'

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
  ['address', '长沙市样例路1号2栋', '长沙市样例*****'],
  ['open', '湖南样例有限公司', '湖南样例有限公司'],
]

describe('the mask of a field', () => {
  for (const [rule, value, masked] of CASES) {
    it(`${rule}: ${value} is shown as ${masked}`, () => expect(showMasked(rule, value)).to.equal(masked))
  }

  it('keeps the length and never shows a whole value that is not open', () => {
    const rules = fc.constantFrom<MaskRule>('name', 'identity-number', 'number', 'address')
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
