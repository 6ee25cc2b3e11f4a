/** Display text (spec/encoding.md): every character by itself and beside every kind of neighbour, against Unicode's own properties. */
import { isDisplayText } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'

const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}\ufffd]/u
const LAST_CODE_POINT = 0x10ffff

/** The rule as the page has it, by properties alone. */
function isDisplayed(text: string): boolean {
  return !INVISIBLE.test(text) && text.normalize('NFC') === text
}

/** All characters, a plane at a time: a test says which. */
function* characters(): Generator<string> {
  for (let code = 0; code <= LAST_CODE_POINT; code++) yield String.fromCodePoint(code)
}

/** What a script is written by, each where it stands, and where it stands for nothing. */
const BY_SCRIPT: readonly (readonly [is: string, good: readonly string[], bad: readonly string[]])[] = [
  [
    'a variation selector forms the Mongolian letter before it',
    ['ᠪᠠᠲᠤ\u180b', 'ᠪ\u180cᠠ', 'ᠪ\u180dᠠ', 'ᠪ\u180f', 'ᠰ\u180bᠠ\u180c'],
    [
      '\u180b',
      '\u180bᠪ',
      'ᠪ\u180b\u180b',
      'ᠪ\u180b\u180c',
      '人\u180b',
      'a\u180d',
      '᠑\u180b',
      'ᠪ \u180b',
      'ᠪ\u180e\u180b',
    ],
  ],
  [
    'a vowel separator stands before a final a or e',
    ['ᠰᠠᠷᠠᠨ\u180eᠠ', 'ᠬᠡ\u180eᠡ', 'ᠨ\u180b\u180eᠠ'],
    ['\u180eᠠ', 'ᠨ\u180e', 'ᠨ\u180eᠪ', 'ᠨ\u180e\u180eᠠ', '人\u180eᠠ', 'ᠨ \u180eᠠ'],
  ],
  [
    'letters of the Arabic script that would join may be kept apart',
    ['\u0645\u06d0\u200c\u06be', '\u0628\u200c\u0627'],
    [
      '\u200c\u0628',
      '\u0628\u200c',
      '\u0627\u200c\u0628',
      '\u0628\u200c\u200c\u0628',
      '\u0628\u200d\u0628',
      'a\u200cb',
      '人\u200c人',
      '\u0628\u200ca',
    ],
  ],
]

describe('display text', () => {
  for (const [is, good, bad] of BY_SCRIPT) {
    it(`${is}, and is refused anywhere else`, () => {
      for (const text of good) expect(isDisplayText(text), escape(text)).to.equal(true)
      for (const text of bad) expect(isDisplayText(text), escape(text)).to.equal(false)
    })
  }

  it('holds no sign that a character was lost', () => {
    expect(isDisplayText('张\ufffd')).to.equal(false)
    expect(isDisplayText('张\ufffc')).to.equal(true)
  })

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
