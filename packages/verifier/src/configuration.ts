/** The service's configuration, from environment variables. */
import { z } from 'zod'
import { VerifierStartError } from './start-error.ts'

export interface VerifierConfiguration {
  /** Path of the network file. */
  readonly networkPath: string
  /** Path of the verifier's key file. */
  readonly keyPath: string
  readonly passphrase: { readonly text: string } | { readonly path: string }
  readonly host: string
  readonly port: number
  readonly maxLedgerAgeSeconds: number | undefined
}

const wholeNumber = z
  .string()
  .regex(/^[0-9]{1,9}$/)
  .transform(Number)

const environmentSchema = z.object({
  HEFU_NETWORK: z.string().min(1),
  HEFU_VERIFIER_KEY: z.string().min(1),
  HEFU_PASSPHRASE: z.string().min(1).optional(),
  HEFU_PASSPHRASE_FILE: z.string().min(1).optional(),
  HEFU_HOST: z.string().min(1).default('127.0.0.1'),
  HEFU_PORT: wholeNumber.pipe(z.int().min(0).max(65_535)).default(8470),
  HEFU_MAX_LEDGER_AGE_SECONDS: wholeNumber.pipe(z.int().min(1)).optional(),
})

type Variable = keyof typeof environmentSchema.shape

const EXPECTED: Readonly<Record<Variable, string>> = {
  HEFU_NETWORK: '互认链连接配置文件的路径 the path of a network file',
  HEFU_VERIFIER_KEY: '核验方密钥文件的路径 the path of a verifier key file',
  HEFU_PASSPHRASE: '非空口令 a passphrase that is not empty',
  HEFU_PASSPHRASE_FILE: '口令文件的路径 the path of a file that holds the passphrase',
  HEFU_HOST: '监听地址 an address to listen on',
  HEFU_PORT: '0 至 65535 的端口号 a port from 0 to 65535',
  HEFU_MAX_LEDGER_AGE_SECONDS: '正整数秒数 a whole number of seconds, at least 1',
}

/**
 * Reads the variables; their values are never repeated, one of them is a secret.
 *
 * @throws {VerifierStartError} `bad-configuration` with one sentence for every bad variable
 */
export function parseConfiguration(environment: NodeJS.ProcessEnv): VerifierConfiguration {
  const parsed = environmentSchema.safeParse(environment)
  if (!parsed.success) {
    const names = new Set(parsed.error.issues.map((issue) => issue.path[0] as Variable))
    throw badConfiguration([...names].map((name) => `${name} 应为 must be ${EXPECTED[name]}`))
  }
  const { data } = parsed
  return {
    networkPath: data.HEFU_NETWORK,
    keyPath: data.HEFU_VERIFIER_KEY,
    passphrase: choosePassphrase(data.HEFU_PASSPHRASE, data.HEFU_PASSPHRASE_FILE),
    host: data.HEFU_HOST,
    port: data.HEFU_PORT,
    maxLedgerAgeSeconds: data.HEFU_MAX_LEDGER_AGE_SECONDS,
  }
}

function choosePassphrase(
  text: string | undefined,
  path: string | undefined,
): VerifierConfiguration['passphrase'] {
  if (text !== undefined && path === undefined) return { text }
  if (path !== undefined && text === undefined) return { path }
  throw badConfiguration([
    'HEFU_PASSPHRASE 与 HEFU_PASSPHRASE_FILE 须且只须设置一个 set exactly one of the two',
  ])
}

function badConfiguration(sentences: readonly string[]): VerifierStartError {
  return new VerifierStartError('bad-configuration', sentences.join('; '))
}
