/** Calls that need two keys, by their call data. */
import type { Hex } from '@hefu/protocol'
import { type Abi, decodeFunctionData, encodeFunctionData } from 'viem'
import { ledgerAbi } from '../abi/ledger-abi.ts'
import type { ContractCall } from './account.ts'
import type { LedgerCall } from './contract-call.ts'

type TwoKeyFunction = Extract<
  LedgerCall['functionName'],
  | 'accreditAgency'
  | 'actLate'
  | 'correct'
  | 'dissolveSuccession'
  | 'narrowKeyCompromise'
  | 'reinstateAgency'
  | 'reinstateRegion'
  | 'retireAgency'
  | 'retireRegion'
>

const TWO_KEY_FUNCTIONS: Readonly<Record<TwoKeyFunction, true>> = {
  accreditAgency: true,
  actLate: true,
  correct: true,
  dissolveSuccession: true,
  narrowKeyCompromise: true,
  reinstateAgency: true,
  reinstateRegion: true,
  retireAgency: true,
  retireRegion: true,
}

/** Whether a function takes two keys, always or sometimes. */
export function isOfTwoKeys(functionName: string): boolean {
  return Object.hasOwn(TWO_KEY_FUNCTIONS, functionName)
}

/**
 * A call of two keys from its call data, which is encoded as the ledger's ABI has it and in no other way.
 *
 * @throws {RangeError}
 */
export function parseTwoKeyCall(callData: Hex): Pick<ContractCall, 'functionName' | 'args'> {
  const { functionName, args = [] } = decodeCall(callData)
  if (!Object.hasOwn(TWO_KEY_FUNCTIONS, functionName)) {
    throw new RangeError(`read a call of two keys: ${functionName} takes no second key`)
  }
  const abi: Abi = ledgerAbi
  if (encodeFunctionData({ abi, functionName, args }) === callData) return { functionName, args }
  throw new RangeError(`read a call of two keys: the call data of ${functionName} is not in its one form`)
}

function decodeCall(data: Hex) {
  try {
    return decodeFunctionData({ abi: ledgerAbi, data })
  } catch (error) {
    throw new RangeError('read a call of two keys: this is no call of the ledger', { cause: error })
  }
}
