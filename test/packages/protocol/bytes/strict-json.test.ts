/** Strict JSON (spec/encoding.md): one value, one text. */
import { isDisplayText, type JsonValue, parseStrictJson } from '@hefu/protocol'
import { expect } from 'chai'
import fc from 'fast-check'
import { describe, it } from 'mocha'
import { FORBIDDEN_TEXTS, STRANGE_TEXTS } from '../../../fixtures/hostile-text.ts'
import { refusalOf } from '../../../fixtures/refusal.ts'
import { runs } from '../../../fixtures/test-profile.ts'
import { textEdit } from '../../../fixtures/text-edit.ts'

const LIMIT = 4096
const parse = (text: string): JsonValue => parseStrictJson(text, LIMIT, 'it')
const refusal = (text: string): readonly string[] => refusalOf(() => parse(text))

describe('strict JSON', () => {
  for (const text of [
    'null',
    'true',
    '0',
    '-1',
    '9007199254740991',
    '""',
    '[]',
    '{}',
    '{"b":1,"a":2}',
    '[[],{"x":[null]}]',
    '"\\"\\\\"',
  ]) {
    it(`reads ${text}`, () => expect(parse(text)).to.deep.equal(JSON.parse(text)))
  }

  for (const [is, text, code] of [
    ['a name twice', '{"a":1,"a":2}', 'not-canonical-json'],
    ['a name twice with the same value', '{"a":1,"a":1}', 'not-canonical-json'],
    ['a name twice, once escaped', '{"a":1,"\\u0061":1}', 'not-canonical-json'],
    ['a name twice, deep inside', '[[{"x":{"a":1,"b":2,"a":1}}]]', 'not-canonical-json'],
    ['white space before', ' {}', 'not-canonical-json'],
    ['white space after', '{}\n', 'not-canonical-json'],
    ['white space between', '{"a": 1}', 'not-canonical-json'],
    ['an escaped letter', '"\\u0041"', 'not-canonical-json'],
    ['an escaped slash', '"\\/"', 'not-canonical-json'],
    ['an escaped pair of surrogates', '"\\ud83d\\ude00"', 'not-canonical-json'],
    ['upper-case escapes', '"\\u005C"', 'not-canonical-json'],
    ['1.0', '1.0', 'not-canonical-json'],
    ['1e3', '1e3', 'not-canonical-json'],
    ['1E0', '1E0', 'not-canonical-json'],
    ['10e-1', '10e-1', 'not-canonical-json'],
    ['1.5', '1.5', 'wrong-type'],
    ['-0', '-0', 'wrong-type'],
    ['2^53', '9007199254740992', 'wrong-type'],
    ['−2^53', '-9007199254740992', 'wrong-type'],
    ['a number that rounds', '9007199254740993', 'wrong-type'],
    ['1e400', '1e400', 'wrong-type'],
    ['a leading zero', '01', 'not-json'],
    ['a plus sign', '+1', 'not-json'],
    ['NaN', 'NaN', 'not-json'],
    ['Infinity', 'Infinity', 'not-json'],
    ['a hexadecimal number', '0x10', 'not-json'],
    ['a comment', '{}//', 'not-json'],
    ['a trailing comma in an array', '[1,]', 'not-json'],
    ['a trailing comma in an object', '{"a":1,}', 'not-json'],
    ['single quotes', "{'a':1}", 'not-json'],
    ['a name without quotes', '{a:1}', 'not-json'],
    ['two values', '{}{}', 'not-json'],
    ['nothing', '', 'not-json'],
    ['an open text', '"a', 'not-json'],
    ['an open array', '[', 'not-json'],
    ['a byte-order mark', '\ufeff{}', 'not-json'],
    ['a raw line feed in a text', '"a\nb"', 'not-json'],
    ['a NUL', '"a\0b"', 'not-json'],
    ['an unknown escape', '"\\x41"', 'not-json'],
    ['the name __proto__', '{"__proto__":{}}', 'forbidden-name'],
    ['the name __proto__, escaped', '{"\\u005f_proto__":{}}', 'forbidden-name'],
    ['the name __proto__ deep inside', '[{"a":{"__proto__":null}}]', 'forbidden-name'],
    ['the name 0', '{"0":1}', 'forbidden-name'],
    ['the name 42', '{"b":1,"42":1}', 'forbidden-name'],
    ['the name 4294967295', '{"4294967295":1}', 'forbidden-name'],
    ['a name in NFD', '{"e\u0301":1}', 'forbidden-character'],
    ['a name with a bidirectional control', '{"a\u202e":1}', 'forbidden-character'],
    ['too many characters', `"${'a'.repeat(LIMIT)}"`, 'too-large'],
  ] as const) {
    it(`refuses ${is}: ${code}`, () => expect(refusal(text)).to.deep.equal([code]))
  }

  for (const [is, text] of FORBIDDEN_TEXTS) {
    it(`refuses a text with ${is}: forbidden-character`, () => {
      expect(isDisplayText(text)).to.equal(false)
      expect(refusal(JSON.stringify(text))).to.deep.equal(['forbidden-character'])
      expect(refusal(JSON.stringify({ name: [text] }))).to.deep.equal(['forbidden-character'])
      expect(refusal(JSON.stringify({ [text]: 1 }))).to.deep.equal(['forbidden-character'])
    })
  }

  it('reads texts that are only strange', () => {
    for (const text of STRANGE_TEXTS) {
      expect(isDisplayText(text), text).to.equal(true)
      expect(parse(JSON.stringify([text]))).to.deep.equal([text])
    }
  })

  it('does not take an inherited member for a member of its own', () => {
    const value = parse('{"toJSON":1,"constructor":2,"hasOwnProperty":3}')
    expect(JSON.stringify(value)).to.equal('{"toJSON":1,"constructor":2,"hasOwnProperty":3}')
  })

  it('reads depth 32, refuses depth 33', () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const nested = (depth: number): string =>
        open === '['
          ? open.repeat(depth) + close.repeat(depth)
          : `${open.repeat(depth)}1${close.repeat(depth)}`
      expect(parse(nested(32))).to.deep.equal(JSON.parse(nested(32)))
      expect(refusal(nested(33))).to.deep.equal(['too-deep'])
    }
    expect(parse(JSON.stringify('['.repeat(100)))).to.equal('['.repeat(100))
    expect(parse(JSON.stringify(`\\"${'['.repeat(100)}`))).to.equal(`\\"${'['.repeat(100)}`)
  })

  it('refuses a million brackets before any parser recurses', () => {
    for (const bomb of [
      '['.repeat(1_000_000),
      '{"a":'.repeat(1_000_000),
      `${'['.repeat(1e6)}${']'.repeat(1e6)}`,
    ]) {
      expect(refusalOf(() => parseStrictJson(bomb, 10_000_000, 'it'))).to.deep.equal(['too-deep'])
      expect(refusal(bomb)).to.deep.equal(['too-large'])
    }
  })

  it('says where in a path of bounded length, whatever the names', () => {
    const name = 'n'.repeat(100_000)
    try {
      parseStrictJson(JSON.stringify({ [name]: { [name]: '\u202e' } }), 1_000_000, 'it')
      expect.fail('not refused')
    } catch (error) {
      expect((error as Error).message).to.have.length.below(400)
    }
  })

  it('reads what JSON.stringify writes of a plain value, and gives it back', () => {
    const plain = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, true, false),
        fc.maxSafeInteger().map((n) => n + 0),
        fc.string({ unit: 'grapheme' }).filter(isDisplayText),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.stringMatching(/^[a-z_.][A-Za-z]{0,8}$/), tie('value'), {
          maxKeys: 4,
          noNullPrototype: true,
        }),
      ),
    })).value
    fc.assert(
      fc.property(plain, (value) => {
        const text = JSON.stringify(value)
        expect(parseStrictJson(text, 1_000_000, 'it')).to.deep.equal(value)
      }),
      { numRuns: runs(300, 10_000) },
    )
  })

  it('never accepts two texts for one value (the order of members aside)', () => {
    const text = '{"mediaType":"x","list":[1,-2,{"a":"样例"},null,true],"deep":{"e":"\\"\\\\"}}'
    fc.assert(
      fc.property(textEdit, (edit) => {
        const edited = edit.apply(text)
        let value: JsonValue
        try {
          value = parse(edited)
        } catch {
          return
        }
        expect(JSON.stringify(value)).to.equal(edited)
        if (edited !== text) expect(value).to.not.deep.equal(JSON.parse(text))
      }),
      { numRuns: runs(3000, 50_000) },
    )
  })
})
