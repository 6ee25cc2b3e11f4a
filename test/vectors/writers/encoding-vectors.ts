/** Vectors of spec/encoding.md: base64url, hexadecimal, UTF-8, strict JSON, display text. */
import { FORBIDDEN_TEXTS, STRANGE_TEXTS } from '../../fixtures/hostile-text.ts'
import type { VectorFile } from './vector-file.ts'

function hex(bytes: Uint8Array): string {
  return `0x${Buffer.from(bytes).toString('hex')}`
}

/** RFC 4648 §10, without padding, and what tells this alphabet from others. */
const BASE64URL = [
  ['', ''],
  ['Zg', '66'],
  ['Zm8', '666f'],
  ['Zm9v', '666f6f'],
  ['Zm9vYg', '666f6f62'],
  ['Zm9vYmE', '666f6f6261'],
  ['Zm9vYmFy', '666f6f626172'],
  ['-_-_', 'fbffbf'],
  ['AA', '00'],
  ['_w', 'ff'],
  ['AAECAwQFBgcICQoLDA0ODw', '000102030405060708090a0b0c0d0e0f'],
].map(([text, bytes]) => ({ text, bytes: `0x${bytes}` }))

const NOT_BASE64URL = [
  ['padding of two', 'Zg=='],
  ['padding of one', 'Zm8='],
  ['padding where none is due', 'Zm9v='],
  ['padding alone', '='],
  ['the alphabet of base64, +', '+_-A'],
  ['the alphabet of base64, /', '/_-A'],
  ['a space', 'Zm 9v'],
  ['a line feed at the end', 'Zm9v\n'],
  ['a space before', ' Zm9v'],
  ['a NUL at the end', 'Zm9v\0'],
  ['a length of 4n + 1', 'Zm9vA'],
  ['one character', 'A'],
  ['a full-width letter', 'Ｚm9v'],
  ['a letter beyond ASCII', 'Zm9á'],
  ['a dot', 'Zm.9'],
  ['percent encoding', 'Zm%3D'],
  ['four unused bits that are not zero', 'Zh'],
  ['four unused bits all one', 'Zv'],
  ['two unused bits that are not zero', 'Zm9'],
].map(([is, text]) => ({ is, text, refused: 'not-base64url' }))

const HEX = ['', '00', 'ff', '0123456789abcdef'].map((digits) => ({
  text: `0x${digits}`,
  length: digits.length / 2,
  bytes: [...Buffer.from(digits, 'hex')],
}))

const NOT_HEX = [
  ['upper-case digits', '0xAB'],
  ['one digit', '0xa'],
  ['three digits', '0xabc'],
  ['a byte too many', '0xabcd'],
  ['no prefix', 'ab'],
  ['an upper-case prefix', '0Xab'],
  ['a space before', ' 0xab'],
  ['a line feed after', '0xab\n'],
  ['other letters', '0xzz'],
  ['full-width digits', '0x０１'],
  ['nothing', ''],
].map(([is, text]) => ({ is, text, length: 1, refused: 'not-hex' }))

const UTF8 = ['', 'A', 'é', '样例甲', '𠮷', '\u{10ffff}', '\ufeff'].map((text) => ({
  text,
  bytes: hex(Buffer.from(text)),
}))

const NOT_UTF8 = [
  ['a lone continuation byte', '80'],
  ['an overlong NUL', 'c080'],
  ['an overlong slash in two bytes', 'c0af'],
  ['an overlong slash in three bytes', 'e080af'],
  ['a surrogate', 'eda080'],
  ['a pair of surrogates (CESU-8)', 'eda081edb080'],
  ['a code point beyond U+10FFFF', 'f4908080'],
  ['a sequence cut short', 'e6a0'],
  ['0xfe', 'fe'],
  ['0xff', 'ff'],
].map(([is, bytes]) => ({ is, bytes: `0x${bytes}`, refused: 'not-text' }))

const JSON_LIMIT = 4096

const STRICT_JSON = [
  'null',
  'true',
  'false',
  '0',
  '-1',
  '9007199254740991',
  '-9007199254740991',
  '""',
  '"样例甲"',
  '"𠮷"',
  '[]',
  '{}',
  '{"b":1,"a":2}',
  '[[],{"x":[null]}]',
  '"\\"\\\\"',
  '"/"',
  `${'['.repeat(32)}${']'.repeat(32)}`,
  '"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["',
  '{"constructor":{"prototype":1}}',
  `"${'a'.repeat(JSON_LIMIT - 2)}"`,
].map((text) => ({ text, value: JSON.parse(text) }))

const NOT_STRICT_JSON = [
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
  ['1.0', '1.0', 'not-canonical-json'],
  ['1e3', '1e3', 'not-canonical-json'],
  ['10e-1', '10e-1', 'not-canonical-json'],
  ['1.5', '1.5', 'wrong-type'],
  ['-0', '-0', 'wrong-type'],
  ['2^53', '9007199254740992', 'wrong-type'],
  ['−2^53', '-9007199254740992', 'wrong-type'],
  ['1e400', '1e400', 'wrong-type'],
  ['a leading zero', '01', 'not-json'],
  ['a plus sign', '+1', 'not-json'],
  ['NaN', 'NaN', 'not-json'],
  ['a comment', '{}//', 'not-json'],
  ['a trailing comma in an array', '[1,]', 'not-json'],
  ['a trailing comma in an object', '{"a":1,}', 'not-json'],
  ['single quotes', "{'a':1}", 'not-json'],
  ['two values', '{}{}', 'not-json'],
  ['nothing', '', 'not-json'],
  ['an open text', '"a', 'not-json'],
  ['a byte-order mark', '\ufeff{}', 'not-json'],
  ['a raw line feed in a text', '"a\nb"', 'not-json'],
  ['an unknown escape', '"\\x41"', 'not-json'],
  ['the name __proto__', '{"__proto__":{}}', 'forbidden-name'],
  ['the name __proto__, escaped', '{"\\u005f_proto__":{}}', 'forbidden-name'],
  ['the name 0', '{"0":1}', 'forbidden-name'],
  ['the name 42', '{"b":1,"42":1}', 'forbidden-name'],
  ['a name in NFD', '{"e\u0301":1}', 'forbidden-character'],
  ['a name with a bidirectional control', '{"a\u202e":1}', 'forbidden-character'],
  ['a lone surrogate, escaped', '"\\ud800"', 'forbidden-character'],
  ['a NUL, escaped', '"\\u0000"', 'forbidden-character'],
  ['a depth of 33', `${'['.repeat(33)}${']'.repeat(33)}`, 'too-deep'],
  ['a depth of 33 that never closes', '['.repeat(33), 'too-deep'],
  ['a character too many', `"${'a'.repeat(JSON_LIMIT - 1)}"`, 'too-large'],
].map(([is, text, refused]) => ({ is, text, refused }))

/** The content of encodings.json. */
export function encodingVectors(): VectorFile {
  return {
    spec: 'packages/protocol/spec/encoding.md',
    base64url: [...BASE64URL, ...NOT_BASE64URL],
    hex: [...HEX, ...NOT_HEX],
    utf8: [...UTF8, ...NOT_UTF8],
    jsonMaxLength: JSON_LIMIT,
    strictJson: [...STRICT_JSON, ...NOT_STRICT_JSON],
    displayText: [
      ...STRANGE_TEXTS.map((text) => ({ text })),
      ...FORBIDDEN_TEXTS.map(([is, text]) => ({ is, text, refused: 'forbidden-character' })),
    ],
  }
}
