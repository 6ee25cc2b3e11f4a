/** Claims about lists: what was so since when, terms, and texts. The length of each is a counter that withheld events show at. */
import type { TermFact } from '@hefu/protocol'
import { bytesSlots, listedSlot, type Word } from '../../slots/slot-arithmetic.ts'
import { earlierSlot, earlierTermsSlot, memberPlace } from '../../slots/struct-slots.ts'
import {
  type Expected,
  exactly,
  type FactPlace,
  hexText,
  type MemberClaim,
  type SlotClaim,
  slotClaim,
  structClaims,
} from './audit-claim.ts'

/** What was so since a time (Unix seconds). */
export interface DatedClaim {
  readonly since: number
  readonly fact: readonly FactPart[]
}

/** Bytes of what a `Dated` holds beside its time; `offset` counts from there. */
export interface FactPart extends Expected {
  readonly part: string
  readonly offset: number
  readonly bytes: number
}

/** All of what a `Dated` holds. */
export function wholeFact(expected: Expected): readonly FactPart[] {
  return [{ part: 'fact', offset: 0, bytes: memberPlace('Dated', 'fact').bytes, ...expected }]
}

/** The newest entry, how many were before it, and each of them. */
export function timelineClaims(place: FactPlace, entries: readonly DatedClaim[]): readonly SlotClaim[] {
  const newest = entries.at(-1) ?? { since: 0, fact: wholeFact(exactly(0)) }
  return [
    datedClaim(place, newest),
    ...listClaims(
      { ...place, slot: earlierSlot(place.slot), fact: `${place.fact}Before` },
      entries.slice(0, -1),
      datedClaim,
    ),
  ]
}

function datedClaim(place: FactPlace, { since, fact }: DatedClaim): SlotClaim {
  const start = memberPlace('Dated', 'fact').offset
  const members: readonly MemberClaim[] = [
    { member: 'since', place: memberPlace('Dated', 'since'), ...exactly(since) },
    ...fact.map(({ part, offset, bytes, ...expected }) => ({
      member: part,
      place: { offset: start + offset, bytes },
      ...expected,
    })),
  ]
  return { ...place, members }
}

/** The length of a list, and each entry of one slot. */
export function listClaims<Entry>(
  place: FactPlace,
  entries: readonly Entry[],
  claimOf: (place: FactPlace, entry: Entry) => SlotClaim,
): readonly SlotClaim[] {
  return [
    countClaim(place, entries.length),
    ...entries.map((entry, at) => claimOf({ ...place, slot: listedSlot(place.slot, at) }, entry)),
  ]
}

/** How many entries a list has. */
export function countClaim(place: FactPlace, count: number): SlotClaim {
  return slotClaim({ ...place, fact: `${place.fact}Count` }, exactly(count))
}

/** A list of which each entry stands alone, without a newest apart. */
export function datedListClaims(place: FactPlace, entries: readonly DatedClaim[]): readonly SlotClaim[] {
  return listClaims(place, entries, datedClaim)
}

/** `type(uint40).max`: no end. */
const TERM_OPEN = 0xff_ffff_ffff

const termText = (end: bigint): string => (Number(end) === TERM_OPEN ? 'no end' : String(end))

export function termClaim(place: FactPlace, { from, until }: TermFact): SlotClaim {
  const [claim] = structClaims(place, 'Term', {
    from: exactly(from),
    until: exactly(until ?? TERM_OPEN, termText),
  })
  return claim as SlotClaim
}

/** The newest term, how many were before it, and each of them. */
export function termsClaims(place: FactPlace, terms: readonly TermFact[]): readonly SlotClaim[] {
  const newest = terms.at(-1) ?? { from: 0, until: 0 }
  return [
    termClaim(place, newest),
    ...listClaims(
      { ...place, slot: earlierTermsSlot(place.slot), fact: `${place.fact}Before` },
      terms.slice(0, -1),
      termClaim,
    ),
  ]
}

/** A text, or other bytes. */
export function bytesClaims(place: FactPlace, bytes: Uint8Array): readonly SlotClaim[] {
  return bytesSlots(place.slot, bytes).map(([slot, held]: readonly [Word, Word], at) => {
    const fact = at === 0 ? place.fact : `${place.fact}Bytes`
    return slotClaim({ ...place, slot, fact }, exactly(held, hexText(32)))
  })
}
