/** The ledger's times, block numbers and indices as a word and the sixteen bits above it. */

const WORD = 2 ** 32
const BEYOND = 2 ** 48

/** @throws {RangeError} for what is no integer of 48 bits */
export function assertWide(value: number): void {
  if (Number.isInteger(value) && value >= 0 && value < BEYOND) return
  throw new RangeError(`keep the number ${value}: expected an integer of 48 bits`)
}

/** What is above a word. */
export function highOf(value: number): number {
  assertWide(value)
  return Math.floor(value / WORD)
}

/** The number of which these are the word and what is above it. */
export function wideOf(low: number, high: number): number {
  return high * WORD + low
}

/** What is above the words of two numbers. */
export function highsOf(one: number, other: number): number {
  return (highOf(one) | (highOf(other) << 16)) >>> 0
}

/** @returns what is above the word of the first number, and of the second */
export function splitHighs(highs: number): readonly [number, number] {
  return [highs & 0xffff, highs >>> 16]
}
