/** What an operator does beside the service, by the same environment (README.md). */
import { writeFile } from 'node:fs/promises'
import { encodeKeyFile } from '@hefu/protocol'
import {
  createSealingKeyFile,
  type Environment,
  readClock,
  readConfiguration,
  readKeyFile,
  readPassphrase,
  reasonOf,
  SECRET_MODE,
} from '@hefu/service'
import { closeAccess } from './access/access.ts'
import { openAccess } from './access/access-settings.ts'
import { resealBatches } from './batch/reseal-batches.ts'
import type { Operations } from './command/session.ts'
import { SETTINGS, type VerifierConfiguration } from './configuration.ts'
import { VerifierStartError } from './error/start-error.ts'
import { assertListenable } from './listening-addresses.ts'
import { readNetworkFile } from './network-file.ts'
import { readProvinceServices } from './provinces/service-table.ts'
import { assertReplicaPlace } from './replica/check-place.ts'
import { openReportKey } from './report-key.ts'
import { beside } from './source.ts'
import { openDepositOptions } from './store/deposit-settings.ts'
import { resealDeposits } from './store/deposits.ts'
import { createKeyHistory, endKey } from './store/key-history.ts'
import { assertMakeable } from './store/makeable-folder.ts'
import { lookIntoPostgres, openVerifierStore, type VerifierStore } from './store/open-store.ts'
import { storeBeside } from './store/record-settings.ts'
import { VERIFIER_STORE } from './store/schema.ts'

/** Each reads the configuration anew. */
export function createOperations(env: Environment): Operations {
  const configured = (): VerifierConfiguration => readConfiguration(SETTINGS, env)
  return {
    check: async () => check(configured()),
    keys: async () => withStore(configured(), ({ db }) => createKeyHistory(db, readClock).list()),
    endKey: async (kid) => withStore(configured(), ({ db }) => endKey(db, kid, readClock())),
    makeDepositKey: async (path) => makeDepositKey(configured(), path),
    resealDeposits: async () => resealAll(configured()),
  }
}

/** Whatever the service would not start with, and nothing is opened that a service may hold. */
async function check(configuration: VerifierConfiguration): Promise<void> {
  const { keyPath, replica, database } = configuration
  const network = await readNetworkFile(configuration.networkPath)
  const keyFile = await readKeyFile(keyPath)
  const passphrase = await readPassphrase(configuration.passphrase)
  await openReportKey(keyFile, passphrase)
  await openDepositOptions(configuration, passphrase)
  if (configuration.provincesPath !== undefined) await readProvinceServices(configuration.provincesPath)
  await closeAccess(await openAccess(configuration))
  await assertListenable(configuration)
  if (database === undefined) await assertMakeable(storeBeside(keyPath))
  else await lookIntoPostgres(database, VERIFIER_STORE)
  await assertReplicaPlace(replica ?? beside(keyPath), network)
}

/** Under the service's passphrase; a service uses it once `HEFU_DEPOSIT_KEYS` names it. */
async function makeDepositKey({ passphrase }: VerifierConfiguration, path: string): Promise<string> {
  const file = await createSealingKeyFile(await readPassphrase(passphrase))
  try {
    await writeFile(path, `${encodeKeyFile(file)}\n`, { flag: 'wx', mode: SECRET_MODE, flush: true })
  } catch (error) {
    throw new VerifierStartError('key-file-there', `${path} (${reasonOf(error)})`, { cause: error })
  }
  return file.name
}

async function resealAll(configuration: VerifierConfiguration): Promise<number> {
  const options = await openDepositOptions(configuration, await readPassphrase(configuration.passphrase))
  if (options === undefined) throw new VerifierStartError('no-deposit-keys', '')
  return await withStore(configuration, async (store) => {
    const deposits = await resealDeposits(store, options.keys)
    return deposits + (await resealBatches(store, options.keys))
  })
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
