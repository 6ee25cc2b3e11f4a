/** What kept a contract from being read: "could not be checked", and nothing about any licence. */
import { LedgerUnavailableError, MalformedError } from '@hefu/protocol'
import { BlockUnknownError, NodeRefusalError, NodeSilenceError } from './node-error.ts'

/** A contract as sentences name it. */
export type ReadContract = 'ledger' | 'registry'

/** What engines say of a call that the contract itself ends: the one that was meant refuses no question. */
const REVERTED = /\brevert/i

/** Whatever went wrong on the way to a contract. */
export function toUnavailable(error: unknown, contract: ReadContract): LedgerUnavailableError {
  if (error instanceof LedgerUnavailableError) return error
  if (error instanceof MalformedError || error instanceof RangeError) {
    return new LedgerUnavailableError('inconsistent', `read the ${contract}: ${error.message}`, {
      cause: error,
    })
  }
  if (error instanceof NodeSilenceError && error.silence === 'too-large')
    return new LedgerUnavailableError('answer-too-large', `read the ${contract}: ${error.message}`, {
      cause: error,
    })
  if (error instanceof NodeRefusalError && REVERTED.test(error.said))
    return new LedgerUnavailableError(
      'refused',
      `read the ${contract}: the contract at its address refuses`,
      {
        cause: error,
      },
    )
  const reason = isOfNode(error) ? error.message : 'an unexpected answer'
  return new LedgerUnavailableError('unreachable', `reach the ${contract}: ${reason}`, { cause: error })
}

function isOfNode(error: unknown): error is Error {
  return (
    error instanceof NodeSilenceError ||
    error instanceof NodeRefusalError ||
    error instanceof BlockUnknownError
  )
}

/**
 * What engines say of a block that they know no more, or whose state they gave up: Geth (its hash tables and its path
 * scheme), Besu, Erigon, Nethermind, Reth and anvil. Their codes tell little: -32000 stands for nearly everything.
 */
const MISSING =
  /trie node|(block|header).*not found|unknown block|0x\w+ could not be|canonical|state.*(un| not )available|no state|pruned|pruning|OutOfRange/i
/** Besu's unknown block, and what EIP-4444 drops. */
const MISSING_CODES: readonly number[] = [-39_001, 4444]

/** The node says that it knows a block that was named no more, or its state: only an archive node keeps all. */
export function isBlockMissing(error: unknown): boolean {
  if (error instanceof BlockUnknownError) return true
  return error instanceof NodeRefusalError && (MISSING_CODES.includes(error.code) || MISSING.test(error.said))
}
