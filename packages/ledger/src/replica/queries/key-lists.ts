/** Lists in the order of keys, which nothing moves: what was there from the first page to the last is told once. */

import { type Facts, keyOf, type TableName, type Tables } from '../facts/facts.ts'
import { encodeCursor, parseCursor } from './cursor.ts'
import { assertMost, type Listed, type PageRequest } from './page.ts'

/** Keys that are looked at for one page at most: of what is no more, or not in force, many may lie behind one another. */
const MOST_KEYS = 2_000

/**
 * The items under the keys that begin so, of those that have one.
 *
 * @param name of a list that leaves out some of these: its cursors are its own
 * @throws {RangeError} {MalformedError}
 */
export function listKeys<Name extends TableName, Item>(
  facts: Facts,
  table: Name,
  prefix: string,
  { most, cursor }: PageRequest,
  itemOf: (fact: Tables[Name], parts: readonly string[]) => Item | null,
  name = '',
): Listed<Item> {
  assertMost(most)
  const list = keyOf(table, prefix) + name
  const items: Item[] = []
  let after = prefix + (cursor === undefined ? '' : parseCursor(list, cursor))
  for (let looked = 0; looked < MOST_KEYS; ) {
    const keys = facts.keysOf(table, after === '' ? null : after, most)
    for (const key of keys) {
      if (!key.startsWith(prefix)) return { items, next: null }
      if (items.length === most) return { items, next: encodeCursor(list, after.slice(prefix.length)) }
      const fact = facts.find(table, key)
      const item = fact === null ? null : itemOf(fact, key.slice(prefix.length).split('/'))
      if (item !== null) items.push(item)
      after = key
    }
    if (keys.length < most) return { items, next: null }
    looked += keys.length
  }
  return { items, next: encodeCursor(list, after.slice(prefix.length)) }
}
