/** Changed facts over others that stay as they were: what is final below, what may yet be undone above. */
import type { Change, Facts, TableName, Tables } from './facts.ts'

/** Below everything: nothing is known. */
export const NO_FACTS: Facts = { find: () => null }

/** Remembers changes; what did not change is found below. */
export class FactLayer implements Facts {
  readonly #below: Facts
  readonly #changed = new Map<TableName, Map<string, Tables[TableName] | null>>()

  constructor(below: Facts = NO_FACTS) {
    this.#below = below
  }

  find<Name extends TableName>(table: Name, key: string): Tables[Name] | null {
    const changed = this.#changed.get(table)?.get(key)
    // The map of a table holds facts of that table alone: `put` is what fills it.
    return changed === undefined ? this.#below.find(table, key) : (changed as Tables[Name] | null)
  }

  put({ table, key, fact }: Change): void {
    const facts = this.#changed.get(table) ?? new Map<string, Tables[TableName] | null>()
    this.#changed.set(table, facts.set(key, fact))
  }

  /** Everything that changed, each fact once, as it is now. */
  *changes(): Iterable<Change> {
    for (const [table, facts] of this.#changed) {
      for (const [key, fact] of facts) yield { table, key, fact } as Change
    }
  }
}
