/** Lists of what waits, or waited, for somebody else: proposals, nominations and accepted successions. */
import type { LedgerBlock } from '@hefu/protocol'
import { calledFunction } from '../../abi/called-function.ts'
import { regionText } from '../../abi/codes.ts'
import { STANDS_SECONDS } from '../../abi/longest-wait.ts'
import {
  type Facts,
  keyOf,
  numberKey,
  type Office,
  type ProposalRecord,
  type WaitKind,
  type Waits,
} from '../facts/facts.ts'
import type {
  NominationItem,
  OfficeItem,
  ProposalItem,
  ProposalRecordItem,
  SuccessionItem,
  WaitItem,
  WaitState,
} from './listed-items.ts'
import { listNumbered } from './numbered-lists.ts'
import type { Page, PageRequest } from './page.ts'

/**
 * In the order in which they came; each list throws {@link CursorUndoneError} when the chain replaced what the page before
 * had told. What is `waiting` may be refused all the same: whether a proposer still may propose,
 * and whether a nomination was overtaken by what became of an office above it, the ledger says when it is to come about.
 */
export interface WaitQueries {
  /** @param state of which alone; absent: all */
  proposals(page: PageRequest, state?: WaitState): Page<ProposalItem>
  proposal(number: number): ProposalRecordItem | null
  /** @param state of which alone; absent: all */
  nominations(page: PageRequest, state?: WaitState): Page<NominationItem>
  /** @param state of which alone; absent: all */
  successions(page: PageRequest, state?: WaitState): Page<SuccessionItem>
}

export function createWaitQueries(facts: Facts, block: LedgerBlock): WaitQueries {
  const waitItem = (kind: WaitKind, key: string, { since }: Waits[WaitKind]): WaitItem => {
    const end = facts.find('waitEnds', keyOf(kind, key))
    const until = since + STANDS_SECONDS
    return {
      number: Number(key),
      state: end?.how ?? (block.time < until ? 'waiting' : 'expired'),
      since,
      until,
      ended: end && { at: end.at, by: end.by },
    }
  }
  const list = <Kind extends WaitKind, Item extends WaitItem>(
    kind: Kind,
    page: PageRequest,
    state: WaitState | undefined,
    itemOf: (record: Waits[Kind], wait: WaitItem) => Item,
  ): Page<Item> => {
    const countIn = (of: Facts): number => of.find('waitCounts', kind) ?? 0
    const found = listNumbered<Kind, Item>(
      facts,
      { table: kind, name: state ?? '', countIn },
      page,
      (fact, [key = '']) => {
        // A table's facts are those of its kind, which the compiler does not follow through it.
        const record = fact as Waits[Kind]
        const wait = waitItem(kind, key, record)
        return state === undefined || wait.state === state ? itemOf(record, wait) : null
      },
    )
    return { ...found, block }
  }
  return {
    proposals: (page, state) => list('proposals', page, state, proposalItem),
    proposal: (number) => {
      const key = numberKey(number)
      const record = facts.find('proposals', key)
      if (record === null) return null
      return { ...proposalItem(record, waitItem('proposals', key, record)), callData: record.callData }
    },
    nominations: (page, state) =>
      list('nominations', page, state, ({ office, candidate, nominatedBy }, wait) => ({
        ...wait,
        ...officeItem(office),
        candidate,
        nominatedBy,
      })),
    successions: (page, state) =>
      list('successions', page, state, ({ of, successor }, wait) => ({
        ...wait,
        ...officeItem(of),
        successor: officeItem(successor),
      })),
  }
}

function proposalItem({ call, callData, proposer }: ProposalRecord, wait: WaitItem): ProposalItem {
  const { functionName, region, agency } = calledFunction(callData)
  return {
    ...wait,
    call,
    functionName,
    region: region === null ? null : regionText(region),
    agency,
    proposer,
  }
}

function officeItem(office: Office): OfficeItem {
  return 'region' in office
    ? { region: regionText(office.region), agency: null }
    : { region: null, agency: office.agency }
}
