/** `hefu-verifier`: what an operator does beside the service, by the same environment (README.md). */
import { writeFile } from 'node:fs/promises'
import { encodeKeyFile } from '@hefu/protocol'
import {
  createSealingKeyFile,
  ExplainedError,
  openPostgresDatabase,
  readClock,
  readConfiguration,
  readKeyFile,
  readPassphrase,
  reasonOf,
  SECRET_MODE,
  StorageError,
} from '@hefu/service'
import { sql } from 'kysely'
import { closeAccess } from './access/access.ts'
import { openAccess } from './access/access-settings.ts'
import { SETTINGS, type VerifierConfiguration } from './configuration.ts'
import { VerifierStartError } from './error/start-error.ts'
import { readNetworkFile } from './network-file.ts'
import { readProvinceServices } from './provinces/service-table.ts'
import { openReportKey } from './report-key.ts'
import { openDepositOptions } from './store/deposit-settings.ts'
import { resealDeposits } from './store/deposits.ts'
import { createKeyHistory, endKey } from './store/key-history.ts'
import { openVerifierStore, type VerifierStore } from './store/open-store.ts'
import { storeBeside } from './store/record-settings.ts'

const HELP = `核验服务的运维命令，环境变量与服务相同
hefu-verifier: what an operator does beside the service, by the same environment

check                   核对配置，不改动任何内容 · reads the configuration and what it names, and changes nothing
keys                    列出历来的签名密钥 · lists the keys that reports were ever signed with
end-key <kid>           停用一个签名密钥，不可撤回 · ends the term of a key, for good
new-deposit-key <path>  新建加密所存证照的密钥文件 · makes a key file that deposits are sealed under
reseal-deposits         以第一个密钥重新加密各份证照的密钥 · seals what is deposited under the first of HEFU_DEPOSIT_KEYS
`

type Command = (configuration: VerifierConfiguration, argument: string) => Promise<void>

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['check', check],
  ['keys', listKeys],
  ['end-key', endTerm],
  ['new-deposit-key', makeDepositKey],
  ['reseal-deposits', resealAll],
])

/** A key's thumbprint, a path, or nothing. */
const ARGUMENTS: Readonly<Record<string, RegExp>> = {
  'end-key': /^[A-Za-z0-9_-]{43}$/,
  'new-deposit-key': /./,
}
const NO_ARGUMENT = /^$/

process.exitCode = await run(process.argv.slice(2))

async function run([name = '', argument = '', ...more]: readonly string[]): Promise<number> {
  const command = COMMANDS.get(name)
  const isCalledRight = more.length === 0 && (ARGUMENTS[name] ?? NO_ARGUMENT).test(argument)
  if (command === undefined || !isCalledRight) {
    process.stderr.write(HELP)
    return 2
  }
  try {
    await command(readConfiguration(SETTINGS, process.env), argument)
    return 0
  } catch (error) {
    if (!(error instanceof ExplainedError)) throw error
    process.stderr.write(`${error.says.zh}\n${error.says.en}\n`)
    return 1
  }
}

/** Whatever the service would not start with, and nothing is opened that a service may hold. */
async function check(configuration: VerifierConfiguration): Promise<void> {
  await readNetworkFile(configuration.networkPath)
  const keyFile = await readKeyFile(configuration.keyPath)
  const passphrase = await readPassphrase(configuration.passphrase)
  await openReportKey(keyFile, passphrase)
  await openDepositOptions(configuration, passphrase)
  if (configuration.provincesPath !== undefined) await readProvinceServices(configuration.provincesPath)
  await closeAccess(await openAccess(configuration))
  if (configuration.database !== undefined) await assertAnswers(configuration.database)
  process.stdout.write('配置无误 · The configuration is right\n')
}

/** @throws {StorageError} `database-unreachable` */
async function assertAnswers(url: string): Promise<void> {
  const database = openPostgresDatabase(url)
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

async function listKeys(configuration: VerifierConfiguration): Promise<void> {
  await withStore(configuration, async ({ db }) => {
    for (const { kid, publicJwk, from, until } of await createKeyHistory(db, readClock).list())
      process.stdout.write(`${JSON.stringify({ kid, publicJwk, from, until })}\n`)
  })
}

async function endTerm(configuration: VerifierConfiguration, kid: string): Promise<void> {
  await withStore(configuration, ({ db }) => endKey(db, kid, readClock()))
  process.stdout.write(`已停用密钥 ${kid} · The key’s term has ended\n`)
}

/** Under the service's passphrase; a service uses it once `HEFU_DEPOSIT_KEYS` names it. */
async function makeDepositKey({ passphrase }: VerifierConfiguration, path: string): Promise<void> {
  const file = await createSealingKeyFile(await readPassphrase(passphrase))
  try {
    await writeFile(path, `${encodeKeyFile(file)}\n`, { flag: 'wx', mode: SECRET_MODE, flush: true })
  } catch (error) {
    throw new VerifierStartError('key-file-there', `${path} (${reasonOf(error)})`, { cause: error })
  }
  process.stdout.write(`已新建密钥 ${file.name} · The key is made\n`)
}

async function resealAll(configuration: VerifierConfiguration): Promise<void> {
  const options = await openDepositOptions(configuration, await readPassphrase(configuration.passphrase))
  if (options === undefined) throw new VerifierStartError('no-deposit-keys', '')
  const count = await withStore(configuration, (store) => resealDeposits(store, options.keys))
  process.stdout.write(`已重新加密 ${count} 份 · ${count} are sealed anew\n`)
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
