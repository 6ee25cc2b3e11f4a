/** Changed facts over others that stay as they were: what is final below, what may yet be undone above. */
import { mergeKeys } from './fact-keys.ts'
import {
  agencyOf,
  type Change,
  type Facts,
  type Histories,
  type HistoryName,
  type KeyedName,
  type TableName,
  type Tables,
  type Told,
  type ToldName,
} from './facts.ts'
import type { History } from './history.ts'
import { SortedKeys } from './sorted-keys.ts'

/** Below everything: nothing is known. */
export const NO_FACTS: Facts = {
  get final() {
    return NO_FACTS
  },
  find: () => null,
  history: () => null,
  keysOf: () => [],
  everyKey: () => [],
  told: () => [],
  toldCount: () => 0,
}

/** What a layer was told of an agency, behind what there was below when it was told the first of it. */
interface OwnTold<Name extends ToldName> {
  /** What is below grows once these are final: whoever still holds the layer is told of them once all the same. */
  readonly below: number
  readonly items: Told<Name>[]
}

/** Remembers changes; what did not change is found below. */
export class FactLayer implements Facts {
  readonly #below: Facts
  // A map holds what is of its table alone: `put` is what fills it.
  readonly #facts = new Map<TableName, Map<string, Tables[TableName] | null>>()
  readonly #histories = new Map<HistoryName, Map<string, History<Histories[HistoryName]>>>()

  /** By agency. */
  readonly #told: { readonly [Name in ToldName]: Map<string, OwnTold<Name>> } = {
    anchors: new Map(),
    acts: new Map(),
  }

  /** Of a table that was looked through; others need no order. */
  readonly #keys = new Map<KeyedName, SortedKeys>()

  constructor(below: Facts = NO_FACTS) {
    this.#below = below
  }

  get final(): Facts {
    return this.#below.final
  }

  find<Name extends TableName>(table: Name, key: string): Tables[Name] | null {
    const changed = this.#facts.get(table)?.get(key)
    return changed === undefined ? this.#below.find(table, key) : (changed as Tables[Name] | null)
  }

  history<Name extends HistoryName>(table: Name, key: string): History<Histories[Name]> | null {
    const grown = this.#histories.get(table)?.get(key)
    return grown === undefined ? this.#below.history(table, key) : (grown as History<Histories[Name]>)
  }

  keysOf(name: KeyedName, after: string | null, most: number): readonly string[] {
    const [kept, fresh] = this.#keysOf(name).after(after, most)
    return mergeKeys(mergeKeys(kept, fresh, most), this.#below.keysOf(name, after, most), most)
  }

  *everyKey(name: KeyedName): Iterable<string> {
    const own = this.#facts.get(name as TableName) ?? this.#histories.get(name as HistoryName)
    if (own !== undefined) yield* own.keys()
    for (const key of this.#below.everyKey(name)) if (own?.has(key) !== true) yield key
  }

  told<Name extends ToldName>(name: Name, agency: string, from: number, most: number): readonly Told<Name>[] {
    const own = this.#told[name].get(agency)
    if (own === undefined) return this.#below.told(name, agency, from, most)
    const ofBelow = Math.min(most, Math.max(0, own.below - from))
    const kept = ofBelow === 0 ? [] : this.#below.told(name, agency, from, ofBelow)
    const begin = Math.max(0, from - own.below)
    return [...kept, ...own.items.slice(begin, begin + most - kept.length)]
  }

  toldCount(name: ToldName, agency: string): number {
    const own = this.#told[name].get(agency)
    return own === undefined ? this.#below.toldCount(name, agency) : own.below + own.items.length
  }

  put(change: Change): void {
    this.#tell(change)
    const { key } = change
    if ('table' in change) {
      const facts = mapOf(this.#facts, change.table)
      if (!facts.has(key)) this.#keys.get(change.table)?.add(key)
      facts.set(key, change.fact)
      return
    }
    const before = this.history(change.history, key)
    const histories = mapOf(this.#histories, change.history)
    if (!histories.has(key)) this.#keys.get(change.history)?.add(key)
    histories.set(key, { newest: change.entry, before })
  }

  #tell(change: Change): void {
    const { key } = change
    if ('table' in change) {
      if (change.table === 'anchors' && change.fact !== null)
        this.#ownOf('anchors', agencyOf(key)).push({ key, fact: change.fact })
    } else if (change.history === 'acts') this.#ownOf('acts', agencyOf(key)).push({ key, fact: change.entry })
  }

  #ownOf<Name extends ToldName>(name: Name, agency: string): Told<Name>[] {
    const own = this.#told[name].get(agency) ?? { below: this.#below.toldCount(name, agency), items: [] }
    this.#told[name].set(agency, own)
    return own.items
  }

  #keysOf(name: KeyedName): SortedKeys {
    const known = this.#facts.get(name as TableName) ?? this.#histories.get(name as HistoryName)
    const keys = this.#keys.get(name) ?? new SortedKeys(known?.keys() ?? [])
    this.#keys.set(name, keys)
    return keys
  }
}

function mapOf<Name, Value>(tables: Map<Name, Map<string, Value>>, name: Name): Map<string, Value> {
  const found = tables.get(name) ?? new Map<string, Value>()
  tables.set(name, found)
  return found
}
