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

/** From the end on there is no term: those which would begin later are gone, the one that runs ends. */
export function endTerms(terms: TermModel[], until: bigint): void {
  if (terms.length === 0) throw new Error('an event ends a term that no event began')
  while ((terms.at(-1)?.from ?? 0n) >= until) terms.pop()
  const running = terms.pop()
  if (running !== undefined)
    terms.push({ from: running.from, until: running.until < until ? running.until : until })
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
