/** What both command lines of an office share: options, the account's commands, and how a run ends. */
import { LedgerUnavailableError } from '@hefu/protocol'
import { reasonOf, requestNewPassphrase } from '@hefu/service'
import { Command, CommanderError } from 'commander'
import type { Finish } from '../command/common-command.ts'
import { type ErrorSentence, sentenceOf } from '../command/error-sentence.ts'
import { EXIT, type ExitCode, exitCodeOf } from '../command/exit-code.ts'
import { type Session, sentence, tell } from '../command/session.ts'
import { fillIn } from '../texts/fill-in.ts'
import type { OfficeWork } from './carry-out.ts'
import { OfficeError, type OfficeErrorCode } from './office-error.ts'
import { OFFICE_HELP } from './office-help.ts'
import { createOfficeHome, readOfficeAddress } from './office-home.ts'
import { type OfficeOptions, officeHomeOf, openedOffice } from './office-session.ts'
import { OFFICE_TEXTS } from './office-texts.ts'

/** Adds the commands of an office to its program. */
export type AddCommands = (program: Command, session: Session, finish: Finish) => void

/** Runs a command line; every error becomes a sentence and an exit code. */
export async function runOffice(
  session: Session,
  args: readonly string[],
  { name, description, add }: { name: string; description: string; add: AddCommands },
): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.done
  const finish: Finish = (code) => {
    exitCode = code
  }
  const program = new Command(name).description(description).addHelpText('after', OFFICE_HELP.after)
  program.exitOverride().configureOutput({
    writeOut: (text) => session.stdout.write(text),
    writeErr: (text) => session.output.write(text),
    outputError: (text, write) => write(`命令用法有误 · ${text}`),
  })
  addAccount(program, session, finish)
  add(program, session, finish)
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    if (!(error instanceof CommanderError)) tellError(session, args.includes('--json'), error)
    return exitOf(error)
  }
}

function tellError({ output, stdout }: Session, json: boolean, error: unknown): void {
  const { code, says } = officeSentence(error)
  output.write(`${says.zh} · ${says.en} [${code}]\n`)
  if (json) stdout.write(`${JSON.stringify({ event: 'error', code, ...says })}\n`)
}

/** As of every command, but that there is nothing to resume. */
function officeSentence(error: unknown): ErrorSentence {
  if (!(error instanceof LedgerUnavailableError)) return sentenceOf(error)
  return {
    code: `ledger-${error.code}`,
    says: fillIn(OFFICE_TEXTS.ledgerUnavailable, { reason: reasonOf(error) }),
  }
}

const FAILURES: ReadonlySet<OfficeErrorCode> = new Set<OfficeErrorCode>(['home-unwritable', 'home-damaged'])
const REFUSALS: ReadonlySet<OfficeErrorCode> = new Set<OfficeErrorCode>([
  'no-power',
  'keepers-power',
  'council-powerless',
  'vote-in-vain',
  'vote-powerless',
  'no-voice',
  'not-ready',
])

function exitOf(error: unknown): ExitCode {
  if (!(error instanceof OfficeError)) return exitCodeOf(error)
  if (REFUSALS.has(error.code)) return EXIT.ledgerRefused
  return FAILURES.has(error.code) ? EXIT.failure : EXIT.usage
}

/** Options of every command that asks the ledger. */
export function asking(command: Command): Command {
  return command.option('--network <file>', OFFICE_HELP.network).option('--json', OFFICE_HELP.json)
}

/** Options of every command that sends. */
export function sending(command: Command): Command {
  return asking(command).option('--home <folder>', OFFICE_HELP.home).option('--yes', OFFICE_HELP.yes)
}

/** Opens the office for one command. */
export async function atWork<Options extends OfficeOptions>(
  session: Session,
  options: Options,
  work: (work: OfficeWork & { readonly options: Options }) => Promise<ExitCode>,
): Promise<ExitCode> {
  return work({ session, options, office: await openedOffice(session, options) })
}

function addAccount(program: Command, session: Session, finish: Finish): void {
  ofAccount(program.command('init').description(OFFICE_HELP.init)).action(async (options: OfficeOptions) => {
    const home = officeHomeOf(options, session)
    const address = await createOfficeHome(home, await requestNewPassphrase(session))
    tell(session, options, { event: 'created', home, address }, [
      sentence(OFFICE_TEXTS.created, { home, address }),
    ])
    finish(EXIT.done)
  })
  ofAccount(program.command('address').description(OFFICE_HELP.address)).action(
    async (options: OfficeOptions) => {
      const address = await readOfficeAddress(officeHomeOf(options, session))
      tell(session, options, { event: 'address', address }, [address])
      finish(EXIT.done)
    },
  )
}

function ofAccount(command: Command): Command {
  return command.option('--home <folder>', OFFICE_HELP.home).option('--json', OFFICE_HELP.json)
}
