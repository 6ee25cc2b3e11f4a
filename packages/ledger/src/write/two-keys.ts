/** Calls that need two keys: what the first and the second came to, told by what the ledger wrote. */
import { type Hex, LedgerUnavailableError, type OfficialName } from '@hefu/protocol'
import {
  type Abi,
  decodeFunctionData,
  encodeFunctionData,
  keccak256,
  type Log,
  parseEventLogs,
  zeroAddress,
} from 'viem'
import { decodeName } from '../codes.ts'
import { ledgerAbi } from '../generated/ledger-abi.ts'
import type { Network } from '../network.ts'
import {
  answered,
  type Confirmation,
  type ConfirmOptions,
  type ContractCall,
  type LedgerAccount,
  type Submission,
  submit,
  waitUntilMined,
} from './account.ts'
import type { LedgerCall } from './contract-call.ts'
import { LedgerRefusedError } from './refusal.ts'

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

/** Who is to make the call that was proposed. */
export interface Confirmer {
  /** The region whose admin confirms; `null`: above the provinces, whom the council named. */
  readonly region: string | null
  readonly name: OfficialName | null
  /** Its admin today; `null` above the provinces. */
  readonly admin: Hex | null
}

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

/** `LONGEST_WAIT` of contracts/types/Proposal.sol. */
const STANDS_SECONDS = 30 * 86_400

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

/**
 * Who confirms a proposal, by the ledger's word: it refuses the call of anybody else with the region in question.
 * `null` when it gives another reason, as it does once the proposal stands no more.
 *
 * @throws {LedgerUnavailableError}
 */
export async function findConfirmer(
  { reader }: LedgerAccount,
  network: Network,
  { callData, blockTime }: Proposed,
): Promise<Confirmer | null> {
  const region = await refusingRegion(reader, network, callData)
  if (region === null) return null
  if (region === 0) return { region: null, name: null, admin: null }
  const ledger = { address: network.ledger, abi: ledgerAbi }
  const [{ admin }, lines] = await answered(
    Promise.all([
      reader.readContract({ ...ledger, functionName: 'region', args: [region] }),
      reader.readContract({ ...ledger, functionName: 'regionNameAt', args: [region, blockTime] }),
    ]),
  )
  return { region: String(region), name: decodeName(lines), admin: admin.toLowerCase() as Hex }
}

/** The region whose admin nobody's account is not; zero for the council's. */
async function refusingRegion(
  reader: LedgerAccount['reader'],
  { ledger }: Network,
  callData: Hex,
): Promise<number | null> {
  const call: ContractCall = { address: ledger, abi: ledgerAbi, ...parseTwoKeyCall(callData) }
  try {
    await answered(reader.simulateContract({ ...call, account: zeroAddress, blockTag: 'pending' }))
    return null
  } catch (error) {
    if (!(error instanceof LedgerRefusedError)) throw error
    return error.code === 'CallerNotSuperior' ? Number(error.args[0]) : null
  }
}

/**
 * Makes the call that another key proposed.
 *
 * @param callData as {@link Proposed} has it
 * @throws {RangeError} for no call of two keys, or one that is proposed no more: nothing was sent
 * @throws {LedgerRefusedError} when this account is not who confirms it
 * @throws {LedgerUnavailableError}
 */
export async function confirmProposal(
  account: LedgerAccount,
  network: Network,
  callData: Hex,
): Promise<Agreement> {
  const call = parseTwoKeyCall(callData)
  await assertStands(account, network, keccak256(callData))
  const ledger = { address: network.ledger, abi: ledgerAbi }
  return confirmAgreement(account, network, await submit(account, { ...ledger, ...call }))
}

/** Made again, a call that stands no more would be a proposal, or be refused as one. */
async function assertStands({ reader }: LedgerAccount, { ledger }: Network, call: Hex): Promise<void> {
  const [{ proposedAt }, { timestamp }] = await answered(
    Promise.all([
      reader.readContract({ address: ledger, abi: ledgerAbi, functionName: 'proposal', args: [call] }),
      reader.getBlock(),
    ]),
  )
  if (proposedAt === 0) {
    throw new RangeError(`confirm the proposal ${call}: the ledger has none of this call data`)
  }
  if (proposedAt + STANDS_SECONDS <= Number(timestamp)) {
    throw new RangeError(`confirm the proposal ${call}: it was made at ${proposedAt}, thirty days ago`)
  }
}

/**
 * A call of two keys from its call data, which is encoded as the ledger's ABI has it and in no other way.
 *
 * @throws {RangeError}
 */
function parseTwoKeyCall(callData: Hex): Pick<ContractCall, 'functionName' | 'args'> {
  const { functionName, args = [] } = decodeCall(callData)
  if (!Object.hasOwn(TWO_KEY_FUNCTIONS, functionName)) {
    throw new RangeError(`confirm a proposal: ${functionName} takes no second key`)
  }
  const abi: Abi = ledgerAbi
  if (encodeFunctionData({ abi, functionName, args }) === callData) return { functionName, args }
  throw new RangeError(`confirm a proposal: the call data of ${functionName} is not in its one form`)
}

function decodeCall(data: Hex) {
  try {
    return decodeFunctionData({ abi: ledgerAbi, data })
  } catch (error) {
    throw new RangeError('confirm a proposal: this is no call of the ledger', { cause: error })
  }
}
