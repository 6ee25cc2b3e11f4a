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

/** Settings that hold together only. */
type Together = Pick<AccessConfiguration, 'issuer' | 'audience' | 'clientsPath' | 'access'>

/**
 * A whole issuer, or none and in so many words.
 *
 * @throws {VerifierStartError} `no-issuer`, `half-issuer`, `issuer-and-unguarded`
 */
export function assertWholeAccess({ issuer, audience, clientsPath, access }: Together): void {
  const given = [issuer, audience, clientsPath].filter((value) => value !== undefined).length
  if (access === 'unguarded') {
    if (given > 0) throw new VerifierStartError('issuer-and-unguarded', '')
    return
  }
  if (given === 0) throw new VerifierStartError('no-issuer', '')
  if (given < 3) throw new VerifierStartError('half-issuer', '')
}

/**
 * What the settings say together; nothing is opened that others have to do with.
 *
 * @throws {VerifierStartError} as {@link assertWholeAccess}; `bad-clients`
 */
export async function readAccess(configuration: AccessConfiguration): Promise<Access> {
  assertWholeAccess(configuration)
  const { issuer, audience, clientsPath, proxies, proxyHeader } = configuration
  if (issuer === undefined || audience === undefined || clientsPath === undefined) return 'unguarded'
  const clients = await readClientTable(clientsPath)
  const quota = createMemoryQuota()
  return { issuer, audience, clients, quota, proxies: { addresses: proxies, header: proxyHeader } }
}

/**
 * What the settings say together, ready to let in.
 *
 * @param onFault hears why requests cannot be counted together with other processes' at first
 * @throws {VerifierStartError} as {@link readAccess}
 * @throws {StorageError} `database-unreachable` where the database of counts refuses this service
 */
export async function openAccess(
  configuration: AccessConfiguration,
  onFault: (fault: unknown) => void,
): Promise<Access> {
  const access = await readAccess(configuration)
  const { quotaDatabase } = configuration
  if (access === 'unguarded' || quotaDatabase === undefined) return access
  return { ...access, quota: await openSharedQuota(quotaDatabase, onFault) }
}
