/** Keys of agencies, each once, as rows of words with counts beside them: as many as a nation has, outside the engine's heap. */
import { AgencyRows } from './agency-rows.ts'
import type { KeyForm } from './compact-key.ts'
import { KeyIndex } from './key-index.ts'
import { RowLog } from './row-log.ts'
import { TextNumbers } from './text-numbers.ts'
import { highOf, wideOf } from './wide-number.ts'

/** A count is a word, and one for what is above it. */
const COUNT_WORDS = 2

export class CountedKeys {
  readonly #names = new TextNumbers()
  readonly #form: KeyForm
  readonly #log: RowLog
  readonly #index: KeyIndex
  readonly #rows: AgencyRows
  /** Written anew at each question. */
  readonly #row: Uint32Array

  /**
   * @param formOf how the keys are written, by the numbers of these names
   * @param agencyOf the agency of such a name
   * @param counts how many stand beside each key
   */
  constructor(formOf: (names: TextNumbers) => KeyForm, agencyOf: (name: string) => string, counts: number) {
    this.#form = formOf(this.#names)
    this.#log = new RowLog(this.#form.words + counts * COUNT_WORDS)
    this.#index = new KeyIndex(this.#log, this.#form.words)
    this.#rows = new AgencyRows(
      this.#log,
      (name) => agencyOf(this.#names.textOf(name)),
      () => true,
    )
    this.#row = new Uint32Array(this.#log.width)
  }

  get size(): number {
    return this.#log.length
  }

  has(key: string): boolean {
    return this.#find(key) !== null
  }

  /** 0: it is none of them. */
  count(key: string, which: number): number {
    const row = this.#find(key)
    return row === null
      ? 0
      : wideOf(this.#log.get(row, this.#at(which)), this.#log.get(row, this.#at(which) + 1))
  }

  /**
   * From now on one of them, with these counts.
   *
   * @throws {RangeError} for a key that no event of the ledger has, and for counts of over 48 bits
   */
  set(key: string, ...counts: readonly number[]): void {
    const row = this.#find(key) ?? this.#add(key)
    for (const [which, count] of counts.entries()) {
      this.#log.set(row, this.#at(which), count)
      this.#log.set(row, this.#at(which) + 1, highOf(count))
    }
  }

  /** Each once. */
  *keys(): Iterable<string> {
    for (let row = 0; row < this.#log.length; row++) yield this.#form.read(this.#log, row)
  }

  agencies(): Iterable<string> {
    return this.#rows.agencies()
  }

  /** How many are of an agency. */
  countOf(agency: string): number {
    return this.#rows.countOf(agency)
  }

  /** @param place below {@link countOf} */
  keyAt(agency: string, place: number): string {
    const [row = 0] = this.#rows.slice(agency, place, 1)
    return this.#form.read(this.#log, row)
  }

  #find(key: string): number | null {
    return this.#form.find(key, this.#row) ? this.#index.find(this.#row) : null
  }

  #add(key: string): number {
    this.#form.give(key, this.#row.fill(0))
    const row = this.#log.append(this.#row)
    this.#index.set(row)
    this.#rows.takeIn()
    return row
  }

  #at(which: number): number {
    return this.#form.words + which * COUNT_WORDS
  }
}
