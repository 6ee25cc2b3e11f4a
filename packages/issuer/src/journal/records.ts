/** What the journal keeps. */
import type { Hex } from '@hefu/protocol'

/** A licence as it is recorded. */
export interface RecordedLicence {
  readonly licenceId: string
  readonly statusIndex: number
  /** Code of its type. */
  readonly type: string
  /** Compact credential with all disclosures. */
  readonly credential: string
  readonly leafHash: Uint8Array
}

/** A sealed batch. Times in Unix seconds. */
export interface Batch {
  readonly firstIndex: number
  readonly size: number
  readonly root: Hex
  readonly sealedAt: number
  readonly anchoredAt: number | null
  readonly blockNumber: number | null
  readonly bundledAt: number | null
  /** When it was decided that it will not be anchored. */
  readonly givenUpAt: number | null
  /** When the ledger passed its indexes over: they are never used again. */
  readonly passedOverAt: number | null
}
