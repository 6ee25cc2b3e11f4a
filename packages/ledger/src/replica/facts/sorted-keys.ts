/** Keys in order, of which more come all the while. */

/** Keys that came since the last look are sorted by themselves, until they are as many as this share of all. */
const FRESH_SHARE = 1 / 16

export class SortedKeys {
  #sorted: readonly string[]
  /** Not among the others. */
  #fresh: string[] = []
  #isFreshSorted = true

  /** @param keys each once */
  constructor(keys: Iterable<string>) {
    this.#sorted = [...keys].sort()
  }

  /** @param key one that was not there */
  add(key: string): void {
    this.#fresh.push(key)
    this.#isFreshSorted = false
  }

  /** Keys behind this one, which need not be there, as many as are wanted; of what came newly apart. */
  after(key: string | null, most: number): readonly [readonly string[], readonly string[]] {
    if (!this.#isFreshSorted) this.#sort()
    return [firstAfter(this.#sorted, key, most), firstAfter(this.#fresh, key, most)]
  }

  #sort(): void {
    this.#fresh.sort()
    this.#isFreshSorted = true
    if (this.#fresh.length < this.#sorted.length * FRESH_SHARE) return
    this.#sorted = [...this.#sorted, ...this.#fresh].sort()
    this.#fresh = []
  }
}

function firstAfter(sorted: readonly string[], key: string | null, most: number): readonly string[] {
  let [from, beyond] = [0, key === null ? 0 : sorted.length]
  while (from < beyond) {
    const middle = (from + beyond) >>> 1
    if ((sorted[middle] as string) <= (key as string)) from = middle + 1
    else beyond = middle
  }
  return sorted.slice(from, from + most)
}
