/** What the ledger has passed over, noted in the journal. */
import type { OperatorReading } from '@hefu/ledger'
import { IssuerError } from '../error/issuer-error.ts'
import type { Batch } from '../journal/records.ts'
import type { Office } from './office.ts'

type PassingOffice = Pick<Office, 'agency' | 'journal' | 'now' | 'onEvent'> & {
  readonly operator: Pick<OperatorReading, 'nextIndex' | 'isAnchoredIndex'>
}

/**
 * Asks the ledger whether the indexes of a batch are behind its running count, with no anchor over them, and notes it.
 *
 * @throws {IssuerError} `indices-foreign` when another batch was anchored there
 * @throws {LedgerUnavailableError}
 */
export async function markIfPassedOver(
  { agency, operator, journal, now, onEvent }: PassingOffice,
  batch: Batch,
): Promise<boolean> {
  const { root, size, firstIndex } = batch
  if ((await operator.nextIndex(agency)) < firstIndex + size) return false
  for (const index of [firstIndex, firstIndex + size - 1]) {
    const isForeign = await operator.isAnchoredIndex(agency, index)
    if (isForeign) throw new IssuerError('indices-foreign', { root, index })
  }
  await journal.markPassedOver(batch, now())
  onEvent?.({ event: 'batch-passed-over', root, size })
  return true
}
