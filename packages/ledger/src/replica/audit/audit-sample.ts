/** Which facts are compared when not all of them are: the same ones again for the same seed. */

/** Numbers from 0 up to, and without, a bound. */
export type Draw = (bound: number) => number

/**
 * Draws that a seed decides: whoever audits names it afterwards, and nobody can know it before.
 *
 * @param seed 32 bits
 */
export function createDraw(seed: number): Draw {
  let state = seed >>> 0
  // Mulberry32: a sample has to be even, not secret.
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound)
  }
}

/** So many of them at most, each at most once, every one as likely as any other. */
export function sampleOf<Item>(items: readonly Item[], most: number, draw: Draw): readonly Item[] {
  const left = [...items]
  const count = Math.min(most, left.length)
  for (let place = 0; place < count; place++) {
    const chosen = place + draw(left.length - place)
    const item = left[chosen] as Item
    left[chosen] = left[place] as Item
    left[place] = item
  }
  return left.slice(0, count)
}
