/** Base64url (RFC 4648 §5 without padding): one byte string, one text. */
import { encodeBase64url, encodeHex, parseBase64url, parseHex } from '@hefu/protocol'
import { expect } from 'chai'
import fc from 'fast-check'
import { describe, it } from 'mocha'
import { decodeHex } from '#internal/protocol/bytes/hex'
import { refusalOf } from '../../../fixtures/refusal.ts'
import { runs } from '../../../fixtures/test-profile.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const bytes = fc.uint8Array({ maxLength: 200 })

describe('base64url', () => {
  it('gives back what it was given, and is what Node writes', () => {
    fc.assert(
      fc.property(bytes, (data) => {
        const text = encodeBase64url(data)
        expect(text).to.equal(Buffer.from(data).toString('base64url'))
        expect(parseBase64url(text, 'it')).to.deep.equal(data)
      }),
      { numRuns: runs(500, 20_000) },
    )
  })
  it('encodes the vectors of RFC 4648 §10', () => {
    for (const [text, encoded] of [
      ['', ''],
      ['f', 'Zg'],
      ['fo', 'Zm8'],
      ['foo', 'Zm9v'],
      ['foob', 'Zm9vYg'],
      ['fooba', 'Zm9vYmE'],
      ['foobar', 'Zm9vYmFy'],
    ] as const) {
      expect(encodeBase64url(new TextEncoder().encode(text))).to.equal(encoded)
    }
  })
  it('accepts of all texts of two and three characters exactly those with unused bits zero', () => {
    let accepted = 0
    for (const one of ALPHABET) {
      for (const two of ALPHABET) {
        for (const text of [one + two, `A${one}${two}`]) {
          const canonical = Buffer.from(text, 'base64url').toString('base64url') === text
          if (canonical) accepted += parseBase64url(text, 'it').length
          else
            expect(
              refusalOf(() => parseBase64url(text, 'it')),
              text,
            ).to.deep.equal(['not-base64url'])
        }
      }
    }
    expect(accepted).to.equal(64 * 4 + 64 * 16 * 2)
  })
  it('refuses every non-canonical ending of any text', () => {
    fc.assert(
      fc.property(bytes, fc.integer({ min: 1, max: 15 }), (data, bits) => {
        const text = encodeBase64url(data)
        const unused = [0, 0, 4, 2][text.length % 4] ?? 0
        if (unused === 0 || bits >= 1 << unused) return
        const last = ALPHABET.charAt(ALPHABET.indexOf(text.at(-1) ?? '') | bits)
        expect(refusalOf(() => parseBase64url(text.slice(0, -1) + last, 'it'))).to.deep.equal([
          'not-base64url',
        ])
      }),
      { numRuns: runs(500, 20_000) },
    )
  })
  it('refuses padding, other alphabets, white space, and lengths of 4n + 1', () => {
    for (const text of [
      'Zg==',
      'Zm8=',
      'Zm9v=',
      '=',
      '+_-A',
      '/_-A',
      'Zm 9v',
      'Zm9v\n',
      ' Zm9v',
      '\tZm9v',
      'Zm9v\0',
      'Zm9vA',
      'A',
      'Ｚm9v',
      'Zm9\u00e1',
      'Zm9\ud800',
      'Zm.9',
      'Zm~9',
      'Zm%3D',
    ]) {
      expect(
        refusalOf(() => parseBase64url(text, 'it')),
        text,
      ).to.deep.equal(['not-base64url'])
    }
  })
})

describe('hexadecimal of the ledger', () => {
  it('gives back what it was given', () => {
    fc.assert(
      fc.property(bytes, (data) => {
        const text = encodeHex(data)
        expect(parseHex(text, data.length, 'it')).to.equal(text)
        expect(decodeHex(text)).to.deep.equal(data)
      }),
      { numRuns: runs(300, 5000) },
    )
  })
  it('refuses upper case, another length, no prefix, surroundings and other types', () => {
    for (const value of [
      '0xAB',
      '0xa',
      '0xabc',
      '0xabcd',
      'ab',
      'abcd',
      '0Xab',
      ' 0xab',
      '0xab\n',
      '0xzz',
      '0x０１',
      '',
      null,
      171,
      ['0xab'],
      undefined,
    ]) {
      expect(
        refusalOf(() => parseHex(value, 1, 'it')),
        String(value),
      ).to.deep.equal(['not-hex'])
    }
  })
})
