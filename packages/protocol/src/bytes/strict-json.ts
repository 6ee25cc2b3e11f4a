/**
 * JSON with one encoding for one value (spec/encoding.md): exactly the text that `JSON.stringify` of
 * ECMA-262 writes for the parsed value. White space, duplicate names, other escapes, `1.0` or `1e0` are
 * all refused by that one comparison, at the speed of the engine's own parser.
 */
import { describeType, malformed, quote, shorten } from './malformed.ts'
import { assertDisplayText } from './text.ts'

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject
export interface JsonObject {
  readonly [name: string]: JsonValue
}

export const MAX_JSON_DEPTH = 32

const INTEGER_NAME = /^(0|[1-9][0-9]*)$/

/**
 * Parses untrusted JSON strictly: at most `maxLength` UTF-16 units, depth at most 32, integers only,
 * display text only, no name `__proto__` and no name that is an array index (engines reorder those).
 *
 * @throws {MalformedError} `too-large`, `too-deep`, `not-json`, `not-canonical-json`, `forbidden-name`,
 *   `forbidden-character`, `wrong-type`
 */
export function parseStrictJson(text: string, maxLength: number, where: string): JsonValue {
  if (text.length > maxLength) {
    throw malformed('too-large', where, `at most ${maxLength} characters`, `${text.length}`)
  }
  assertShallow(text, where)
  const value = parseJson(text, where)
  assertPlain(value, where)
  if (JSON.stringify(value) !== text) {
    throw malformed(
      'not-canonical-json',
      where,
      'JSON in its shortest form, no name twice',
      'another encoding',
    )
  }
  return value
}

/** Counts brackets outside of strings, before any parser that could recurse sees the text. */
function assertShallow(text: string, where: string): void {
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (inString) {
      if (unit === 0x5c) i++
      else if (unit === 0x22) inString = false
    } else if (unit === 0x22) inString = true
    else if (unit === 0x5b || unit === 0x7b) depth++
    else if (unit === 0x5d || unit === 0x7d) depth--
    if (depth > MAX_JSON_DEPTH) {
      throw malformed('too-deep', where, `nesting of at most ${MAX_JSON_DEPTH}`, 'deeper')
    }
  }
}

function parseJson(text: string, where: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    throw malformed('not-json', where, 'JSON (RFC 8259)', describeType(text))
  }
}

function assertPlain(value: JsonValue, where: string): void {
  if (typeof value === 'string') assertDisplayText(value, where)
  else if (typeof value === 'number') assertInteger(value, where)
  else if (isArray(value)) for (const [i, item] of value.entries()) assertPlain(item, `${where}[${i}]`)
  else if (typeof value === 'object' && value !== null) {
    for (const name of Object.keys(value)) {
      assertName(name, where)
      assertPlain(value[name] as JsonValue, `${where}.${shorten(name)}`)
    }
  }
}

function assertInteger(value: number, where: string): void {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
    throw malformed('wrong-type', where, 'an integer within ±(2^53 − 1)', `${value}`)
  }
}

function assertName(name: string, where: string): void {
  if (name === '__proto__' || INTEGER_NAME.test(name)) {
    throw malformed(
      'forbidden-name',
      where,
      'names that are neither __proto__ nor an array index',
      quote(name),
    )
  }
  assertDisplayText(name, `${where} (a name)`)
}

/** `Array.isArray` that keeps the element type of a read-only array. */
export function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}
