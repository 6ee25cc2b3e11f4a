/** What a verification asks the ledger: a port with implementations over RPC, over a replica and in memory. */
import type { Hex } from '../bytes/hex.ts'
import type { LedgerIdentity } from '../identifiers/ledger-identity.ts'
import type { ReportedNodes } from '../report/reported-nodes.ts'
import type { PublicJwk, SignatureAlgorithm } from '../suite/suite.ts'
import type { Capacity, LegalStatus, StatusEntry } from './legal-status.ts'

/** Which facts are wanted. All of it may come from an attacker. */
export interface LedgerQuery {
  /** USCC. */
  readonly issuer: string
  /** Absent for a credential presented without a receipt. */
  readonly root?: Hex
  /** Thumbprint of the issuer's key. */
  readonly keyId: Hex
  readonly statusIndex: number
  /** Code of the licence type, 21 characters. */
  readonly licenceType: string
  /** GB/T 2260 code of the region it is presented in. */
  readonly receivingRegion: string
  /** Absent: no particular service item. 1–32 visible ASCII characters. */
  readonly serviceItem?: string
  /** Legal status, licence type, recognition and demand at this time (Unix seconds), as known at the view's block. Absent: at the block itself. */
  readonly at?: number
  /**
   * Read every fact at this block, as it was then. Absent: at the newest. A view that cannot, throws
   * `block-unavailable`.
   */
  readonly block?: Pick<LedgerBlock, 'number' | 'hash'>
}

/** The block that every fact of one answer was read at. */
export interface LedgerBlock {
  readonly number: number
  readonly hash: Hex
  /** Unix seconds. */
  readonly time: number
}

/** The standing of a region or an agency. */
export type MemberStatus = 'active' | 'suspended' | 'retired'

/** What a region or an agency is called, each line at most 96 bytes of UTF-8; `en` and `contact` may be empty. Public. */
export interface OfficialName {
  readonly zh: string
  readonly en: string
  /** Telephone number, address or page of the office. */
  readonly contact: string
}

/** A region as the council admitted it. */
export interface RegionFact {
  /** GB/T 2260. */
  readonly region: string
  /** In the answer to a query: of the region that the agency is in today. */
  readonly status: MemberStatus
  /** Official Chinese name in force when the batch was anchored, without an anchor at the time asked about; `null`: none. */
  readonly name: string | null
}

/** An agency as its region accredited it. */
export interface AgencyFact {
  /** USCC. */
  readonly agency: string
  /** In which it was when the batch was anchored; without an anchor, at the time asked about. */
  readonly region: string
  readonly status: MemberStatus
  /** Since when this status (Unix seconds). */
  readonly since: number
  /** Official Chinese name, as of a {@link RegionFact}. */
  readonly name: string | null
}

/** Who acts on an agency's licences today: whom to ask about one. */
export interface ResponsibleFact {
  readonly capacity: Exclude<Capacity, 'superior'>
  /** USCC; `null`: the region itself keeps the licences of an agency that was retired. */
  readonly agency: string | null
  /** GB/T 2260; `null`: above the provinces, whom the council named. */
  readonly region: string | null
  /** In force at the block. */
  readonly name: OfficialName | null
}

/** A key that the issuer registered. Half-open intervals in Unix seconds; `null`: no end, never. */
export interface KeyFact {
  readonly algorithm: SignatureAlgorithm
  readonly publicJwk: PublicJwk
  readonly validFrom: number
  readonly validUntil: number | null
  readonly compromisedFrom: number | null
}

/** An anchored batch. `anchoredAt` in Unix seconds, `size` in leaves; its first leaf has the status index `firstIndex`. */
export interface AnchorFact {
  readonly anchoredAt: number
  readonly blockNumber: number
  readonly firstIndex: number
  readonly size: number
}

/** A half-open interval in Unix seconds; `until` `null`: no end. */
export interface TermFact {
  readonly from: number
  readonly until: number | null
}

/**
 * Whether a half-open term holds at a time (Unix seconds).
 *
 * @example
 * ```ts
 * covers({ from: 100, until: 200 }, 100) // true
 * covers({ from: 100, until: 200 }, 200) // false
 * covers({ from: 100, until: null }, 200) // true
 * ```
 */
export function covers({ from, until }: TermFact, time: number): boolean {
  return from <= time && (until === null || time < until)
}

/** The catalogue's entry of a licence type 证照类型. */
export interface LicenceTypeFact {
  /** See `schemaDigest`. */
  readonly schemaDigest: Hex
  /** 1 at registration, one more at each amendment. */
  readonly version: number
  readonly status: 'active' | 'retired'
  /** Since when this version, or retired (Unix seconds). */
  readonly since: number
}

/**
 * What decides on recognition 互认. `none`: no rule speaks of it. `receiving-not-member`, `issuing-not-member`: that
 * province is not in the alliance. `type-not-active`: the type is not in the catalogue, or was retired. In the order of
 * the ledger's codes.
 */
export const RECOGNITION_RULES = [
  'none',
  'same-province',
  'baseline',
  'agreement',
  'negative',
  'receiving-not-member',
  'issuing-not-member',
  'type-not-active',
] as const

/** One of {@link RECOGNITION_RULES}. */
export type RecognitionRule = (typeof RECOGNITION_RULES)[number]

/** The decision that approved an entry of a negative list. */
export interface ApprovalFact {
  /** Reference 文号. */
  readonly number: string
  /** SHA-256 of the document. */
  readonly documentDigest: Hex
}

/** What the ledger says of recognition for one question. */
export interface RecognitionFact {
  readonly recognised: boolean
  readonly rule: RecognitionRule
  /** `region` of the {@link AgencyFact}, about which the rule was asked; `null`: the ledger knows no such agency. */
  readonly issuingRegion: string | null
  /** Number of the agreement that decided. */
  readonly agreement: number | null
  /** Term of the rule that decided; `null` when it has none. */
  readonly term: TermFact | null
  /** Of the entry of the negative list that decided. */
  readonly approval: ApprovalFact | null
}

/** Another credential on the ledger, and when it was entered that one takes the other's place (Unix seconds). */
export interface TransferFact {
  /** USCC. */
  readonly issuer: string
  /** In that issuer's status list. */
  readonly statusIndex: number
  readonly since: number
}

/** A licence whose place was taken, and what became of it: at the block, whatever time is asked about. */
export interface OriginFact extends TransferFact {
  readonly status: LegalStatus
  /** Codes of the notices 标注 that stand, in ascending order. */
  readonly notices: readonly number[]
}

/** How many origins a licence can have: the ledger answers all of them, and refuses to make more. */
export const MAX_ORIGINS = 8

/** Everything one verification needs; `null`: the ledger has no such entry. */
export interface LedgerFacts {
  readonly block: LedgerBlock
  /** Absent: the view does not say. */
  readonly nodes?: ReportedNodes
  readonly agency: AgencyFact | null
  readonly region: RegionFact | null
  readonly key: KeyFact | null
  readonly anchor: AnchorFact | null
  /** In force at the time asked about. */
  readonly status: LegalStatus
  /** When the suspension or restriction in force at the time asked about ends (Unix seconds); `null`: no end is set. */
  readonly statusEndsAt: number | null
  /** The legal acts so far, in the order of the ledger; left empty while the status is, and at the block was, valid. */
  readonly acts: readonly StatusEntry[]
  /** Codes of the notices 标注 that stood at the time asked about, in ascending order. */
  readonly notices: readonly number[]
  /** What took its place, of the same issuer or in another agency. */
  readonly successor: TransferFact | null
  /** USCC of the agency that may take it in, while it is transferred out (at the block). */
  readonly destination: string | null
  /** Whose place it took, and whose place that had taken, the nearest first: all of them, at most {@link MAX_ORIGINS}. */
  readonly origins: readonly OriginFact[]
  /** `null`: the ledger has no such agency. */
  readonly responsible: ResponsibleFact | null
  /** As it was at the time asked about. */
  readonly licenceType: LicenceTypeFact | null
  /** The agency's responsibility for the type when the batch was anchored; without an anchor, at the time asked about. */
  readonly responsibility: TermFact | null
  readonly recognition: RecognitionFact
  /** The fields of the type that the service item demanded at the time asked about; `null`: it demands none. */
  readonly demandedFields: readonly string[] | null
}

/** A view of one ledger; every implementation answers alike. */
export interface LedgerView {
  /** The ledger that this view trusts; receipts of any other are foreign. */
  readonly ledger: LedgerIdentity
  /**
   * All facts of one query at one block.
   *
   * @param signal nobody waits for the answer any more: what a view has under way for it ends
   * @throws {LedgerUnavailableError} when they cannot be had: never an empty answer instead
   */
  lookup(query: LedgerQuery, signal?: AbortSignal): Promise<LedgerFacts>
}

/** Why the ledger could not be asked. */
export type LedgerUnavailableCode =
  | 'unreachable'
  | 'wrong-chain'
  | 'no-contract'
  | 'inconsistent'
  | 'refused'
  | 'block-unavailable'
  | 'history-too-long'
  | 'answer-too-large'

/**
 * The ledger could not be asked. Says nothing about any licence.
 *
 * @example
 * ```ts
 * new LedgerUnavailableError('unreachable', 'connect to the ledger').code // 'unreachable'
 * ```
 */
export class LedgerUnavailableError extends Error {
  override readonly name = 'LedgerUnavailableError'
  readonly code: LedgerUnavailableCode

  constructor(code: LedgerUnavailableCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
