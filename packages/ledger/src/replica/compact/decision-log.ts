/** Decisions on licences: many at once are acted on by one, whose words stand here once. */
import {
  type Capacity,
  LEGAL_STATUSES,
  STATUS_CHANGES,
  type StatusChange,
  type StatusEntry,
} from '@hefu/protocol'
import { RowLog } from './row-log.ts'
import { TextLog } from './text-log.ts'
import type { TextNumbers } from './text-numbers.ts'
import { highsOf, splitHighs, wideOf } from './wide-number.ts'

/** Words of a decision. Texts that are absent are 0. */
const [EFFECTIVE, ENDS, HIGHS, CODES, BASIS, NUMBER, WORDS] = [0, 1, 2, 3, 4, 5, 6] as const

/** In a byte each one more than its place here; 0: absent. */
const CAPACITIES: readonly Capacity[] = ['operator', 'successor', 'custodian', 'superior']
const HAS_END = 1

export class DecisionLog {
  readonly rows: RowLog = new RowLog(WORDS)
  readonly numbers: TextLog = new TextLog()
  readonly #names: TextNumbers
  #newest: StatusEntry | null = null

  /** @param names numbers the provisions that decisions rest on */
  constructor(names: TextNumbers) {
    this.#names = names
  }

  /**
   * @returns the row of a decision: of the newest one, when that is the same
   * @throws {RangeError} for times that no event tells
   */
  add(entry: StatusEntry): number {
    if (this.#newest !== null && isSame(this.#newest, entry)) return this.rows.length - 1
    const row = new Uint32Array(WORDS)
    row[EFFECTIVE] = entry.effectiveAt
    row[ENDS] = entry.endsAt ?? 0
    row[HIGHS] = highsOf(entry.effectiveAt, entry.endsAt ?? 0)
    row[CODES] = codesOf(entry)
    row[BASIS] = entry.legalBasis === undefined ? 0 : this.#names.give(entry.legalBasis)
    row[NUMBER] = entry.decisionNumber === undefined ? 0 : this.numbers.add(entry.decisionNumber)
    const number = this.rows.append(row)
    this.#newest = entry
    return number
  }

  read(row: number): StatusEntry {
    const word = (place: number): number => this.rows.get(row, place)
    const [effectiveHigh, endsHigh] = splitHighs(word(HIGHS))
    const [act, status, capacity, hasEnd] = bytesOf(word(CODES))
    const decision = {
      effectiveAt: wideOf(word(EFFECTIVE), effectiveHigh),
      ...(hasEnd === HAS_END ? { endsAt: wideOf(word(ENDS), endsHigh) } : {}),
      ...(capacity === 0 ? {} : { capacity: CAPACITIES[capacity - 1] as Capacity }),
      ...(word(NUMBER) === 0 ? {} : { decisionNumber: this.numbers.read(word(NUMBER)) }),
      ...(word(BASIS) === 0 ? {} : { legalBasis: this.#names.textOf(word(BASIS)) }),
    }
    const change = STATUS_CHANGES[act - 1] as StatusChange
    if (change !== 'correct' && change !== 'inherit') return { act: change, ...decision }
    return { act: change, status: LEGAL_STATUSES[status - 1] as (typeof LEGAL_STATUSES)[number], ...decision }
  }

  /** After the logs were filled by who had saved them. */
  index(): void {
    this.#newest = this.rows.length === 0 ? null : this.read(this.rows.length - 1)
  }
}

function isSame(one: StatusEntry, other: StatusEntry): boolean {
  return (
    one === other ||
    (one.effectiveAt === other.effectiveAt &&
      one.endsAt === other.endsAt &&
      one.decisionNumber === other.decisionNumber &&
      one.legalBasis === other.legalBasis &&
      codesOf(one) === codesOf(other))
  )
}

function codesOf(entry: StatusEntry): number {
  const status = 'status' in entry ? LEGAL_STATUSES.indexOf(entry.status) + 1 : 0
  const capacity = entry.capacity === undefined ? 0 : CAPACITIES.indexOf(entry.capacity) + 1
  const hasEnd = entry.endsAt === undefined ? 0 : HAS_END
  const act = STATUS_CHANGES.indexOf(entry.act) + 1
  return act | (status << 8) | (capacity << 16) | (hasEnd << 24)
}

function bytesOf(word: number): readonly [number, number, number, number] {
  return [word & 0xff, (word >>> 8) & 0xff, (word >>> 16) & 0xff, word >>> 24]
}
