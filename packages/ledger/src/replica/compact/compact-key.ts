/** Keys of facts as words: an agency by its number, and which licence, root or key of it. */
import type { Hex } from '@hefu/protocol'
import type { TextNumbers } from './text-numbers.ts'
import { wideOf } from './wide-number.ts'

/** How the keys of a table are written in words. */
export interface KeyForm {
  readonly words: number
  /** `false`: no fact can have it. */
  find(key: string, into: Uint32Array): boolean
  /** @throws {RangeError} for a key that no event of the ledger has */
  give(key: string, into: Uint32Array): void
}

/** Numbers of texts, those that have none given one or not. */
type NumberOf = (text: string) => number

/** USCC and a digest. */
export function digestKeys(names: TextNumbers): KeyForm {
  const write = (key: string, into: Uint32Array, numberOf: NumberOf): boolean => {
    const [issuer, digest] = partsOf(key)
    if (!/^0x[0-9a-f]{64}$/.test(digest)) return false
    into[0] = numberOf(issuer)
    writeDigest(digest as Hex, into, 1)
    return into[0] !== 0
  }
  return keyForm(1 + DIGEST_WORDS, names, write)
}

/** USCC and status index. An agency's first 2^32 licences have a number together, and so have each as many after them. */
export function placeKeys(names: TextNumbers): KeyForm {
  const write = (key: string, into: Uint32Array, numberOf: NumberOf): boolean => {
    const [issuer, text] = partsOf(key)
    const index = /^(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY
    if (index >= MOST_INDICES) return false
    into[0] = numberOf(`${issuer}/${Math.floor(index / 2 ** 32)}`)
    into[1] = index
    return into[0] !== 0
  }
  return keyForm(PLACE_WORDS, names, write)
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

function writeDigest(digest: Hex, into: Uint32Array, at: number): void {
  for (let word = 0; word < DIGEST_WORDS; word++)
    into[at + word] = Number.parseInt(digest.slice(2 + 8 * word, 10 + 8 * word), 16)
}

function keyForm(
  words: number,
  names: TextNumbers,
  write: (key: string, into: Uint32Array, numberOf: NumberOf) => boolean,
): KeyForm {
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
