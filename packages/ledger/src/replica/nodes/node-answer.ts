/** What a node answers, read strictly: whatever follows may have been made up by whoever runs it. */
import type { Hex } from '@hefu/protocol'
import { NodeFaultError } from './node-fault.ts'

/** Members of an answer, none of them read yet. */
export type Members = Readonly<Record<string, unknown>>

/** @throws {NodeFaultError} `malformed` */
export function parseMembers(value: unknown, what: string): Members {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Members
  throw malformedAnswer(what)
}

/** @throws {NodeFaultError} `malformed` */
export function parseList(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw malformedAnswer(what)
}

/**
 * Bytes in lower-case digits, whatever case the node writes.
 *
 * @param length in bytes; absent: any
 * @throws {NodeFaultError} `malformed`
 */
export function parseBytes(value: unknown, what: string, length?: number): Hex {
  if (
    typeof value === 'string' &&
    value.length % 2 === 0 &&
    /^0x[0-9a-f]*$/i.test(value) &&
    (length === undefined || value.length === 2 + 2 * length)
  )
    return value.toLowerCase() as Hex
  throw malformedAnswer(what)
}

/**
 * A number without a zero before it.
 *
 * @throws {NodeFaultError} `malformed`
 */
export function parseQuantity(value: unknown, what: string): bigint {
  if (typeof value === 'string' && /^0x(0|[1-9a-f][0-9a-f]{0,63})$/i.test(value)) return BigInt(value)
  throw malformedAnswer(what)
}

/** @throws {NodeFaultError} `malformed`, also beyond 2^53 */
export function parseCount(value: unknown, what: string): number {
  const count = Number(parseQuantity(value, what))
  if (Number.isSafeInteger(count)) return count
  throw malformedAnswer(what)
}

/** The answer is not repeated: it is as long as the node likes. */
export function malformedAnswer(what: string): NodeFaultError {
  return new NodeFaultError('malformed', `read the node’s answer: ${what} is none`)
}
