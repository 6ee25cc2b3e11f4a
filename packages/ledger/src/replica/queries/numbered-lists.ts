/**
 * Lists of what is numbered as it comes. After a reorganisation a number may be another thing's: a cursor has a digest of
 * those that were read and were not final.
 */
import { sha256, stringToBytes } from 'viem'
import { factText } from '../facts/fact-text.ts'
import { type Facts, keyOf, numberKey, type TableName, type Tables, THE_ONE } from '../facts/facts.ts'
import { encodeCursor, parseCursor } from './cursor.ts'
import { CursorUndoneError } from './cursor-undone.ts'
import { listKeys } from './key-lists.ts'
import type { Listed, PageRequest } from './page.ts'

/** Things that a cursor binds at most; a reader who is further behind what is final begins anew. */
const MOST_BOUND = 1_000

/** What is listed, and how many there are of it. */
export interface Numbered<Name extends TableName> {
  readonly table: Name
  /** Of a list that leaves out some of these: its cursors are its own. */
  readonly name: string
  countIn(facts: Facts): number
}

/**
 * The items of a numbered table, of those that have one.
 *
 * @throws {RangeError} {MalformedError}
 * @throws {CursorUndoneError} when the chain replaced what the page before had told
 */
export function listNumbered<Name extends TableName, Item>(
  facts: Facts,
  { table, name, countIn }: Numbered<Name>,
  { most, cursor }: PageRequest,
  itemOf: (fact: Tables[Name], parts: readonly string[]) => Item | null,
): Listed<Item> {
  // As the list of keys below calls itself.
  const keyList = keyOf(table, '') + name
  const list = keyOf('numbered', keyList)
  const cursorAt = (key: string, final: number): string => {
    const first = Math.max(1, final)
    const count = Math.max(0, Math.min(Number(key) - first + 1, MOST_BOUND + 1))
    const read = Array.from({ length: count }, (_, place) => facts.find(table, numberKey(first + place)))
    const digest = sha256(stringToBytes(factText([facts.find('deployment', THE_ONE), read])))
    return encodeCursor(list, keyOf(key, final, digest))
  }
  const [key = '', final = ''] = cursor === undefined ? [] : parseCursor(list, cursor).split('/')
  const isBound = Number(key) - Number(final) <= MOST_BOUND
  if (cursor !== undefined && (!isBound || cursorAt(key, Number(final)) !== cursor))
    throw new CursorUndoneError(list)
  const after = cursor === undefined ? undefined : encodeCursor(keyList, key)
  const { items, next } = listKeys(facts, table, '', { most, cursor: after }, itemOf, name)
  if (next === null) return { items, next }
  const read = parseCursor(keyList, next)
  return { items, next: cursorAt(read, Math.min(countIn(facts.final), Number(read))) }
}
