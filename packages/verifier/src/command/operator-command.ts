/** `hefu-verifier check`, `keys` and `end-key`. */
import { type Bilingual, fillIn } from '@hefu/protocol'
import { CommandError } from '../error/command-error.ts'
import { EXIT, type ExitCode, exitCodeOf } from './exit-code.ts'
import { OPERATOR_TEXTS } from './key-texts.ts'
import { tellError } from './run-program.ts'
import type { VerifierSession } from './session.ts'

export interface OperatorOptions {
  readonly json?: boolean
}

/** A key's thumbprint. */
const KEY_ID = /^[A-Za-z0-9_-]{43}$/

/** Says all that the service would not start with, or could not answer with. */
export async function runCheck(session: VerifierSession, options: OperatorOptions): Promise<ExitCode> {
  const found = await session.operations.check()
  for (const error of found) tellError(session, error, options.json === true)
  const codes = found.map(exitCodeOf)
  // What is written wrongly comes before what does not answer.
  if (found.length > 0) return codes.find((code) => code === EXIT.usage) ?? codes[0] ?? EXIT.failure
  return tell(session, options, { event: 'checked' }, OPERATOR_TEXTS.checked)
}

/** A JSON object a line, for people too: a key is copied from there. */
export async function runKeys({ operations, stdout }: VerifierSession): Promise<ExitCode> {
  for (const { kid, publicJwk, from, until } of await operations.keys())
    stdout.write(`${JSON.stringify({ kid, publicJwk, from, until })}\n`)
  return EXIT.done
}

/** @throws {CommandError} `not-a-kid` */
export async function runEndKey(
  session: VerifierSession,
  kid: string,
  options: OperatorOptions,
): Promise<ExitCode> {
  if (!KEY_ID.test(kid)) throw new CommandError('not-a-kid', '')
  const until = await session.operations.endKey(kid)
  const time = new Date(until * 1_000).toISOString()
  return tell(session, options, { event: 'ended', kid, until }, fillIn(OPERATOR_TEXTS.ended, { kid, time }))
}

/** @throws {VerifierStartError} `key-file-there` */
export async function runNewDepositKey(
  session: VerifierSession,
  path: string,
  options: OperatorOptions,
): Promise<ExitCode> {
  const name = await session.operations.makeDepositKey(path)
  return tell(session, options, { event: 'created', name }, fillIn(OPERATOR_TEXTS.depositKeyMade, { name }))
}

/** @throws {VerifierStartError} `no-deposit-keys` */
export async function runResealDeposits(
  session: VerifierSession,
  options: OperatorOptions,
): Promise<ExitCode> {
  const count = await session.operations.resealDeposits()
  return tell(session, options, { event: 'resealed', count }, fillIn(OPERATOR_TEXTS.resealed, { count }))
}

function tell(
  { stdout }: VerifierSession,
  { json }: OperatorOptions,
  event: object,
  { zh, en }: Bilingual,
): ExitCode {
  stdout.write(json === true ? `${JSON.stringify(event)}\n` : `${zh} · ${en}\n`)
  return EXIT.done
}
