/** The settings of what is kept, where, how long, and who sees plain values. */
import {
  isAcr,
  isPostgresUrl,
  optional,
  preset,
  type SecondFactor,
  type SettingsOf,
  wholeNumber,
} from '@hefu/service'
import type { RetentionTerms } from './retention.ts'
import { DEFAULT_RETENTION } from './retention.ts'
import { LEAST_RETENTION_DAYS } from './schema.ts'

export interface RecordConfiguration {
  /** URL of a PostgreSQL that several processes share. Absent: a folder beside the key file, named after it. */
  readonly database: string | undefined
  readonly readingDays: number
  readonly reportDays: number
  readonly secondFactorAcr: string
  readonly secondFactorSeconds: number
}

/** As the issuer of tokens is asked to say it, unless it is configured. */
export const DEFAULT_SECOND_FACTOR: SecondFactor = {
  acr: 'urn:hefu:acr:second-factor',
  maxAgeSeconds: 900,
}

const MOST_DAYS = 36_500
const DAYS = wholeNumber(LEAST_RETENTION_DAYS, MOST_DAYS, {
  zh: `${LEAST_RETENTION_DAYS} 至 ${MOST_DAYS} 的天数`,
  en: `a number of days from ${LEAST_RETENTION_DAYS} to ${MOST_DAYS}`,
})

export const RECORD_SETTINGS: SettingsOf<RecordConfiguration> = {
  database: optional('HEFU_DATABASE', {
    expected: {
      zh: 'PostgreSQL 地址（postgres://…）',
      en: 'the URL of a PostgreSQL database (postgres://…)',
    },
    parse: (given) => (isPostgresUrl(given) && URL.canParse(given) ? given : null),
  }),
  readingDays: preset('HEFU_READING_DAYS', DAYS, DEFAULT_RETENTION.readingDays),
  reportDays: preset('HEFU_REPORT_DAYS', DAYS, DEFAULT_RETENTION.reportDays),
  secondFactorAcr: preset(
    'HEFU_SECOND_FACTOR_ACR',
    {
      expected: { zh: '1 至 256 个可见 ASCII 字符', en: '1 to 256 visible ASCII characters' },
      parse: (given) => (isAcr(given) ? given : null),
    },
    DEFAULT_SECOND_FACTOR.acr,
  ),
  secondFactorSeconds: preset(
    'HEFU_SECOND_FACTOR_SECONDS',
    wholeNumber(1, 86_400, { zh: '1 至 86400 的秒数', en: 'a number of seconds from 1 to 86,400' }),
    DEFAULT_SECOND_FACTOR.maxAgeSeconds,
  ),
}

/** What the settings say, as the service takes it. */
export function recordOptions({
  readingDays,
  reportDays,
  secondFactorAcr,
  secondFactorSeconds,
}: RecordConfiguration): { readonly retention: RetentionTerms; readonly secondFactor: SecondFactor } {
  return {
    retention: { readingDays, reportDays },
    secondFactor: { acr: secondFactorAcr, maxAgeSeconds: secondFactorSeconds },
  }
}

/** Where a store is kept unless it is said: beside the key file and named after it. */
export function storeBeside(keyPath: string): string {
  return `${keyPath.replace(/\.json$/, '')}.store`
}
