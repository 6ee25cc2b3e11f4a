/**
 * JSON with one encoding for one value (spec/encoding.md): exactly the text that `JSON.stringify` of
 * ECMA-262 writes for the parsed value. White space, duplicate names, other escapes, `1.0` or `1e0` are
 * all refused by that one comparison, at the speed of the engine's own parser.
 */
import { describe, describeType, malformed, pathName } from './malformed.ts'
import { assertDisplayText, isDisplayText } from './text.ts'

/** A JSON value as it is parsed; numbers are integers within ±(2^53 − 1). */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject
/** A JSON object as it is parsed: names to values. */
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
 * @example
 * ```ts
 * parseStrictJson('{"a":1}', 100, 'it') // { a: 1 }
 * parseStrictJson('{"a":1,"a":2}', 100, 'it') // throws MalformedError
 * parseStrictJson('{"a": 1}', 100, 'it') // throws MalformedError
 * ```
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
  if (!hasMoreThan(MAX_JSON_DEPTH, text)) return
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

/** Whether a text has more than so many opening brackets: with fewer it cannot nest deeper. */
function hasMoreThan(limit: number, text: string): boolean {
  let brackets = 0
  for (const bracket of ['[', '{']) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) {
      if (++brackets > limit) return true
    }
  }
  return false
}

function parseJson(text: string, where: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    throw malformed('not-json', where, 'JSON (RFC 8259)', describeType(text))
  }
}

/** Paths are written only for what has parts or a defect. */
function assertPlain(value: JsonValue, where: string): void {
  if (isPlainScalar(value)) return
  if (typeof value === 'string') assertDisplayText(value, where)
  else if (typeof value === 'number') assertInteger(value, where)
  else if (isArray(value)) assertPlainItems(value, where)
  else assertPlainMembers(value as JsonObject, where)
}

function assertPlainItems(items: readonly JsonValue[], where: string): void {
  items.forEach((item, i) => {
    if (!isPlainScalar(item)) assertPlain(item, `${where}[${i}]`)
  })
}

function assertPlainMembers(object: JsonObject, where: string): void {
  for (const name of Object.keys(object)) {
    assertName(name, where)
    const value = object[name] as JsonValue
    if (!isPlainScalar(value)) assertPlain(value, `${where}.${pathName(name)}`)
  }
}

function isPlainScalar(value: JsonValue): boolean {
  if (typeof value === 'string') return isDisplayText(value)
  if (typeof value === 'number') return isPlainInteger(value)
  return typeof value === 'boolean' || value === null
}

function isPlainInteger(value: number): boolean {
  return Number.isSafeInteger(value) && !Object.is(value, -0)
}

function assertInteger(value: number, where: string): void {
  if (!isPlainInteger(value)) {
    throw malformed('wrong-type', where, 'an integer within ±(2^53 − 1)', 'another number')
  }
}

function assertName(name: string, where: string): void {
  if (name === '__proto__' || INTEGER_NAME.test(name)) {
    throw malformed(
      'forbidden-name',
      where,
      'names that are neither __proto__ nor an array index',
      describe(name),
    )
  }
  if (!isDisplayText(name)) assertDisplayText(name, `${where} (a name)`)
}

/** `Array.isArray` that keeps the element type of a read-only array. */
export function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}
