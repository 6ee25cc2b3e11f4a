/** What events tell that no verification asks for, and storage counts: at these counters withheld events show. */
import type { Hex } from '@hefu/protocol'
import { decodeUscc } from '../../abi/codes.ts'
import { decodeServiceItem } from '../../abi/rules.ts'
import { STATUSES_PER_WORD } from '../../slots/licence-slots.ts'
import type { CountedKeys } from '../compact/counted-keys.ts'
import type { LedgerEvent, LedgerEvents, RulebookEvents } from '../events/ledger-event.ts'
import { keyOf } from '../facts/facts.ts'
import { assertHeld, countedDigests, countedPlaces, MOST_ROWS } from './distinct-keys.ts'

/** Indices that no licence has or will have: from the first up to, and without, the end. */
export interface IndexRange {
  readonly first: number
  readonly end: number
}

export interface WordTally {
  /** Acts that touched the word. */
  readonly acts: number
  /** What they did to its licences, each counted. */
  readonly entries: number
  /** Number of the newest one's block. */
  readonly lastBlock: number
}

export interface NoticesTally {
  readonly entries: number
  readonly lastBlock: number
}

/** A version of a service item, or its retirement. */
export interface ItemEntry {
  /** Unix seconds. */
  readonly since: number
  readonly version: number
  readonly isRetired: boolean
}

export class AuditTally {
  /** By USCC. */
  readonly indexCounts: Map<string, number> = new Map()
  /** By USCC. */
  readonly passedOver: Map<string, IndexRange[]> = new Map()
  /** USCC, root: entered in bulk, of licences that were there before. */
  readonly backfilled: CountedKeys = countedDigests(0)
  /** USCC, number of the word. */
  readonly words: CountedKeys = countedPlaces(3)
  /** USCC, status index. */
  readonly notices: CountedKeys = countedPlaces(2)
  /** Rulebook, item. */
  readonly items: Map<string, ItemEntry[]> = new Map()

  readonly #most: number

  /** @param most of each that are told apart */
  constructor(most: number = MOST_ROWS) {
    this.#most = most
  }

  /** @param key of {@link words} */
  wordOf(key: string): WordTally {
    const [acts, entries, lastBlock] = [0, 1, 2].map((which) => this.words.count(key, which))
    return { acts: acts ?? 0, entries: entries ?? 0, lastBlock: lastBlock ?? 0 }
  }

  /** @param key of {@link notices} */
  noticesOf(key: string): NoticesTally {
    return { entries: this.notices.count(key, 0), lastBlock: this.notices.count(key, 1) }
  }

  /** @throws {AuditRefusedError} `too-many` */
  count(event: LedgerEvent): void {
    for (const { size } of [this.words, this.notices, this.backfilled]) assertHeld(size, this.#most)
    const { block } = event
    if (event.contract === 'rulebook') {
      const { rulebook } = event
      if (event.name === 'ServiceItemRegistered') this.#item(rulebook, event.args, block.time)
      if (event.name === 'ServiceItemRetired') this.#itemRetired(rulebook, event.args, block.time)
      return
    }
    if (event.name === 'Anchored') this.#anchored(event.args)
    if (event.name === 'Backfilled') {
      this.#anchored(event.args)
      for (const { root } of event.args.entries)
        this.backfilled.set(keyOf(decodeUscc(event.args.issuer), root))
    }
    if (event.name === 'IndicesPassedOver') this.#passedOver(event.args)
    if (event.name === 'StatusActed') this.#acted(event.args, block.number)
    if (event.name === 'Noted' || event.name === 'NoticeLifted') this.#noticed(event.args, block.number)
  }

  #anchored({ issuer, firstIndex, entries }: LedgerEvents['Anchored']): void {
    const used = entries.reduce((sum, { size }) => sum + size, firstIndex)
    this.indexCounts.set(decodeUscc(issuer), used)
  }

  #passedOver({ issuer, firstIndex, size }: LedgerEvents['IndicesPassedOver']): void {
    const uscc = decodeUscc(issuer)
    const range = { first: firstIndex, end: firstIndex + size }
    this.indexCounts.set(uscc, range.end)
    append(this.passedOver, uscc, range)
  }

  #acted({ issuer, indices }: LedgerEvents['StatusActed'], lastBlock: number): void {
    const touched = new Map<string, number>()
    for (const index of indices) {
      const key = wordKey(decodeUscc(issuer), Number(index))
      touched.set(key, (touched.get(key) ?? 0) + 1)
    }
    for (const [key, licences] of touched) {
      const { acts, entries } = this.wordOf(key)
      this.words.set(key, acts + 1, entries + licences, lastBlock)
    }
  }

  #noticed({ issuer, indices }: LedgerEvents['Noted'], lastBlock: number): void {
    for (const index of indices) {
      const key = keyOf(decodeUscc(issuer), index)
      this.notices.set(key, this.noticesOf(key).entries + 1, lastBlock)
    }
  }

  #item(rulebook: Hex, { item, version }: RulebookEvents['ServiceItemRegistered'], since: number): void {
    append(this.items, keyOf(rulebook, decodeServiceItem(item)), { since, version, isRetired: false })
  }

  #itemRetired(rulebook: Hex, { item }: RulebookEvents['ServiceItemRetired'], since: number): void {
    const key = keyOf(rulebook, decodeServiceItem(item))
    const version = this.items.get(key)?.at(-1)?.version ?? 0
    append(this.items, key, { since, version, isRetired: true })
  }
}

/** In place: of one agency there may be very many. */
function append<Entry>(lists: Map<string, Entry[]>, key: string, entry: Entry): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [entry])
  else list.push(entry)
}

/** Under which the word of 48 statuses is counted that holds the one of this index. */
export function wordKey(uscc: string, index: number): string {
  return keyOf(uscc, Math.floor(index / STATUSES_PER_WORD))
}
