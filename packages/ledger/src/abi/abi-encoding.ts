/**
 * Values as contracts encode them, by the ABI specification of Solidity: the types of the ledger's own interface. One
 * content has one encoding, and what is encoded in another way is refused while it is read, so that no answer of a node is
 * longer to read than it is.
 */
import type { Hex } from '@hefu/protocol'
import type { AbiParameter } from 'viem'
import { areDigits, isHex } from './hex-bytes.ts'
import { bytesOf, strictTextOf } from './text-bytes.ts'

/** Hexadecimal digits of a word of 32 bytes. */
const WORD = 64
/** Lengths and places beyond it are none of an answer that was read. */
const MOST_BYTES = 2 ** 31
/** What is a `number` and no `bigint`. */
const MOST_NUMBER_BITS = 48

/**
 * The values of parameters, without `0x`.
 *
 * @throws {RangeError} for a value that its type does not have, and for a type that is not of our interfaces
 */
export function encodeValues(parameters: readonly AbiParameter[], values: readonly unknown[]): string {
  if (parameters.length !== values.length)
    throw new RangeError(`encode a call: ${values.length} values, expected ${parameters.length}`)
  const heads = parameters.reduce((sum, parameter) => sum + headOf(parameter), 0)
  let head = ''
  let tail = ''
  for (const [i, parameter] of parameters.entries()) {
    const own = encodeValue(parameter, values[i])
    if (isDynamic(parameter)) {
      head += wordOf((heads + tail.length) / 2)
      tail += own
    } else head += own
  }
  return head + tail
}

/**
 * What {@link encodeValues} encoded, the digits without `0x`: integers of at most 48 bits as numbers, longer ones as
 * bigints, bytes and addresses in lower-case hexadecimal, tuples as objects.
 *
 * @throws {RangeError} for every other text
 */
export function decodeValues(parameters: readonly AbiParameter[], digits: string): readonly unknown[] {
  if (!areDigits(digits)) throw notSo('no bytes in hexadecimal')
  const { value, end } = decodeAll(parameters, digits.toLowerCase(), 0)
  if (end !== digits.length) throw notSo('more than its values')
  return value
}

/** A value, and the place behind it. */
interface Read<Value> {
  readonly value: Value
  readonly end: number
}

/** `X` of `X[]`; `null`: no list. */
function elementOf(parameter: AbiParameter): AbiParameter | null {
  return parameter.type.endsWith('[]') ? { ...parameter, type: parameter.type.slice(0, -2) } : null
}

function componentsOf(parameter: AbiParameter): readonly AbiParameter[] | null {
  return parameter.type === 'tuple' && 'components' in parameter ? parameter.components : null
}

/** Whether its head only says where it stands. */
function isDynamic(parameter: AbiParameter): boolean {
  const { type } = parameter
  return (
    type === 'bytes' || type === 'string' || type.endsWith('[]') || !!componentsOf(parameter)?.some(isDynamic)
  )
}

/** Digits of its head. */
function headOf(parameter: AbiParameter): number {
  const components = isDynamic(parameter) ? null : componentsOf(parameter)
  return components === null ? WORD : components.reduce((sum, component) => sum + headOf(component), 0)
}

function encodeValue(parameter: AbiParameter, value: unknown): string {
  const element = elementOf(parameter)
  if (element !== null) {
    if (!Array.isArray(value)) throw new RangeError('encode a value: no list')
    const elements = Array<AbiParameter>(value.length).fill(element)
    return wordOf(value.length) + encodeValues(elements, value)
  }
  const components = componentsOf(parameter)
  if (components === null) return encodeElementary(parameter.type, value)
  if (typeof value !== 'object' || value === null) throw new RangeError('encode a value: no tuple')
  return encodeValues(
    components,
    components.map(({ name = '' }) => (value as Readonly<Record<string, unknown>>)[name]),
  )
}

function encodeElementary(type: string, value: unknown): string {
  if (type === 'string') return encodeBytes(digitsOfText(value))
  if (type === 'bytes') return encodeBytes(digitsOf(value))
  if (type === 'bool') return wordOf(bitOf(value))
  if (type === 'address') return digitsOf(value, 20).padStart(WORD, '0')
  const [, kind, size = 0] = /^(uint|bytes)([0-9]+)$/.exec(type) ?? []
  if (kind === 'bytes') return digitsOf(value, Number(size)).padEnd(WORD, '0')
  if (kind === 'uint') return wordOf(value, Number(size))
  throw new RangeError(`encode a value: ${type} is no type of our interfaces`)
}

function encodeBytes(digits: string): string {
  return wordOf(digits.length / 2) + digits.padEnd(Math.ceil(digits.length / WORD) * WORD, '0')
}

function digitsOf(value: unknown, bytes?: number): string {
  const digits = isHex(value) ? value.slice(2) : null
  if (digits === null || (bytes !== undefined && digits.length !== 2 * bytes))
    throw new RangeError(`encode a value: no ${bytes ?? ''} bytes in hexadecimal`)
  return digits.toLowerCase()
}

/** UTF-8. A text with half a character has none. */
function digitsOfText(value: unknown): string {
  if (typeof value === 'string' && value.isWellFormed()) return bytesOf(value).slice(2)
  throw new RangeError('encode a value: no text of whole characters')
}

function bitOf(value: unknown): number {
  if (typeof value === 'boolean') return value ? 1 : 0
  throw new RangeError('encode a value: neither true nor false')
}

function wordOf(value: unknown, bits = 256): string {
  const number =
    typeof value === 'bigint' ? value : Number.isSafeInteger(value) ? BigInt(value as number) : -1n
  if (number < 0n || number >> BigInt(bits) !== 0n)
    throw new RangeError(`encode a value: no integer of ${bits} bits without sign`)
  return number.toString(16).padStart(WORD, '0')
}

/** @param from where the heads begin, from which the places of the tails are counted */
function decodeAll(
  parameters: readonly AbiParameter[],
  digits: string,
  from: number,
): Read<readonly unknown[]> {
  const value: unknown[] = []
  let head = from
  let tail = from + parameters.reduce((sum, parameter) => sum + headOf(parameter), 0)
  for (const parameter of parameters) {
    const isElsewhere = isDynamic(parameter)
    if (isElsewhere && from + 2 * lengthAt(digits, head) !== tail) throw notSo('a place that is not the next')
    const read = decodeValue(parameter, digits, isElsewhere ? tail : head)
    value.push(read.value)
    if (isElsewhere) {
      head += WORD
      tail = read.end
    } else head = read.end
  }
  return { value, end: tail }
}

function decodeValue(parameter: AbiParameter, digits: string, at: number): Read<unknown> {
  const element = elementOf(parameter)
  if (element !== null) {
    const length = lengthAt(digits, at)
    // Each takes a word at the least: no length makes more of an answer than there is of it.
    if (length * WORD > digits.length - at) throw notSo('a list that is longer than the answer')
    return decodeAll(Array<AbiParameter>(length).fill(element), digits, at + WORD)
  }
  const components = componentsOf(parameter)
  if (components === null) return decodeElementary(parameter.type, digits, at)
  const { value, end } = decodeAll(components, digits, at)
  return { value: Object.fromEntries(components.map(({ name = '' }, i) => [name, value[i]])), end }
}

function decodeElementary(type: string, digits: string, at: number): Read<unknown> {
  if (type === 'string' || type === 'bytes') return decodeBytes(type, digits, at)
  const word = wordAt(digits, at)
  const value = decodeWord(type, word)
  if (encodeElementary(type, value) !== word) throw notSo(`another ${type}`)
  return { value, end: at + WORD }
}

function decodeWord(type: string, word: string): unknown {
  if (type === 'bool') return word.endsWith('1')
  if (type === 'address') return `0x${word.slice(-40)}`
  const size = Number(/[0-9]+$/.exec(type)?.[0] ?? 0)
  if (type.startsWith('bytes')) return `0x${word.slice(0, 2 * size)}`
  const number = BigInt(`0x${word}`)
  return size > MOST_NUMBER_BITS ? number : Number(number)
}

function decodeBytes(type: string, digits: string, at: number): Read<string> {
  const start = at + WORD
  const length = 2 * lengthAt(digits, at)
  const end = start + Math.ceil(length / WORD) * WORD
  if (end > digits.length || /[^0]/.test(digits.slice(start + length, end))) throw notSo(`another ${type}`)
  const own: Hex = `0x${digits.slice(start, start + length)}`
  const value = type === 'string' ? strictTextOf(own) : own
  if (value === null) throw notSo('a text that is no UTF-8')
  return { value, end }
}

function lengthAt(digits: string, at: number): number {
  const length = Number(BigInt(`0x${wordAt(digits, at)}`))
  if (length <= MOST_BYTES) return length
  throw notSo('a length beyond all answers')
}

function wordAt(digits: string, at: number): string {
  const word = digits.slice(at, at + WORD)
  if (word.length === WORD) return word
  throw notSo('less than its values')
}

function notSo(what: string): RangeError {
  return new RangeError(`read what a contract says: it is not encoded so, but ${what}`)
}
