/** The settings of deposits: under which keys they are sealed, for how long and how many. */
import {
  openSealingKey,
  optional,
  preset,
  readKeyFile,
  type SealingKey,
  type SettingsOf,
  wholeNumber,
} from '@hefu/service'
import type { DepositKeys } from './deposit-seal.ts'
import type { DepositBounds } from './deposits.ts'

export interface DepositConfiguration {
  /** Paths of key files, the first of which seals. Absent: nothing is taken in deposit. */
  readonly depositKeyPaths: readonly string[] | undefined
  readonly depositDays: number
  readonly mostDepositsOfClient: number
  readonly mostDeposits: number
}

/** What a service needs to take deposits. */
export interface DepositOptions {
  readonly keys: DepositKeys
  readonly bounds: DepositBounds
  /** Term of an agency's deposit; a holder's is ten minutes. */
  readonly days: number
}

const MOST_KEYS = 8
const COUNT = wholeNumber(1, 1_000_000_000, { zh: '正整数', en: 'a whole number, at least 1' })

export const DEPOSIT_SETTINGS: SettingsOf<DepositConfiguration> = {
  depositKeyPaths: optional('HEFU_DEPOSIT_KEYS', {
    expected: {
      zh: '以逗号分隔的 1 至 8 个密钥文件路径',
      en: 'paths of 1 to 8 key files with commas between them',
    },
    parse: (given) => {
      const paths = given.split(',').map((path) => path.trim())
      return paths.length <= MOST_KEYS && paths.every((path) => path !== '') ? paths : null
    },
  }),
  depositDays: preset(
    'HEFU_DEPOSIT_DAYS',
    wholeNumber(1, 36_500, { zh: '1 至 36500 的天数', en: 'a number of days from 1 to 36,500' }),
    1_095,
  ),
  mostDepositsOfClient: preset('HEFU_MOST_DEPOSITS_OF_CLIENT', COUNT, 1_000_000),
  mostDeposits: preset('HEFU_MOST_DEPOSITS', COUNT, 10_000_000),
}

/**
 * Opens what the settings name; `undefined`: nothing is taken in deposit.
 *
 * @throws {KeyError}
 */
export async function openDepositOptions(
  { depositKeyPaths, depositDays, mostDepositsOfClient, mostDeposits }: DepositConfiguration,
  passphrase: string,
): Promise<DepositOptions | undefined> {
  const [first, ...others] = depositKeyPaths ?? []
  if (first === undefined) return undefined
  const open = async (path: string): Promise<SealingKey> =>
    openSealingKey(await readKeyFile(path), passphrase)
  return {
    keys: [await open(first), ...(await Promise.all(others.map(open)))],
    bounds: { mostOfClient: mostDepositsOfClient, mostInAll: mostDeposits },
    days: depositDays,
  }
}
