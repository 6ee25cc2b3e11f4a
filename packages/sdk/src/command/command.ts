/** The `hefu` command. */
import { readFileSync } from 'node:fs'
import { type Bilingual, explainDefects, fillIn, MalformedError, type Verdict } from '@hefu/protocol'
import { Command, CommanderError, Option } from 'commander'
import { renderSheet } from '../display/sheet.ts'
import { RemoteVerifierError } from '../remote/remote-verifier-error.ts'
import { type RecheckCommandOptions, recheck } from './recheck.ts'
import { tellWhenSlow } from './slow-notice.ts'
import { causeOf, type UnavailableCause } from './unavailable.ts'
import { FORGED, UsageError } from './usage-error.ts'
import { createVerifierOf, readRequest, type VerifyOptions } from './verify.ts'

const EXIT_CODES: Readonly<Record<Verdict, number>> = {
  accepted: 0,
  refer: 10,
  rejected: 11,
  undetermined: 12,
}
const REQUEST_FAULT: Bilingual = { zh: '核验请求有误：{reason}', en: 'Read the request: {reason}' }
/** Goes on from what the remote verifier's answer is said to be. */
const TOKEN_NEEDED: Bilingual = {
  zh: '：请向统一身份认证平台获取访问令牌，并写入环境变量 HEFU_ACCESS_TOKEN',
  en: ': set HEFU_ACCESS_TOKEN to an access token from the identity provider',
}
const FAILURE = 1
const BAD_INPUT = 2

const HELP = `
退出码 Exit codes:
  0   核验通过 accepted
  10  需人工复核 refer to a person
  11  不予认可 rejected
  12  无法核验 could not be checked: says nothing against the licence
  2   用法或输入有误 wrong usage or input
  1   其他失败，如核验服务不可用 any other failure, such as a remote verifier that cannot be reached

例 Examples:
  hefu verify licence.json --region 440000
  hefu verify - --region 440000 --case 2025-0001 --lang zh < licence.json
  hefu verify licence.json --region 440000 --remote https://verifier.example --verifier-key key.json --json
`

const RECHECK_HELP = `
退出码 Exit codes:
  0   复核一致 confirmed
  11  复核不一致，或签名验证未通过 differs, or its signature does not verify
  12  无法复核 could not be checked again: says nothing against the report
  2   用法或输入有误 wrong usage or input
  1   其他失败 any other failure

例 Examples:
  hefu recheck report.json licence.json --verifier-key keys.json
  hefu verify licence.json --region 440000 --json > report.json && hefu recheck report.json licence.json
`

/** Runs the command with the arguments after its name, and returns its exit code. */
export async function runCli(args: readonly string[]): Promise<number> {
  let exitCode = 0
  const program = createProgram(async (file, options) => {
    exitCode = await verify(file, options)
  })
  addRecheck(program, async (report, file, options) => {
    exitCode = await recheck(report, file, options)
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    return explain(error)
  }
}

const NETWORK =
  '互认链连接配置文件 network file (default: $HEFU_NETWORK, $HEFU_HOME/network.json, ./.hefu/network.json)'
const SUBMITTED = '申请人所填信息 submitted values to compare, JSON: field → text'
const CHALLENGE =
  '给持证人的当场验证质询 the challenge that the holder was given, JSON: nonce, audience, maxAgeSeconds'

function languageOption(): Option {
  return new Option('--lang <language>', '输出语言 language').choices(['zh', 'en', 'both']).default('both')
}

function createProgram(action: (file: string, options: VerifyOptions) => Promise<void>): Command {
  const program = new Command('hefu')
    .description('合符：核验外省电子证照 Verify electronic licences of any province')
    .version(readVersion())
    .exitOverride()
    // Errors are written once, by `explain`.
    .configureOutput({ outputError: () => {} })
  program
    .command('verify')
    .description('核验一份电子证照并打印核验单 Verify one licence and print its sheet')
    .argument('<file>', '证照文件；- 为标准输入 bundle file or bare credential; - for standard input')
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
    .addHelpText('after', HELP)
    .action(action)
  return program
}

function addRecheck(
  program: Command,
  action: (report: string, file: string, options: RecheckCommandOptions) => Promise<void>,
): void {
  program
    .command('recheck')
    .description(
      '凭所附证照和链上数据复核一份核验报告 Check a report again, by the licence and the ledger alone',
    )
    .argument('<report>', '核验报告（JSON）或其签名 report as verify --json prints it, or its attestation')
    .argument('<file>', '报告所核验的证照文件 the licence that it is about')
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
    .action(action)
}

function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

async function verify(file: string, options: VerifyOptions): Promise<number> {
  let unavailable: UnavailableCause | undefined
  const verifier = await createVerifierOf(options, (reason) => {
    unavailable = causeOf(reason)
  })
  const verification = await tellWhenSlow(verifier.verify(await readRequest(file, options)))
  const { report, attestation } = verification
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ report, attestation, unavailable })}\n`
      : renderSheet(verification, { language: options.lang }),
  )
  const exitCode = EXIT_CODES[report.verdict]
  return unavailable === undefined ? exitCode : complain(unavailable.says, exitCode)
}

/** Writes one sentence in each language, and returns the exit code. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) return explainUsage(error)
  if (error instanceof UsageError)
    return complain(error.says, FORGED.includes(error.code) ? EXIT_CODES.rejected : BAD_INPUT)
  if (error instanceof MalformedError) {
    return complain(fillIn(REQUEST_FAULT, { reason: explainDefects(error) }), BAD_INPUT)
  }
  if (error instanceof RemoteVerifierError) return explainRemote(error)
  throw error
}

/** What commander finds wrong, in Chinese. */
const USAGE_FAULTS: Readonly<Record<string, string>> = {
  'commander.unknownOption': '没有这个选项',
  'commander.unknownCommand': '没有这个命令',
  'commander.missingArgument': '缺少文件（- 为标准输入）',
  'commander.excessArguments': '参数过多，每次核验一份证照',
  'commander.optionMissingArgument': '选项缺少内容',
  'commander.missingMandatoryOptionValue': '缺少 --region（受理地区的行政区划代码）',
  'commander.invalidArgument': '选项的内容不在可选范围内',
  'commander.conflictingOption': '两个选项不能同时使用',
}

function explainUsage({ code, exitCode, message }: CommanderError): number {
  // `--help` and `--version` end here too; the bare command has shown its help already.
  if (exitCode === 0) return exitCode
  if (code === 'commander.help') return BAD_INPUT
  const fault = USAGE_FAULTS[code]
  const zh = fault === undefined ? '命令用法有误；用法见 hefu --help' : `命令用法有误：${fault}`
  return complain({ zh, en: message.replace(/^error: /, 'Read the arguments: ') }, BAD_INPUT)
}

function explainRemote({ says, message, problem }: RemoteVerifierError): number {
  const detail = problem?.detail ? `\n${problem.detail}` : ''
  const needed = problem?.status === 401 ? TOKEN_NEEDED : undefined
  const told = { zh: says.zh + (needed?.zh ?? ''), en: message + (needed?.en ?? '') + detail }
  return complain(told, problem?.status === 422 ? BAD_INPUT : FAILURE)
}

function complain({ zh, en }: Bilingual, exitCode: number): number {
  process.stderr.write(`${zh}\n${en}\n`)
  return exitCode
}
