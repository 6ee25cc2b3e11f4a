/** Facts as text: the same fact has its members in another order, by how it is held. */

/** The same for the same facts. */
export function factText(facts: unknown): string {
  return JSON.stringify(facts, (_, value: unknown) => (isRecord(value) ? inOrder(value) : value))
}

function isRecord(value: unknown): value is object {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function inOrder(record: object): object {
  return Object.fromEntries(Object.entries(record).toSorted(([one], [other]) => (one < other ? -1 : 1)))
}
