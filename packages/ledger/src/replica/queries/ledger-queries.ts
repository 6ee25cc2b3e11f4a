/** What services list of a ledger, page by page, and look up by name, as of the newest block of a replica. */
import type { AgencyFact, Hex, LedgerBlock, LedgerIdentity, StatusEntry, StatusPlace } from '@hefu/protocol'
import { regionText } from '../../abi/codes.ts'
import type { Dated } from '../facts/dated.ts'
import { type AgencyRecord, type Facts, keyOf, type RegionRecord, THE_ONE } from '../facts/facts.ts'
import { listKeys } from './key-lists.ts'
import type {
  AgencyActItem,
  AgencyRecordItem,
  AnchorItem,
  DatedName,
  KeyItem,
  RegionItem,
  RegionRecordItem,
  RulebookItem,
} from './listed-items.ts'
import type { Listed, Page, PageRequest } from './page.ts'
import { createReplicaSource, type FactsPosition } from './replica-source.ts'
import { createRuleQueries, type RuleQueries } from './rule-queries.ts'
import { listActs, listTold } from './told-lists.ts'
import { createVoteQueries, type VoteQueries } from './vote-queries.ts'
import { createWaitQueries, type WaitQueries } from './wait-queries.ts'

/**
 * Lists of a ledger. Those of rules hold what is in force at the block's time, or at an earlier one, by the rulebook then
 * in force. Cursors go on in the order of keys, which nothing moves: what was there from the first page to the last is
 * told once. What agencies did is told in its order, and what is numbered by its numbers: a cursor of these is refused
 * when the chain replaced what was read.
 *
 * Every list throws `RangeError` for a page of no size that there is, `MalformedError` for a text that is no cursor of
 * its list. One thing that there is not is `null`.
 */
export interface LedgerQueries extends RuleQueries, WaitQueries, VoteQueries {
  readonly ledger: LedgerIdentity
  /** Of which all is told. */
  readonly block: LedgerBlock
  /** @param within the region in which they lie, at whatever depth; absent: all */
  regions(page: PageRequest, within?: string): Page<RegionItem>
  region(code: string): RegionRecordItem | null
  /** @param within the region in which they lie today, at whatever depth; absent: all */
  agencies(page: PageRequest, within?: string): Page<AgencyFact>
  agency(uscc: string): AgencyRecordItem | null
  keys(agency: string, page: PageRequest): Page<KeyItem>
  key(agency: string, keyId: Hex): KeyItem | null
  /**
   * In the order in which they were anchored.
   *
   * @throws {CursorUndoneError} when the chain replaced what the page before had told
   */
  anchors(agency: string, page: PageRequest): Page<AnchorItem>
  anchor(agency: string, root: Hex): AnchorItem | null
  /** All that there were and will be, the oldest first. */
  rulebooks(): readonly RulebookItem[]
  /**
   * In the order in which they were entered.
   *
   * @throws {CursorUndoneError} when the chain replaced what the page before had told
   */
  acts(place: StatusPlace, page: PageRequest): Page<StatusEntry>
  /**
   * On all licences of an agency, in the order in which they were entered.
   *
   * @throws {CursorUndoneError} when the chain replaced what the page before had told
   */
  actsOf(agency: string, page: PageRequest): Page<AgencyActItem>
}

/** Lists of these facts, as they are at a block. */
export function createLedgerQueries(facts: Facts, position: FactsPosition): LedgerQueries {
  const { ledger, block } = position
  const source = createReplicaSource(facts, position)
  const told = <Item>(listed: Listed<Item>): Page<Item> => ({ ...listed, block })
  const regionItem = (code: string): RegionItem | null => {
    const region = source.region(code, block.time)
    return (
      region && { ...region, parent: parentText(facts.find('regions', keyOf(Number(code)))?.parent ?? 0) }
    )
  }
  const agencyItem = (uscc: string): AgencyFact | null => source.agency(uscc, block.time)
  return {
    ...createRuleQueries(facts, block),
    ...createWaitQueries(facts, block),
    ...createVoteQueries(facts, block),
    ledger,
    block,
    regions: (page, within) => {
      const isInside = insideOf(facts, within)
      const itemOf = ({ parent }: RegionRecord, [code = '']: readonly string[]): RegionItem | null =>
        isInside(parent) ? regionItem(code) : null
      return told(listKeys(facts, 'regions', '', page, itemOf, within))
    },
    region: (code) => {
      const [item, record] = [regionItem(code), facts.find('regions', keyOf(Number(code)))]
      if (item === null || record === null) return null
      const { successor, pausedUntil, names, left, membership } = record
      return {
        ...item,
        successor: parentText(successor),
        pausedUntil: pausedUntil === 0 ? null : pausedUntil,
        names: names.map(datedName),
        formerParents: left.map(({ at, from }) => ({ until: at, parent: parentText(from) })),
        membership: membership.map(({ since, fact }) => ({ since, isMember: fact })),
      }
    },
    agencies: (page, within) => {
      const isInside = insideOf(facts, within)
      const itemOf = ({ region }: AgencyRecord, [uscc = '']: readonly string[]): AgencyFact | null =>
        isInside(region) ? agencyItem(uscc) : null
      return told(listKeys(facts, 'agencies', '', page, itemOf, within))
    },
    agency: (uscc) => {
      const [item, record] = [agencyItem(uscc), facts.find('agencies', uscc)]
      if (item === null || record === null) return null
      const { successor, names, left } = record
      const formerRegions = left.map(({ at, from }) => ({ until: at, region: regionText(from) }))
      return { ...item, successor, names: names.map(datedName), formerRegions }
    },
    keys: (agency, page) =>
      told(
        listKeys(facts, 'keys', keyOf(agency, ''), page, (fact, [keyId]) => ({
          keyId: keyId as Hex,
          ...fact,
        })),
      ),
    key: (agency, keyId) => {
      const fact = facts.find('keys', keyOf(agency, keyId))
      return fact && { keyId, ...fact }
    },
    anchors: (agency, page) => {
      const { items, next } = listTold(facts, 'anchors', agency, page)
      return told({ items: items.map(({ key, fact }) => ({ root: lastPart(key) as Hex, ...fact })), next })
    },
    anchor: (agency, root) => {
      const fact = facts.find('anchors', keyOf(agency, root))
      return fact && { root, ...fact }
    },
    rulebooks: () =>
      (facts.find('rulebooks', THE_ONE) ?? []).map(({ since, fact }) => ({ rulebook: fact, since })),
    acts: (place, page) => told(listActs(facts, place, page)),
    actsOf: (agency, page) => {
      const { items, next } = listTold(facts, 'acts', agency, page)
      return told({
        items: items.map(({ key, fact }) => ({ statusIndex: Number(lastPart(key)), entry: fact })),
        next,
      })
    },
  }
}

/** Whether a region is the one, or lies in it: of thousands of agencies in a few regions each is looked at once. */
function insideOf(facts: Facts, within: string | undefined): (code: number) => boolean {
  if (within === undefined) return () => true
  const known = new Map([
    [0, false],
    [Number(within), true],
  ])
  return function isInside(code: number): boolean {
    const answer = known.get(code) ?? isInside(facts.find('regions', keyOf(code))?.parent ?? 0)
    known.set(code, answer)
    return answer
  }
}

/** `null`: there is none. */
function parentText(code: number): string | null {
  return code === 0 ? null : regionText(code)
}

function datedName({ since, fact }: Dated<Omit<DatedName, 'since'>>): DatedName {
  return { since, ...fact }
}

function lastPart(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1)
}
