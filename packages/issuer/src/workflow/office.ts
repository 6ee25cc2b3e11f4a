/** Everything that an agency's workflow works with. */
import type { SendingOperator } from '@hefu/ledger'
import type { LedgerIdentity } from '@hefu/protocol'
import type { Journal } from '../journal/journal.ts'
import type { OnEvent } from './events.ts'

/** What the workflow asks of the ledger. */
export type AgencyOperator = SendingOperator

export interface Office {
  /** USCC. */
  readonly agency: string
  readonly ledger: LedgerIdentity
  readonly journal: Journal
  readonly operator: AgencyOperator
  /** Folder of the bundle files. */
  readonly bundles: string
  /** The clock, Unix seconds. */
  readonly now: () => number
  readonly onEvent?: OnEvent
  /** When it is aborted, the step at hand is finished and no other is begun. */
  readonly signal?: AbortSignal
}
