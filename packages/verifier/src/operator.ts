/** `hefu-verifier`: what an operator does beside the service, by the same environment (README.md). */
import {
  ExplainedError,
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
import { SETTINGS, type VerifierConfiguration } from './configuration.ts'
import { readNetworkFile } from './network-file.ts'
import { openReportKey } from './report-key.ts'
import { createKeyHistory, endKey } from './store/key-history.ts'
import { openVerifierStore, type VerifierStore } from './store/open-store.ts'
import { storeBeside } from './store/record-settings.ts'

const HELP = `核验服务的运维命令，环境变量与服务相同
hefu-verifier: what an operator does beside the service, by the same environment

check          核对配置，不改动任何内容 · reads the configuration and what it names, and changes nothing
keys           列出历来的签名密钥 · lists the keys that reports were ever signed with
end-key <kid>  停用一个签名密钥，不可撤回 · ends the term of a key, for good
`

type Command = (configuration: VerifierConfiguration, argument: string) => Promise<void>

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['check', check],
  ['keys', listKeys],
  ['end-key', endTerm],
])

/** A key's thumbprint, or nothing. */
const ARGUMENT = /^[A-Za-z0-9_-]{43}$/

process.exitCode = await run(process.argv.slice(2))

async function run([name = '', argument = '', ...more]: readonly string[]): Promise<number> {
  const command = COMMANDS.get(name)
  const isCalledRight = more.length === 0 && (name === 'end-key' ? ARGUMENT.test(argument) : argument === '')
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
  await openReportKey(keyFile, await readPassphrase(configuration.passphrase))
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
