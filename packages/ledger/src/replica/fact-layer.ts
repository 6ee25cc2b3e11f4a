/** Changed facts over others that stay as they were: what is final below, what may yet be undone above. */
import type { Change, Facts, Histories, HistoryName, TableName, Tables } from './facts.ts'
import type { History } from './history.ts'

/** Below everything: nothing is known. */
export const NO_FACTS: Facts = { find: () => null, history: () => null }

/** Remembers changes; what did not change is found below. */
export class FactLayer implements Facts {
  readonly #below: Facts
  // A map holds what is of its table alone: `put` is what fills it.
  readonly #facts = new Map<TableName, Map<string, Tables[TableName] | null>>()
  readonly #histories = new Map<HistoryName, Map<string, History<Histories[HistoryName]>>>()

  constructor(below: Facts = NO_FACTS) {
    this.#below = below
  }

  find<Name extends TableName>(table: Name, key: string): Tables[Name] | null {
    const changed = this.#facts.get(table)?.get(key)
    return changed === undefined ? this.#below.find(table, key) : (changed as Tables[Name] | null)
  }

  history<Name extends HistoryName>(table: Name, key: string): History<Histories[Name]> | null {
    const grown = this.#histories.get(table)?.get(key)
    return grown === undefined ? this.#below.history(table, key) : (grown as History<Histories[Name]>)
  }

  put(change: Change): void {
    const { key } = change
    if ('table' in change) {
      mapOf(this.#facts, change.table).set(key, change.fact)
      return
    }
    const before = this.history(change.history, key)
    mapOf(this.#histories, change.history).set(key, { newest: change.entry, before })
  }
}

function mapOf<Name, Value>(tables: Map<Name, Map<string, Value>>, name: Name): Map<string, Value> {
  const found = tables.get(name) ?? new Map<string, Value>()
  tables.set(name, found)
  return found
}
