/** Whether the journal knows of everything that was anchored in the agency's name. */
import { IssuerError } from '../issuer-error.ts'
import type { Office } from './office.ts'

/**
 * The ledger counts the status indexes that anchors used up: a journal that was lost or set back would give them
 * out again, and an act on the new licence would hit the old one. Asked before anything is signed.
 *
 * @throws {IssuerError} `journal-behind`
 * @throws {LedgerUnavailableError} when the ledger cannot be asked
 */
export async function assertJournalComplete({ agency, journal, operator }: Office): Promise<void> {
  const used = await operator.nextIndex(agency)
  const next = await journal.nextStatusIndex()
  if (next < used) throw new IssuerError('journal-behind', { used, next })
}
