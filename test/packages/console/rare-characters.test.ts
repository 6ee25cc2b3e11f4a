/** Names and values as they are shown: nothing of them is dropped, and nothing of them turns or hides anything. */
import { expect } from 'chai'
import fc from 'fast-check'
import { describe, it } from 'mocha'
import {
  codePointOf,
  piecesOf,
  readablePart,
  spellUnseen,
  type TextPiece,
} from '#internal/console/language/rare-characters'

const everything = (): boolean => true
const nothing = (): boolean => false

/** What is read, put together again. */
function textOf(pieces: readonly TextPiece[]): string {
  return pieces
    .map((piece) =>
      piece.kind === 'unseen'
        ? String.fromCodePoint(Number.parseInt(piece.codePoint.slice(2), 16))
        : piece.text,
    )
    .join('')
}

describe('a name that is shown', () => {
  it('is one text where every machine draws it', () => {
    expect(piecesOf('张样例 Li·4号', nothing)).to.deep.equal([{ kind: 'plain', text: '张样例 Li·4号' }])
    expect(piecesOf('', nothing)).to.deep.equal([])
  })

  it('has the code point beside a character of GB 18030 level 3 that no font draws, and not where one does', () => {
    for (const [character, codePoint] of [
      ['𬭎', 'U+2CB4E'],
      ['䶮', 'U+4DAE'],
      ['鿏', 'U+9FCF'],
      ['𠮷', 'U+20BB7'],
    ] as const) {
      expect(piecesOf(`李${character}华`, nothing)).to.deep.equal([
        { kind: 'plain', text: '李' },
        { kind: 'undrawn', text: character, codePoint },
        { kind: 'plain', text: '华' },
      ])
      expect(piecesOf(`李${character}华`, everything)).to.deep.equal([
        { kind: 'plain', text: `李${character}华` },
      ])
    }
  })

  it('shows what turns or hides writing as its code point, and what a script needs as it is', () => {
    for (const character of [
      '\u202e',
      '\u2066',
      '\u200b',
      '\0',
      '\u001b',
      '\n',
      '\u2028',
      '\ud800',
      '\ufffe',
    ])
      expect(piecesOf(`甲${character}乙`, everything)[1]).to.deep.equal({
        kind: 'unseen',
        codePoint: codePointOf(character),
      })
    // A Persian plural is written with U+200C.
    expect(piecesOf('کتاب\u200cها', everything)).to.have.lengthOf(1)
  })

  it('loses nothing, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, isDrawn) => {
        expect(textOf(piecesOf(text, () => isDrawn))).to.equal(text)
      }),
    )
    fc.assert(
      fc.property(fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) }), (text) => {
        expect(textOf(piecesOf(text, nothing))).to.equal(text)
      }),
    )
  })

  it('is as long as somebody reads, and covers no line around it', () => {
    expect(readablePart('a'.repeat(65_536))).to.equal(`${'a'.repeat(8_192)}…`)
    expect(readablePart(`e${'\u0301'.repeat(40)}x`)).to.equal(`e${'\u0301'.repeat(4)}…x`)
    expect(readablePart('张样例')).to.equal('张样例')
  })

  it('in a table of a file has the code point in brackets', () => {
    expect(spellUnseen('甲\u202e乙𬭎')).to.equal('甲[U+202E]乙𬭎')
  })
})
