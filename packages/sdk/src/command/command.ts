/** The `hefu` command. */
import { readFileSync } from 'node:fs'
import { type Bilingual, explainDefects, fillIn, MalformedError } from '@hefu/protocol'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { CarrierError } from '../carrier/carrier-error.ts'
import { readArchive } from '../carrier/file-archive.ts'
import { FileFault } from '../carrier/file-fault.ts'
import { type AttachOptions, attachFiles } from './attach.ts'
import {
  ATTACH_HELP,
  ATTACHED,
  BOUND,
  MISSING_OPTIONS,
  NOT_BOUND,
  RECHECK_HELP,
  REQUEST_FAULT,
  USAGE_FAULTS,
  VERIFY_HELP,
} from './command-texts.ts'
import { BAD_INPUT, EXIT_CODES, exitCodeOfCarrier } from './file-result.ts'
import { isFolder } from './listed-files.ts'
import { readGiven } from './opened-files.ts'
import { type RecheckCommandOptions, recheck } from './recheck.ts'
import { causeOf, type UnavailableCause } from './unavailable.ts'
import { FORGED, UsageError } from './usage-error.ts'
import { createVerifierOf, readAsked, readTerms, type VerifyOptions } from './verify.ts'
import { verifyMany } from './verify-many.ts'
import { verifyOne } from './verify-one.ts'
import { complain, writeJson } from './written-answer.ts'

/** Runs the command with the arguments after its name, and returns its exit code. */
export async function runCli(args: readonly string[]): Promise<number> {
  let exitCode = 0
  let isForPrograms = false
  const program = createProgram({
    verify: async (files, options) => {
      isForPrograms = options.json === true || options.ndjson === true
      exitCode = await verify(files, options)
    },
    attach: async (licence, rendition, options) => {
      isForPrograms = options.json === true
      exitCode = await attach(licence, rendition, options)
    },
    recheck: async (report, file, options) => {
      isForPrograms = options.json === true
      exitCode = await recheck(report, file, options)
    },
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    return explain(error, isForPrograms)
  }
}

interface Actions {
  readonly verify: (files: readonly string[], options: VerifyOptions) => Promise<void>
  readonly attach: (licence: string, rendition: string, options: AttachOptions) => Promise<void>
  readonly recheck: (report: string, file: string, options: RecheckCommandOptions) => Promise<void>
}

const NETWORK =
  '互认链连接配置文件 network file (default: $HEFU_NETWORK, $HEFU_HOME/network.json, ./.hefu/network.json)'
const SUBMITTED = '申请人所填信息 submitted values to compare, JSON: field → text'
const CHALLENGE =
  '给持证人的当场验证质询 the challenge that the holder was given, JSON: nonce, audience, maxAgeSeconds'

function languageOption(): Option {
  return new Option('--lang <language>', '输出语言 language').choices(['zh', 'en', 'both']).default('both')
}

function createProgram(actions: Actions): Command {
  const program = new Command('hefu')
    .description('合符：核验外省电子证照 Verify electronic licences of any province')
    .version(readVersion())
    .exitOverride()
    // Errors are written once, by `explain`.
    .configureOutput({ outputError: () => {} })
  program
    .command('verify')
    .description(
      '核验一份电子证照并打印核验单，或核验多份并列表 Verify one licence and print its sheet, or many and list them',
    )
    .argument(
      '<files...>',
      '证照文件，或附有证照的 PDF、OFD，或二维码图片（PNG、JPEG）；文件夹（含下级）；ZIP 压缩包；- 为标准输入 bundle file or bare credential, a PDF or OFD that one is attached to, an image of its QR code; a folder with all below it; a ZIP archive of such files; - for standard input',
    )
    .requiredOption('--region <code>', '受理地区 receiving region, GB/T 2260')
    .option('--network <file>', NETWORK)
    .addOption(new Option('--remote <url>', '由核验服务核验 ask a verifier service').conflicts('network'))
    .option('--verifier-key <file>', '核验服务的公钥 its pinned public key, with --remote')
    .option('--case <number>', '办件编号 case number')
    .option('--item <code>', '事项编码 service item')
    .option('--as-of <time>', '核验时点 time to judge at: YYYY-MM-DD or RFC 3339')
    .option('--submitted <file>', SUBMITTED)
    .option('--challenge <file>', CHALLENGE)
    .addOption(languageOption())
    .option('--json', '输出报告与签名，不含照面 print report and attestation, not the face')
    .addOption(
      new Option(
        '--ndjson',
        '逐行输出 JSON，核验完一份输出一行 print a line of JSON each, as it comes',
      ).conflicts('json'),
    )
    .option(
      '--concurrency <n>',
      '同时核验的份数，1 至 64，默认 8 how many at a time, 1 to 64, 8',
      parseConcurrency,
    )
    .option('--quiet', '不显示进度 show no progress')
    .addHelpText('after', VERIFY_HELP)
    .action(actions.verify)
  program
    .command('attach')
    .description('将电子证照附加到 PDF 或 OFD 版式文件 Attach a licence to the PDF or OFD that shows it')
    .argument('<licence>', '证照文件；- 为标准输入 bundle file; - for standard input')
    .argument('<rendition>', 'PDF 或 OFD 文件 a PDF or an OFD')
    .requiredOption(
      '-o, --out <file>',
      '写入的文件，不覆盖已有文件 file to write; one that is there is not overwritten',
    )
    .option('--json', '输出 JSON print JSON')
    .addHelpText('after', ATTACH_HELP)
    .action(actions.attach)
  program
    .command('recheck')
    .description(
      '凭所附证照和链上数据复核一份核验报告 Check a report again, by the licence and the ledger alone',
    )
    .argument('<report>', '核验报告（JSON）或其签名 report as verify --json prints it, or its attestation')
    .argument(
      '<file>',
      '报告所核验的证照文件，或附有证照的 PDF、OFD，或二维码图片；- 为标准输入 the licence that it is about: its file, a PDF or OFD that it is attached to, an image of its QR code; - for standard input',
    )
    .option('--network <file>', NETWORK)
    .option(
      '--verifier-key <file>',
      '核验服务的公钥或 JWK Set its public key, or the JWK set, to verify the signature',
    )
    .option('--submitted <file>', SUBMITTED)
    .option('--challenge <file>', CHALLENGE)
    .addOption(languageOption())
    .option('--json', '以 JSON 输出复核结果 print the outcome as JSON')
    .addHelpText('after', RECHECK_HELP)
    .action(actions.recheck)
  return program
}

function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

const MOST_AT_A_TIME = 64

function parseConcurrency(text: string): number {
  const number = /^[0-9]{1,2}$/.test(text) ? Number(text) : 0
  if (number < 1 || number > MOST_AT_A_TIME)
    throw new InvalidArgumentError(`expected a whole number from 1 to ${MOST_AT_A_TIME}`)
  return number
}

async function verify(files: readonly string[], options: VerifyOptions): Promise<number> {
  const causes = new Map<string, UnavailableCause>()
  const verifier = await createVerifierOf(options, (reason) => {
    causes.set(reason.code, causeOf(reason))
  })
  const asked = await readAsked(readTerms(options), options)
  const given = { verifier, unavailable: () => [...causes.values()], asked }
  const [path = ''] = files
  if (files.length > 1 || options.ndjson || (await isFolder(path)))
    return verifyMany({ ...given, paths: files }, options)
  const read = await readGiven(path)
  return isArchive(read)
    ? verifyMany({ ...given, paths: files, alreadyRead: read }, options)
    : verifyOne({ ...given, path, read }, options)
}

/** One that is broken is no archive here: opening it says so. One that is too large to be gone through is one all the same. */
function isArchive(read: Uint8Array | FileFault): boolean {
  try {
    return !(read instanceof FileFault) && readArchive(read) !== null
  } catch (error) {
    if (error instanceof CarrierError) return error.code === 'beyond-bounds'
    throw error
  }
}

async function attach(licence: string, rendition: string, options: AttachOptions): Promise<number> {
  const { kind, bytes, isBound, rendition: digest } = await attachFiles(licence, rendition, options)
  const { out } = options
  if (options.json) {
    writeJson({ kind, out, bytes: bytes.length, rendition: digest, isBound })
    return 0
  }
  const { zh, en } = fillIn(ATTACHED, { kind: kind.toUpperCase(), out, bound: isBound ? BOUND : NOT_BOUND })
  process.stdout.write(`${zh}\n${en}\n`)
  return 0
}

/** Why nothing was done, or not all of it. */
interface Fault {
  /** As `--json` and `--ndjson` have it; absent: the arguments were not read, and nothing is known of the form. */
  readonly code?: string
  readonly says: Bilingual
  readonly exitCode: number
}

/** Writes one sentence in each language, and what a program reads; returns the exit code. */
function explain(error: unknown, isForPrograms: boolean): number {
  // `--help` and `--version` end here too; the bare command has shown its help already.
  if (error instanceof CommanderError && error.exitCode === 0) return 0
  if (error instanceof CommanderError && error.code === 'commander.help') return BAD_INPUT
  const { code, says, exitCode } = faultOf(error)
  if (isForPrograms && code !== undefined) writeJson({ error: { code, says } })
  return complain(says, exitCode)
}

/** @throws what is none that is known */
function faultOf(error: unknown): Fault {
  if (error instanceof CommanderError) return faultOfUsage(error)
  if (error instanceof UsageError) {
    const { code, says } = error
    return { code, says, exitCode: FORGED.includes(code) ? EXIT_CODES.rejected : BAD_INPUT }
  }
  if (error instanceof MalformedError) {
    const says = fillIn(REQUEST_FAULT, { reason: explainDefects(error) })
    return { code: 'not-a-request', says, exitCode: BAD_INPUT }
  }
  if (!(error instanceof CarrierError)) throw error
  return { code: error.code, says: error.says, exitCode: exitCodeOfCarrier(error) }
}

function faultOfUsage({ code, message }: CommanderError): Fault {
  const missing = MISSING_OPTIONS.find(([name]) => message.includes(name))
  const fault = code === 'commander.missingMandatoryOptionValue' ? missing?.[1] : USAGE_FAULTS[code]
  const zh = fault === undefined ? '命令用法有误；用法见 hefu --help' : `命令用法有误：${fault}`
  return { says: { zh, en: message.replace(/^error: /, 'Read the arguments: ') }, exitCode: BAD_INPUT }
}
