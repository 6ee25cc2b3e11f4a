/** Reading the members of a parsed JSON object, each defect collected rather than the first one thrown. */
import { type Hex, parseHex } from './hex.ts'
import { type Defect, describe, describeType, MalformedError, malformed } from './malformed.ts'
import { isArray, type JsonObject, type JsonValue } from './strict-json.ts'

/**
 * A JSON object as such.
 *
 * @throws {MalformedError} `wrong-type` unless the value is one
 * @example
 * ```ts
 * parseObject({ a: 1 }, 'it') // { a: 1 }
 * parseObject([1], 'it') // throws MalformedError
 * ```
 */
export function parseObject(value: JsonValue, where: string): JsonObject {
  if (typeof value !== 'object' || value === null || isArray(value)) {
    throw malformed('wrong-type', where, 'an object', describeType(value))
  }
  return value as JsonObject
}

/**
 * Runs every reader, and throws one error with all the defects they met.
 *
 * @throws {MalformedError} with the defects of all failed readers
 */
export function collect<T extends Record<string, () => unknown>>(
  readers: T,
): { readonly [K in keyof T]: ReturnType<T[K]> } {
  const values: Record<string, unknown> = {}
  const defects: Defect[] = []
  for (const name of Object.keys(readers)) {
    try {
      values[name] = readers[name]?.()
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error
      defects.push(...error.defects)
    }
  }
  const [first, ...rest] = defects
  if (first !== undefined) throw new MalformedError([first, ...rest])
  return values as { readonly [K in keyof T]: ReturnType<T[K]> }
}

/**
 * Refuses members that the format does not know.
 *
 * @throws {MalformedError} `unknown-member`
 * @example
 * ```ts
 * assertOnly({ a: 1 }, ['a', 'b'], 'it') // undefined
 * assertOnly({ a: 1, c: 2 }, ['a', 'b'], 'it') // throws MalformedError
 * ```
 */
export function assertOnly(object: object, names: readonly string[], where: string): void {
  const unknown = Object.keys(object).filter((name) => !names.includes(name))
  if (unknown.length > 0) {
    throw malformed('unknown-member', where, `only ${names.join(', ')}`, listed(unknown))
  }
}

const LISTED = 5

/** The first of the names, so that the length of a sentence is ours to say and not an attacker's. */
function listed(names: readonly string[]): string {
  const more = names.length > LISTED ? ` and ${names.length - LISTED} more` : ''
  return names.slice(0, LISTED).map(describe).join(', ') + more
}

/**
 * Refuses members in another order than the format's: one object has one text.
 *
 * @throws {MalformedError} `not-canonical-json`
 */
export function assertOrder(object: JsonObject, names: readonly string[], where: string): void {
  if (Object.keys(object).every((name, i) => name === names[i])) return
  throw malformed(
    'not-canonical-json',
    where,
    `the members in the order ${names.join(', ')}`,
    'another order',
  )
}

/** @throws {MalformedError} `missing` or `wrong-value` unless the member is exactly this text */
export function constantMember<T extends string>(
  object: JsonObject,
  name: string,
  value: T,
  where: string,
): T {
  if (object[name] === value) return value
  throw malformed(
    object[name] === undefined ? 'missing' : 'wrong-value',
    `${where}.${name}`,
    JSON.stringify(value),
    describe(object[name]),
  )
}

/** @throws {MalformedError} `missing`, `wrong-type` or `wrong-value` (when `pattern` does not match) */
export function textMember(
  object: JsonObject,
  name: string,
  pattern: RegExp,
  expected: string,
  where: string,
): string {
  const value = object[name]
  if (typeof value === 'string' && pattern.test(value)) return value
  const code = value === undefined ? 'missing' : typeof value === 'string' ? 'wrong-value' : 'wrong-type'
  throw malformed(code, `${where}.${name}`, expected, describe(value))
}

/** @throws {MalformedError} `missing`, `wrong-type` or `wrong-value` unless an integer in [min, max] */
export function integerMember(
  object: JsonObject,
  name: string,
  min: number,
  max: number,
  where: string,
): number {
  const value = object[name]
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max) return value
  const code = value === undefined ? 'missing' : typeof value === 'number' ? 'wrong-value' : 'wrong-type'
  throw malformed(code, `${where}.${name}`, `an integer from ${min} to ${max}`, describeType(value))
}

/** @throws {MalformedError} `missing` or `not-hex` */
export function hexMember(object: JsonObject, name: string, length: number, where: string): Hex {
  return parseHex(object[name], length, `${where}.${name}`)
}

/** @throws {MalformedError} `missing` or `wrong-type` unless an array of at most `maxItems` */
export function arrayMember(
  object: JsonObject,
  name: string,
  maxItems: number,
  where: string,
): readonly JsonValue[] {
  const value = object[name]
  if (value !== undefined && isArray(value) && value.length <= maxItems) return value
  throw malformed(
    value === undefined ? 'missing' : 'wrong-type',
    `${where}.${name}`,
    `an array of at most ${maxItems}`,
    describeType(value),
  )
}
