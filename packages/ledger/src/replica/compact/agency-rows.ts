/**
 * Which rows of a log are of which agency, in the order of the log. What an event tells is of one agency and lies in rows
 * behind one another, so that two words say of all of them where they are.
 */
import type { RowLog } from './row-log.ts'

/** Runs that there is room for at first, and by how much there is more each time. */
const FIRST_RUNS = 4
const GROWTH = 1.5
/** The row with which a run begins, and how many of the agency's rows come before it. */
const RUN_WORDS = 2

/** The rows of one agency. */
interface Runs {
  words: Uint32Array
  /** Runs. */
  length: number
  /** Rows. */
  count: number
}

export class AgencyRows {
  readonly #log: RowLog
  readonly #agencyOf: (number: number) => string
  readonly #isTold: (row: number) => boolean
  readonly #agencies = new Map<string, Runs>()
  /** Rows that were taken in. */
  #taken = 0
  /** Of the newest row, by its first word. */
  #last: { readonly number: number; readonly runs: Runs } | null = null

  /**
   * @param agencyOf the agency of which a row is, by its first word
   * @param isTold whether a row tells something, and not that it is no more
   */
  constructor(log: RowLog, agencyOf: (number: number) => string, isTold: (row: number) => boolean) {
    this.#log = log
    this.#agencyOf = agencyOf
    this.#isTold = isTold
  }

  /** Takes in the rows that came since the last time. */
  takeIn(): void {
    for (; this.#taken < this.#log.length; this.#taken++)
      this.#add(this.#taken, this.#log.get(this.#taken, 0))
  }

  /** So many rows of an agency at most, from one on. */
  slice(agency: string, from: number, most: number): readonly number[] {
    const runs = this.#agencies.get(agency)
    if (runs === undefined) return []
    const rows: number[] = []
    const end = Math.min(runs.count, from + most)
    for (let run = runAt(runs, from), place = from; place < end; run++) {
      const [row, before] = [runs.words[run * RUN_WORDS] as number, beforeRun(runs, run)]
      const beyond = Math.min(end, beforeRun(runs, run + 1))
      for (; place < beyond; place++) rows.push(row + place - before)
    }
    return rows
  }

  /** Of which there are rows. */
  agencies(): Iterable<string> {
    return this.#agencies.keys()
  }

  countOf(agency: string): number {
    return this.#agencies.get(agency)?.count ?? 0
  }

  #add(row: number, number: number): void {
    if (!this.#isTold(row)) {
      this.#last = null
      return
    }
    if (this.#last?.number !== number) {
      const runs = this.#runsOf(this.#agencyOf(number))
      beginRun(runs, row)
      this.#last = { number, runs }
    }
    this.#last.runs.count += 1
  }

  #runsOf(agency: string): Runs {
    const known = this.#agencies.get(agency)
    if (known !== undefined) return known
    const runs = { words: new Uint32Array(FIRST_RUNS * RUN_WORDS), length: 0, count: 0 }
    this.#agencies.set(agency, runs)
    return runs
  }
}

function beginRun(runs: Runs, row: number): void {
  const at = runs.length * RUN_WORDS
  if (at === runs.words.length) {
    const words = new Uint32Array(Math.ceil(runs.length * GROWTH) * RUN_WORDS)
    words.set(runs.words)
    runs.words = words
  }
  runs.words[at] = row
  runs.words[at + 1] = runs.count
  runs.length += 1
}

/** How many rows come before a run; of the one behind the last, all. */
function beforeRun({ words, length, count }: Runs, run: number): number {
  return run < length ? (words[run * RUN_WORDS + 1] as number) : count
}

/** The run in which a place is. */
function runAt(runs: Runs, place: number): number {
  let [first, beyond] = [0, runs.length]
  while (beyond - first > 1) {
    const middle = (first + beyond) >>> 1
    if (beforeRun(runs, middle) <= place) first = middle
    else beyond = middle
  }
  return first
}
