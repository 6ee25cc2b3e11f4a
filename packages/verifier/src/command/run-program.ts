/** One run of a command line: every error becomes a sentence and an exit code. */
import { type Command, CommanderError } from 'commander'
import { AUDIT_TEXTS } from './audit-texts.ts'
import { type ErrorSentence, sentenceOf } from './error-sentence.ts'
import { EXIT, type ExitCode, exitCodeOf } from './exit-code.ts'
import type { Session } from './session.ts'

/** Runs a program with these arguments; `create` makes it, and its commands say by `finish` how they ended. */
export async function runProgram(
  { stdout, output, signal }: Pick<Session, 'stdout' | 'output' | 'signal'>,
  create: (finish: (code: ExitCode) => void) => Command,
  args: readonly string[],
): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.done
  const program = create((code) => {
    exitCode = code
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return exitCodeOf(error)
    const isInterrupted = signal.aborted && error === signal.reason
    const told = isInterrupted ? { code: 'interrupted', says: AUDIT_TEXTS.interrupted } : sentenceOf(error)
    tell({ stdout, output }, told, args.includes('--json'))
    return isInterrupted ? EXIT.interrupted : exitCodeOf(error)
  }
}

/** Writes an error as a sentence, and for a program too where it asks for that. */
export function tellError(
  session: Pick<Session, 'stdout' | 'output'>,
  error: unknown,
  isJson: boolean,
): void {
  tell(session, sentenceOf(error), isJson)
}

function tell(
  { stdout, output }: Pick<Session, 'stdout' | 'output'>,
  { code, says }: ErrorSentence,
  isJson: boolean,
): void {
  output.write(`${says.zh} · ${says.en} [${code}]\n`)
  if (isJson) stdout.write(`${JSON.stringify({ event: 'error', code, ...says })}\n`)
}

/** Errors are written once, and everything goes to the session's streams: also what the commands inherit. */
export function onStreams(program: Command, { stdout, output }: Pick<Session, 'stdout' | 'output'>): Command {
  return program.exitOverride().configureOutput({
    writeOut: (text) => stdout.write(text),
    writeErr: (text) => output.write(text),
    outputError: (text, write) => write(`命令用法有误 · ${text}`),
  })
}
