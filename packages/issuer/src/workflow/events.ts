/** What the workflow tells while it goes on. No event holds personal data. */
import type { Hex } from '@hefu/protocol'
import type { RowDefect } from '../input/row.ts'

export type IssuerEvent =
  | { readonly event: 'row-refused'; readonly line: number; readonly defects: readonly RowDefect[] }
  | { readonly event: 'row-warned'; readonly line: number; readonly defects: readonly RowDefect[] }
  | { readonly event: 'already-issued'; readonly line: number; readonly licenceId: string }
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
  | { readonly event: 'batch-passed-over'; readonly root: Hex; readonly size: number }
  | { readonly event: 'licences-bundled'; readonly licences: number }
  | { readonly event: 'batch-bundled'; readonly root: Hex; readonly size: number }

export type OnEvent = (event: IssuerEvent) => void
