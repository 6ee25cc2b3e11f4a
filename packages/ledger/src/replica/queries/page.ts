/** A list in pages. */
import type { LedgerBlock } from '@hefu/protocol'

/** Which page. */
export interface PageRequest {
  /** Items at most, from 1 to {@link MOST_ITEMS}. */
  readonly most: number
  /** `next` of the page before; absent: the first page. */
  readonly cursor?: string | undefined
}

export interface Page<Item> {
  readonly items: readonly Item[]
  /** Where the next page begins; `null`: there is none. A page may have few items, or none, and a next one. */
  readonly next: string | null
  /** As of which block. */
  readonly block: LedgerBlock
}

/** Before it is said of which block it is. */
export type Listed<Item> = Omit<Page<Item>, 'block'>

/** Items of a page at most. */
export const MOST_ITEMS = 1_000

/** @throws {RangeError} for a page of no size that there is */
export function assertMost(most: number): void {
  if (Number.isSafeInteger(most) && most >= 1 && most <= MOST_ITEMS) return
  throw new RangeError(`list a page of ${most}: expected 1 to ${MOST_ITEMS} items`)
}
