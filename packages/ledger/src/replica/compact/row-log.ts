/** Rows of so many 32-bit words each, one behind the other: none is ever removed, so that what was saved of them stays. */

/** Words of a chunk at most, 256 KiB: what grows grows by that, and nothing is allocated that is longer. */
const CHUNK_WORDS = 2 ** 16
/** A row's number and one more is a word: 0 is no row. */
const MOST_ROWS = 2 ** 32 - 1

/** Some of the rows, in their order; `number` counts the chunks of a log. */
export interface LogChunk {
  readonly number: number
  readonly words: Uint32Array
}

export class RowLog {
  /** Words of a row. */
  readonly width: number
  readonly #shift: number
  readonly #mask: number
  readonly #chunks: Uint32Array[] = []
  #length = 0

  constructor(width: number) {
    this.width = width
    this.#shift = Math.floor(Math.log2(CHUNK_WORDS / width))
    this.#mask = 2 ** this.#shift - 1
  }

  /** Rows. */
  get length(): number {
    return this.#length
  }

  /**
   * Adds whole rows.
   *
   * @returns the number of the first
   * @throws {RangeError} when there is no number for one more
   */
  append(rows: Uint32Array): number {
    const first = this.#length
    const count = rows.length / this.width
    if (first + count > MOST_ROWS) throw new RangeError(`add row ${first + count}: ${MOST_ROWS} are the most`)
    for (let done = 0; done < count; ) {
      const fitting = Math.min(count - done, this.#mask + 1 - (this.#length & this.#mask))
      const words = rows.subarray(done * this.width, (done + fitting) * this.width)
      this.#openChunk().set(words, this.offsetOf(this.#length))
      this.#length += fitting
      done += fitting
    }
    return first
  }

  /** A word of a row that there is. */
  get(row: number, word: number): number {
    return this.chunkOf(row)[this.offsetOf(row) + word] as number
  }

  /** Of a log that is saved the newest row alone, before anything of it is. */
  set(row: number, word: number, value: number): void {
    this.chunkOf(row)[this.offsetOf(row) + word] = value
  }

  /** A copy of so many rows. */
  slice(row: number, count: number): Uint32Array {
    const rows = new Uint32Array(count * this.width)
    for (let done = 0; done < count; ) {
      const fitting = Math.min(count - done, this.#mask + 1 - ((row + done) & this.#mask))
      const offset = this.offsetOf(row + done)
      rows.set(this.chunkOf(row + done).subarray(offset, offset + fitting * this.width), done * this.width)
      done += fitting
    }
    return rows
  }

  /** The words among which a row is, from {@link offsetOf} on: for who may not copy it. */
  chunkOf(row: number): Uint32Array {
    return this.#chunks[row >>> this.#shift] as Uint32Array
  }

  offsetOf(row: number): number {
    return (row & this.#mask) * this.width
  }

  /** What there is from a chunk on: the words themselves, not a copy. */
  *chunksFrom(number: number): Iterable<LogChunk> {
    for (let next = number; next < this.#chunks.length; next++) {
      const rows = Math.min(this.#length - next * (this.#mask + 1), this.#mask + 1)
      yield { number: next, words: (this.#chunks[next] as Uint32Array).subarray(0, rows * this.width) }
    }
  }

  #openChunk(): Uint32Array {
    const place = this.#length >>> this.#shift
    const chunk = this.#chunks[place] ?? new Uint32Array((this.#mask + 1) * this.width)
    this.#chunks[place] = chunk
    return chunk
  }
}
