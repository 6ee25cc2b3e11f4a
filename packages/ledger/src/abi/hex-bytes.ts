/** Bytes in hexadecimal, as a node and a contract tell them. */
import type { Hex } from '@hefu/protocol'

/** Whether it is `0x` and two digits for each byte. Of any length: by one pass, which no run of digits makes a deep one. */
export function isHex(value: unknown): value is Hex {
  return (
    typeof value === 'string' && value.length % 2 === 0 && value.startsWith('0x') && areDigits(value.slice(2))
  )
}

/** Whether a text has hexadecimal digits and nothing else, in either case. */
export function areDigits(text: string): boolean {
  return !/[^0-9a-f]/i.test(text)
}
