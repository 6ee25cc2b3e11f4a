/** What kept a contract from being read: "could not be checked", and nothing about any licence. */
import { LedgerUnavailableError, MalformedError } from '@hefu/protocol'
import { BaseError, BlockNotFoundError, ContractFunctionZeroDataError, RpcRequestError } from 'viem'

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
  if (error instanceof BaseError && error.walk((e) => e instanceof ContractFunctionZeroDataError)) {
    const message = `read the ${contract}: no contract stands at its address`
    return new LedgerUnavailableError('no-contract', message, { cause: error })
  }
  const reason = error instanceof BaseError ? error.shortMessage : 'an unexpected answer'
  return new LedgerUnavailableError('unreachable', `reach the ${contract}: ${reason}`, { cause: error })
}

/** The node answered, but knows a block that was named no more, or its state: only an archive node keeps all. */
export function isBlockMissing(error: unknown): boolean {
  if (!(error instanceof BaseError)) return false
  return error.walk((e) => e instanceof BlockNotFoundError || e instanceof RpcRequestError) !== null
}
