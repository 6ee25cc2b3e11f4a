/** Slots of the ledger that keep batches, and what became of licences. */
import { type Hex, hexToBigInt } from 'viem'
import { mappedSlot, textWord, type Word } from './slot-arithmetic.ts'
import { ledgerSlots } from './storage-layout.ts'

/** Statuses of a word (contracts/types/Status.sol). */
export const STATUSES_PER_WORD = 48

export function anchorSlot(uscc: string, root: Hex): Word {
  return mappedSlot(BigInt(ledgerSlots._anchors), textWord(uscc), hexToBigInt(root))
}

/** The list of ranges of indices that no licence has or will have. */
export function passedOverSlot(uscc: string): Word {
  return mappedSlot(BigInt(ledgerSlots._passedOver), textWord(uscc))
}

/** The word of 48 statuses that holds the one of this index. */
export function statusWordSlot(uscc: string, index: number): Word {
  const word = BigInt(Math.floor(index / STATUSES_PER_WORD))
  return mappedSlot(BigInt(ledgerSlots._words), textWord(uscc), word)
}

/** Of one licence. */
export function licenceSlot(
  variable: '_notes' | '_successors' | '_origins',
  uscc: string,
  index: number,
): Word {
  return mappedSlot(BigInt(ledgerSlots[variable]), textWord(uscc), BigInt(index))
}
