/**
 * Calls and events of a contract as its ABI encodes them. By an encoding of our own: to import anything of viem makes a
 * browser load 26 kB.
 */
import type { Hex } from '@hefu/protocol'
import type { Abi, AbiEvent, AbiFunction, AbiParameter } from 'viem'
import { decodeValues, encodeValues } from '../abi/abi-encoding.ts'
import { isHex } from '../abi/hex-bytes.ts'

interface Items {
  readonly function: AbiFunction
  readonly event: AbiEvent
}

/** A function or an event, and by what it is known in a call or a log. */
export type AbiItem<Type extends keyof Items = keyof Items> = Items[Type] & { readonly selector: Hex }

/**
 * An item of a generated ABI, which says the selector of each.
 *
 * @throws {RangeError} when there is none of the name
 */
export function itemOf<Type extends keyof Items>(abi: Abi, type: Type, name: string): AbiItem<Type> {
  const item = abi.find((one) => one.type === type && one.name === name)
  if (item === undefined || !('selector' in item))
    throw new RangeError(`find the ${type} ${name}: the ABI has none`)
  return item as AbiItem<Type>
}

export function encodeCall({ selector, inputs }: AbiItem<'function'>, args: readonly unknown[]): Hex {
  return `${selector}${encodeValues(inputs, args)}`
}

/**
 * What a function of one result answers.
 *
 * @throws {Error} for what is not encoded so
 */
export function decodeResult({ outputs }: AbiItem<'function'>, answer: unknown): unknown {
  return decode(outputs, answer)[0]
}

/**
 * The arguments of an event, by name: what is indexed has a topic each, behind that of the event, the rest is the data.
 *
 * @throws {Error} for what is not encoded so
 */
export function decodeEvent(
  { name, inputs }: AbiItem<'event'>,
  { data, topics }: { readonly data: Hex; readonly topics: readonly Hex[] },
): Readonly<Record<string, unknown>> {
  const isIndexed = ({ indexed }: (typeof inputs)[number]): boolean => indexed === true
  const indexed = inputs.filter(isIndexed)
  const others = inputs.filter((input) => !isIndexed(input))
  if (topics.length !== indexed.length + 1)
    throw new RangeError(`read an event ${name}: ${topics.length} topics, expected ${indexed.length + 1}`)
  const values = [
    ...indexed.map((input, place) => decode([input], topics[place + 1])[0]),
    ...decode(others, data),
  ]
  return Object.fromEntries([...indexed, ...others].map((input, place) => [input.name, values[place]]))
}

/** @throws {RangeError} */
function decode(parameters: readonly AbiParameter[], bytes: unknown): readonly unknown[] {
  if (!isHex(bytes)) throw new RangeError('read what a contract says: no bytes in hexadecimal')
  return decodeValues(parameters, bytes.slice(2))
}
