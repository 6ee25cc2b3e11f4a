/** Calls of the contracts, typed by their ABI: one with another name or other arguments does not compile. */
import type { Abi, ContractFunctionArgs, ContractFunctionName } from 'viem'
import type { ledgerAbi } from '../abi/ledger-abi.ts'
import type { rulebookAbi } from '../abi/rulebook-abi.ts'
import type { Confirmation } from './account.ts'

type WritingFunction<TAbi extends Abi> = ContractFunctionName<TAbi, 'nonpayable'>

type CallOf<TAbi extends Abi> = {
  readonly [Name in WritingFunction<TAbi>]: {
    readonly functionName: Name
    readonly args: ContractFunctionArgs<TAbi, 'nonpayable', Name>
  }
}[WritingFunction<TAbi>]

/** A call that writes to the ledger, whichever part of it answers. */
export type LedgerCall = CallOf<typeof ledgerAbi>

/** A call that writes to a rulebook. */
export type RulebookCall = CallOf<typeof rulebookAbi>

/** Submits a call and confirms it. */
export type Write<Call, Outcome = Confirmation> = (call: Call) => Promise<Outcome>
