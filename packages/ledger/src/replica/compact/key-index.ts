/**
 * Which row of a log is the newest of its key, by open addressing: JavaScript's own maps end at 2^24 entries. It is in
 * parts by the hash, each of which grows by itself: no growth keeps anybody waiting for long, and none needs much room
 * at once.
 */
import { suite } from '@hefu/protocol'
import type { RowLog } from './row-log.ts'

const PART_BITS = 10
const FIRST_CAPACITY = 8
const GROWTH = 1.5
/** Share of the places of a part that are taken at most. */
const FULLEST = 0.8
/** The share that is taken where the keys are known beforehand: parts are not all alike. */
const FILLED = 0.7

/** Numbers of rows and one more, 0 where the place is free; beside each a byte of its hash, so that few rows are looked at in vain. */
interface Part {
  readonly rows: Uint32Array
  readonly marks: Uint8Array
  taken: number
}

export class KeyIndex {
  readonly #log: RowLog
  readonly #keyWords: number
  readonly #parts: (Part | undefined)[] = Array.from({ length: 2 ** PART_BITS })
  // Who chooses keys does not know where they fall. There are keys that fall together under every seed: an agency that
  // makes roots of such has its own found more slowly, by as many looks as it made.
  readonly #seed = new DataView(suite.randomBytes(4).buffer).getUint32(0)

  #firstCapacity = FIRST_CAPACITY

  /** @param keyWords so many words at the beginning of each row are its key */
  constructor(log: RowLog, keyWords: number) {
    this.#log = log
    this.#keyWords = keyWords
  }

  /** The newest row of a key; `null`: it has none. */
  find(key: Uint32Array): number | null {
    const hash = this.#hashOf(key, 0)
    const part = this.#parts[hash >>> (32 - PART_BITS)]
    if (part === undefined) return null
    const row = part.rows[this.#placeOf(part, hash, key, 0)] as number
    return row === 0 ? null : row - 1
  }

  /**
   * Makes a row the newest of its key.
   *
   * @returns the one that was before; `null`: there was none
   */
  set(row: number): number | null {
    const [words, offset] = [this.#log.chunkOf(row), this.#log.offsetOf(row)]
    const hash = this.#hashOf(words, offset)
    const part = this.#roomyPart(hash >>> (32 - PART_BITS))
    const place = this.#placeOf(part, hash, words, offset)
    const before = part.rows[place] as number
    if (before === 0) part.taken += 1
    part.rows[place] = row + 1
    part.marks[place] = hash
    return before === 0 ? null : before - 1
  }

  /** The newest row of each key, in the order in which they were added. */
  *newest(): Iterable<number> {
    for (let row = 0; row < this.#log.length; row++) if (this.#isNewest(row)) yield row
  }

  #isNewest(row: number): boolean {
    const [words, offset] = [this.#log.chunkOf(row), this.#log.offsetOf(row)]
    const hash = this.#hashOf(words, offset)
    const part = this.#parts[hash >>> (32 - PART_BITS)]
    return part !== undefined && part.rows[this.#placeOf(part, hash, words, offset)] === row + 1
  }

  /** Takes in a log that is filled already, in room that need not grow meanwhile. */
  fill(): void {
    const { length } = this.#log
    this.#firstCapacity = Math.max(FIRST_CAPACITY, Math.ceil(length / this.#parts.length / FILLED))
    for (let row = 0; row < length; row++) this.set(row)
  }

  /** Where a key is in a part, or would be. */
  #placeOf({ rows, marks }: Part, hash: number, key: Uint32Array, offset: number): number {
    let place = firstPlace(hash, rows.length)
    for (let row = rows[place] as number; row !== 0; row = rows[place] as number) {
      if (marks[place] === (hash & 0xff) && this.#isKeyOf(row - 1, key, offset)) break
      place = place + 1 === rows.length ? 0 : place + 1
    }
    return place
  }

  #isKeyOf(row: number, key: Uint32Array, offset: number): boolean {
    const [words, start] = [this.#log.chunkOf(row), this.#log.offsetOf(row)]
    for (let word = 0; word < this.#keyWords; word++) {
      if (words[start + word] !== key[offset + word]) return false
    }
    return true
  }

  #roomyPart(number: number): Part {
    const part = this.#parts[number]
    if (part !== undefined && part.taken < part.rows.length * FULLEST) return part
    const roomy = emptyPart(part === undefined ? this.#firstCapacity : Math.ceil(part.rows.length * GROWTH))
    for (const row of part?.rows ?? []) if (row !== 0) this.#move(row, roomy)
    this.#parts[number] = roomy
    return roomy
  }

  /** No key comes twice: the first free place is its own. */
  #move(row: number, part: Part): void {
    const hash = this.#hashOf(this.#log.chunkOf(row - 1), this.#log.offsetOf(row - 1))
    let place = firstPlace(hash, part.rows.length)
    while (part.rows[place] !== 0) place = place + 1 === part.rows.length ? 0 : place + 1
    part.rows[place] = row
    part.marks[place] = hash
    part.taken += 1
  }

  /** MurmurHash3 of 32 bits. */
  #hashOf(words: Uint32Array, offset: number): number {
    let hash = this.#seed
    for (let word = 0; word < this.#keyWords; word++) {
      const mixed = Math.imul(words[offset + word] as number, 0xcc9e2d51)
      hash ^= Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593)
      hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    return (hash ^ (hash >>> 16)) >>> 0
  }
}

function emptyPart(capacity: number): Part {
  return { rows: new Uint32Array(capacity), marks: new Uint8Array(capacity), taken: 0 }
}

/** The bits that chose the part say nothing more: they go out at the top. */
function firstPlace(hash: number, capacity: number): number {
  return Math.floor((((hash << PART_BITS) >>> 0) / 2 ** 32) * capacity)
}
