/** What lists of a ledger are of. */
import type {
  AgencyFact,
  AnchorFact,
  ApprovalFact,
  Hex,
  KeyFact,
  LicenceTypeFact,
  OfficialName,
  RegionFact,
  StatusEntry,
  TermFact,
} from '@hefu/protocol'
import type { VoiceRecord, VoteRecord, WaitEnd } from '../facts/facts.ts'

export interface RegionItem extends RegionFact {
  /** `null`: of province level. */
  readonly parent: string | null
}

/** A name from a time on (Unix seconds). */
export type DatedName = OfficialName & { readonly since: number }

export interface RegionRecordItem extends RegionItem {
  /** What followed it. */
  readonly successor: string | null
  /** The emergency keeper's pause, also one that is over (Unix seconds); `null`: there was none. */
  readonly pausedUntil: number | null
  /** The oldest first. */
  readonly names: readonly DatedName[]
  /** What it was part of before, and until when (Unix seconds). */
  readonly formerParents: readonly { readonly until: number; readonly parent: string | null }[]
  /** Since when it is of the alliance, or is not (Unix seconds). */
  readonly membership: readonly { readonly since: number; readonly isMember: boolean }[]
}

export interface AgencyRecordItem extends AgencyFact {
  /** USCC of what followed it. */
  readonly successor: string | null
  /** The oldest first. */
  readonly names: readonly DatedName[]
  /** Where it was before, and until when (Unix seconds). */
  readonly formerRegions: readonly { readonly until: number; readonly region: string }[]
}

export interface KeyItem extends KeyFact {
  readonly keyId: Hex
}
export interface AnchorItem extends AnchorFact {
  readonly root: Hex
}
/** An act on one licence of an agency. */
export interface AgencyActItem {
  readonly statusIndex: number
  readonly entry: StatusEntry
}
/** A rulebook from a time on (Unix seconds). */
export interface RulebookItem {
  readonly rulebook: Hex
  readonly since: number
}
export interface LicenceTypeItem extends LicenceTypeFact {
  readonly licenceType: string
}
/** What a service item demands since a time (Unix seconds): names of fields, of each licence type that it takes. */
export interface ServiceItemItem {
  readonly serviceItem: string
  readonly since: number
  readonly demands: readonly { readonly licenceType: string; readonly fields: readonly string[] }[]
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
 * What became of something that waits for somebody else, by what events say: `waiting` for thirty days, then `expired`;
 * or it came about before (`met`), was taken back, was replaced by another, or fell with what it hung on (`void`).
 */
export type WaitState = 'waiting' | 'expired' | WaitEnd['how']

export interface WaitItem {
  /** Its place among all of its kind that there ever were, from one. */
  readonly number: number
  readonly state: WaitState
  /** Unix seconds. */
  readonly since: number
  /** Unix seconds: from then on it is over, unless it ended before. */
  readonly until: number
  /** How it ended before its time; `null`: it did not. `by` is `null` where the event does not say. */
  readonly ended: { readonly at: number; readonly by: Hex | null } | null
}

/** An office: one of both. */
export interface OfficeItem {
  /** Its code: of that region's admin. */
  readonly region: string | null
  /** Its USCC: of that agency's operator. */
  readonly agency: string | null
}

/** A call that waits for its second key; region or agency is what it is about. */
export interface ProposalItem extends WaitItem, OfficeItem {
  /** Keccak-256 of the call data. */
  readonly call: Hex
  /** `null`: none that this version knows. */
  readonly functionName: string | null
  readonly proposer: Hex
}

export interface ProposalRecordItem extends ProposalItem {
  /** What the second key sends to the ledger, byte for byte. */
  readonly callData: Hex
}

export interface NominationItem extends WaitItem, OfficeItem {
  readonly candidate: Hex
  readonly nominatedBy: Hex
}

/** The office that is to follow the other, once that is retired. */
export interface SuccessionItem extends WaitItem, OfficeItem {
  readonly successor: OfficeItem
}

/**
 * How far a vote of the council has come, by its events: not begun, under way, over, queued to be carried out, carried
 * out or cancelled. Whether one that is `over` was decided for or against hangs on how many seats there were when it
 * began, which these events do not say.
 */
export type VoteState = 'pending' | 'active' | 'over' | 'queued' | 'executed' | 'canceled'

export interface VoteItem extends Omit<VoteRecord, 'calls'> {
  /** Its place among all that were ever proposed, from one. */
  readonly number: number
  readonly state: VoteState
  readonly inFavour: number
  readonly against: number
  readonly abstaining: number
  /** Unix seconds from which on it can be carried out; `null`: it was not queued. */
  readonly executableAt: number | null
  /** When it was carried out or cancelled (Unix seconds); `null`: neither. */
  readonly endedAt: number | null
}

export interface VoiceItem extends VoiceRecord {
  readonly voter: Hex
}

export interface VoteRecordItem extends VoteItem {
  readonly calls: VoteRecord['calls']
  /** In the order of accounts. */
  readonly voices: readonly VoiceItem[]
}
