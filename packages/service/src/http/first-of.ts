/** The first item that is so, without looking at the others. */
export function firstOf<T>(items: Iterable<T>, isSo: (item: T) => boolean): T | undefined {
  for (const item of items) if (isSo(item)) return item
  return undefined
}
