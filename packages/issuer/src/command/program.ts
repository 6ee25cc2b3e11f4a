/** The command line: what it takes, and which command it runs. */
import { LICENCE_TYPES, SIGNATURE_ALGORITHMS } from '@hefu/protocol'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { CONFIRMABLE } from '../input/lost-content.ts'
import { HELP_TEXTS } from '../texts/help-texts.ts'
import { DEFAULT_BATCH_SIZE, MAX_BATCH_SIZE } from '../workflow/finish-batches.ts'
import { addActs } from './act-commands.ts'
import { type ActsOptions, acts } from './acts.ts'
import { common, type Finish } from './common-command.ts'
import { type DepositOptions, deposit } from './deposit.ts'
import { sentenceOf } from './error-sentence.ts'
import { EXIT, type ExitCode, exitCodeOf } from './exit-code.ts'
import { type InitOptions, init } from './init.ts'
import { type IssueOptions, issue } from './issue.ts'
import { passOver } from './pass-over.ts'
import { recover } from './recover.ts'
import { type ReprintOptions, reprint } from './reprint.ts'
import { type ResumeOptions, resume } from './resume.ts'
import type { CommonOptions, Session } from './session.ts'
import { type StatusOptions, status } from './status.ts'
import { withdrawProposal } from './withdraw-proposal.ts'

const SLUGS = LICENCE_TYPES.map(({ slug, name }) => `${slug} ${name.zh}`).join(', ')

/** Runs the command with these arguments; every error becomes a sentence and an exit code. */
export async function run(session: Session, args: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.done
  const program = createProgram(session, (code) => {
    exitCode = code
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    if (!(error instanceof CommanderError)) tellError(session, args.includes('--json'), error)
    return exitCodeOf(error)
  }
}

function tellError({ output, stdout }: Session, json: boolean, error: unknown): void {
  const { code, says } = sentenceOf(error)
  output.write(`${says.zh} · ${says.en} [${code}]\n`)
  if (json) stdout.write(`${JSON.stringify({ event: 'error', code, ...says })}\n`)
}

function createProgram(session: Session, finish: Finish): Command {
  const program = new Command('hefu-issuer')
    .description(HELP_TEXTS.program)
    .addHelpText('after', HELP_TEXTS.after)
  program.exitOverride().configureOutput({
    writeOut: (text) => session.stdout.write(text),
    writeErr: (text) => session.output.write(text),
    outputError: (text, write) => write(`命令用法有误 · ${text}`),
  })
  addInit(program, session, finish)
  addIssue(program, session, finish)
  addResume(program, session, finish)
  addActs(program, session, finish)
  common(program.command('withdraw-proposal').description(HELP_TEXTS.withdrawProposal))
    .argument('<proposal>', HELP_TEXTS.proposal)
    .action(async (call: string, options: CommonOptions) =>
      finish(await withdrawProposal(session, call, options)),
    )
  common(program.command('pass-over').description(HELP_TEXTS.passOver))
    .argument('<root>', HELP_TEXTS.root)
    .action(async (root: string, options: CommonOptions) => finish(await passOver(session, root, options)))
  common(program.command('recover').description(HELP_TEXTS.recover))
    .argument('[folder]', HELP_TEXTS.bundleFolder)
    .action(async (folder: string | undefined, options: CommonOptions) =>
      finish(await recover(session, folder, options)),
    )
  common(program.command('reprint').description(HELP_TEXTS.reprint))
    .argument('[licence-id...]', HELP_TEXTS.licences)
    .option('--from <file>', HELP_TEXTS.from)
    .option('--out <folder>', HELP_TEXTS.out)
    .action(async (ids: string[], options: ReprintOptions) => finish(await reprint(session, ids, options)))
  addDeposit(program, session, finish)
  common(program.command('acts').description(HELP_TEXTS.acts))
    .argument('[licence-id...]', HELP_TEXTS.licences)
    .option('--from <file>', HELP_TEXTS.from)
    .action(async (ids: string[], options: ActsOptions) => finish(await acts(session, ids, options)))
  common(program.command('status').description(HELP_TEXTS.status))
    .addOption(new Option('--watch <seconds>', HELP_TEXTS.watch).argParser(parseSeconds))
    .action(async (options: StatusOptions) => finish(await status(session, options)))
  return program
}

function addInit(program: Command, session: Session, finish: Finish): void {
  common(program.command('init').description(HELP_TEXTS.init))
    .requiredOption('--agency <uscc>', HELP_TEXTS.agency)
    .requiredOption('--region <code>', HELP_TEXTS.region)
    .requiredOption('--network <file>', HELP_TEXTS.network)
    .addOption(
      new Option('--algorithm <name>', HELP_TEXTS.algorithm).choices(SIGNATURE_ALGORITHMS).default('ES256'),
    )
    .action(async (options: InitOptions) => finish(await init(session, options)))
}

function addIssue(program: Command, session: Session, finish: Finish): void {
  common(program.command('issue').description(HELP_TEXTS.issue))
    .argument('<file>', HELP_TEXTS.file)
    .requiredOption('--type <type>', `${HELP_TEXTS.type}: ${SLUGS}`)
    .option('--out <folder>', HELP_TEXTS.out)
    .addOption(batchSizeOption())
    .option('--decision <number>', HELP_TEXTS.newVersion)
    .option('--rejects <file>', HELP_TEXTS.rejects)
    .option('--allot <file>', HELP_TEXTS.allot)
    .option('--renditions <folder>', HELP_TEXTS.renditions)
    .addOption(new Option('--confirm <what...>', HELP_TEXTS.confirm).choices([...CONFIRMABLE]))
    .action(async (file: string, options: IssueOptions) => finish(await issue(session, file, options)))
}

function addResume(program: Command, session: Session, finish: Finish): void {
  common(program.command('resume').description(HELP_TEXTS.resume))
    .option('--out <folder>', HELP_TEXTS.out)
    .addOption(batchSizeOption())
    .action(async (options: ResumeOptions) => finish(await resume(session, options)))
}

function addDeposit(program: Command, session: Session, finish: Finish): void {
  common(program.command('deposit').description(HELP_TEXTS.deposit))
    .argument('[folder]', HELP_TEXTS.bundleFolder)
    .requiredOption('--service <url>', HELP_TEXTS.service)
    .requiredOption('--token-url <url>', HELP_TEXTS.tokenUrl)
    .requiredOption('--client <id>', HELP_TEXTS.client)
    .requiredOption('--secret-file <file>', HELP_TEXTS.secretFile)
    .option('--audience <name>', HELP_TEXTS.audience, 'urn:hefu:verifier')
    .action(async (folder: string | undefined, options: DepositOptions) =>
      finish(await deposit(session, folder, options)),
    )
}

function parseSeconds(text: string): number {
  if (/^[1-9][0-9]{0,4}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('应为 1–99999 的整数（秒） · seconds, an integer from 1 to 99999')
}

function batchSizeOption(): Option {
  return new Option('--batch-size <n>', HELP_TEXTS.batchSize)
    .argParser(parseBatchSize)
    .default(DEFAULT_BATCH_SIZE)
}

function parseBatchSize(text: string): number {
  const size = Number(text)
  if (/^[0-9]{1,7}$/.test(text) && size >= 1 && size <= MAX_BATCH_SIZE) return size
  throw new InvalidArgumentError(`应为 1–${MAX_BATCH_SIZE} 的整数 · an integer from 1 to ${MAX_BATCH_SIZE}`)
}
