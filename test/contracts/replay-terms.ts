/** Lists of terms and of what was so since when, as events tell of them. */
import type { Stored } from './storage-image.ts'

export interface TermModel {
  readonly from: bigint
  readonly until: bigint
}
export interface DatedModel {
  readonly since: bigint
  readonly fact: bigint
}

/** An end before the beginning leaves an empty term, where the one before it ends. */
export function endNewest(terms: TermModel[], until: bigint): void {
  const [newest, before] = [terms.pop(), terms.at(-1)]
  if (newest === undefined) throw new Error('an event ends a term that no event began')
  if (newest.from <= until) {
    terms.push({ from: newest.from, until })
    return
  }
  const nowhere = before !== undefined && before.until > until ? before.until : until
  terms.push({ from: nowhere, until: nowhere })
}

/** As the contracts keep a list whose newest entry stands apart. */
export function keptTerms(terms: readonly TermModel[]): Stored {
  const newest = terms.at(-1) ?? { from: 0n, until: 0n }
  return { newest: { ...newest }, earlier: terms.slice(0, -1).map((term) => ({ ...term })) }
}

export function keptTimeline(entries: readonly DatedModel[]): Stored {
  const newest = entries.at(-1) ?? { since: 0n, fact: 0n }
  return { newest: { ...newest }, earlier: entries.slice(0, -1).map((entry) => ({ ...entry })) }
}
