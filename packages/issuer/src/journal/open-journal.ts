/** Opening the journal of an agency's folder. */
import { identityOf } from '@hefu/ledger'
import { suite } from '@hefu/protocol'
import type { Agency } from '../home/agency-file.ts'
import { createJournal, type Journal } from './journal.ts'
import { shareStore } from './shared-store.ts'

/**
 * Opens the journal of a folder: in `journal/`, or in PostgreSQL when a `databaseUrl` is given. It is taken for one step
 * at a time, and waited for where another process is at one.
 *
 * @param turnTimeoutMs how long others' steps are waited for
 * @throws {StorageError} `folder-in-use`, `folder-unwritable`, `store-in-use`, `store-newer`, `database-unreachable`;
 *   also by every function of the journal
 * @throws {IssuerError} `journal-foreign`
 */
export async function openJournal(
  home: string,
  agency: Agency,
  databaseUrl: string | undefined,
  turnTimeoutMs: number = 60_000,
): Promise<Journal> {
  const shared = shareStore(home, databaseUrl, turnTimeoutMs)
  try {
    return await createJournal(shared, agency.agency, identityOf(agency.network), suite)
  } catch (error) {
    await shared.close()
    throw error
  }
}
