/** That too few nodes told the same, in words: nobody is believed then. */
import { LedgerUnavailableError } from '@hefu/protocol'
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
  const [only] = failures
  // One node alone says best itself what was wrong.
  if (all.length === 1 && only?.error instanceof LedgerUnavailableError) return only.error
  const alike = Math.max(0, ...counts)
  const standings = all.map(({ state: { node, state, fault } }) => `${node} ${fault ?? state}`).join(', ')
  const message = `${purpose}: ${needed} of ${all.length} nodes must tell the same, and ${alike} did (${standings})`
  return new LedgerUnavailableError(codeOf(counts, failures), message, { cause: failures[0]?.error })
}

function codeOf(counts: readonly number[], failures: readonly NodeFailure[]): LedgerUnavailableError['code'] {
  // Some of them would answer a shorter range, and may be enough then.
  if (
    failures.some(({ error }) => error instanceof LedgerUnavailableError && error.code === 'answer-too-large')
  )
    return 'answer-too-large'
  return counts.length > 1 ? 'inconsistent' : 'unreachable'
}
