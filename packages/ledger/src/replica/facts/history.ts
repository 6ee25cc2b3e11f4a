/** Entries of which none is ever removed: adding one shares all before it, so that a state and the one after it stand side by side. */
export interface History<Entry> {
  readonly newest: Entry
  readonly before: History<Entry> | null
}

/** All entries, the oldest first. */
export function entriesOf<Entry>(history: History<Entry> | null): readonly Entry[] {
  const entries: Entry[] = []
  for (let rest = history; rest !== null; rest = rest.before) entries.push(rest.newest)
  return entries.reverse()
}
