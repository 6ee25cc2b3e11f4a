/** What a replica keeps: every fact in a table of its kind, found by its key. */
import type {
  AnchorFact,
  ApprovalFact,
  Hex,
  KeyFact,
  LicenceTypeFact,
  OfficialName,
  OriginPlace,
  StatusEntry,
  TermFact,
} from '@hefu/protocol'
import type { Dated, Left } from './dated.ts'
import type { History } from './history.ts'

export interface RegionRecord {
  readonly status: 'active' | 'suspended' | 'retired' | 'closed' | 'closed-suspended'
  /** Code of what it is part of; 0: of nothing. */
  readonly parent: number
  /** The emergency keeper's pause (Unix seconds). */
  readonly pausedUntil: number
  /** Code of what followed it; 0: nothing did. */
  readonly successor: number
  readonly names: readonly Dated<OfficialName>[]
  /** What it was part of before. */
  readonly left: readonly Left[]
  /** Whether it is of the alliance. */
  readonly membership: readonly Dated<boolean>[]
}

export interface AgencyRecord {
  readonly status: 'active' | 'suspended' | 'retired'
  /** Since when this status (Unix seconds). */
  readonly since: number
  readonly region: number
  /** USCC of what followed it. */
  readonly successor: string | null
  readonly names: readonly Dated<OfficialName>[]
  readonly left: readonly Left[]
}

/** A notice was entered on a licence, or lifted. */
export interface NoticeEntry {
  readonly code: number
  readonly stands: boolean
  /** Unix seconds. */
  readonly effectiveAt: number
}

/** What took a licence's place (`since` in Unix seconds), or which agency may take it in. */
export type SuccessorRecord =
  | { readonly issuer: string; readonly statusIndex: number; readonly since: number }
  | { readonly destination: string }

/** Whose place a licence took. */
export interface OriginRecord extends OriginPlace {
  /** How many origins the licence had when it took it, this one among them. */
  readonly depth: number
}

/** A term of a rule. */
export interface TermRecord {
  readonly term: TermFact
}

export interface RefusalRecord extends TermRecord {
  readonly approval: ApprovalFact
}

export interface AgreementRecord extends TermRecord {
  readonly licenceTypes: readonly string[]
  /** In the order in which they joined. */
  readonly members: readonly (TermRecord & { readonly province: number })[]
}

/** A call that one key made, and a second has to make. */
export interface ProposalRecord {
  /** Keccak-256 of its call data. */
  readonly call: Hex
  readonly callData: Hex
  readonly proposer: Hex
  /** Unix seconds. */
  readonly since: number
}

/** An account was named that may come into an office by accepting. */
export interface NominationRecord {
  readonly office: Office
  readonly candidate: Hex
  readonly nominatedBy: Hex
  /** Unix seconds. */
  readonly since: number
}

/** That of a region's admin, or of an agency's operator. */
export type Office = { readonly region: number } | { readonly agency: string }

/** Whoever holds an office agreed that it follows another, once that is retired. */
export interface SuccessionRecord {
  readonly of: Office
  readonly successor: Office
  /** Unix seconds. */
  readonly since: number
}

/** What waits for somebody else, kind by kind; all that there ever were are kept, numbered from one. */
export interface Waits {
  readonly proposals: ProposalRecord
  readonly nominations: NominationRecord
  readonly successions: SuccessionRecord
}

export type WaitKind = keyof Waits

/** How a wait ended before its time: by what it waited for, by being taken back, by another in its place, or with what it hung on. */
export interface WaitEnd {
  readonly how: 'met' | 'taken-back' | 'replaced' | 'void'
  /** Whose account it was; `null`: the event does not say. */
  readonly by: Hex | null
  /** Unix seconds. */
  readonly at: number
}

/** What the council was asked to decide. */
export interface VoteRecord {
  readonly council: Hex
  /** The governor's, in decimal digits. */
  readonly id: string
  readonly proposer: Hex
  readonly calls: readonly { readonly target: Hex; readonly data: Hex }[]
  /** Keccak-256 of what the proposer wrote beside it, which may be anything and is not kept. */
  readonly descriptionHash: Hex
  /** Unix seconds; voices are taken from the second to the third. */
  readonly since: number
  readonly beginsAt: number
  readonly endsAt: number
}

/** A voice: one a seat. */
export interface VoiceRecord {
  readonly support: 'against' | 'in-favour' | 'abstaining'
  /** Unix seconds. */
  readonly at: number
}

/** What became of a decision. */
export interface VoteCourse {
  /** Unix seconds from which on it can be carried out; `null`: it was not queued. */
  readonly executableAt: number | null
  readonly end: { readonly how: 'executed' | 'canceled'; readonly at: number } | null
}

/** What a service item demands from a time on: the names of fields by licence type. */
export type Demands = Readonly<Record<string, readonly string[]>>

/**
 * Facts of which the newest is kept, and under which key; parts of a key are joined by `/`, rules begin with the address
 * of their rulebook.
 */
export interface Tables {
  /** Under {@link THE_ONE}: hash of the block of the ledger's deployment, by which its chain is told from any other. */
  readonly deployment: Hex
  /** By code. */
  readonly regions: RegionRecord
  /** By USCC. */
  readonly agencies: AgencyRecord
  /** USCC, key identifier. */
  readonly keys: KeyFact
  /** USCC, root. */
  readonly anchors: AnchorFact
  /** USCC, status index. */
  readonly successors: SuccessorRecord
  /** USCC, status index. */
  readonly origins: OriginRecord
  /** Under {@link THE_ONE}: which rulebook is in force since when. */
  readonly rulebooks: readonly Dated<Hex>[]
  /** Licence type. */
  readonly licenceTypes: readonly LicenceTypeFact[]
  /** Service item. */
  readonly demands: readonly Dated<Demands>[]
  /** Region, licence type. */
  readonly delegations: readonly TermRecord[]
  /** USCC, licence type. */
  readonly responsibilities: readonly TermRecord[]
  /** Licence type. */
  readonly baseline: readonly TermRecord[]
  /** Number. */
  readonly agreements: AgreementRecord
  /** Lower and higher code of two provinces, licence type: numbers of the agreements that bind both. */
  readonly bonds: readonly Dated<number>[]
  /** Receiving province, issuing province (0: every), licence type, service item (empty: every). */
  readonly refusals: readonly RefusalRecord[]
  /** Number, in ten digits; so the two after it. */
  readonly proposals: ProposalRecord
  readonly nominations: NominationRecord
  readonly successions: SuccessionRecord
  /** Kind, number in ten digits: how a wait ended. Of one that stands, or whose time ran out, there is none. */
  readonly waitEnds: WaitEnd
  /** Kind, and what is waited for: number of the wait that has not ended, also where its time ran out. */
  readonly waiting: number
  /** Kind: how many there ever were. */
  readonly waitCounts: number
  /** Under {@link THE_ONE}: whose votes are read. */
  readonly council: Hex
  /** Number among all that there ever were, in ten digits; so the two after it. */
  readonly votes: VoteRecord
  /** Further, whose voice it is. */
  readonly voices: VoiceRecord
  readonly voteCourses: VoteCourse
  /** Council, its identifier of the vote. */
  readonly voteNumbers: number
  /** Under {@link THE_ONE}. */
  readonly voteCount: number
}

/** What only ever grows, by USCC and status index. */
export interface Histories {
  readonly acts: StatusEntry
  readonly notices: NoticeEntry
}

export type TableName = keyof Tables
export type HistoryName = keyof Histories

export type KeyedName = TableName | HistoryName

/** What is told of an agency again and again, as many times as it has batches or acts on licences. */
export type ToldName = 'anchors' | 'acts'

/** What was told once, under its key. */
export interface Told<Name extends ToldName> {
  readonly key: string
  readonly fact: (Tables & Histories)[Name]
}

/** Key of a table that has one entry. */
export const THE_ONE = ''

/** A key of several parts. */
export function keyOf(
  first: string | number | bigint,
  ...others: readonly (string | number | bigint)[]
): string {
  // Built up, which takes a fraction of the time of a join: every question makes a dozen.
  let key = `${first}`
  for (const part of others) key += `/${part}`
  return key
}

/** The key of what is numbered: so written that the order of keys is that of numbers. */
export function numberKey(number: number): string {
  return String(number).padStart(10, '0')
}

export interface Facts {
  /** Those that are final: what was told first of an agency or a licence, as often as it is told there, stays. */
  readonly final: Facts
  /** `null`: there is none. */
  find<Name extends TableName>(table: Name, key: string): Tables[Name] | null
  /** `null`: there is none yet. */
  history<Name extends HistoryName>(table: Name, key: string): History<Histories[Name]> | null
  /**
   * The keys of a table, in the order of their code units: what comes or goes meanwhile moves no other, so whoever goes
   * on behind the last key that was read misses none that was there all the while, and gets none twice. A key whose
   * fact is gone may be among them; finding it says so.
   *
   * @param after the last key that was read; `null`: from the first on
   * @param most keys at most
   */
  keysOf(name: KeyedName, after: string | null, most: number): readonly string[]
  /** The keys of a table, each once, in whatever order, and however many there are: none of them is held. */
  everyKey(name: KeyedName): Iterable<string>
  /**
   * What was told of an agency, in the order in which it was told: found by its place, however much there is.
   *
   * @param from how many before it are left out
   * @param most at most so many
   */
  told<Name extends ToldName>(name: Name, agency: string, from: number, most: number): readonly Told<Name>[]
  /** How often something was told of an agency. */
  toldCount(name: ToldName, agency: string): number
}

/** The agency of a key that is of one and a last part. */
export function agencyOf(key: string): string {
  return key.slice(0, key.lastIndexOf('/'))
}

/** A fact that is so from now on; `null`: there is none any more. */
type Put = {
  readonly [Name in TableName]: {
    readonly table: Name
    readonly key: string
    readonly fact: Tables[Name] | null
  }
}[TableName]

/** An entry more. */
type Append = {
  readonly [Name in HistoryName]: {
    readonly history: Name
    readonly key: string
    readonly entry: Histories[Name]
  }
}[HistoryName]

/** What an event changes. */
export type Change = Put | Append

/** A fact of which an event speaks must be known: else events were withheld. */
export class UnknownFactError extends Error {
  override readonly name = 'UnknownFactError'

  constructor(table: TableName, key: string) {
    super(`follow the ledger: an event speaks of ${table} ${key}, which no event before it told of`)
  }
}

/** @throws {UnknownFactError} when there is none */
export function findKnown<Name extends TableName>(facts: Facts, table: Name, key: string): Tables[Name] {
  const fact = facts.find(table, key)
  if (fact === null) throw new UnknownFactError(table, key)
  return fact
}
