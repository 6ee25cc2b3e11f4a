/** How `hefu-ledger` and `hefu-verifier` end, for scripts that call it. */
import { AuditRefusedError } from '@hefu/ledger/audit'
import { LedgerUnavailableError } from '@hefu/protocol'
import { ConfigurationError, KeyError, ListenError, StorageError } from '@hefu/service'
import { CommanderError } from 'commander'
import { CommandError } from '../error/command-error.ts'
import { VerifierStartError, type VerifierStartErrorCode } from '../error/start-error.ts'
import { ReplicaDamagedError } from '../replica/replica-damaged.ts'

export const EXIT = {
  done: 0,
  failure: 1,
  usage: 2,
  /** Something is otherwise than it was told. */
  differs: 3,
  /** Nothing could be said: never that all is well. */
  notAudited: 4,
  /** What was compared is equal, and not all that was asked for could be. */
  partly: 5,
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Of what keeps the service from starting, where that is no wrong input. */
const START_EXITS: Readonly<Partial<Record<VerifierStartErrorCode, ExitCode>>> = {
  'issuer-silent': EXIT.notAudited,
  'ended-keys-unwritable': EXIT.failure,
  'known-keys-unwritable': EXIT.failure,
}

/** The exit code of an error. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof AuditRefusedError || error instanceof LedgerUnavailableError) return EXIT.notAudited
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
  if (error instanceof ConfigurationError || error instanceof KeyError) return EXIT.usage
  if (error instanceof ListenError) return EXIT.usage
  if (error instanceof CommandError && error.code === 'key-unwritable') return EXIT.failure
  if (error instanceof VerifierStartError) return START_EXITS[error.code] ?? EXIT.usage
  if (error instanceof CommandError) return EXIT.usage
  if (error instanceof StorageError || error instanceof ReplicaDamagedError) return EXIT.notAudited
  return EXIT.failure
}
