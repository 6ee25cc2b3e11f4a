/** Reading the members of a parsed JSON object, each defect collected rather than the first one thrown. */
import { type Hex, parseHex } from './hex.ts'
import { type Defect, describeType, MalformedError, malformed, quote } from './malformed.ts'
import { isArray, type JsonObject, type JsonValue } from './strict-json.ts'

/**
 * @throws {MalformedError} `wrong-type` unless the value is a JSON object
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
  for (const [name, read] of Object.entries(readers)) {
    try {
      values[name] = read()
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
 */
export function assertOnly(object: JsonObject, names: readonly string[], where: string): void {
  const unknown = Object.keys(object).filter((name) => !names.includes(name))
  if (unknown.length > 0) {
    throw malformed('unknown-member', where, `only ${names.join(', ')}`, unknown.map(quote).join(', '))
  }
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
    quote(value),
    quote(object[name]),
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
  throw malformed(code, `${where}.${name}`, expected, quote(value))
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
  if (typeof value === 'number' && value >= min && value <= max) return value
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
