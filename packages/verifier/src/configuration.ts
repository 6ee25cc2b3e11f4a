/** The service's configuration, from environment variables. */
import {
  listeningSettings,
  optional,
  type PassphraseSource,
  passphraseSetting,
  preset,
  required,
  type SettingsOf,
  text,
  wholeNumber,
} from '@hefu/service'
import { ACCESS_SETTINGS, type AccessConfiguration } from './access/access-settings.ts'
import { BATCH_SETTINGS, type BatchConfiguration } from './batch/batch-settings.ts'
import { DEPOSIT_SETTINGS, type DepositConfiguration } from './store/deposit-settings.ts'
import { RECORD_SETTINGS, type RecordConfiguration } from './store/record-settings.ts'

export interface VerifierConfiguration
  extends AccessConfiguration,
    RecordConfiguration,
    DepositConfiguration,
    BatchConfiguration {
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
}

export const SETTINGS: SettingsOf<VerifierConfiguration> = {
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
  maxLedgerAgeSeconds: optional(
    'HEFU_MAX_LEDGER_AGE_SECONDS',
    wholeNumber(1, 999_999_999, { zh: '正整数秒数', en: 'a whole number of seconds, at least 1' }),
  ),
  provincesPath: optional(
    'HEFU_PROVINCE_SERVICES',
    text({ zh: '他省核验服务配置文件的路径', en: 'the path of a file of other provinces’ services' }),
  ),
  replica: optional(
    'HEFU_REPLICA',
    text({
      zh: '文件夹路径、PostgreSQL 地址或 none',
      en: 'the path of a folder, the URL of a PostgreSQL database, or none',
    }),
  ),
}
