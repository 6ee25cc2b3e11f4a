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
export async function assertJournalComplete(office: CountingOffice): Promise<void> {
  const behind = await findBehind(office)
  if (behind !== null) throw new IssuerError('journal-behind', { ...behind })
}

/** What is needed to count. */
type CountingOffice = Pick<Office, 'agency' | 'journal'> & {
  readonly operator: Pick<Office['operator'], 'nextIndex'>
}

/** How far the journal goes that does not go as far as the ledger: status indexes, from 0. */
export interface JournalBehind {
  readonly next: number
  readonly used: number
}

/** `null`: it goes as far, or the ledger cannot be asked. */
export async function findBehind(office: CountingOffice): Promise<JournalBehind | null> {
  const used = await findUsedIndexes(office)
  const next = await office.journal.nextStatusIndex()
  return used !== null && next < used ? { next, used } : null
}

async function findUsedIndexes({ agency, operator }: CountingOffice): Promise<number | null> {
  try {
    return await operator.nextIndex(agency)
  } catch (error) {
    if (error instanceof LedgerUnavailableError) return null
    throw error
  }
}
