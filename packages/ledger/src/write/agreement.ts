/** What the first and the second call of two keys came to, told by what the ledger wrote. */
import { type Hex, LedgerUnavailableError } from '@hefu/protocol'
import { type Log, parseEventLogs } from 'viem'
import { ledgerAbi } from '../abi/ledger-abi.ts'
import { STANDS_SECONDS } from '../abi/longest-wait.ts'
import type { Network } from '../network/network.ts'
import {
  type Confirmation,
  type ConfirmOptions,
  type LedgerAccount,
  type Submission,
  waitUntilMined,
} from './account.ts'

/** Nothing has changed yet: whoever may confirm it makes the same call. */
export interface Proposed extends Confirmation {
  readonly outcome: 'proposed'
  /** What the second key sends to the ledger, byte for byte. */
  readonly callData: Hex
  /** The Keccak-256 of `callData`, by which the ledger keeps the proposal. */
  readonly call: Hex
  /** Unix seconds from which on the proposal is forgotten. */
  readonly standsUntil: number
}

/** It stands now. */
export interface CarriedOut extends Confirmation {
  readonly outcome: 'carried-out'
}

/** What a call of two keys came to. */
export type Agreement = Proposed | CarriedOut

/**
 * Waits as `confirm` does, and tells by the ledger's own events what became of the call.
 *
 * @throws {LedgerRefusedError} as `confirm`
 * @throws {LedgerUnavailableError} as `confirm`; `inconsistent` when the events tell of neither
 */
export async function confirmAgreement(
  account: LedgerAccount,
  { ledger }: Network,
  submission: Submission,
  options?: ConfirmOptions,
): Promise<Agreement> {
  const { confirmation, logs } = await waitUntilMined(account, submission, options)
  const proposed = eventsOf(logs, ledger).find(({ eventName }) => eventName === 'Proposed')
  if (proposed?.eventName === 'Proposed') {
    const { call, data } = proposed.args
    const standsUntil = confirmation.blockTime + STANDS_SECONDS
    return { outcome: 'proposed', ...confirmation, callData: data, call, standsUntil }
  }
  if (eventsOf(logs, ledger).some(({ eventName }) => CARRIED_OUT.has(eventName))) {
    return { outcome: 'carried-out', ...confirmation }
  }
  throw new LedgerUnavailableError(
    'inconsistent',
    `confirm ${submission.transactionHash}: its events tell neither of a proposal nor of a confirmation`,
  )
}

/** Where the code of an agency lies in the region that accredits it, one key is enough. */
const CARRIED_OUT: ReadonlySet<string> = new Set(['Confirmed', 'AgencyAccredited'])

function eventsOf(logs: readonly Log[], ledger: Hex) {
  const own = logs.filter(({ address }) => address.toLowerCase() === ledger.toLowerCase())
  return parseEventLogs({ abi: ledgerAbi, logs: [...own], strict: true })
}
