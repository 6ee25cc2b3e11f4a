/** Keys of facts, page by page. */
import type { Facts, KeyedName } from './facts.ts'

/** Keys asked for at once where all are wanted. */
const KEYS_AT_ONCE = 1_000

/** All keys, in their order. */
export function* allKeys(facts: Facts, name: KeyedName): Iterable<string> {
  for (let after: string | null = null; ; ) {
    const found = facts.keysOf(name, after, KEYS_AT_ONCE)
    yield* found
    if (found.length < KEYS_AT_ONCE) return
    after = found.at(-1) ?? null
  }
}

/** The first of two lists in order: in order, and each once. */
export function mergeKeys(one: readonly string[], other: readonly string[], most: number): readonly string[] {
  const merged: string[] = []
  let [left, right] = [0, 0]
  while (merged.length < most) {
    const [a, b] = [one[left], other[right]]
    const next = a === undefined || (b !== undefined && b < a) ? b : a
    if (next === undefined) break
    if (next === a) left += 1
    if (next === b) right += 1
    merged.push(next)
  }
  return merged
}
