/** Keys of facts as words: an agency by its number, and which licence, root or key of it. */
import type { RowLog } from './row-log.ts'
import type { TextNumbers } from './text-numbers.ts'
import { wideOf } from './wide-number.ts'

/** How the keys of a table are written in words. */
export interface KeyForm {
  readonly words: number
  /** `false`: no fact can have it. */
  find(key: string, into: Uint32Array): boolean
  /** @throws {RangeError} for a key that no event of the ledger has */
  give(key: string, into: Uint32Array): void
  /** The key of a row. */
  read(rows: RowLog, row: number): string
}

/** Numbers of texts, those that have none given one or not. */
type NumberOf = (text: string) => number

/** USCC and a digest. */
export function digestKeys(names: TextNumbers): KeyForm {
  const agencyOf = rememberLast((agency, numberOf) => numberOf(agency))
  const write = (key: string, into: Uint32Array, numberOf: NumberOf): boolean => {
    const cut = key.lastIndexOf('/')
    if (cut === -1 || !writeDigest(key, cut + 1, into, 1)) return false
    into[0] = agencyOf(key, cut, 0, numberOf)
    return into[0] !== 0
  }
  const read = (rows: RowLog, row: number): string =>
    `${names.textOf(rows.get(row, 0))}/${readDigest(rows, row, 1)}`
  return { ...keyForm(1 + DIGEST_WORDS, names, write), read }
}

/** USCC and status index. An agency's first 2^32 licences have a number together, and so have each as many after them. */
export function placeKeys(names: TextNumbers): KeyForm {
  const seriesOf = rememberLast((issuer, numberOf, high) => numberOf(`${issuer}/${high}`))
  // Of one licence there are several questions, one behind the other; a number once given stays.
  let last = { key: '', series: 0, low: 0 }
  const write = (key: string, into: Uint32Array, numberOf: NumberOf): boolean => {
    if (last.series === 0 || last.key !== key) {
      const cut = key.lastIndexOf('/')
      const index = indexIn(key.slice(cut + 1))
      const series =
        cut === -1 || index === -1 ? 0 : seriesOf(key, cut, Math.floor(index / 2 ** 32), numberOf)
      last = { key, series, low: index % 2 ** 32 }
    }
    into[0] = last.series
    into[1] = last.low
    return last.series !== 0
  }
  const read = (rows: RowLog, row: number): string => {
    const { issuer, statusIndex } = readPlace(names, rows.get(row, 0), rows.get(row, 1))
    return `${issuer}/${statusIndex}`
  }
  return { ...keyForm(PLACE_WORDS, names, write), read }
}

/**
 * The number of an agency that a key begins with, or of a part of it. Keys of one agency come one behind the other, and
 * of the last one the number is known without a copy of its text.
 */
function rememberLast(
  ask: (agency: string, numberOf: NumberOf, part: number) => number,
): (key: string, end: number, part: number, numberOf: NumberOf) => number {
  let last = { agency: '', part: 0, number: 0 }
  return (key, end, part, numberOf) => {
    const { agency, number } = last
    if (number !== 0 && last.part === part && agency.length === end && key.startsWith(agency)) return number
    const asked = key.slice(0, end)
    last = { agency: asked, part, number: ask(asked, numberOf, part) }
    return last.number
  }
}

/** -1: it is no status index. */
function indexIn(text: string): number {
  const index = /^(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : MOST_INDICES
  return index < MOST_INDICES ? index : -1
}

export const PLACE_WORDS = 2
export const DIGEST_WORDS = 8
const MOST_INDICES = 2 ** 48

/** What {@link placeKeys} wrote. */
export function readPlace(
  names: TextNumbers,
  series: number,
  low: number,
): { readonly issuer: string; readonly statusIndex: number } {
  const [issuer, high] = partsOf(names.textOf(series))
  return { issuer, statusIndex: wideOf(low, Number(high)) }
}

/** `false`: what stands there is no digest. */
function writeDigest(text: string, from: number, into: Uint32Array, at: number): boolean {
  if (text.length !== from + DIGEST_CHARACTERS || !text.startsWith('0x', from)) return false
  for (let place = 0; place < DIGEST_CHARACTERS - 2; place++) {
    const digit = digitOf(text.charCodeAt(from + 2 + place))
    if (digit === -1) return false
    const word = at + (place >> 3)
    into[word] = ((into[word] as number) << 4) | digit
  }
  return true
}

const DIGEST_CHARACTERS = 2 + 64

function readDigest(rows: RowLog, row: number, at: number): string {
  let digest = '0x'
  for (let word = 0; word < DIGEST_WORDS; word++)
    digest += rows
      .get(row, at + word)
      .toString(16)
      .padStart(8, '0')
  return digest
}

/** Of the one text that bytes have, in small letters; -1: none. */
function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  return code >= 0x61 && code <= 0x66 ? code - 0x57 : -1
}

function keyForm(
  words: number,
  names: TextNumbers,
  write: (key: string, into: Uint32Array, numberOf: NumberOf) => boolean,
): Omit<KeyForm, 'read'> {
  return {
    words,
    find: (key, into) => write(key, into, (text) => names.find(text)),
    give: (key, into) => {
      if (!write(key, into, (text) => names.give(text)))
        throw new RangeError(`keep a fact of ${JSON.stringify(key)}: no event has such a key`)
    },
  }
}

/** Before the last stroke and behind it. */
function partsOf(key: string): readonly [string, string] {
  const cut = key.lastIndexOf('/')
  return [key.slice(0, Math.max(cut, 0)), key.slice(cut + 1)]
}
