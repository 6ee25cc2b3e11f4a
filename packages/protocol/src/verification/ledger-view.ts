/** What a verification asks the ledger: a port with implementations over RPC, over a replica and in memory. */
import type { Hex } from '../bytes/hex.ts'
import type { LedgerIdentity } from '../credential/claims.ts'
import type { PublicJwk, SignatureAlgorithm } from '../suite/suite.ts'

/** Which facts are wanted. All of it may come from an attacker. */
export interface LedgerQuery {
  /** USCC. */
  readonly issuer: string
  /** Absent for a credential presented without a receipt. */
  readonly root?: Hex
  /** Thumbprint of the issuer's key. */
  readonly keyId: Hex
  readonly statusIndex: number
  /** Legal status in force at this time (Unix seconds), as known at the view's block. Absent: at the block itself. */
  readonly at?: number
}

/** The block that every fact of one answer was read at. */
export interface LedgerBlock {
  readonly number: number
  readonly hash: Hex
  /** Unix seconds. */
  readonly time: number
}

export type MemberStatus = 'active' | 'suspended' | 'retired'

export interface RegionFact {
  /** GB/T 2260. */
  readonly region: string
  readonly status: MemberStatus
}

export interface AgencyFact {
  /** USCC. */
  readonly agency: string
  readonly region: string
  readonly status: MemberStatus
  /** Since when this status (Unix seconds). */
  readonly since: number
}

/** Half-open intervals in Unix seconds; `null`: no end, never. */
export interface KeyFact {
  readonly agency: string
  readonly algorithm: SignatureAlgorithm
  readonly publicJwk: PublicJwk
  readonly validFrom: number
  readonly validUntil: number | null
  readonly compromisedFrom: number | null
}

export interface AnchorFact {
  readonly anchoredAt: number
  readonly blockNumber: number
  readonly size: number
}

export type LegalStatus = 'valid' | 'suspended' | 'revoked'

/** Everything one verification needs; `null`: the ledger has no such entry. */
export interface LedgerFacts {
  readonly block: LedgerBlock
  readonly agency: AgencyFact | null
  readonly region: RegionFact | null
  readonly key: KeyFact | null
  readonly anchor: AnchorFact | null
  readonly status: LegalStatus
}

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

export type LedgerUnavailableCode = 'unreachable' | 'wrong-chain' | 'no-contract' | 'inconsistent' | 'refused'

/** The ledger could not be asked. Says nothing about any licence. */
export class LedgerUnavailableError extends Error {
  override readonly name = 'LedgerUnavailableError'
  readonly code: LedgerUnavailableCode

  constructor(code: LedgerUnavailableCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
