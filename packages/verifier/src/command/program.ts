/** The command line of `hefu-ledger`: what it takes, and which command it runs. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { type AuditCommandOptions, runAudit } from './audit-command.ts'
import { AUDIT_TEXTS, HELP_TEXTS } from './audit-texts.ts'
import { sentenceOf } from './error-sentence.ts'
import { EXIT, type ExitCode, exitCodeOf } from './exit-code.ts'
import type { Session } from './session.ts'

/** Of each kind, unless said otherwise. */
const DEFAULT_SAMPLE = 200
const MOST_SAMPLE = 99_999_999
const LAST_SEED = 0xffff_ffff

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
    if (error instanceof CommanderError) return exitCodeOf(error)
    const isInterrupted = session.signal.aborted && error === session.signal.reason
    const told = isInterrupted ? { code: 'interrupted', says: AUDIT_TEXTS.interrupted } : sentenceOf(error)
    session.output.write(`${told.says.zh} · ${told.says.en} [${told.code}]\n`)
    if (args.includes('--json'))
      session.stdout.write(`${JSON.stringify({ event: 'error', code: told.code, ...told.says })}\n`)
    return isInterrupted ? EXIT.interrupted : exitCodeOf(error)
  }
}

function createProgram(session: Session, finish: (code: ExitCode) => void): Command {
  const program = new Command('hefu-ledger').description(HELP_TEXTS.program)
  program.exitOverride().configureOutput({
    writeOut: (text) => session.stdout.write(text),
    writeErr: (text) => session.output.write(text),
    outputError: (text, write) => write(`命令用法有误 · ${text}`),
  })
  program
    .command('audit')
    .description(HELP_TEXTS.audit)
    .addHelpText('after', HELP_TEXTS.after)
    .option('--network <file>', HELP_TEXTS.network)
    .option('--ledger <chain/address>', HELP_TEXTS.ledger)
    .option('--replica <place>', HELP_TEXTS.replica)
    .addOption(
      new Option('--sample <n>', HELP_TEXTS.sample)
        .argParser((text) => parseWhole(text, 1, MOST_SAMPLE))
        .default(DEFAULT_SAMPLE),
    )
    .option('--all', HELP_TEXTS.all)
    .addOption(new Option('--seed <n>', HELP_TEXTS.seed).argParser((text) => parseWhole(text, 0, LAST_SEED)))
    .option('--json', HELP_TEXTS.json)
    .action(async (options: AuditCommandOptions) => finish(await runAudit(session, options)))
  return program
}

/** @throws {InvalidArgumentError} */
function parseWhole(text: string, least: number, most: number): number {
  const value = Number(text)
  if (/^[0-9]{1,10}$/.test(text) && value >= least && value <= most) return value
  throw new InvalidArgumentError(`应为 ${least}–${most} 的整数 · an integer from ${least} to ${most}`)
}
