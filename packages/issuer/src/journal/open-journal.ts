/** Opening the journal of an agency's folder. */
import { identityOf } from '@hefu/ledger'
import { suite } from '@hefu/protocol'
import type { Agency } from '../home/agency-file.ts'
import { pathsOf } from '../home/agency-home.ts'
import { acquireHomeLock } from '../home/home-lock.ts'
import { openFolderDatabase, openPostgresDatabase } from './database.ts'
import { createJournal, type Journal } from './journal.ts'

/**
 * Takes the folder for this process and opens its journal: in `journal/`, or in PostgreSQL when a
 * `databaseUrl` is given.
 *
 * @throws {IssuerError} `journal-in-use`, `journal-unreachable`, `journal-foreign`
 */
export async function openJournal(
  home: string,
  agency: Agency,
  databaseUrl: string | undefined,
): Promise<Journal> {
  const lock = await acquireHomeLock(home)
  try {
    const database = await (databaseUrl === undefined || databaseUrl === ''
      ? openFolderDatabase(pathsOf(home).journal)
      : openPostgresDatabase(databaseUrl))
    const close = (): Promise<void> => database.close().finally(lock.release)
    try {
      const journal = await createJournal(database, agency.agency, identityOf(agency.network), suite)
      return { ...journal, close }
    } catch (error) {
      await database.close()
      throw error
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}
