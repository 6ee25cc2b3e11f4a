/** What services list of a ledger, page by page, as of the newest block of a replica. */
import type {
  AgencyFact,
  AnchorFact,
  ApprovalFact,
  Hex,
  KeyFact,
  LedgerBlock,
  LicenceTypeFact,
  RegionFact,
  StatusEntry,
  StatusPlace,
  TermFact,
} from '@hefu/protocol'
import { sha256, stringToBytes } from 'viem'
import { regionText } from '../abi/codes.ts'
import { encodeCursor, parseCursor } from './cursor.ts'
import { holdingAt, newestAt } from './facts/dated.ts'
import { type Facts, keyOf, type TableName, type Tables, type TermRecord, THE_ONE } from './facts/facts.ts'
import { entriesOf } from './facts/history.ts'
import { createReplicaSource, type FactsPosition } from './replica-source.ts'

/** Which page. */
export interface PageRequest {
  /** Items at most, from 1 to {@link MOST_ITEMS}. */
  readonly most: number
  /** `next` of the page before; absent: the first page. */
  readonly cursor?: string | undefined
}

export interface Page<Item> {
  readonly items: readonly Item[]
  /** Where the next page begins; `null`: there is none. A page may have few items, or none, and a next one. */
  readonly next: string | null
  /** As of which block. */
  readonly block: LedgerBlock
}

/** Items of a page at most. */
export const MOST_ITEMS = 1_000
/** Keys that are looked at for one page at most: of what is no more, or not in force, many may lie behind one another. */
const MOST_KEYS = 10_000

export interface RegionItem extends RegionFact {
  /** `null`: of province level. */
  readonly parent: string | null
}
export interface KeyItem extends KeyFact {
  readonly keyId: Hex
}
export interface AnchorItem extends AnchorFact {
  readonly root: Hex
}
export interface LicenceTypeItem extends LicenceTypeFact {
  readonly licenceType: string
}
/** A type that a region was given, for its agencies. */
export interface DelegationItem {
  readonly region: string
  readonly licenceType: string
  readonly term: TermFact
}
export interface ResponsibilityItem {
  readonly agency: string
  readonly licenceType: string
  readonly term: TermFact
}
export interface BaselineItem {
  readonly licenceType: string
  readonly term: TermFact
}
export interface AgreementItem {
  readonly number: number
  readonly licenceTypes: readonly string[]
  readonly term: TermFact
  readonly members: readonly { readonly province: string; readonly term: TermFact }[]
}
export interface RefusalItem {
  readonly receiving: string
  /** `null`: every other province. */
  readonly issuing: string | null
  readonly licenceType: string
  /** `null`: every item. */
  readonly serviceItem: string | null
  readonly term: TermFact
  readonly approval: ApprovalFact
}

/**
 * Lists of a ledger. Those of rules hold what is in force at the block's time by the rulebook then in force. Cursors go
 * on in the order of keys, which nothing moves: what was there from the first page to the last is told once.
 *
 * Every function throws `RangeError` for a page of no size that there is, `MalformedError` for a text that is no cursor
 * of its list.
 */
export interface LedgerQueries {
  regions(page: PageRequest): Page<RegionItem>
  agencies(page: PageRequest): Page<AgencyFact>
  keys(agency: string, page: PageRequest): Page<KeyItem>
  anchors(agency: string, page: PageRequest): Page<AnchorItem>
  licenceTypes(page: PageRequest): Page<LicenceTypeItem>
  delegations(page: PageRequest): Page<DelegationItem>
  responsibilities(page: PageRequest): Page<ResponsibilityItem>
  baseline(page: PageRequest): Page<BaselineItem>
  agreements(page: PageRequest): Page<AgreementItem>
  refusals(page: PageRequest): Page<RefusalItem>
  /**
   * In the order in which they were entered.
   *
   * @throws {CursorUndoneError} when the chain replaced what the page before had told
   */
  acts(place: StatusPlace, page: PageRequest): Page<StatusEntry>
}

/** What a reader was told is the chain's no more: the list is to be read anew. */
export class CursorUndoneError extends Error {
  override readonly name = 'CursorUndoneError'
  readonly code = 'cursor-undone'

  constructor({ issuer, statusIndex }: StatusPlace) {
    super(`go on in the acts on ${issuer}/${statusIndex}: the chain replaced those that were read`)
  }
}

/** Lists of these facts, as they are at a block. */
export function createLedgerQueries(facts: Facts, position: FactsPosition): LedgerQueries {
  const { block } = position
  const source = createReplicaSource(facts, position)
  const rulebook = newestAt(facts.find('rulebooks', THE_ONE) ?? [], block.time)?.fact ?? null
  const list = <Name extends TableName, Item>(
    table: Name,
    prefix: string,
    page: PageRequest,
    itemOf: (fact: Tables[Name], parts: readonly string[]) => Item | null,
  ): Page<Item> => ({ ...listKeys(facts, table, prefix, page, itemOf), block })
  /** Of the rulebook in force; before the first there is none. */
  const rules: typeof list = (table, prefix, page, itemOf) =>
    rulebook === null ? { items: [], next: null, block } : list(table, keyOf(rulebook, prefix), page, itemOf)
  const inForce = <Entry extends TermRecord>(entries: readonly Entry[]): Entry | null =>
    holdingAt(entries, ({ term }) => term, block.time)
  return {
    regions: (page) =>
      list('regions', '', page, ({ parent }, [code = '']) => {
        const region = source.region(code, block.time)
        return region && { ...region, parent: parent === 0 ? null : regionText(parent) }
      }),
    agencies: (page) => list('agencies', '', page, (_, [uscc = '']) => source.agency(uscc, block.time)),
    keys: (agency, page) =>
      list('keys', keyOf(agency, ''), page, (fact, [keyId]) => ({ keyId: keyId as Hex, ...fact })),
    anchors: (agency, page) =>
      list('anchors', keyOf(agency, ''), page, (fact, [root]) => ({ root: root as Hex, ...fact })),
    licenceTypes: (page) =>
      rules('licenceTypes', '', page, (versions, [licenceType = '']) => {
        const newest = newestAt(versions, block.time)
        return newest && { licenceType, ...newest }
      }),
    delegations: (page) =>
      rules('delegations', '', page, (terms, [region, licenceType = '']) => {
        const held = inForce(terms)
        return held && { region: regionText(Number(region)), licenceType, term: held.term }
      }),
    responsibilities: (page) =>
      rules('responsibilities', '', page, (terms, [agency = '', licenceType = '']) => {
        const held = inForce(terms)
        return held && { agency, licenceType, term: held.term }
      }),
    baseline: (page) =>
      rules('baseline', '', page, (terms, [licenceType = '']) => {
        const held = inForce(terms)
        return held && { licenceType, term: held.term }
      }),
    agreements: (page) =>
      rules('agreements', '', page, (agreement, [number]) => {
        const { licenceTypes, term, members } = agreement
        if (inForce([agreement]) === null) return null
        const told = members.map(({ province, term: its }) => ({ province: regionText(province), term: its }))
        return { number: Number(number), licenceTypes, term, members: told }
      }),
    refusals: (page) =>
      rules('refusals', '', page, (refusals, [receiving, issuing, licenceType = '', ...item]) => {
        const held = inForce(refusals)
        const serviceItem = item.join('/')
        return (
          held && {
            receiving: regionText(Number(receiving)),
            issuing: issuing === '0' ? null : regionText(Number(issuing)),
            licenceType,
            serviceItem: serviceItem === '' ? null : serviceItem,
            term: held.term,
            approval: held.approval,
          }
        )
      }),
    acts: (place, page) => ({ ...listActs(facts, place, page), block }),
  }
}

/** The items under the keys that begin so, of those that have one. */
function listKeys<Name extends TableName, Item>(
  facts: Facts,
  table: Name,
  prefix: string,
  { most, cursor }: PageRequest,
  itemOf: (fact: Tables[Name], parts: readonly string[]) => Item | null,
): Omit<Page<Item>, 'block'> {
  assertMost(most)
  const list = keyOf(table, prefix)
  const items: Item[] = []
  let after = prefix + (cursor === undefined ? '' : parseCursor(list, cursor))
  for (let looked = 0; looked < MOST_KEYS; ) {
    const keys = facts.keysOf(table, after === '' ? null : after, most)
    for (const key of keys) {
      if (!key.startsWith(prefix)) return { items, next: null }
      if (items.length === most) return { items, next: encodeCursor(list, after.slice(prefix.length)) }
      const fact = facts.find(table, key)
      const item = fact === null ? null : itemOf(fact, key.slice(prefix.length).split('/'))
      if (item !== null) items.push(item)
      after = key
    }
    if (keys.length < most) return { items, next: null }
    looked += keys.length
  }
  return { items, next: encodeCursor(list, after.slice(prefix.length)) }
}

/** A cursor says how many acts were read, and which the last was: another in its place shows that it was undone. */
function listActs(
  facts: Facts,
  place: StatusPlace,
  { most, cursor }: PageRequest,
): Omit<Page<StatusEntry>, 'block'> {
  assertMost(most)
  const key = keyOf(place.issuer, place.statusIndex)
  const list = keyOf('acts', key)
  const entries = entriesOf(facts.history('acts', key))
  const read = cursor === undefined ? 0 : Number.parseInt(parseCursor(list, cursor), 10)
  const markOf = (count: number): string => {
    const told = JSON.stringify(entries.slice(0, count))
    return keyOf(count, sha256(stringToBytes(told)))
  }
  if (cursor !== undefined && encodeCursor(list, markOf(read)) !== cursor) throw new CursorUndoneError(place)
  const items = entries.slice(read, read + most)
  const upTo = read + items.length
  return { items, next: upTo < entries.length ? encodeCursor(list, markOf(upTo)) : null }
}

/** @throws {RangeError} */
function assertMost(most: number): void {
  if (Number.isSafeInteger(most) && most >= 1 && most <= MOST_ITEMS) return
  throw new RangeError(`list a page of ${most}: expected 1 to ${MOST_ITEMS} items`)
}
