/** That too few nodes told the same, in words: nobody is believed then. */
import { LedgerUnavailableError } from '@hefu/protocol'
import { NodeFaultError } from './node-fault.ts'
import type { NodeStanding } from './node-standing.ts'

/** Why a node gave no answer. */
export interface NodeFailure {
  readonly standing: NodeStanding
  readonly error: unknown
}

/**
 * @param counts how many told each answer
 * @param all what the network has
 */
export function tooFew(
  purpose: string,
  needed: number,
  counts: readonly number[],
  failures: readonly NodeFailure[],
  all: readonly NodeStanding[],
): LedgerUnavailableError {
  const alike = Math.max(0, ...counts)
  const found = `${needed} of ${all.length} nodes must tell the same, and ${alike} did`
  return unanswered(`${purpose}: ${found}`, counts.length > 1, failures, all)
}

/** That no node gave an answer that proves itself. */
export function noneProven(
  purpose: string,
  failures: readonly NodeFailure[],
  all: readonly NodeStanding[],
): LedgerUnavailableError {
  return unanswered(`${purpose}: no node of ${all.length} gave what the header holds`, false, failures, all)
}

function unanswered(
  message: string,
  areAtOdds: boolean,
  failures: readonly NodeFailure[],
  all: readonly NodeStanding[],
): LedgerUnavailableError {
  const [first] = failures
  // One node alone says best itself what was wrong.
  if (all.length === 1 && first?.error instanceof LedgerUnavailableError) return first.error
  const standings = all.map(({ state: { node, state, fault } }) => `${node} ${fault ?? state}`).join(', ')
  const code = codeOf(areAtOdds, failures)
  return new LedgerUnavailableError(code, `${message} (${standings})`, { cause: first?.error })
}

function codeOf(areAtOdds: boolean, failures: readonly NodeFailure[]): LedgerUnavailableError['code'] {
  // Some of them would answer a shorter range, and may be enough then.
  if (
    failures.some(({ error }) => error instanceof LedgerUnavailableError && error.code === 'answer-too-large')
  )
    return 'answer-too-large'
  const isFalse = failures.some(({ error }) => error instanceof NodeFaultError)
  return areAtOdds || isFalse ? 'inconsistent' : 'unreachable'
}
