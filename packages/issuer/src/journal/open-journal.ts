/** Opening the journal of an agency's folder. */
import { basename } from 'node:path'
import { identityOf } from '@hefu/ledger'
import { suite } from '@hefu/protocol'
import {
  type Database,
  type HeldFolder,
  holdFolder,
  openFolderDatabase,
  openPostgresDatabase,
  openStore,
} from '@hefu/service'
import type { Agency } from '../home/agency-file.ts'
import { pathsOf } from '../home/agency-home.ts'
import { createJournal, type Journal } from './journal.ts'
import { JOURNAL, type JournalSchema } from './schema.ts'

/**
 * Takes the folder for this process and opens its journal: in `journal/`, or in PostgreSQL when a
 * `databaseUrl` is given.
 *
 * @throws {StorageError} `folder-in-use`, `folder-unwritable`, `store-in-use`, `store-newer`, `database-unreachable`
 * @throws {IssuerError} `journal-foreign`
 */
export async function openJournal(
  home: string,
  agency: Agency,
  databaseUrl: string | undefined,
): Promise<Journal> {
  const held = await holdFolder(home)
  try {
    const database = await openDatabase(held, databaseUrl)
    try {
      const store = await openStore<JournalSchema>(database, JOURNAL)
      const journal = await createJournal(store, agency.agency, identityOf(agency.network), suite)
      const close = async (): Promise<void> => {
        await store.close()
        await database.close().finally(held.release)
      }
      return { ...journal, close }
    } catch (error) {
      await database.close()
      throw error
    }
  } catch (error) {
    await held.release()
    throw error
  }
}

async function openDatabase(held: HeldFolder, url: string | undefined): Promise<Database> {
  if (url !== undefined && url !== '') return openPostgresDatabase(url)
  return openFolderDatabase(held, basename(pathsOf(held.path).journal))
}
