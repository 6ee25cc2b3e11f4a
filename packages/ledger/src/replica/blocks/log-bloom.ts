/** What a block's header says of the logs in it: whose they may be, and whose none is. */
import type { Hex } from '@hefu/protocol'
import { keccak256 } from 'viem'

/** Bits of a bloom. */
const BITS = 2_048

/**
 * Tells of a bloom whether any of these addresses may have told something in its block: never `false` where one did.
 *
 * @returns a test of a bloom; `null`, which says nothing, may hold everything
 */
export function bloomTest(addresses: readonly Hex[]): (bloom: Hex | null) => boolean {
  const sought = addresses.map(bitsOf)
  return (bloom) => bloom === null || sought.some((bits) => bits.every((bit) => isSet(bloom, bit)))
}

/** The three bits that stand for an address (yellow paper, 4.3.1). */
function bitsOf(address: Hex): readonly number[] {
  const digest = keccak256(address)
  return [2, 6, 10].map((start) => Number.parseInt(digest.slice(start, start + 4), 16) % BITS)
}

function isSet(bloom: Hex, bit: number): boolean {
  // The lowest bit stands last; a digit of the text has four of them.
  return ((Number.parseInt(bloom.charAt(bloom.length - 1 - (bit >> 2)), 16) >> (bit & 3)) & 1) === 1
}
