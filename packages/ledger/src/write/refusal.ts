/** What the ledger's contract refuses, and failures on the way to it, as errors of this package. */
import { LedgerUnavailableError } from '@hefu/protocol'
import { BaseError, ContractFunctionRevertedError } from 'viem'

/** The contract refused a transaction: nothing was written. */
export class LedgerRefusedError extends Error {
  override readonly name = 'LedgerRefusedError'
  /** Name of the custom error in contracts/interfaces, such as `AnchorAlreadyExists`. */
  readonly code: string
  /** The offending values. */
  readonly args: readonly unknown[]

  constructor(code: string, args: readonly unknown[], options?: ErrorOptions) {
    super(`write to the ledger: refused with ${code}(${args.map(String).join(', ')})`, options)
    this.code = code
    this.args = args
  }
}

/** A viem error as {@link LedgerRefusedError} when the contract spoke, as `LedgerUnavailableError` otherwise. */
export function toLedgerError(error: unknown): unknown {
  if (!(error instanceof BaseError)) return error
  const reverted = error.walk((cause) => cause instanceof ContractFunctionRevertedError)
  if (reverted instanceof ContractFunctionRevertedError) {
    const { errorName = 'unknown error', args = [] } = reverted.data ?? {}
    return new LedgerRefusedError(errorName, args, { cause: error })
  }
  return new LedgerUnavailableError('unreachable', `write to the ledger: ${error.shortMessage}`, {
    cause: error,
  })
}
