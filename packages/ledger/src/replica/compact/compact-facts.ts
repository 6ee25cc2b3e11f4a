/**
 * What is final, for a nation: the facts of which there are as many as licences in rows of words, outside the heap that
 * the engine looks through; the others as they are. All of it is in logs that only grow, so that whoever saves it writes
 * what came since the last time.
 */
import { mergeKeys } from '../facts/fact-keys.ts'
import { FactLayer } from '../facts/fact-layer.ts'
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
} from '../facts/facts.ts'
import type { History } from '../facts/history.ts'
import { SortedKeys } from '../facts/sorted-keys.ts'
import { AgencyRows } from './agency-rows.ts'
import { ANCHOR_FORM } from './anchor-form.ts'
import { CompactHistory } from './compact-history.ts'
import { digestKeys, placeKeys } from './compact-key.ts'
import { CompactTable } from './compact-table.ts'
import { DecisionLog } from './decision-log.ts'
import { actForm, NOTICE_FORM } from './entry-forms.ts'
import { ISSUER_KEY_FORM } from './issuer-key-form.ts'
import { originForm, successorForm } from './link-forms.ts'
import { remembered } from './remembered-facts.ts'
import type { RowLog } from './row-log.ts'
import { TextLog } from './text-log.ts'
import { TextNumbers } from './text-numbers.ts'

/** One more with each version whose logs an earlier one would read as others than they are. */
export const COMPACT_LAYOUT = 1

/** Rows of a log, next in its order. */
export interface LoggedRows {
  readonly log: string
  readonly words: Uint32Array
}

type CompactTables = {
  readonly [Name in 'anchors' | 'keys' | 'successors' | 'origins']: CompactTable<Tables[Name]>
}

interface ToldRows<Name extends ToldName> {
  keyOf(row: number): string
  factOf(row: number): Told<Name>['fact']
}

export class CompactFacts implements Facts {
  readonly #names = new TextNumbers()
  readonly #places = placeKeys(this.#names)
  readonly #decisions = new DecisionLog(this.#names)
  readonly #histories: { readonly [Name in HistoryName]: CompactHistory<Histories[Name]> } = {
    acts: new CompactHistory(this.#places, actForm(this.#decisions)),
    notices: new CompactHistory(this.#places, NOTICE_FORM),
  }
  readonly #tables: CompactTables = {
    anchors: new CompactTable(digestKeys(this.#names), ANCHOR_FORM),
    keys: new CompactTable(digestKeys(this.#names), remembered(ISSUER_KEY_FORM)),
    successors: new CompactTable(this.#places, successorForm(this.#names)),
    origins: new CompactTable(this.#places, originForm(this.#names)),
  }
  readonly #told: { readonly [Name in ToldName]: AgencyRows } = {
    anchors: new AgencyRows(
      this.#tables.anchors.log,
      (name) => this.#names.textOf(name),
      (row) => this.#tables.anchors.isFact(row),
    ),
    acts: new AgencyRows(
      this.#histories.acts.log,
      // An agency has a name for each 2^32 of its licences.
      (series) => agencyOf(this.#names.textOf(series)),
      () => true,
    ),
  }
  readonly #listed = new Map<KeyedName, SortedKeys>()
  readonly #others = new FactLayer()
  /** The changes of all other facts, as JSON. */
  readonly #otherChanges = new TextLog()

  /** By their names: everything that there is. In their bytes' order, that of this machine: little-endian on all that are. */
  readonly logs: ReadonlyMap<string, RowLog> = new Map([
    ['names', this.#names.log.words],
    ['decisions', this.#decisions.rows],
    ['decision-numbers', this.#decisions.numbers.words],
    ...[...Object.entries(this.#tables), ...Object.entries(this.#histories)].map(
      ([name, { log }]) => [name, log] as const,
    ),
    ['others', this.#otherChanges.words],
  ])

  /** All of them are. */
  get final(): Facts {
    return this
  }

  find<Name extends TableName>(table: Name, key: string): Tables[Name] | null {
    const compact = this.#tableOf(table)
    return compact === undefined ? this.#others.find(table, key) : compact.find(key)
  }

  history<Name extends HistoryName>(table: Name, key: string): History<Histories[Name]> | null {
    return this.#historyOf(table).find(key)
  }

  /** Of a table of rows that is listed all keys are held from then on, as texts. */
  keysOf(name: KeyedName, after: string | null, most: number): readonly string[] {
    const rows = isHistory(name) ? this.#historyOf(name) : this.#tableOf(name)
    if (rows === undefined) return this.#others.keysOf(name, after, most)
    const listed = this.#listed.get(name) ?? new SortedKeys(rows.keys())
    this.#listed.set(name, listed)
    return mergeKeys(...listed.after(after, most), most)
  }

  everyKey(name: KeyedName): Iterable<string> {
    const rows = isHistory(name) ? this.#historyOf(name) : this.#tableOf(name)
    return rows === undefined ? this.#others.everyKey(name) : rows.keys()
  }

  told<Name extends ToldName>(name: Name, agency: string, from: number, most: number): readonly Told<Name>[] {
    const rows = this.#toldIn(name)
    return this.#told[name]
      .slice(agency, from, most)
      .map((row) => ({ key: rows.keyOf(row), fact: rows.factOf(row) }))
  }

  toldCount(name: ToldName, agency: string): number {
    return this.#told[name].countOf(agency)
  }

  /** @throws {RangeError} for what no event of the ledger tells */
  put(change: Change): void {
    if ('history' in change) {
      const isNew = this.#historyOf<HistoryName>(change.history).add(change.key, change.entry)
      if (change.history === 'acts') this.#told.acts.takeIn()
      if (isNew) this.#listed.get(change.history)?.add(change.key)
      return
    }
    const compact = this.#tableOf<TableName>(change.table)
    if (compact !== undefined) {
      const isNew = compact.put(change.key, change.fact)
      if (change.table === 'anchors') this.#told.anchors.takeIn()
      if (isNew) this.#listed.get(change.table)?.add(change.key)
      return
    }
    this.#others.put(change)
    this.#otherChanges.add(JSON.stringify(change))
  }

  /**
   * Fills facts that are empty with what {@link logs} held.
   *
   * @throws {RangeError} for rows of an unknown log
   */
  async load(rows: AsyncIterable<LoggedRows>): Promise<void> {
    for await (const { log, words } of rows) {
      const kept = this.logs.get(log)
      if (kept === undefined) throw new RangeError(`load facts: there is no log ${JSON.stringify(log)}`)
      kept.append(words)
    }
    this.#names.index()
    this.#decisions.index()
    for (const compact of [...Object.values(this.#tables), ...Object.values(this.#histories)]) compact.index()
    for (const told of Object.values(this.#told)) told.takeIn()
    for (const change of this.#otherChanges.texts()) this.#others.put(JSON.parse(change) as Change)
  }

  #toldIn<Name extends ToldName>(name: Name): ToldRows<Name> {
    const rows: { readonly [Each in ToldName]: ToldRows<Each> } = {
      anchors: this.#tables.anchors,
      acts: this.#histories.acts,
    }
    return rows[name]
  }

  // Name and fact belong together, which the compiler does not follow through a table.
  #tableOf<Name extends TableName>(table: Name): CompactTable<Tables[Name]> | undefined {
    return this.#tables[table as keyof CompactTables] as CompactTable<unknown> as
      | CompactTable<Tables[Name]>
      | undefined
  }

  #historyOf<Name extends HistoryName>(table: Name): CompactHistory<Histories[Name]> {
    return this.#histories[table] as CompactHistory<unknown> as CompactHistory<Histories[Name]>
  }
}

function isHistory(name: KeyedName): name is HistoryName {
  return name === 'acts' || name === 'notices'
}
