/** What holds when: lists in the order of time, searched by bisection (contracts/types/Timeline.sol, Term.sol). */
import { covers, type TermFact } from '@hefu/protocol'

/** What is so from a time on (Unix seconds). */
export interface Dated<Fact> {
  readonly since: number
  readonly fact: Fact
}

/** A place that was left. */
export interface Left {
  /** Unix seconds. */
  readonly at: number
  readonly from: number
}

/** How many entries come at a time or before it. */
function countAt<Entry>(entries: readonly Entry[], timeOf: (entry: Entry) => number, time: number): number {
  let [begun, beyond] = [0, entries.length]
  while (begun < beyond) {
    const middle = (begun + beyond) >>> 1
    if (timeOf(entries[middle] as Entry) <= time) begun = middle + 1
    else beyond = middle
  }
  return begun
}

/** The newest entry at a time; `null`: it was before the first. */
export function newestAt<Entry extends { readonly since: number }>(
  entries: readonly Entry[],
  time: number,
): Entry | null {
  return entries[countAt(entries, ({ since }) => since, time) - 1] ?? null
}

/** At most so many of the entries at a time, the newest first. */
export function newestOf<Entry extends { readonly since: number }>(
  entries: readonly Entry[],
  time: number,
  most: number,
): readonly Entry[] {
  const begun = countAt(entries, ({ since }) => since, time)
  return entries.slice(Math.max(0, begun - most), begun).reverse()
}

/** Where something was at a time: in the first place that it left later, or where it is now. */
export function placeAt(left: readonly Left[], time: number, now: number): number {
  return left[countAt(left, ({ at }) => at, time)]?.from ?? now
}

/** The entry whose term holds at a time: only the last to have begun can. */
export function holdingAt<Entry>(
  entries: readonly Entry[],
  termOf: (entry: Entry) => TermFact,
  time: number,
): Entry | null {
  const begun = entries[countAt(entries, (entry) => termOf(entry).from, time) - 1]
  return begun !== undefined && covers(termOf(begun), time) ? begun : null
}

/** From the end on there is none: those which would begin later are gone, the one that runs ends. */
export function endedAt<Entry extends { readonly term: TermFact }>(
  entries: readonly Entry[],
  end: number,
): readonly Entry[] {
  const begun = entries.filter(({ term }) => term.from < end)
  return begun.map((entry) => {
    const { from, until } = entry.term
    return until === null || until > end ? { ...entry, term: { from, until: end } } : entry
  })
}

/** What two terms have in common; `null`: nothing at that time. */
export function bothAt(one: TermFact, other: TermFact, time: number): TermFact | null {
  const ends = [one.until, other.until].filter((end) => end !== null)
  const term = {
    from: Math.max(one.from, other.from),
    until: ends.length === 0 ? null : Math.min(...ends),
  }
  return covers(term, time) ? term : null
}
