/** The command line of `hefu-ledger`: what it takes, and which command it runs. */
import { SEEDS } from '@hefu/ledger/audit'
import { isUscc } from '@hefu/protocol'
import { Command, InvalidArgumentError, Option } from 'commander'
import { type AuditCommandOptions, runAudit } from './audit-command.ts'
import { HELP_TEXTS } from './audit-texts.ts'
import type { ExitCode } from './exit-code.ts'
import { onStreams, runProgram } from './run-program.ts'
import type { Session } from './session.ts'

/** Of each kind, unless said otherwise. */
const DEFAULT_SAMPLE = 200
const MOST_SAMPLE = 99_999_999

/** Runs the command with these arguments. */
export function run(session: Session, args: readonly string[]): Promise<ExitCode> {
  return runProgram(session, (finish) => createProgram(session, finish), args)
}

function createProgram(session: Session, finish: (code: ExitCode) => void): Command {
  const program = onStreams(new Command('hefu-ledger').description(HELP_TEXTS.program), session)
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
    .addOption(
      new Option('--most <n>', HELP_TEXTS.most).argParser((text) => parseWhole(text, 1, MOST_SAMPLE)),
    )
    .addOption(new Option('--agency <uscc>', HELP_TEXTS.agency).argParser(parseAgency))
    .addOption(new Option('--seed <n>', HELP_TEXTS.seed).argParser((text) => parseWhole(text, 0, SEEDS - 1)))
    .option('--json', HELP_TEXTS.json)
    .action(async (options: AuditCommandOptions) => finish(await runAudit(session, options)))
  return program
}

/** @throws {InvalidArgumentError} */
function parseAgency(text: string): string {
  if (isUscc(text)) return text
  throw new InvalidArgumentError('应为 18 位统一社会信用代码 · a USCC of 18 characters')
}

/** @throws {InvalidArgumentError} */
function parseWhole(text: string, least: number, most: number): number {
  const value = Number(text)
  if (/^[0-9]{1,15}$/.test(text) && value >= least && value <= most) return value
  throw new InvalidArgumentError(`应为 ${least}–${most} 的整数 · an integer from ${least} to ${most}`)
}
