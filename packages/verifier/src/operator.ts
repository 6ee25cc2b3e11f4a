/** What an operator does beside the service, by the same environment (README.md). */
import { writeFile } from 'node:fs/promises'
import { encodeKeyFile } from '@hefu/protocol'
import {
  createSealingKeyFile,
  describeFailure,
  type Environment,
  ExplainedError,
  lookAtIssuer,
  lookIntoSharedQuota,
  pathReason,
  readClock,
  readKeyFile,
  readPassphrase,
  reasonOf,
  SECRET_MODE,
} from '@hefu/service'
import type { Kysely } from 'kysely'
import { readAccess } from './access/access-settings.ts'
import { resealBatches } from './batch/reseal-batches.ts'
import type { Operations } from './command/session.ts'
import { readVerifierConfiguration, type VerifierConfiguration } from './configuration.ts'
import { readConsole, type SignInClient } from './console/console-settings.ts'
import { discoverProvider } from './console/provider.ts'
import { readSampleTray } from './console/sample-tray.ts'
import { VerifierStartError } from './error/start-error.ts'
import { assertListenable } from './listening-addresses.ts'
import { readNetworkFile } from './network-file.ts'
import { readProvinceServices } from './provinces/service-table.ts'
import { assertReplicaPlace } from './replica/check-place.ts'
import { openReportKey } from './report-key.ts'
import { beside } from './source.ts'
import type { DepositKeys } from './store/deposit-seal.ts'
import { openDepositOptions } from './store/deposit-settings.ts'
import { assertNoneSealedOtherwise, resealDeposits } from './store/deposits.ts'
import { createEndedKeyNotes, endedBeside } from './store/ended-keys.ts'
import {
  assertNoEnd,
  createKeyHistory,
  ENDS_AHEAD_SECONDS,
  endKey,
  nameLeftOut,
  readKeys,
} from './store/key-history.ts'
import { createKnownKeyNotes, knownBeside, type NotedKeys } from './store/known-keys.ts'
import { assertMakeable } from './store/makeable-folder.ts'
import { lookIntoPostgres, openVerifierStore, type VerifierStore } from './store/open-store.ts'
import { storeBeside } from './store/record-settings.ts'
import { VERIFIER_STORE, type VerifierSchema } from './store/schema.ts'

/** Each reads the configuration anew. */
export function createOperations(env: Environment): Operations {
  const configured = (): VerifierConfiguration => readVerifierConfiguration(env)
  return {
    check: async () => check(configured()),
    keys: async () => withStore(configured(), ({ db }) => createKeyHistory(db, readClock).list()),
    endKey: async (kid) => endForGood(configured(), kid),
    makeDepositKey: async (path) => makeDepositKey(configured(), path),
    resealDeposits: async () => resealAll(configured()),
  }
}

/** All that the service would not start with, or could not answer with; nothing is opened that a service may hold. */
async function check(configuration: VerifierConfiguration): Promise<readonly ExplainedError[]> {
  const { keyPath, replica, database, quotaDatabase, issuer } = configuration
  const found: ExplainedError[] = []
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof ExplainedError)) throw error
      found.push(error)
      return undefined
    }
  }
  const network = await attempt(() => readNetworkFile(configuration.networkPath))
  const passphrase = await attempt(() => readPassphrase(configuration.passphrase))
  const opened = passphrase !== undefined && (await attempt(() => openKeys(configuration, passphrase)))
  if (configuration.provincesPath !== undefined)
    await attempt(() => readProvinceServices(configuration.provincesPath ?? ''))
  const access = await attempt(() => readAccess(configuration))
  const console = access && (await attempt(() => readConsole(configuration, access)))
  if (configuration.samplesPath !== undefined)
    await attempt(async () => readSampleTray(configuration.samplesPath ?? ''))
  await attempt(() => assertListenable(configuration))
  await attempt(async () => {
    if (database === undefined) await assertMakeable(storeBeside(keyPath))
    else
      await lookIntoPostgres(database, VERIFIER_STORE, async (db) => {
        if (opened) await assertOpens(db, opened)
      })
  })
  if (network !== undefined) await attempt(() => assertReplicaPlace(replica ?? beside(keyPath), network))
  if (quotaDatabase !== undefined) await attempt(() => lookIntoSharedQuota(quotaDatabase))
  if (issuer !== undefined) await attempt(() => assertIssuerAnswers(issuer, console?.signIn))
  return found
}

interface OpenedKeys {
  readonly kid: string
  /** This verifier's keys; `null`: nothing was noted yet. */
  readonly known: NotedKeys | null
  /** `undefined`: nothing is taken in deposit. */
  readonly deposits: DepositKeys | undefined
}

/** @throws {KeyError} {VerifierStartError} */
async function openKeys(configuration: VerifierConfiguration, passphrase: string): Promise<OpenedKeys> {
  const { kid } = await openReportKey(await readKeyFile(configuration.keyPath), passphrase)
  assertNoEnd(await createEndedKeyNotes(endedBeside(configuration.keyPath)).read(), kid)
  const noted = await createKnownKeyNotes(knownBeside(configuration.keyPath)).read()
  const known = noted && new Map([[kid, null], ...noted])
  return { kid, known, deposits: (await openDepositOptions(configuration, passphrase))?.keys }
}

/** @throws {VerifierStartError} `key-ended`, `deposit-key-missing`, `key-altered`, `key-not-known` */
async function assertOpens(db: Kysely<unknown>, { kid, known, deposits }: OpenedKeys): Promise<void> {
  const own = db as Kysely<VerifierSchema>
  const { keys, leftOut, altered } = await readKeys(own, known)
  assertNoEnd(keys, kid)
  if (deposits !== undefined) await assertNoneSealedOtherwise(own, deposits)
  if (altered.length > 0) throw new VerifierStartError('key-altered', altered.join(' '))
  if (leftOut.length > 0) throw new VerifierStartError('key-not-known', leftOut.map(nameLeftOut).join(' '))
}

/** @throws {VerifierStartError} `issuer-silent`, `issuer-without-sign-in` */
async function assertIssuerAnswers(issuer: string, signIn: SignInClient | undefined): Promise<void> {
  await lookAtIssuer(issuer).catch(explainAs('issuer-silent'))
  if (signIn === undefined) return
  await discoverProvider({ issuer, audience: '', ...signIn }).catch(explainAs('issuer-without-sign-in'))
}

function explainAs(code: 'issuer-silent' | 'issuer-without-sign-in'): (error: unknown) => never {
  return (error) => {
    const { code: reason = reasonOf(error) } = describeFailure(error)
    throw new VerifierStartError(code, reason, { cause: error })
  }
}

/** In the store, and noted beside the key file. */
async function endForGood(configuration: VerifierConfiguration, kid: string): Promise<number> {
  const until = readClock() + ENDS_AHEAD_SECONDS
  await withStore(configuration, ({ db }) => endKey(db, kid, until))
  await createEndedKeyNotes(endedBeside(configuration.keyPath)).note([{ kid, until }])
  return until
}

/** Under the service's passphrase; a service uses it once `HEFU_DEPOSIT_KEYS` names it. */
async function makeDepositKey({ passphrase }: VerifierConfiguration, path: string): Promise<string> {
  const file = await createSealingKeyFile(await readPassphrase(passphrase))
  try {
    await writeFile(path, `${encodeKeyFile(file)}\n`, { flag: 'wx', mode: SECRET_MODE, flush: true })
  } catch (error) {
    throw new VerifierStartError('key-file-there', pathReason(path, error), { cause: error })
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
