/** What an operator does beside the service, by the same environment (README.md). */
import {
  type Environment,
  openPostgresDatabase,
  readClock,
  readConfiguration,
  readKeyFile,
  readPassphrase,
  StorageError,
} from '@hefu/service'
import { sql } from 'kysely'
import { closeAccess } from './access/access.ts'
import { openAccess } from './access/access-settings.ts'
import type { Operations } from './command/session.ts'
import { SETTINGS, type VerifierConfiguration } from './configuration.ts'
import { readNetworkFile } from './network-file.ts'
import { openReportKey } from './report-key.ts'
import { createKeyHistory, endKey } from './store/key-history.ts'
import { openVerifierStore, POSTGRES_PATIENCE, type VerifierStore } from './store/open-store.ts'
import { storeBeside } from './store/record-settings.ts'

/** Each reads the configuration anew. */
export function createOperations(env: Environment): Operations {
  const configured = (): VerifierConfiguration => readConfiguration(SETTINGS, env)
  return {
    check: async () => check(configured()),
    keys: async () => withStore(configured(), ({ db }) => createKeyHistory(db, readClock).list()),
    endKey: async (kid) => withStore(configured(), ({ db }) => endKey(db, kid, readClock())),
  }
}

/** Whatever the service would not start with, and nothing is opened that a service may hold. */
async function check(configuration: VerifierConfiguration): Promise<void> {
  await readNetworkFile(configuration.networkPath)
  const keyFile = await readKeyFile(configuration.keyPath)
  await openReportKey(keyFile, await readPassphrase(configuration.passphrase))
  await closeAccess(await openAccess(configuration))
  if (configuration.database !== undefined) await assertAnswers(configuration.database)
}

/** @throws {StorageError} `database-unreachable` */
async function assertAnswers(url: string): Promise<void> {
  const database = openPostgresDatabase(url, POSTGRES_PATIENCE)
  try {
    await sql`select 1`.execute(database.db)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    throw new StorageError('database-unreachable', { zh: '核验库', en: 'the verifier’s store' }, code, {
      cause,
    })
  } finally {
    await database.close()
  }
}

async function withStore<T>(
  { database, keyPath }: VerifierConfiguration,
  work: (store: VerifierStore) => Promise<T>,
): Promise<T> {
  const store = await openVerifierStore(database ?? storeBeside(keyPath))
  try {
    const result = await work(store)
    await store.flush()
    return result
  } finally {
    await store.close()
  }
}
