/** Whether the journal knows of everything that was anchored in the agency's name. */
import { LedgerUnavailableError } from '@hefu/protocol'
import { IssuerError } from '../error/issuer-error.ts'
import type { Office } from './office.ts'

/**
 * The ledger counts the status indexes that anchors used up: a journal that was lost or set back would give them
 * out again. Asked before anything is signed. While the ledger cannot be asked, licences are recorded all the same:
 * it takes no batch that does not begin where its last one ended.
 *
 * @throws {IssuerError} `journal-behind`
 */
export async function assertJournalComplete(office: Office): Promise<void> {
  const used = await findUsedIndexes(office)
  const next = await office.journal.nextStatusIndex()
  if (used !== null && next < used) throw new IssuerError('journal-behind', { used, next })
}

async function findUsedIndexes({ agency, operator }: Office): Promise<number | null> {
  try {
    return await operator.nextIndex(agency)
  } catch (error) {
    if (error instanceof LedgerUnavailableError) return null
    throw error
  }
}
