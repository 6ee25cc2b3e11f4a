/** What `npm run deploy` is told, read before anything is asked of a chain; what is wrong is named. */
import { parseArgs } from 'node:util'
import { ExplainedError } from '@hefu/service'
import { isAddress } from 'ethers'
import type { Keepers } from './holders.ts'

const OPTIONS = {
  rpc: { type: 'string' },
  'chain-id': { type: 'string' },
  'key-file': { type: 'string' },
  finality: { type: 'string' },
  record: { type: 'string' },
  region: { type: 'string' },
  deployer: { type: 'string' },
  superior: { type: 'string' },
  catalogue: { type: 'string' },
  emergency: { type: 'string' },
  out: { type: 'string' },
  check: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

const WORDS = ['check', 'deploy', 'take-seat', 'hand-over', 'prove', 'rulebook'] as const

export type Word = (typeof WORDS)[number]

/** The options as they were given. */
export type Given = ReturnType<typeof parse>['values']

/** The command cannot be read. */
export class UsageError extends ExplainedError {
  override readonly name = 'UsageError'
  readonly code = 'usage'
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS })
}

/**
 * The command and its options.
 *
 * @throws {UsageError}
 */
export function readCommand(args: readonly string[]): { readonly word: Word; readonly given: Given } {
  const { values: given, positionals } = parsed(args)
  const [named = given.check ? 'check' : 'deploy', more] = positionals
  const word = WORDS.find((one) => one === named)
  if (word === undefined) {
    throw new UsageError({
      zh: `没有命令 ${named}；可用：${WORDS.join('、')}`,
      en: `there is no command ${named}: ${WORDS.join(', ')} are`,
    })
  }
  if (more !== undefined)
    throw new UsageError({ zh: `多余的参数 ${more}`, en: `${more} is one word too many` })
  return { word, given }
}

function parsed(args: readonly string[]): ReturnType<typeof parse> {
  try {
    return parse(args)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UsageError({ zh: `选项有误（${reason}）`, en: `an option cannot be read (${reason})` })
  }
}

/** @throws {UsageError} */
export function neededOption(given: Given, name: 'key-file' | 'record' | 'region' | 'rpc'): string {
  const value = given[name]
  if (value !== undefined && value !== '') return value
  throw new UsageError({ zh: `缺少 --${name}`, en: `--${name} is missing` })
}

/** @throws {UsageError} */
export function readRpcUrl(given: Given): string {
  const url = neededOption(given, 'rpc')
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url
  throw new UsageError({
    zh: `--rpc 应为 http 或 https 网址，实为 ${url}`,
    en: `--rpc must be an http or https URL, not ${url}`,
  })
}

/** @throws {UsageError} */
export function readChainId(given: Given): number | undefined {
  const text = given['chain-id']
  if (text === undefined) return undefined
  if (/^[1-9][0-9]{0,14}$/.test(text)) return Number(text)
  throw new UsageError({
    zh: `--chain-id 应为正整数，实为 ${text}`,
    en: `--chain-id must be a positive integer, not ${text}`,
  })
}

/**
 * From when on a block stays, as the network file says it; `undefined`: not said.
 *
 * @throws {UsageError}
 */
export function readFinality(given: Given): 'finalized' | number | undefined {
  const text = given.finality
  if (text === undefined || text === 'finalized') return text
  if (/^(0|[1-9][0-9]{0,5})$/.test(text)) return Number(text)
  throw new UsageError({
    zh: `--finality 应为 finalized 或区块数（0 表示最新区块不会被替换），实为 ${text}`,
    en: `--finality must be finalized or a number of blocks (0: the newest block is never replaced), not ${text}`,
  })
}

/** @throws {UsageError} */
export function readRegion(given: Given): number {
  const text = neededOption(given, 'region')
  if (/^[0-9]{6}$/.test(text)) return Number(text)
  throw new UsageError({
    zh: `--region 应为六位行政区划代码，实为 ${text}`,
    en: `--region must be a code of six digits, not ${text}`,
  })
}

/**
 * An account, as given or else as recorded.
 *
 * @throws {UsageError}
 */
export function readAccount(
  given: Given,
  name: keyof Keepers | 'deployer',
  recorded?: string | undefined,
): string {
  const value = given[name] ?? recorded
  if (value === undefined) throw new UsageError({ zh: `缺少 --${name}`, en: `--${name} is missing` })
  if (isAddress(value)) return value.toLowerCase()
  throw new UsageError({
    zh: `--${name} 应为账户地址（0x 加 40 位十六进制），实为 ${value}`,
    en: `--${name} must be an address, 0x and 40 hexadecimal digits, not ${value}`,
  })
}
