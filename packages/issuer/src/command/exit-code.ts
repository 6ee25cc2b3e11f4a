/** How the command ends, for scripts that call it. */
import { LedgerRefusedError } from '@hefu/ledger'
import { LedgerUnavailableError, MalformedError } from '@hefu/protocol'
import { ConfigurationError, KeyError, type KeyErrorCode } from '@hefu/service'
import { CommanderError } from 'commander'
import { EntryWaitingError } from '../error/entry-waiting.ts'
import { IssuerError, type IssuerErrorCode } from '../error/issuer-error.ts'

export const EXIT = {
  done: 0,
  failure: 1,
  usage: 2,
  rowsRefused: 3,
  ledgerUnavailable: 4,
  ledgerRefused: 5,
  verifierUnavailable: 6,
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Failures of the machine or of stored data; every other code is about what was given. */
const FAILURES: ReadonlySet<IssuerErrorCode | KeyErrorCode> = new Set<IssuerErrorCode | KeyErrorCode>([
  'home-damaged',
  'home-unwritable',
  'journal-foreign',
  'journal-damaged',
  'output-unwritable',
  'anchor-conflict',
  'indices-foreign',
  'account-unfunded',
  'clock-ahead',
  'key-unreadable',
  'key-malformed',
  'key-of-other-purpose',
  'key-of-other-name',
])

/** The exit code of an error. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof EntryWaitingError)
    return error.cause instanceof IssuerError ? EXIT.ledgerUnavailable : exitCodeOf(error.cause)
  if (error instanceof LedgerUnavailableError) return EXIT.ledgerUnavailable
  if (error instanceof LedgerRefusedError) return EXIT.ledgerRefused
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
  if (error instanceof MalformedError || error instanceof ConfigurationError) return EXIT.usage
  if (error instanceof IssuerError && error.code === 'verifier-unavailable') return EXIT.verifierUnavailable
  if (error instanceof IssuerError && error.code === 'signed-ahead') return EXIT.ledgerUnavailable
  if (error instanceof IssuerError || error instanceof KeyError)
    return FAILURES.has(error.code) ? EXIT.failure : EXIT.usage
  return EXIT.failure
}
