/** Numbers that look random and are the same for the same seed: for sample data, never for secrets. */

export interface Random {
  /** An integer from `min` to `max`, both included. */
  integer(min: number, max: number): number
  pick<T>(items: readonly [T, ...T[]]): T
  /** `length` decimal digits. */
  digits(length: number): string
  /** `length` decimal digits, another each time until all were there: what numbers one after the other. */
  running(length: number): string
}

/** The generator sfc32 (Chris Doty-Humphrey), seeded by the text's characters. */
export function createRandom(seed: string): Random {
  let [a, b, c, counter] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 1]
  const next = (): number => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return sum >>> 0
  }
  for (const character of seed) {
    a ^= character.codePointAt(0) ?? 0
    for (let i = 0; i < 12; i++) next()
  }
  const integer = (min: number, max: number): number => min + (next() % (max - min + 1))
  let count = (a ^ b ^ c) >>> 0
  return {
    integer,
    pick: (items) => items[integer(0, items.length - 1)] ?? items[0],
    running: (length) => String(count++ % 10 ** length).padStart(length, '0'),
    digits: (length) => Array.from({ length }, () => integer(0, 9)).join(''),
  }
}
