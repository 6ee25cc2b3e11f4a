/**
 * Lists in the order in which things were told: a cursor says how many were read, and binds all of them. Those that were
 * final when the page was read stay what they are, and of the ledger's chain; of those behind them, which the chain may
 * replace, the cursor has a digest.
 */
import type { StatusEntry, StatusPlace } from '@hefu/protocol'
import { sha256, stringToBytes } from 'viem'
import { factText } from '../facts/fact-text.ts'
import { type Facts, keyOf, THE_ONE, type Told, type ToldName } from '../facts/facts.ts'
import { entriesOf } from '../facts/history.ts'
import { encodeCursor, parseCursor } from './cursor.ts'
import { CursorUndoneError } from './cursor-undone.ts'
import { assertMost, type Listed, type PageRequest } from './page.ts'

/**
 * The acts on a licence.
 *
 * @throws {RangeError} {MalformedError} {CursorUndoneError}
 */
export function listActs(facts: Facts, place: StatusPlace, page: PageRequest): Listed<StatusEntry> {
  const key = keyOf(place.issuer, place.statusIndex)
  const entries = entriesOf(facts.history('acts', key))
  return listInOrder(facts, keyOf('acts', key), page, {
    count: entries.length,
    final: entriesOf(facts.final.history('acts', key)).length,
    slice: (from, most) => entries.slice(from, from + most),
  })
}

/**
 * What was told of an agency.
 *
 * @throws {RangeError} {MalformedError} {CursorUndoneError}
 */
export function listTold<Name extends ToldName>(
  facts: Facts,
  name: Name,
  agency: string,
  page: PageRequest,
): Listed<Told<Name>> {
  return listInOrder(facts, keyOf('told', name, agency), page, {
    count: facts.toldCount(name, agency),
    final: facts.final.toldCount(name, agency),
    slice: (from, most) => facts.told(name, agency, from, most),
  })
}

/** Things in their order. */
interface InOrder<Item> {
  readonly count: number
  /** The first so many stay, for good. */
  readonly final: number
  slice(from: number, most: number): readonly Item[]
}

/** Where a reader goes on: the cursor names the first two, and has a digest of what is read between them. */
interface ListPlace {
  /** Items. */
  readonly read: number
  /** Of these so many were final. */
  readonly final: number
}

/** Things of which a cursor has a digest at most: of more that may be undone, a page ends before them until more are final. */
const MOST_BOUND = 2 ** 12

function listInOrder<Item>(
  facts: Facts,
  list: string,
  { most, cursor }: PageRequest,
  told: InOrder<Item>,
): Listed<Item> {
  assertMost(most)
  const cursorAt = ({ read, final }: ListPlace): string => {
    // The last of those that were final is among them: a ledger that was begun anew has others.
    const from = Math.max(0, final - 1)
    const bound = [facts.find('deployment', THE_ONE), told.slice(from, read - from)]
    return encodeCursor(list, keyOf(read, final, sha256(stringToBytes(factText(bound)))))
  }
  const place = cursor === undefined ? BEGINNING : parsePlace(parseCursor(list, cursor))
  if (cursor !== undefined && (place.read > told.count || cursorAt(place) !== cursor))
    throw new CursorUndoneError(list)
  const room = Math.max(told.final, place.final) + MOST_BOUND - place.read
  const items = told.slice(place.read, Math.min(most, Math.max(0, room)))
  const read = place.read + items.length
  // Of a state that is older by now more may be final than it had.
  const next = { read, final: Math.min(told.final, read) }
  return { items, next: read < told.count ? cursorAt(next) : null }
}

const BEGINNING: ListPlace = { read: 0, final: 0 }

/** Another place than a list gave has another cursor. */
function parsePlace(text: string): ListPlace {
  const [read = 0, final = 0] = text.split('/').map(Number)
  return isPlace(read, final) ? { read, final } : BEGINNING
}

function isPlace(read: number, final: number): boolean {
  return (
    Number.isSafeInteger(read) &&
    Number.isSafeInteger(final) &&
    final >= 0 &&
    final <= read &&
    read - final <= MOST_BOUND
  )
}
