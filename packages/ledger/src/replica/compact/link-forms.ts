/** What links a licence to the one that took its place, or whose place it took, as words. */
import type { OriginRecord, SuccessorRecord } from '../facts/facts.ts'
import { keyOf } from '../facts/facts.ts'
import { PLACE_WORDS, placeKeys, readPlace } from './compact-key.ts'
import type { FactForm } from './compact-table.ts'
import type { TextNumbers } from './text-numbers.ts'
import { highOf, splitHighs, wideOf } from './wide-number.ts'

/** The licence's place, when that was entered, what is above the word of that, and the depth above that. */
const [PLACE, SINCE, HIGH, LINK_WORDS] = [0, PLACE_WORDS, PLACE_WORDS + 1, PLACE_WORDS + 2] as const
const DESTINATION = 1

/** A link; or, with a word that says so, an agency by its number. */
export function successorForm(names: TextNumbers): FactForm<SuccessorRecord> {
  const places = placeKeys(names)
  return {
    words: LINK_WORDS + 1,
    write: (fact, row, at) => {
      if ('destination' in fact) {
        row[at + LINK_WORDS] = DESTINATION
        row[at] = names.give(fact.destination)
        return
      }
      places.give(keyOf(fact.issuer, fact.statusIndex), row.subarray(at + PLACE))
      row[at + SINCE] = fact.since
      row[at + HIGH] = highOf(fact.since)
    },
    read: (rows, row, at) => {
      if (rows.get(row, at + LINK_WORDS) === DESTINATION)
        return { destination: names.textOf(rows.get(row, at)) }
      const since = wideOf(rows.get(row, at + SINCE), rows.get(row, at + HIGH))
      return { ...readPlace(names, rows.get(row, at), rows.get(row, at + 1)), since }
    },
  }
}

export function originForm(names: TextNumbers): FactForm<OriginRecord> {
  const places = placeKeys(names)
  return {
    words: LINK_WORDS,
    write: ({ issuer, statusIndex, since, depth }, row, at) => {
      if (!Number.isInteger(depth) || depth < 0 || depth > MOST_DEPTH)
        throw new RangeError(`keep an origin in the depth ${depth}: expected at most ${MOST_DEPTH}`)
      places.give(keyOf(issuer, statusIndex), row.subarray(at + PLACE))
      row[at + SINCE] = since
      row[at + HIGH] = highOf(since) | (depth << 16)
    },
    read: (rows, row, at) => {
      const [high, depth] = splitHighs(rows.get(row, at + HIGH))
      const since = wideOf(rows.get(row, at + SINCE), high)
      return { ...readPlace(names, rows.get(row, at), rows.get(row, at + 1)), since, depth }
    },
  }
}

const MOST_DEPTH = 0xffff
