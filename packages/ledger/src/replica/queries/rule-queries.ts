/** Lists of the rules of a ledger, as they are in force at a time. */
import type { LedgerBlock } from '@hefu/protocol'
import { regionText } from '../../abi/codes.ts'
import { holdingAt, newestAt } from '../facts/dated.ts'
import {
  type AgreementRecord,
  type Facts,
  keyOf,
  type TableName,
  type Tables,
  type TermRecord,
  THE_ONE,
} from '../facts/facts.ts'
import { listKeys } from './key-lists.ts'
import type {
  AgreementItem,
  BaselineItem,
  DelegationItem,
  LicenceTypeItem,
  RefusalItem,
  ResponsibilityItem,
  ServiceItemItem,
} from './listed-items.ts'
import type { Page, PageRequest } from './page.ts'

/** A page of what is in force at a time. */
export interface RulePageRequest extends PageRequest {
  /** Not after the block's (Unix seconds). Absent: that. */
  readonly at?: number | undefined
}

/** What is in force, by the rulebook in force; of a time after the block's: `RangeError`. */
export interface RuleQueries {
  licenceTypes(page: RulePageRequest): Page<LicenceTypeItem>
  /** The newest version at a time (Unix seconds), not after the block's. Absent: that. */
  licenceType(code: string, at?: number): LicenceTypeItem | null
  serviceItems(page: RulePageRequest): Page<ServiceItemItem>
  /** @param region whose alone; absent: all */
  delegations(page: RulePageRequest, region?: string): Page<DelegationItem>
  /** @param agency whose alone; absent: all */
  responsibilities(page: RulePageRequest, agency?: string): Page<ResponsibilityItem>
  baseline(page: RulePageRequest): Page<BaselineItem>
  agreements(page: RulePageRequest): Page<AgreementItem>
  /** Of the rulebook at a time (Unix seconds), also one that is over, or begins later. */
  agreement(number: number, at?: number): AgreementItem | null
  /** @param receiving the province whose alone; absent: all */
  refusals(page: RulePageRequest, receiving?: string): Page<RefusalItem>
}

export function createRuleQueries(facts: Facts, block: LedgerBlock): RuleQueries {
  /** Before the first rulebook nothing is found. */
  const keyAt = (time: number, ...parts: readonly (string | number)[]): string =>
    keyOf(newestAt(facts.find('rulebooks', THE_ONE) ?? [], time)?.fact ?? '', ...parts)
  const timeOf = (at = block.time): number => {
    if (at <= block.time) return at
    throw new RangeError(`list the rules at ${at}: the newest block is of ${block.time}`)
  }
  const list = <Name extends TableName, Item>(
    table: Name,
    { at, ...page }: RulePageRequest,
    itemOf: (fact: Tables[Name], parts: readonly string[], time: number) => Item | null,
    owner?: string | number,
  ): Page<Item> => {
    const time = timeOf(at)
    const prefix = owner === undefined ? keyAt(time, '') : keyAt(time, owner, '')
    const ownParts = owner === undefined ? [] : [String(owner)]
    const listed = listKeys(facts, table, prefix, page, (fact, parts) =>
      itemOf(fact, [...ownParts, ...parts], time),
    )
    return { ...listed, block }
  }
  return {
    licenceTypes: (page) =>
      list('licenceTypes', page, (versions, [licenceType = ''], time) => {
        const newest = newestAt(versions, time)
        return newest && { licenceType, ...newest }
      }),
    licenceType: (licenceType, at) => {
      const time = timeOf(at)
      const newest = newestAt(facts.find('licenceTypes', keyAt(time, licenceType)) ?? [], time)
      return newest && { licenceType, ...newest }
    },
    serviceItems: (page) =>
      list('demands', page, (versions, parts, time) => {
        const newest = newestAt(versions, time)
        if (newest === null) return null
        const demands = Object.entries(newest.fact).map(([licenceType, fields]) => ({ licenceType, fields }))
        return { serviceItem: parts.join('/'), since: newest.since, demands }
      }),
    delegations: (page, region) =>
      list(
        'delegations',
        page,
        (terms, [code, licenceType = ''], time) => {
          const held = inForce(terms, time)
          return held && { region: regionText(Number(code)), licenceType, term: held.term }
        },
        region === undefined ? undefined : Number(region),
      ),
    responsibilities: (page, agency) =>
      list(
        'responsibilities',
        page,
        (terms, [of = '', licenceType = ''], time) => {
          const held = inForce(terms, time)
          return held && { agency: of, licenceType, term: held.term }
        },
        agency,
      ),
    baseline: (page) =>
      list('baseline', page, (terms, [licenceType = ''], time) => {
        const held = inForce(terms, time)
        return held && { licenceType, term: held.term }
      }),
    agreements: (page) =>
      list('agreements', page, (agreement, [number], time) =>
        inForce([agreement], time) === null ? null : agreementItem(Number(number), agreement),
      ),
    agreement: (number, at) => {
      const agreement = facts.find('agreements', keyAt(timeOf(at), number))
      return agreement && agreementItem(number, agreement)
    },
    refusals: (page, receiving) =>
      list(
        'refusals',
        page,
        (refusals, [province, issuing, licenceType = '', ...item], time) => {
          const held = inForce(refusals, time)
          const serviceItem = item.join('/')
          return (
            held && {
              receiving: regionText(Number(province)),
              issuing: issuing === '0' ? null : regionText(Number(issuing)),
              licenceType,
              serviceItem: serviceItem === '' ? null : serviceItem,
              term: held.term,
              approval: held.approval,
            }
          )
        },
        receiving === undefined ? undefined : Number(receiving),
      ),
  }
}

function inForce<Entry extends TermRecord>(entries: readonly Entry[], time: number): Entry | null {
  return holdingAt(entries, ({ term }) => term, time)
}

function agreementItem(number: number, { licenceTypes, term, members }: AgreementRecord): AgreementItem {
  const told = members.map(({ province, term: its }) => ({ province: regionText(province), term: its }))
  return { number, licenceTypes, term, members: told }
}
