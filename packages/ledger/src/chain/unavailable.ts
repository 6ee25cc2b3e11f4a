/** What kept a contract from being read: "could not be checked", and nothing about any licence. */
import { LedgerUnavailableError, MalformedError } from '@hefu/protocol'
import { BaseError, BlockNotFoundError, ResponseBodyTooLargeError, RpcRequestError } from 'viem'

/** A contract as sentences name it. */
export type ReadContract = 'ledger' | 'registry'

/** Whatever went wrong on the way to a contract. */
export function toUnavailable(error: unknown, contract: ReadContract): LedgerUnavailableError {
  if (error instanceof LedgerUnavailableError) return error
  if (error instanceof MalformedError || error instanceof RangeError) {
    return new LedgerUnavailableError('inconsistent', `read the ${contract}: ${error.message}`, {
      cause: error,
    })
  }
  if (error instanceof BaseError && error.walk((e) => e instanceof ResponseBodyTooLargeError)) {
    const message = `read the ${contract}: the node’s answer is too large`
    return new LedgerUnavailableError('answer-too-large', message, { cause: error })
  }
  const reason = error instanceof BaseError ? error.shortMessage : 'an unexpected answer'
  return new LedgerUnavailableError('unreachable', `reach the ${contract}: ${reason}`, { cause: error })
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
  if (!(error instanceof BaseError)) return false
  return (
    error.walk((e) => e instanceof BlockNotFoundError || (e instanceof RpcRequestError && isMissing(e))) !==
    null
  )
}

function isMissing({ code, details }: RpcRequestError): boolean {
  return MISSING_CODES.includes(code) || MISSING.test(details)
}
