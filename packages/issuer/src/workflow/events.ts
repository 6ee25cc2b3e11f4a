/** What the workflow tells while it goes on. No event holds personal data. */
import type { LedgerRefusedError } from '@hefu/ledger'
import type { Hex } from '@hefu/protocol'
import type { RowDefect } from '../input/row.ts'
import type { EntryCall } from '../journal/records.ts'

export type IssuerEvent =
  | { readonly event: 'row-refused'; readonly line: number; readonly defects: readonly RowDefect[] }
  | { readonly event: 'row-warned'; readonly line: number; readonly defects: readonly RowDefect[] }
  | { readonly event: 'already-issued'; readonly line: number; readonly licenceId: string }
  /** This machine's clock is so many seconds ahead of the ledger's, which dates what is signed. */
  | { readonly event: 'clock-ahead'; readonly seconds: number }
  | { readonly event: 'recorded'; readonly licences: number }
  | { readonly event: 'batch-sealed'; readonly root: Hex; readonly size: number }
  | {
      readonly event: 'batch-anchored'
      readonly root: Hex
      readonly size: number
      /** Unix seconds of the ledger. */
      readonly anchoredAt: number
      readonly blockNumber: number
    }
  /** The chain has it no more: it waits again. */
  | { readonly event: 'batch-lost'; readonly root: Hex; readonly size: number }
  /** Of entries that an earlier command left. */
  | ({ readonly event: 'entry-stands'; readonly blockNumber: number } & EntryTold)
  | ({ readonly event: 'entry-refused'; readonly refusal: LedgerRefusedError } & EntryTold)
  | { readonly event: 'batch-passed-over'; readonly root: Hex; readonly size: number }
  | { readonly event: 'licences-bundled'; readonly licences: number }
  | { readonly event: 'batch-bundled'; readonly root: Hex; readonly size: number }

interface EntryTold {
  readonly number: number
  readonly entry: EntryCall['kind']
  readonly licences: number
}

export type OnEvent = (event: IssuerEvent) => void
