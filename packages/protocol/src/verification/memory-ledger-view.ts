/** A ledger view in memory: real rules over facts that a test or an integrator states. */
import type { Hex } from '../bytes/hex.ts'
import type { LedgerIdentity } from '../credential/claims.ts'
import type {
  AgencyFact,
  AnchorFact,
  KeyFact,
  LedgerBlock,
  LedgerView,
  LegalStatus,
  RegionFact,
} from './ledger-view.ts'

/** A legal act as the ledger records it. Times in Unix seconds. */
export interface StatusEntry {
  readonly status: LegalStatus
  readonly effectiveAt: number
}

/** The facts of a ledger, as plain data. */
export interface MemoryLedger {
  readonly ledger: LedgerIdentity
  readonly block: LedgerBlock
  /** By GB/T 2260 code. */
  readonly regions: ReadonlyMap<string, RegionFact>
  /** By USCC. */
  readonly agencies: ReadonlyMap<string, AgencyFact>
  /** By thumbprint. */
  readonly keys: ReadonlyMap<Hex, KeyFact>
  /** By {@link anchorKey}. */
  readonly anchors: ReadonlyMap<string, AnchorFact>
  /** By {@link statusKey}, in the order of the acts. */
  readonly statuses: ReadonlyMap<string, readonly StatusEntry[]>
}

/** Anchors are kept by issuer and root together: no one can take another's root. */
export function anchorKey(issuer: string, root: Hex): string {
  return `${issuer}/${root}`
}

/** Statuses are kept by issuer and index. */
export function statusKey(issuer: string, index: number): string {
  return `${issuer}/${index}`
}

/** A view over these facts. */
export function createMemoryLedgerView(memory: MemoryLedger): LedgerView {
  return {
    ledger: memory.ledger,
    lookup: async ({ issuer, root, keyId, statusIndex, at = memory.block.time }) => {
      const agency = memory.agencies.get(issuer) ?? null
      return {
        block: memory.block,
        agency,
        region: (agency && memory.regions.get(agency.region)) ?? null,
        key: memory.keys.get(keyId) ?? null,
        anchor: (root && memory.anchors.get(anchorKey(issuer, root))) ?? null,
        status: statusAt(memory.statuses.get(statusKey(issuer, statusIndex)) ?? [], at),
      }
    },
  }
}

/** The status in force at a time: the last act, in the order of the ledger, that had taken effect. */
export function statusAt(acts: readonly StatusEntry[], at: number): LegalStatus {
  return acts.findLast((act) => act.effectiveAt <= at)?.status ?? 'valid'
}
