/** An office at work: what it may read, and how one call of it comes about. */
import { type Hex, LedgerUnavailableError, type OfficialName } from '@hefu/protocol'
import type { PublicClient } from 'viem'
import { accessManagerAbi } from '../abi/access-manager-abi.ts'
import { seatsAbi } from '../abi/seats-abi.ts'
import type { AllianceNetwork } from '../network/alliance-network.ts'
import type { Network } from '../network/network.ts'
import {
  answered,
  type Confirmation,
  connectAccount,
  connectReader,
  submit,
  waitUntilMined,
} from '../write/account.ts'
import { type CarriedOut, confirmAgreement, type Proposed } from '../write/agreement.ts'
import { type Confirmer, confirmProposal, findConfirmer } from '../write/proposals.ts'
import type { LedgerRefusedError } from '../write/refusal.ts'
import { isOfTwoKeys } from '../write/two-key-call.ts'
import {
  type AgencyKey,
  type AgencyResponsibility,
  readKeys,
  readResponsibilities,
} from './agency-entries.ts'
import { type AgreementRecord, readAgreement, readAgreementsOf } from './agreements.ts'
import { type Announcement, readAnnouncements, scheduleOf } from './announcements.ts'
import { addressOf, isRulebookOf, type OfficeNetwork, rulebookInForce } from './contract-addresses.ts'
import { mayCouncil, readPower, readRole, refusalOfCouncil } from './council-way.ts'
import { type EnteredTerm, enteredTerms } from './entered-terms.ts'
import { type AgencyRecord, type RegionRecord, readAgency, readRegion } from './members.ts'
import { abiOf, encodeOfficeCall, type OfficeCall } from './office-call.ts'
import { type RulebookContents, readRulebookContents } from './rulebook-contents.ts'
import { readWaitingProposals, type WaitingProposal } from './two-key-proposals.ts'
import { readVoicesOf, readVotes, type Vote } from './votes.ts'

export type { OfficeNetwork } from './contract-addresses.ts'

/**
 * How a restricted call comes about for an account: `at-once`; `announce`, and the same call again once the delay
 * (seconds) is over; `ready`: announced, and to be made now; `waiting` until a time (Unix seconds); `vote`: its seat may
 * put it to the council, which may carry it out; `nobody`: not by this account, nor by a vote.
 */
export type Way =
  | { readonly way: 'at-once' | 'ready' | 'vote' }
  | {
      readonly way: 'nobody'
      /** Whose it is, by the number of the role in the access manager. */
      readonly role: number
      /** Whether the account has a seat in the council. */
      readonly isSeated: boolean
    }
  | { readonly way: 'announce'; readonly delay: number }
  | { readonly way: 'waiting'; readonly until: number }

/** What a call that was sent came to. */
export type OfficeOutcome = (Entered & { readonly outcome: 'done' }) | CarriedOut | Proposed

/** A transaction that stands, and the terms that it entered, as the contracts tell them. */
export interface Entered extends Confirmation {
  readonly terms: readonly EnteredTerm[]
}

/** A seat of the council. */
export interface Seat {
  readonly region: string
  /** Who took it. */
  readonly account: Hex
  /** Whether the account is still entitled to it: else its voice counts for nothing. */
  readonly isEntitled: boolean
}

/** What anybody may ask. Everything is asked of the newest block. */
export interface OfficeView {
  /** Unix seconds. */
  now(): Promise<number>
  /** When the next block may come at the earliest (Unix seconds), as far as the node tells. */
  nextBlockTime(): Promise<number>
  region(code: string): Promise<RegionRecord>
  agency(code: string): Promise<AgencyRecord>
  /** Every key that was ever registered for an agency, in the order of registration. */
  keysOf(agency: string): Promise<readonly AgencyKey[]>
  /** What an agency issues now or will, by the rulebook in force. */
  responsibilitiesOf(agency: string): Promise<readonly AgencyResponsibility[]>
  /** `null`: the rulebook in force has none of this number. */
  agreement(number: number): Promise<AgreementRecord | null>
  /** Those that a province proposed, was invited to or has joined. */
  agreementsOf(region: string): Promise<readonly AgreementRecord[]>
  /** `null`: nobody of this code was ever on the ledger. */
  nameOf(code: string): Promise<OfficialName | null>
  /** Who would have to make a call that was proposed. */
  confirmerOf(callData: Hex): Promise<Confirmer | null>
  waitingProposals(): Promise<readonly WaitingProposal[]>
  votes(): Promise<readonly Vote[]>
  /** For how many voices the council counts what an account says in a vote that has begun: one, or none. */
  voicesOf(account: Hex, vote: Vote): Promise<number>
  /** Why a contract would refuse a call that the council made now; `null`: it would not, or the node does not tell. */
  councilRefusal(call: OfficeCall): Promise<LedgerRefusedError | null>
  /** Where the rulebook in force stands. */
  rulebookAddress(): Promise<Hex>
  /** Where calls of the rulebook go, if not to the one in force. */
  readonly otherRulebook: Hex | null
  /** What a rulebook holds, in force or not; `null`: there is none of this ledger at the address. */
  rulebookContents(rulebook: Hex): Promise<RulebookContents | null>
  announcements(): Promise<readonly Announcement[]>
  /** Whether a contract stands at the address, says that it is a rulebook of the ledger, and is in force already. */
  rulebookAt(address: Hex): Promise<'none' | 'foreign' | 'in-force' | 'other'>
  /** Where the council stands. */
  councilAddress(): Promise<Hex>
  /** Provinces that sit in the council, with the accounts that sit for them. */
  seats(): Promise<readonly Seat[]>
}

/** A view with an account that acts. */
export interface ConnectedOffice extends OfficeView {
  readonly address: Hex
  wayOf(call: OfficeCall): Promise<Way>
  /** Makes the call from this account. */
  send(call: OfficeCall): Promise<OfficeOutcome>
  /** Announces the call, to be made once its delay is over. */
  announce(call: OfficeCall): Promise<Confirmation>
  /** Puts calls to the council's vote. */
  propose(calls: readonly OfficeCall[], description: string): Promise<Confirmation>
  queue(vote: Vote): Promise<Confirmation>
  execute(vote: Vote): Promise<Entered>
  /** Takes back what this account put to the vote, before it is voted on. */
  withdraw(vote: Vote): Promise<Confirmation>
  /** Stops what was announced. */
  cancel(announcement: Announcement): Promise<Confirmation>
  confirmProposal(callData: Hex): Promise<OfficeOutcome>
}

/**
 * A view of an alliance.
 *
 * @throws {LedgerUnavailableError} by every function: `no-contract` where the network does not name what is asked
 */
export function createOfficeView(network: OfficeNetwork): OfficeView {
  return viewOf(connectReader(ofFile(network)), network)
}

/** Which other rulebook is meant no network file says. */
function ofFile({ otherRulebook: _, ...network }: OfficeNetwork): Network {
  return network
}

function viewOf(reader: PublicClient, network: OfficeNetwork): OfficeView {
  const now = () => timeNow(reader, network)
  return {
    now,
    nextBlockTime: async () => Math.max(await now(), await timeOfPending(reader)),
    region: async (code) => readRegion(reader, network, code, await now()),
    agency: async (code) => readAgency(reader, network, code, await now()),
    keysOf: (agency) => readKeys(reader, network, agency),
    responsibilitiesOf: async (agency) => readResponsibilities(reader, network, agency, await now()),
    agreement: (number) => readAgreement(reader, network, number),
    agreementsOf: (region) => readAgreementsOf(reader, network, region),
    nameOf: async (code) => {
      const read = code.length === 18 ? readAgency : readRegion
      return (await read(reader, network, code, await now())).name
    },
    confirmerOf: async (callData) => findConfirmer({ reader }, network, { callData, blockTime: await now() }),
    waitingProposals: async () => readWaitingProposals(reader, network, await now()),
    votes: () => readVotes(reader, wholeOf(network)),
    voicesOf: (account, vote) => readVoicesOf(reader, wholeOf(network), account, vote),
    councilRefusal: async (call) =>
      refusalOfCouncil(reader, wholeOf(network), await addressOf(reader, network, call.contract), call),
    rulebookAddress: () => rulebookInForce(reader, network),
    otherRulebook: network.otherRulebook ?? null,
    rulebookContents: async (rulebook) =>
      readRulebookContents(reader, wholeOf(network), rulebook, await now()),
    rulebookAt: (address) => readRulebookAt(reader, network, address),
    announcements: () => readAnnouncements(reader, wholeOf(network)),
    councilAddress: async () => wholeOf(network).council,
    seats: () => readSeats(reader, wholeOf(network)),
  }
}

async function readRulebookAt(
  reader: PublicClient,
  network: OfficeNetwork,
  address: Hex,
): Promise<'none' | 'foreign' | 'in-force' | 'other'> {
  if ((await answered(reader.getCode({ address }))) === undefined) return 'none'
  if (!(await isRulebookOf(reader, network, address))) return 'foreign'
  return (await rulebookInForce(reader, network)) === address ? 'in-force' : 'other'
}

/** Zero from a node that has no pending block. */
async function timeOfPending(reader: PublicClient): Promise<number> {
  try {
    return Number((await reader.getBlock({ blockTag: 'pending' })).timestamp)
  } catch {
    // Not every node has one; the newest block's time stands for it.
    return 0
  }
}

/** @throws {LedgerUnavailableError} when the node answers for another chain, or has no ledger there */
async function timeNow(reader: PublicClient, { chainId, ledger }: OfficeNetwork): Promise<number> {
  const [found, code, { timestamp }] = await answered(
    Promise.all([reader.getChainId(), reader.getCode({ address: ledger }), reader.getBlock()]),
  )
  if (found !== chainId)
    throw new LedgerUnavailableError('wrong-chain', `ask the node: it is of chain ${found}, not ${chainId}`)
  if (code === undefined)
    throw new LedgerUnavailableError('no-contract', `ask the node: there is no ledger at ${ledger}`)
  return Number(timestamp)
}

/** @throws {LedgerUnavailableError} for a network file of the ledger alone */
function wholeOf(network: OfficeNetwork): AllianceNetwork {
  const { accessManager, seats, council, registry } = network
  if (accessManager && seats && council && registry)
    return { ...network, accessManager, seats, council, registry }
  throw new LedgerUnavailableError(
    'no-contract',
    'ask the council: the network file names none; take the record of the deployment',
  )
}

async function readSeats(reader: PublicClient, { seats }: AllianceNetwork) {
  const at = { address: seats, abi: seatsAbi } as const
  const seated = await answered(reader.readContract({ ...at, functionName: 'seated' }))
  const sitting: Seat[] = []
  for (const region of seated.toSorted()) {
    const account = await answered(reader.readContract({ ...at, functionName: 'seatOf', args: [region] }))
    const isEntitled = await answered(
      reader.readContract({ ...at, functionName: 'isSeated', args: [account] }),
    )
    sitting.push({ region: String(region), account: account.toLowerCase() as Hex, isEntitled })
  }
  return sitting
}

/** An account with its view. Connecting asks nothing of the node. */
export function connectOffice({
  network,
  privateKey,
}: {
  network: OfficeNetwork
  privateKey: Hex
}): ConnectedOffice {
  const account = connectAccount(ofFile(network), privateKey)
  const { reader } = account
  const submitted = async (call: OfficeCall, address: Hex) =>
    submit(account, { ...call, address, abi: abiOf(call.contract) })
  /** @param contracts whose events tell what it entered; by default those of the contract that is called */
  const make = async (call: OfficeCall, contracts?: readonly Hex[]): Promise<Entered> => {
    const address = await addressOf(reader, network, call.contract)
    const { confirmation, logs } = await waitUntilMined(account, await submitted(call, address))
    return { ...confirmation, terms: enteredTerms(logs, contracts ?? [address]) }
  }
  return {
    ...viewOf(reader, network),
    address: account.address,
    wayOf: (call) => findWay(reader, network, account.address, call),
    send: async (call) =>
      isOfTwoKeys(call.functionName)
        ? confirmAgreement(account, network, await submitted(call, network.ledger))
        : { outcome: 'done', ...(await make(call)) },
    announce: async (call) => {
      const target = await addressOf(reader, network, call.contract)
      return make(atManager('schedule', target, encodeOfficeCall(call), 0))
    },
    propose: async (calls, description) => {
      const targets = await Promise.all(calls.map(({ contract }) => addressOf(reader, network, contract)))
      const values = calls.map(() => 0n)
      return make(atCouncil('propose', targets, values, calls.map(encodeOfficeCall), description))
    },
    queue: (vote) => make(atCouncil('queue', ...encodeVote(vote))),
    execute: (vote) => make(atCouncil('execute', ...encodeVote(vote)), knownTargets(vote)),
    withdraw: (vote) => make(atCouncil('cancel', ...encodeVote(vote))),
    cancel: ({ caller, target, data }) => make(atManager('cancel', caller, target, data)),
    confirmProposal: (callData) => confirmProposal(account, network, callData),
  }
}

function atManager(functionName: string, ...args: readonly unknown[]): OfficeCall {
  return { contract: 'accessManager', functionName, args }
}

function atCouncil(functionName: string, ...args: readonly unknown[]): OfficeCall {
  return { contract: 'council', functionName, args }
}

function encodeVote({ calls, values, descriptionHash }: Vote): readonly unknown[] {
  return [calls.map(({ target }) => target), values, calls.map(({ data }) => data), descriptionHash]
}

function knownTargets({ calls }: Vote): readonly Hex[] {
  return calls.filter(({ call }) => call !== null).map(({ target }) => target)
}

async function findWay(
  reader: PublicClient,
  network: OfficeNetwork,
  account: Hex,
  call: OfficeCall,
): Promise<Way> {
  const whole = wholeOf(network)
  const [target, data] = [await addressOf(reader, network, call.contract), encodeOfficeCall(call)]
  const selector = data.slice(0, 10) as Hex
  const { isImmediate, delay } = await readPower(reader, whole, account, target, selector)
  if (isImmediate) return { way: 'at-once' }
  if (delay > 0) {
    const args = [account, target, data] as const
    const manager = { address: whole.accessManager, abi: accessManagerAbi } as const
    const operation = await answered(reader.readContract({ ...manager, functionName: 'hashOperation', args }))
    const readyAt = await scheduleOf(reader, whole, operation)
    if (readyAt === 0) return { way: 'announce', delay }
    return readyAt <= (await timeNow(reader, network)) ? { way: 'ready' } : { way: 'waiting', until: readyAt }
  }
  const isSeated = await answered(
    reader.readContract({ address: whole.seats, abi: seatsAbi, functionName: 'isSeated', args: [account] }),
  )
  if (isSeated && (await mayCouncil(reader, whole, target, selector))) return { way: 'vote' }
  return { way: 'nobody', role: await readRole(reader, whole, target, selector), isSeated }
}
