/** The service's configuration, from environment variables. */
import type { Bilingual } from '@hefu/protocol'
import {
  ConfigurationError,
  type Environment,
  listeningSettings,
  optional,
  type PassphraseSource,
  passphraseSetting,
  preset,
  readConfiguration,
  required,
  type SettingsOf,
  text,
  wholeNumber,
} from '@hefu/service'
import { ACCESS_SETTINGS, type AccessConfiguration, assertWholeAccess } from './access/access-settings.ts'
import { BATCH_SETTINGS, type BatchConfiguration } from './batch/batch-settings.ts'
import {
  assertWholeConsole,
  CONSOLE_SETTINGS,
  type ConsoleConfiguration,
} from './console/console-settings.ts'
import { VerifierStartError } from './error/start-error.ts'
import { DEPOSIT_SETTINGS, type DepositConfiguration } from './store/deposit-settings.ts'
import { RECORD_SETTINGS, type RecordConfiguration } from './store/record-settings.ts'

export interface VerifierConfiguration
  extends AccessConfiguration,
    RecordConfiguration,
    DepositConfiguration,
    BatchConfiguration,
    ConsoleConfiguration {
  /** Path of the network file. */
  readonly networkPath: string
  /** Path of the verifier's key file. */
  readonly keyPath: string
  readonly passphrase: PassphraseSource
  readonly host: string
  readonly port: number
  /** Where the numbers for operators are read; no port: nowhere. */
  readonly metricsHost: string
  readonly metricsPort: number | undefined
  readonly maxLedgerAgeSeconds: number | undefined
  /**
   * Folder, or URL of a PostgreSQL database, of a replica; `none`: the nodes are asked at each verification. Absent: a
   * folder beside the key file, named after it.
   */
  readonly replica: string | undefined
  /** Path of the file of other provinces' services. */
  readonly provincesPath: string | undefined
  /** Folder of the sample licences that the console shows who tries it. */
  readonly samplesPath: string | undefined
}

export const VERIFIER_SETTINGS: SettingsOf<VerifierConfiguration> = {
  networkPath: required(
    'HEFU_NETWORK',
    text({ zh: '互认链连接配置文件的路径', en: 'the path of a network file' }),
  ),
  keyPath: required(
    'HEFU_VERIFIER_KEY',
    text({ zh: '核验方密钥文件的路径', en: 'the path of a verifier key file' }),
  ),
  passphrase: passphraseSetting,
  ...listeningSettings(8470),
  ...ACCESS_SETTINGS,
  ...RECORD_SETTINGS,
  metricsHost: preset(
    'HEFU_METRICS_HOST',
    text({ zh: '监听地址', en: 'an address to listen on' }),
    '127.0.0.1',
  ),
  metricsPort: optional(
    'HEFU_METRICS_PORT',
    wholeNumber(0, 65_535, { zh: '端口号（0 至 65535）', en: 'a port from 0 to 65535' }),
  ),
  ...DEPOSIT_SETTINGS,
  ...BATCH_SETTINGS,
  ...CONSOLE_SETTINGS,
  maxLedgerAgeSeconds: optional(
    'HEFU_MAX_LEDGER_AGE_SECONDS',
    wholeNumber(1, 999_999_999, {
      zh: '1 至 999999999 的整数秒数',
      en: 'a whole number of seconds from 1 to 999,999,999',
    }),
  ),
  provincesPath: optional(
    'HEFU_PROVINCE_SERVICES',
    text({ zh: '他省核验服务配置文件的路径', en: 'the path of a file of other provinces’ services' }),
  ),
  samplesPath: optional(
    'HEFU_CONSOLE_SAMPLES',
    text({ zh: '示例证照文件夹的路径', en: 'the path of a folder of sample licences' }),
  ),
  replica: optional(
    'HEFU_REPLICA',
    text({
      zh: '文件夹路径、PostgreSQL 地址或 none',
      en: 'the path of a folder, the URL of a PostgreSQL database, or none',
    }),
  ),
}

/**
 * The service's configuration, with all that is wrong with it at once: also where variables hold together only.
 *
 * @throws {ConfigurationError}
 */
export function readVerifierConfiguration(environment: Environment): VerifierConfiguration {
  try {
    return readConfiguration(VERIFIER_SETTINGS, environment)
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    const together = defectsTogether(environment)
    throw together.length === 0 ? error : new ConfigurationError([...error.defects, ...together])
  }
}

/** Of the variables as they stand: which of them is wrong in itself is said beside it. */
function defectsTogether(environment: Environment): readonly Bilingual[] {
  const access = environment['HEFU_ACCESS'] === 'unguarded' ? 'unguarded' : 'guarded'
  const given = (name: string): string | undefined => environment[name] || undefined
  const checks = [
    () =>
      assertWholeAccess({
        issuer: given('HEFU_ISSUER'),
        audience: given('HEFU_AUDIENCE'),
        clientsPath: given('HEFU_CLIENTS'),
        access,
      }),
    () =>
      assertWholeConsole({
        consoleOrigin: given('HEFU_CONSOLE_ORIGIN'),
        consoleClient: given('HEFU_CONSOLE_CLIENT'),
        consoleSecretPath: given('HEFU_CONSOLE_SECRET_FILE'),
        access,
      }),
  ]
  return checks.flatMap(defectOf)
}

function defectOf(check: () => void): readonly Bilingual[] {
  try {
    check()
    return []
  } catch (error) {
    if (error instanceof VerifierStartError) return [error.says]
    throw error
  }
}
