/** What the journal keeps. */
import type { DecidedCall, OperatorCall, RefusalCode, Settlement } from '@hefu/ledger'
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
  /** As `samenessOf` tells it. */
  readonly sameness: Uint8Array
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

/** A batch as the ledger has it. */
export type RecoveredBatch = Pick<Batch, 'firstIndex' | 'size' | 'root'> & {
  readonly anchoredAt: number
  readonly blockNumber: number
}

/** What an agency enters, by its word alone or as the first of two keys. */
export type EntryCall = DecidedCall | Extract<OperatorCall, { kind: 'withdrawal' }>

/** An entry as it is asked for. */
export interface NewEntry {
  /** Its effective time is told by `effectiveAt`. */
  readonly call: EntryCall
  readonly licenceIds: readonly string[]
  /** Unix seconds; `null`: now, by the ledger's clock, which could not be asked yet. */
  readonly effectiveAt: number | null
  /** What was asked for: the same again is this entry. */
  readonly digest: string
  /** Unix seconds. */
  readonly enteredAt: number
}

/** An entry as it is kept. */
export interface RecordedEntry extends NewEntry {
  /** From 1 on, in the order in which they were entered. */
  readonly number: number
  /** `null`: it does not stand. */
  readonly settlement: Settlement | null
  /** `null`: it stands, or waits. */
  readonly refusal: EntryRefusal | null
}

/** Why the ledger did not take an entry. */
export interface EntryRefusal {
  readonly code: RefusalCode
  readonly args: readonly string[]
}
