/** What the ledger has of a batch, noted in the journal. */
import type { OperatorReading } from '@hefu/ledger'
import { IssuerError } from '../error/issuer-error.ts'
import type { Batch } from '../journal/records.ts'
import type { Office } from './office.ts'

type AnchoringOffice = Pick<Office, 'agency' | 'journal' | 'onEvent'> & {
  readonly operator: Pick<OperatorReading, 'findAnchor'>
}

/**
 * Asks the ledger for a batch, and notes it where it is there.
 *
 * @throws {IssuerError} `anchor-conflict` when it is there otherwise than the journal has it
 * @throws {LedgerUnavailableError}
 */
export async function markIfAnchored(
  { agency, operator, journal, onEvent }: AnchoringOffice,
  batch: Batch,
): Promise<boolean> {
  const { root, size, firstIndex } = batch
  const fact = await operator.findAnchor(agency, root)
  if (fact === null) return false
  if (fact.size !== size || fact.firstIndex !== firstIndex) {
    throw new IssuerError('anchor-conflict', { root, size, found: fact.size })
  }
  const { anchoredAt, blockNumber } = fact
  await journal.markAnchored(batch, anchoredAt, blockNumber)
  onEvent?.({ event: 'batch-anchored', root, size, anchoredAt, blockNumber })
  return true
}
