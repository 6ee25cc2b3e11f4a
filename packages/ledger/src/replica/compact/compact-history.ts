/** Entries of one kind as rows of words, each naming the one before it on the same licence. */
import type { History } from '../facts/history.ts'
import { type KeyForm, PLACE_WORDS } from './compact-key.ts'
import type { FactForm } from './compact-table.ts'
import { KeyIndex } from './key-index.ts'
import { RowLog } from './row-log.ts'

/** The word of the row before and one more; 0: it is the first. */
const BEFORE = PLACE_WORDS
const ENTRY = BEFORE + 1

export class CompactHistory<Entry> {
  readonly log: RowLog
  readonly #keys: KeyForm
  readonly #entries: FactForm<Entry>
  readonly #index: KeyIndex
  /** Written anew at each question and each entry. */
  readonly #row: Uint32Array

  /** @param keys of places */
  constructor(keys: KeyForm, entries: FactForm<Entry>) {
    this.#keys = keys
    this.#entries = entries
    this.log = new RowLog(ENTRY + entries.words)
    this.#index = new KeyIndex(this.log, keys.words)
    this.#row = new Uint32Array(this.log.width)
  }

  /** The entries of one licence, and no others, are read; `null`: there are none. */
  find(key: string): History<Entry> | null {
    const newest = this.#keys.find(key, this.#row) ? this.#index.find(this.#row) : null
    const rows: number[] = []
    for (let next = newest === null ? 0 : newest + 1; next !== 0; next = this.log.get(next - 1, BEFORE))
      rows.push(next - 1)
    return rows.reduceRight<History<Entry> | null>(
      (before, row) => ({ newest: this.factOf(row), before }),
      null,
    )
  }

  /** The key of a row. */
  keyOf(row: number): string {
    return this.#keys.read(this.log, row)
  }

  /** The entry of a row. */
  factOf(row: number): Entry {
    return this.#entries.read(this.log, row, ENTRY)
  }

  /**
   * @returns whether it is the first of its licence
   * @throws {RangeError} for a key or an entry that no event tells
   */
  add(key: string, entry: Entry): boolean {
    const row = this.#row.fill(0)
    this.#keys.give(key, row)
    this.#entries.write(entry, row, ENTRY)
    const number = this.log.append(row)
    const before = this.#index.set(number)
    if (before !== null) this.log.set(number, BEFORE, before + 1)
    return before === null
  }

  /** Each key once. */
  *keys(): Iterable<string> {
    for (const row of this.#index.newest()) yield this.keyOf(row)
  }

  /** After the log was filled by who had saved it. */
  index(): void {
    this.#index.fill()
  }
}
