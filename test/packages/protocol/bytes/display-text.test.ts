/** Display text (spec/encoding.md): every character by itself and beside every kind of neighbour, against Unicode's own properties. */
import { isDisplayText } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'

const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}]/u
const LAST_CODE_POINT = 0x10ffff

/** The rule as the page has it, by properties alone. */
function isDisplayed(text: string): boolean {
  return !INVISIBLE.test(text) && text.normalize('NFC') === text
}

/** All characters, a plane at a time: a test says which. */
function* characters(): Generator<string> {
  for (let code = 0; code <= LAST_CODE_POINT; code++) yield String.fromCodePoint(code)
}

describe('display text', () => {
  it('is judged by Unicode’s properties, character by character', () => {
    for (const character of characters()) {
      if (isDisplayText(character) !== isDisplayed(character)) {
        expect.fail(`U+${character.codePointAt(0)?.toString(16)}: ${isDisplayText(character)}`)
      }
    }
  })

  it('is judged so beside a letter, an ideograph and a mark: what composes with either side is seen', () => {
    for (const character of characters()) {
      for (const text of [
        `e${character}`,
        `人${character}`,
        `が${character}`,
        `${character}\u0301`,
        `가${character}`,
      ]) {
        if (isDisplayText(text) !== isDisplayed(text)) {
          expect.fail(`U+${character.codePointAt(0)?.toString(16)} in ${JSON.stringify(text)}`)
        }
      }
    }
  }).timeout(120_000)

  it('has at most 30 combining marks in a row (UAX #15, Stream-Safe Text Format)', () => {
    const marks = (count: number): string => '\u0334'.repeat(count)
    for (const text of [`a${marks(30)}`, `a${marks(30)}a${marks(30)}`, marks(30)]) {
      expect(isDisplayText(text)).to.equal(true)
    }
    for (const text of [`a${marks(31)}`, marks(31), `人a${marks(30)}\u0345`, `a${marks(262_000)}`]) {
      expect(isDisplayText(text)).to.equal(false)
    }
  })

  it('has at most 30 of what becomes a mark, in whatever way it is written, with spaces or without', () => {
    for (const mark of ['\uff9e', '\u00b4', '\u309b', '\u0334 ', '\uff9f\u3000', '\ufe70', '\u2017']) {
      expect(isDisplayText(`a${mark.repeat(30)}a${mark.repeat(30)}`), mark).to.equal(true)
      expect(isDisplayText(`a${mark.repeat(31)}`), mark).to.equal(false)
    }
    expect(isDisplayText(`a${'\uff9e\u00b4'.repeat(16)}`)).to.equal(false)
  })

  it('knows every character that this engine decomposes into marks', () => {
    for (let point = 0; point <= 0x10_ffff; point++) {
      if (point >= 0xd800 && point <= 0xdfff) continue
      const character = String.fromCodePoint(point)
      if (!/^\s*\p{M}+$/u.test(character.normalize('NFKD'))) continue
      expect(isDisplayText(character.repeat(31)), point.toString(16)).to.equal(false)
    }
  })

  it('is no half of a pair', () => {
    for (const text of ['\ud800', '\udc00', '𠮷\ud800', '\udfb7\ud842'])
      expect(isDisplayText(text)).to.equal(false)
    expect(isDisplayText('𠮷')).to.equal(true)
  })
})
