/** The command line of `hefu-verifier`: what is done beside the service. */
import { Command, Option } from 'commander'
import type { ExitCode } from './exit-code.ts'
import { type KeyCommandOptions, runKey } from './key-command.ts'
import { KEY_HELP, OPERATOR_HELP, REPORT_ALGORITHMS } from './key-texts.ts'
import {
  type OperatorOptions,
  runCheck,
  runEndKey,
  runKeys,
  runNewDepositKey,
  runResealDeposits,
} from './operator-command.ts'
import { onStreams, runProgram } from './run-program.ts'
import type { VerifierSession } from './session.ts'

/** Runs the command with these arguments. */
export function runVerifierProgram(session: VerifierSession, args: readonly string[]): Promise<ExitCode> {
  return runProgram(session, (finish) => createProgram(session, finish), args)
}

function createProgram(session: VerifierSession, finish: (code: ExitCode) => void): Command {
  const program = onStreams(new Command('hefu-verifier').description(KEY_HELP.program), session)
  program
    .command('key')
    .description(KEY_HELP.key)
    .addHelpText('after', KEY_HELP.after)
    .argument('<file>', KEY_HELP.file)
    .addOption(
      new Option('--algorithm <name>', KEY_HELP.algorithm).choices(REPORT_ALGORITHMS).default('ES256'),
    )
    .option('--json', KEY_HELP.json)
    .action(async (file: string, options: KeyCommandOptions) => finish(await runKey(session, file, options)))
  program
    .command('check')
    .description(OPERATOR_HELP.check)
    .addHelpText('after', OPERATOR_HELP.after)
    .option('--json', KEY_HELP.json)
    .action(async (options: OperatorOptions) => finish(await runCheck(session, options)))
  program
    .command('keys')
    .description(OPERATOR_HELP.keys)
    .addHelpText('after', OPERATOR_HELP.after)
    .option('--json', KEY_HELP.json)
    .action(async () => finish(await runKeys(session)))
  program
    .command('end-key')
    .description(OPERATOR_HELP.endKey)
    .addHelpText('after', OPERATOR_HELP.after)
    .argument('<kid>', OPERATOR_HELP.kid)
    .option('--json', KEY_HELP.json)
    .action(async (kid: string, options: OperatorOptions) => finish(await runEndKey(session, kid, options)))
  program
    .command('new-deposit-key')
    .description(OPERATOR_HELP.newDepositKey)
    .addHelpText('after', OPERATOR_HELP.after)
    .argument('<file>', KEY_HELP.file)
    .option('--json', KEY_HELP.json)
    .action(async (file: string, options: OperatorOptions) =>
      finish(await runNewDepositKey(session, file, options)),
    )
  program
    .command('reseal-deposits')
    .description(OPERATOR_HELP.resealDeposits)
    .addHelpText('after', OPERATOR_HELP.after)
    .option('--json', KEY_HELP.json)
    .action(async (options: OperatorOptions) => finish(await runResealDeposits(session, options)))
  return program
}
