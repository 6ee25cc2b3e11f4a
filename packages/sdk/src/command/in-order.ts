/** Items that come as they are done, handed on in the order in which they were begun. */

export interface InOrder<Item> {
  /** Those that are due now. */
  readonly take: (item: Item) => readonly Item[]
  /** Those that wait for one that never came, in their order. */
  readonly rest: () => readonly Item[]
  /** Waits while so many are held back that no more should be begun. */
  readonly room: () => Promise<void>
}

/** @param most items that are held back, beside those that are under way */
export function putInOrder<Item extends { readonly index: number }>(most: number): InOrder<Item> {
  const held = new Map<number, Item>()
  let next = 0
  let wake = (): void => {}
  return {
    take: (item) => {
      held.set(item.index, item)
      const due: Item[] = []
      for (let found = held.get(next); found !== undefined; found = held.get(next)) {
        held.delete(next)
        next += 1
        due.push(found)
      }
      if (held.size < most) wake()
      return due
    },
    rest: () => [...held.values()].sort((one, other) => one.index - other.index),
    room: () =>
      held.size < most
        ? Promise.resolve()
        : new Promise((resolve) => {
            wake = resolve
          }),
  }
}
