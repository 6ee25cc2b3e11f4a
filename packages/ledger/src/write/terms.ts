/** Terms as the rulebook takes them. */
import type { TermFact } from '@hefu/protocol'
import { encodeTermEnd } from '../abi/rules.ts'

export function encodeTerm({ from, until }: TermFact): readonly [from: number, until: number] {
  return [from, encodeTermEnd(until)]
}
