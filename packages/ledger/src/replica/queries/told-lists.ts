/** Lists in the order in which things were told: a cursor says how many were read, and which the last of them was. */
import type { StatusEntry, StatusPlace } from '@hefu/protocol'
import { sha256, stringToBytes } from 'viem'
import { type Facts, keyOf, type Told, type ToldName } from '../facts/facts.ts'
import { entriesOf } from '../facts/history.ts'
import { encodeCursor, parseCursor } from './cursor.ts'
import { assertMost, type Listed, type PageRequest } from './page.ts'

/** What a reader was told is the chain's no more: the list is to be read anew. */
export class CursorUndoneError extends Error {
  override readonly name = 'CursorUndoneError'
  readonly code = 'cursor-undone'

  constructor(list: string) {
    super(`go on in the list ${list}: the chain replaced what was read of it`)
  }
}

/**
 * The acts on a licence.
 *
 * @throws {RangeError} {MalformedError} {CursorUndoneError}
 */
export function listActs(facts: Facts, place: StatusPlace, page: PageRequest): Listed<StatusEntry> {
  const key = keyOf(place.issuer, place.statusIndex)
  const entries = entriesOf(facts.history('acts', key))
  return listInOrder(keyOf('acts', key), page, {
    count: entries.length,
    slice: (from, most) => entries.slice(from, from + most),
    readBefore: (count) => entries.slice(0, count),
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
  return listInOrder(keyOf('told', name, agency), page, {
    count: facts.toldCount(name, agency),
    slice: (from, most) => facts.told(name, agency, from, most),
    // Of all that an agency ever did the last says enough: each is told once, with its block or its decision.
    readBefore: (count) => facts.told(name, agency, count - 1, 1),
  })
}

/** Things in their order. */
interface InOrder<Item> {
  readonly count: number
  slice(from: number, most: number): readonly Item[]
  /** By which it shows whether those read are still the first so many. */
  readBefore(count: number): readonly Item[]
}

function listInOrder<Item>(list: string, { most, cursor }: PageRequest, told: InOrder<Item>): Listed<Item> {
  assertMost(most)
  const read = cursor === undefined ? 0 : Number.parseInt(parseCursor(list, cursor), 10)
  const cursorAt = (count: number): string =>
    encodeCursor(list, keyOf(count, sha256(stringToBytes(JSON.stringify(told.readBefore(count))))))
  if (cursor !== undefined && cursorAt(read) !== cursor) throw new CursorUndoneError(list)
  const items = told.slice(read, most)
  const upTo = read + items.length
  return { items, next: upTo < told.count ? cursorAt(upTo) : null }
}
