/** Facts of one kind as rows of words: a fact that changes has another row, and its key shows the newest. */
import type { KeyForm } from './compact-key.ts'
import { KeyIndex } from './key-index.ts'
import { RowLog } from './row-log.ts'

/** How a fact is written in words, behind those of its key and the one that says that it is. */
export interface FactForm<Fact> {
  readonly words: number
  /** @throws {RangeError} for a fact that no event tells */
  write(fact: Fact, row: Uint32Array, at: number): void
  read(rows: RowLog, row: number, at: number): Fact
}

const IS = 1

export class CompactTable<Fact> {
  readonly log: RowLog
  readonly #keys: KeyForm
  readonly #facts: FactForm<Fact>
  readonly #index: KeyIndex
  /** Written anew at each question and each change. */
  readonly #row: Uint32Array

  constructor(keys: KeyForm, facts: FactForm<Fact>) {
    this.#keys = keys
    this.#facts = facts
    this.log = new RowLog(keys.words + 1 + facts.words)
    this.#index = new KeyIndex(this.log, keys.words)
    this.#row = new Uint32Array(this.log.width)
  }

  /** `null`: there is none. */
  find(key: string): Fact | null {
    const row = this.#keys.find(key, this.#row) ? this.#index.find(this.#row) : null
    return row === null || !this.isFact(row) ? null : this.factOf(row)
  }

  /** Whether a row says that a fact is, and not that it is no more. */
  isFact(row: number): boolean {
    return this.log.get(row, this.#keys.words) === IS
  }

  /** The key of a row. */
  keyOf(row: number): string {
    return this.#keys.read(this.log, row)
  }

  /** The fact of a row that has one. */
  factOf(row: number): Fact {
    return this.#facts.read(this.log, row, this.#keys.words + 1)
  }

  /**
   * @param fact `null`: there is none any more
   * @returns whether the key had none before
   * @throws {RangeError} for a key or a fact that no event tells
   */
  put(key: string, fact: Fact | null): boolean {
    const { words } = this.#keys
    const row = this.#row.fill(0)
    this.#keys.give(key, row)
    if (fact !== null) {
      row[words] = IS
      this.#facts.write(fact, row, words + 1)
    }
    return this.#index.set(this.log.append(row)) === null
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
