/** The settings of who is let in. */
import {
  createMemoryQuota,
  type ForwardingHeader,
  isIssuerAddress,
  isOrigin,
  isProxyAddress,
  type Kind,
  openSharedQuota,
  optional,
  preset,
  type Quota,
  type SettingsOf,
  text,
} from '@hefu/service'
import { VerifierStartError } from '../error/start-error.ts'
import type { Access } from './access.ts'
import { readClientTable } from './client-table.ts'

export interface AccessConfiguration {
  /** Address of the OpenID provider whose tokens count. */
  readonly issuer: string | undefined
  /** How its tokens name this service. */
  readonly audience: string | undefined
  /** Path of the file of clients. */
  readonly clientsPath: string | undefined
  readonly access: 'guarded' | 'unguarded'
  /** URL of the PostgreSQL in which several processes count together. */
  readonly quotaDatabase: string | undefined
  readonly origins: readonly string[]
  readonly proxies: readonly string[]
  readonly proxyHeader: ForwardingHeader
}

export const ACCESS_SETTINGS: SettingsOf<AccessConfiguration> = {
  issuer: optional('HEFU_ISSUER', {
    expected: {
      zh: 'https 地址（本机可用 http），不含用户、查询和片段',
      en: 'an https address (http on the same machine), without user, query and fragment',
    },
    parse: (given) => (isIssuerAddress(given) ? given : null),
  }),
  audience: optional('HEFU_AUDIENCE', {
    expected: { zh: '1 至 256 个可见 ASCII 字符', en: '1 to 256 visible ASCII characters' },
    parse: (given) => (/^[\x21-\x7e]{1,256}$/.test(given) ? given : null),
  }),
  clientsPath: optional(
    'HEFU_CLIENTS',
    text({ zh: '客户端登记文件的路径', en: 'the path of a file of clients' }),
  ),
  access: preset('HEFU_ACCESS', oneOf(['guarded', 'unguarded']), 'guarded'),
  quotaDatabase: optional('HEFU_QUOTA_DATABASE', {
    expected: {
      zh: 'PostgreSQL 地址（postgres://…）',
      en: 'the URL of a PostgreSQL database (postgres://…)',
    },
    parse: (given) => (/^postgres(ql)?:\/\//.test(given) ? given : null),
  }),
  origins: preset(
    'HEFU_ORIGINS',
    listOf(isOrigin, {
      zh: '以逗号分隔的来源（如 https://example.org，不含路径和末尾斜杠）',
      en: 'origins with commas between them, such as https://example.org, without path or final slash',
    }),
    [],
  ),
  proxies: preset(
    'HEFU_PROXIES',
    listOf(isProxyAddress, {
      zh: '以逗号分隔的 IP 地址或网段',
      en: 'IP addresses or networks with commas between them',
    }),
    [],
  ),
  proxyHeader: preset('HEFU_PROXY_HEADER', oneOf(['forwarded', 'x-forwarded-for']), 'x-forwarded-for'),
}

function oneOf<Value extends string>(values: readonly Value[]): Kind<Value> {
  return {
    expected: { zh: values.join(' 或 '), en: values.join(' or ') },
    parse: (given) => values.find((value) => value === given) ?? null,
  }
}

function listOf(
  isOne: (text: string) => boolean,
  expected: Kind<unknown>['expected'],
): Kind<readonly string[]> {
  return {
    expected,
    parse: (given) => {
      const all = given.split(',').map((entry) => entry.trim())
      return all.every(isOne) ? all : null
    },
  }
}

/**
 * What the settings say together: a whole issuer, or none and in so many words.
 *
 * @throws {VerifierStartError} `no-issuer`, `half-issuer`, `issuer-and-unguarded`, `bad-clients`, `quota-database`
 */
export async function openAccess(configuration: AccessConfiguration): Promise<Access> {
  const { issuer, audience, clientsPath, quotaDatabase, proxies, proxyHeader } = configuration
  const given = [issuer, audience, clientsPath].filter((value) => value !== undefined).length
  if (configuration.access === 'unguarded') {
    if (given > 0) throw new VerifierStartError('issuer-and-unguarded', '')
    return 'unguarded'
  }
  if (given === 0) throw new VerifierStartError('no-issuer', '')
  if (issuer === undefined || audience === undefined || clientsPath === undefined) {
    throw new VerifierStartError('half-issuer', '')
  }
  const clients = await readClientTable(clientsPath)
  const quota = quotaDatabase === undefined ? createMemoryQuota() : await openQuota(quotaDatabase)
  return { issuer, audience, clients, quota, proxies: { addresses: proxies, header: proxyHeader } }
}

/** The driver's words may hold the URL with its password, and stay out. */
async function openQuota(url: string): Promise<Quota> {
  try {
    return await openSharedQuota(url)
  } catch (cause) {
    throw new VerifierStartError('quota-database', '', { cause })
  }
}
