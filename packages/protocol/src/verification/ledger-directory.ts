/** Which ledgers a verifier trusts: a port with implementations for one that is pinned, and over a registry. */
import type { Hex } from '../bytes/hex.ts'
import type { LedgerBlock, LedgerView } from './ledger-view.ts'

/** What a registry says of a ledger. Times in Unix seconds. */
export interface LedgerRegistration {
  /** The registry's block that it was read at. */
  readonly block: LedgerBlock
  /** Anchors count from then on. */
  readonly openedAt: number
  /** Anchors count before then; `null`: the ledger is open. Legal acts count whenever they were entered. */
  readonly closedAt: number | null
}

/** A ledger that a verifier trusts. */
export interface TrustedLedger {
  readonly view: LedgerView
  /** `null`: the verifier pins the ledger itself, and every anchor on it counts. */
  readonly registration: LedgerRegistration | null
}

/** As of when the ledgers are wanted. */
export interface DirectoryQuery {
  /** What was read of the registry at a block of this time (Unix seconds) or later is new enough. */
  readonly notBefore: number
  /**
   * Hash of the registry's block to read at, as it was then. Absent: the newest, or one that is new enough. A
   * directory that cannot, throws `block-unavailable`.
   */
  readonly registryBlock?: Hex
}

/** The ledgers that a verifier trusts. */
export interface LedgerDirectory {
  /**
   * All of them, and at least one: the first is asked about a credential that is on none. A ledger that cannot be
   * asked at present is among them all the same: its view says so.
   *
   * @param signal nobody waits for the answer any more: what a directory has under way for it alone ends
   * @throws {LedgerUnavailableError} when they cannot be told: never fewer instead
   */
  list(query: DirectoryQuery, signal?: AbortSignal): Promise<readonly TrustedLedger[]>
}

/** What a verifier trusts: one ledger by its view, or those of a directory. */
export type LedgerTrust = { readonly view: LedgerView } | { readonly directory: LedgerDirectory }

/**
 * The directory of one ledger, whose anchors all count.
 *
 * @example
 * ```ts
 * const ledgers = await pinLedger(view).list({ notBefore: now })
 * ledgers.length // 1
 * ```
 */
export function pinLedger(view: LedgerView): LedgerDirectory {
  return { list: async () => [{ view, registration: null }] }
}

/** The directory of what is trusted. */
export function directoryOf(trust: LedgerTrust): LedgerDirectory {
  return 'view' in trust ? pinLedger(trust.view) : trust.directory
}
