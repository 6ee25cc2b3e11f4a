/** What a verification asks the ledger: a port with implementations over RPC, over a replica and in memory. */
import type { Hex } from '../bytes/hex.ts'
import type { LedgerIdentity } from '../credential/claims.ts'
import type { PublicJwk, SignatureAlgorithm } from '../suite/suite.ts'
import type { LegalStatus, StatusEntry } from './legal-status.ts'

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
  /** Legal status and recognition at this time (Unix seconds), as known at the view's block. Absent: at the block itself. */
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

/** What a region or an agency is called, and how the public reaches it; `en` and `contact` may be empty. */
export interface OfficialName {
  readonly zh: string
  readonly en: string
  readonly contact: string
}

/** A region as the council admitted it. */
export interface RegionFact {
  /** GB/T 2260. */
  readonly region: string
  readonly status: MemberStatus
  /** In force when the batch was anchored; without an anchor, at the time asked about. `null`: it had none. */
  readonly name: OfficialName | null
}

/** An agency as its region accredited it. */
export interface AgencyFact {
  /** USCC. */
  readonly agency: string
  readonly region: string
  readonly status: MemberStatus
  /** Since when this status (Unix seconds). */
  readonly since: number
  /** In force when the batch was anchored; without an anchor, at the time asked about. `null`: it had none. */
  readonly name: OfficialName | null
}

/** In what right an act was entered, or somebody acts on an agency's licences today. */
export type Capacity = 'operator' | 'successor' | 'custodian' | 'superior'

/** Whom to ask about a licence today. */
export interface ResponsibleFact {
  readonly capacity: Exclude<Capacity, 'superior'>
  /** USCC; `null`: the region itself keeps the licences of an agency that is retired. */
  readonly agency: string | null
  /** GB/T 2260; `null`: above the provinces, whom the council named. */
  readonly region: string | null
  readonly name: OfficialName | null
}

/** A key of the issuer. Half-open intervals in Unix seconds; `null`: no end, never. */
export interface KeyFact {
  readonly algorithm: SignatureAlgorithm
  readonly publicJwk: PublicJwk
  readonly validFrom: number
  readonly validUntil: number | null
  readonly compromisedFrom: number | null
}

/** An anchored batch. `anchoredAt` in Unix seconds, `size` in leaves; leaf `i` has the status index `firstIndex + i`. */
export interface AnchorFact {
  readonly anchoredAt: number
  readonly blockNumber: number
  readonly size: number
  readonly firstIndex: number
}

/** A half-open interval in Unix seconds; `until` `null`: no end. */
export interface TermFact {
  readonly from: number
  readonly until: number | null
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

/** What decides on recognition 互认. `none`: no rule speaks of it. */
export type RecognitionRule = 'none' | 'same-province' | 'baseline' | 'agreement' | 'negative'

/** What the ledger says of recognition for one question. */
export interface RecognitionFact {
  readonly recognised: boolean
  readonly rule: RecognitionRule
  /** Number of the agreement that decided. */
  readonly agreement: number | null
  /** Term of the rule that decided; `null` for `none` and `same-province`. */
  readonly term: TermFact | null
}

/** Another credential on the ledger, and when one took the place of the other (Unix seconds). */
export interface TransferFact {
  /** USCC. */
  readonly issuer: string
  /** In that issuer's status list. */
  readonly statusIndex: number
  readonly since: number
}

/** A credential whose place another took, and what became of it (at the block, whatever time is asked about). */
export interface OriginFact extends TransferFact {
  readonly status: LegalStatus
  /** Codes of the notices that stand. */
  readonly notices: readonly number[]
}

/** Everything one verification needs; `null`: the ledger has no such entry. */
export interface LedgerFacts {
  readonly block: LedgerBlock
  readonly agency: AgencyFact | null
  readonly region: RegionFact | null
  readonly key: KeyFact | null
  readonly anchor: AnchorFact | null
  /** Whether an anchor of the issuer covers the status index. */
  readonly indexAnchored: boolean
  /** In force at the time asked about. */
  readonly status: LegalStatus
  /** When the suspension or restriction in force at that time ends (Unix seconds); `null`: no end, or none in force. */
  readonly statusEndsAt: number | null
  /** The legal acts so far, in the order of the ledger; left empty while the status is, and at the block was, valid. */
  readonly acts: readonly StatusEntry[]
  /** Codes of the notices 标注 that stood at the time asked about, ascending. */
  readonly notices: readonly number[]
  /** What took its place, in the same agency or in another. */
  readonly successor: TransferFact | null
  /** USCC of the agency that may take it in, while it is transferred out. */
  readonly destination: string | null
  /** Whose place it took, and whose that took, the nearest first; at most eight. */
  readonly origins: readonly OriginFact[]
  /** `null`: the ledger has no such agency. */
  readonly responsible: ResponsibleFact | null
  readonly licenceType: LicenceTypeFact | null
  /** The agency's responsibility for the type when the batch was anchored; without an anchor, at the time asked about. */
  readonly responsibility: TermFact | null
  readonly recognition: RecognitionFact
}

/** A view of one ledger; every implementation answers alike. */
export interface LedgerView {
  /** The ledger that this view trusts; receipts of any other are foreign. */
  readonly ledger: LedgerIdentity
  /**
   * All facts of one query at one block.
   *
   * @throws {LedgerUnavailableError} when they cannot be had: never an empty answer instead
   */
  lookup(query: LedgerQuery): Promise<LedgerFacts>
}

/** Why the ledger could not be asked. */
export type LedgerUnavailableCode =
  | 'unreachable'
  | 'wrong-chain'
  | 'no-contract'
  | 'inconsistent'
  | 'refused'
  | 'block-unavailable'

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
