/** How Solidity spreads what a contract keeps over slots of 32 bytes (its "Layout of State Variables in Storage"). */
import { type Hex, hexToBigInt, keccak256, numberToHex, stringToHex } from 'viem'

/** Number of a slot, or 32 bytes as a number: the words of which keys are made. */
export type Word = bigint

const WORD_BYTES = 32
const WORD_BITS = 256

/** A code as the ledger's `bytes18`, `bytes21` and `bytes32`: at the left of its word. */
export function textWord(text: string): Word {
  return hexToBigInt(stringToHex(text, { size: WORD_BYTES }))
}

/** Where a mapping that stands at a slot keeps what is under a key. */
export function mappedSlot(slot: Word, ...keys: readonly Word[]): Word {
  return keys.reduce((at, key) => hashWords(key, at), slot)
}

/** Where a list that stands at a slot, with its length, keeps what has a place in it, from 0 on. */
export function listedSlot(slot: Word, place: number, slotsEach = 1): Word {
  return BigInt.asUintN(WORD_BITS, hashWords(slot) + BigInt(place * slotsEach))
}

function hashWords(...words: readonly Word[]): Word {
  const joined = words.map((word) => numberToHex(word, { size: WORD_BYTES }).slice(2)).join('')
  return hexToBigInt(keccak256(`0x${joined}`))
}

/** What a slot holds of a text or of bytes, and the slots behind it: one slot, or one and another for each 32 bytes. */
export function bytesSlots(slot: Word, bytes: Uint8Array): readonly (readonly [slot: Word, held: Word])[] {
  const length = bytes.length
  if (length < WORD_BYTES) return [[slot, wordAt(bytes, 0) | BigInt(2 * length)]]
  const parts = Array.from({ length: Math.ceil(length / WORD_BYTES) }, (_, place) => place)
  return [
    [slot, BigInt(2 * length + 1)],
    ...parts.map((place) => [listedSlot(slot, place), wordAt(bytes, place * WORD_BYTES)] as const),
  ]
}

function wordAt(bytes: Uint8Array, from: number): Word {
  const word = new Uint8Array(WORD_BYTES)
  word.set(bytes.subarray(from, from + WORD_BYTES))
  return hexToBigInt(numberHex(word))
}

function numberHex(word: Uint8Array): Hex {
  return `0x${Array.from(word, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
