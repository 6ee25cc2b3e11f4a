/** What the ledger's contract refuses, and failures on the way to it, as errors of this package. */
import { LedgerUnavailableError } from '@hefu/protocol'
import { BaseError, type ContractErrorName, ContractFunctionRevertedError } from 'viem'
import type { accessManagerAbi } from '../abi/access-manager-abi.ts'
import type { councilAbi } from '../abi/council-abi.ts'
import type { ledgerAbi } from '../abi/ledger-abi.ts'
import type { registryKeeperAbi } from '../abi/registry-keeper-abi.ts'
import type { rulebookAbi } from '../abi/rulebook-abi.ts'
import type { seatsAbi } from '../abi/seats-abi.ts'

/**
 * Why a transaction was refused: a custom error of contracts/interfaces, such as `AnchorAlreadyExists`; `Reverted`: it
 * was mined all the same and changed nothing; `unknown error`: for a reason that this version does not know.
 */
export type RefusalCode =
  | ContractErrorName<
      | typeof ledgerAbi
      | typeof rulebookAbi
      | typeof registryKeeperAbi
      | typeof councilAbi
      | typeof seatsAbi
      | typeof accessManagerAbi
    >
  | 'Reverted'
  | 'unknown error'

/** The contract refused a transaction: nothing was written. */
export class LedgerRefusedError extends Error {
  override readonly name = 'LedgerRefusedError'
  readonly code: RefusalCode
  /** The offending values. */
  readonly args: readonly unknown[]

  constructor(code: RefusalCode, args: readonly unknown[], options?: ErrorOptions) {
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
    // It was decoded by the ABI of the contract that was called: it is one of those names.
    return new LedgerRefusedError(errorName as RefusalCode, args, { cause: error })
  }
  return new LedgerUnavailableError('unreachable', `write to the ledger: ${error.shortMessage}`, {
    cause: error,
  })
}
