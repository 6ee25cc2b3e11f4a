/** That no node proved what an audit asked, in words: which node, and why. */
import { LedgerUnavailableError } from '@hefu/protocol'
import { AuditRefusedError } from './audit-error.ts'

/** Why a node proved nothing. */
export interface ProofFailure {
  /** Host and port of the node. */
  readonly name: string
  readonly error: unknown
}

/** By what the first of them said; a fault of the program is what it is. */
export function unproven(failures: readonly ProofFailure[]): unknown {
  const errors = failures.map(({ error }) => error)
  const fault = errors.find((error) => !(isRefused(error) || isUnavailable(error)))
  if (fault !== undefined) return fault
  const message = sentenceOf(failures)
  const refused = errors.find(isRefused)
  if (refused !== undefined) return new AuditRefusedError(refused.code, message, { cause: refused })
  const away = errors.find(isUnavailable)
  return new LedgerUnavailableError(away?.code ?? 'unreachable', message, { cause: away })
}

/** Nodes that say the same are named together. */
function sentenceOf(failures: readonly ProofFailure[]): string {
  const names = new Map<string, string[]>()
  for (const { name, error } of failures) {
    const why = error instanceof Error ? error.message : String(error)
    names.set(why, [...(names.get(why) ?? []), name])
  }
  return [...names].map(([why, said]) => `${said.join(', ')}: ${why}`).join('; ')
}

function isRefused(error: unknown): error is AuditRefusedError {
  return error instanceof AuditRefusedError
}

function isUnavailable(error: unknown): error is LedgerUnavailableError {
  return error instanceof LedgerUnavailableError
}
