/** Where a ledger's facts lie, one question each: under the view in memory, and under whatever else keeps them whole. */
import type { Hex } from '../bytes/hex.ts'
import type { LedgerIdentity } from '../identifiers/ledger-identity.ts'
import type {
  AgencyFact,
  AnchorFact,
  ApprovalFact,
  KeyFact,
  LedgerBlock,
  LicenceTypeFact,
  RegionFact,
  ResponsibleFact,
  TermFact,
  TransferFact,
} from './ledger-view.ts'
import type { StatusEntry } from './legal-status.ts'

/** A credential's place: the issuer's USCC and the index in its status list. */
export interface StatusPlace {
  readonly issuer: string
  readonly statusIndex: number
}

/** A credential whose place another took, and when that was entered (Unix seconds). */
export interface OriginPlace extends StatusPlace {
  readonly since: number
}

/** An entry of the list that every province recognises. */
export interface BaselineEntry {
  readonly rule: 'baseline'
  readonly licenceType: string
  readonly term: TermFact
}

/** Several provinces recognise some types among each other. Codes of provinces are those of GB/T 2260. */
export interface AgreementEntry {
  readonly rule: 'agreement'
  readonly number: number
  readonly licenceTypes: readonly string[]
  readonly term: TermFact
  /** Since when, and until when, each member is bound. */
  readonly members: Readonly<Record<string, TermFact>>
}

/** An entry of a province's negative list. Codes of provinces are those of GB/T 2260. */
export interface NegativeEntry {
  readonly rule: 'negative'
  readonly receiving: string
  /** `null`: all other provinces. */
  readonly issuing: string | null
  readonly licenceType: string
  /** `null`: all service items. */
  readonly serviceItem: string | null
  readonly term: TermFact
  readonly approval: ApprovalFact
}

/** One rule of recognition. */
export type RecognitionEntry = BaselineEntry | AgreementEntry | NegativeEntry

/** What an entry of a negative list may answer. Codes of provinces are those of GB/T 2260. */
export interface RefusalQuestion {
  readonly receiving: string
  readonly issuing: string
  readonly licenceType: string
  /** `null`: no particular one. */
  readonly serviceItem: string | null
}

/** Two provinces that an agreement for a type must bind. */
export interface AgreementQuestion {
  readonly receiving: string
  readonly issuing: string
  readonly licenceType: string
}

/**
 * All facts of one ledger, as of one block. Each is found by what it is kept by, without a search through all; what
 * follows from them is for the view over the source to say. Times in Unix seconds; `null`: there is none.
 */
export interface FactSource {
  readonly ledger: LedgerIdentity
  readonly block: LedgerBlock
  /** With the region that it was in and the name that was in force at a time. */
  agency(uscc: string, time: number): AgencyFact | null
  /** By GB/T 2260 code, with the name that was in force at a time. */
  region(region: string, time: number): RegionFact | null
  key(agency: string, keyId: Hex): KeyFact | null
  anchor(issuer: string, root: Hex): AnchorFact | null
  /** In the order of the ledger. */
  acts(place: StatusPlace): readonly StatusEntry[]
  /** Codes of the notices 标注 that stood at a time, in ascending order. */
  notices(place: StatusPlace, time: number): readonly number[]
  successor(place: StatusPlace): TransferFact | null
  /** Whose place it took, and whose place that had taken by then, the nearest first: at most so many. */
  origins(place: StatusPlace, most: number): readonly OriginPlace[]
  /** USCC of the agency that may take it in. */
  destination(place: StatusPlace): string | null
  /** Who acts on an agency's licences today. */
  responsible(agency: string): ResponsibleFact | null
  /** Whether a rulebook was in force at a time: before the first one no rule speaks. */
  hasRules(time: number): boolean
  /** The version that was in force at a time, or that it was retired. */
  licenceType(code: string, time: number): LicenceTypeFact | null
  /** The fields that were demanded at a time, in ascending order. */
  demandedFields(serviceItem: string, licenceType: string, time: number): readonly string[] | null
  /** The agency's responsibility for a type that held at a time. */
  responsibility(agency: string, licenceType: string, time: number): TermFact | null
  /** The term that holds at a time in which a province is in the alliance. */
  membership(province: string, time: number): TermFact | null
  /** The entries for a type that may hold at a time. */
  baseline(licenceType: string, time: number): readonly BaselineEntry[]
  /** The entries that may answer at a time, in the order in which they are to be looked at. */
  negatives(question: RefusalQuestion, time: number): readonly NegativeEntry[]
  /** At most so many of the agreements that both had joined by then, the newest first. */
  newestAgreements(question: AgreementQuestion, time: number, most: number): readonly AgreementEntry[]
}
