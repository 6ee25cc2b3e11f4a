/** What the routes of batches stand on. */
import { batchProblem } from '../routes/batch-problem.ts'
import type { CursorSeal } from '../routes/ledger/sealed-cursor.ts'
import type { Records } from '../store/records.ts'
import type { BatchShare } from './batch-share.ts'
import type { KeptBatches } from './kept-batches.ts'

export interface Batches {
  readonly kept: KeptBatches
  /** Of one batch. */
  readonly mostItems: number
  readonly share: Pick<BatchShare, 'giveWay'>
  readonly cursors: CursorSeal
  /** There is something to do. */
  readonly wake: () => void
}

export interface BatchServices {
  /** `undefined`: no batches are taken. */
  readonly batches?: Batches | undefined
  readonly records: Pick<Records, 'replays' | 'reports'>
  /** Hears why the store could not be used. */
  readonly onFault: (fault: unknown) => void
  /** Unix seconds. */
  readonly clock: () => number
}

/** @throws {ProblemError} `no-batches` */
export function assertBatches({ batches }: BatchServices): { readonly batches: Batches } {
  if (batches === undefined) throw batchProblem('no-batches')
  return { batches }
}
