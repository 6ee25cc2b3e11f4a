/** The settings of the console: at which address it is, and by which client its people sign in. */
import { readFile } from 'node:fs/promises'
import { isOrigin, optional, pathReason, preset, type SettingsOf, text, wholeNumber } from '@hefu/service'
import type { Access } from '../access/access.ts'
import { VerifierStartError } from '../error/start-error.ts'
import type { SessionTerms } from './sessions.ts'

export interface ConsoleConfiguration {
  /** Of the pages, as browsers write it. */
  readonly consoleOrigin: string | undefined
  /** The client that people sign in by. */
  readonly consoleClient: string | undefined
  /** Path of the file of its secret. */
  readonly consoleSecretPath: string | undefined
  readonly consoleIdleSeconds: number
  readonly consoleSessionSeconds: number
}

export const DEFAULT_TERMS: SessionTerms = { idleSeconds: 900, sessionSeconds: 43_200 }

const seconds = (least: number, most: number) =>
  wholeNumber(least, most, {
    zh: `${least} 至 ${most} 的秒数`,
    en: `a number of seconds from ${least} to ${most}`,
  })

export const CONSOLE_SETTINGS: SettingsOf<ConsoleConfiguration> = {
  consoleOrigin: optional('HEFU_CONSOLE_ORIGIN', {
    expected: {
      zh: '来源（如 https://verifier.example，本机可用 http；不含路径和末尾斜杠）',
      en: 'an origin such as https://verifier.example (http on the same machine), without path or final slash',
    },
    parse: (given) => (isOrigin(given) ? given : null),
  }),
  consoleClient: optional('HEFU_CONSOLE_CLIENT', {
    expected: { zh: '1 至 128 个可见 ASCII 字符', en: '1 to 128 visible ASCII characters' },
    parse: (given) => (/^[\x21-\x7e]{1,128}$/.test(given) ? given : null),
  }),
  consoleSecretPath: optional(
    'HEFU_CONSOLE_SECRET_FILE',
    text({ zh: '客户端密钥文件的路径', en: 'the path of a file with the secret of the client' }),
  ),
  consoleIdleSeconds: preset('HEFU_CONSOLE_IDLE_SECONDS', seconds(60, 86_400), DEFAULT_TERMS.idleSeconds),
  consoleSessionSeconds: preset(
    'HEFU_CONSOLE_SESSION_SECONDS',
    seconds(300, 86_400),
    DEFAULT_TERMS.sessionSeconds,
  ),
}

/** By which people sign in. */
export interface SignInClient {
  readonly origin: string
  readonly clientId: string
  /** A secret. */
  readonly secret: string
}

export interface ConsoleOptions {
  /** Absent: nobody signs in here. */
  readonly signIn?: SignInClient | undefined
  readonly terms?: SessionTerms
  /** Folder of the page’s files. Default: where they are built. */
  readonly folder?: string
}

/** Settings that hold together only. */
type Together = Pick<ConsoleConfiguration, 'consoleOrigin' | 'consoleClient' | 'consoleSecretPath'> & {
  readonly access: 'guarded' | 'unguarded'
}

/**
 * A whole console, or none.
 *
 * @throws {VerifierStartError} `half-console`, `console-and-unguarded`
 */
export function assertWholeConsole(settings: Together): void {
  const { consoleOrigin, consoleClient, consoleSecretPath, access } = settings
  const given = [consoleOrigin, consoleClient, consoleSecretPath].filter((value) => value !== undefined)
  if (given.length === 0) return
  if (access === 'unguarded') throw new VerifierStartError('console-and-unguarded', '')
  if (given.length < 3) throw new VerifierStartError('half-console', '')
}

/**
 * What the settings say together; the client has to be one of those that are let in.
 *
 * @throws {VerifierStartError} as {@link assertWholeConsole}; `bad-console-secret`, `console-client-unknown`
 */
export async function readConsole(
  configuration: ConsoleConfiguration & Together,
  access: Access,
): Promise<ConsoleOptions> {
  assertWholeConsole(configuration)
  const { consoleOrigin: origin, consoleClient: clientId, consoleSecretPath: path } = configuration
  const { consoleIdleSeconds: idleSeconds, consoleSessionSeconds: sessionSeconds } = configuration
  const terms = { idleSeconds, sessionSeconds }
  if (origin === undefined || clientId === undefined || path === undefined) return { terms }
  if (access !== 'unguarded' && !access.clients.has(clientId))
    throw new VerifierStartError('console-client-unknown', clientId)
  return { terms, signIn: { origin, clientId, secret: await readSecret(path) } }
}

/** One line: what is after its end is no part of it. */
async function readSecret(path: string): Promise<string> {
  const content = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new VerifierStartError('bad-console-secret', pathReason(path, error), { cause: error })
  })
  const secret = content.replace(/\r?\n$/, '')
  if (/^[\x20-\x7e]{8,1024}$/.test(secret)) return secret
  throw new VerifierStartError('bad-console-secret', {
    zh: `${path} 应为一行 8 至 1024 个可见 ASCII 字符`,
    en: `${path} has to be one line of 8 to 1024 visible ASCII characters`,
  })
}
