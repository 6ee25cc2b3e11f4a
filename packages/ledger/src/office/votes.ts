/** The council's votes, what each would do, and how far it has come: from the events and answers of the council. */
import type { Hex } from '@hefu/protocol'
import { getAbiItem, keccak256, type PublicClient, stringToHex } from 'viem'
import { councilAbi } from '../abi/council-abi.ts'
import { seatsAbi } from '../abi/seats-abi.ts'
import type { AllianceNetwork } from '../network/alliance-network.ts'
import { answered } from '../write/account.ts'
import { contractAt } from './contract-addresses.ts'
import { readEvents } from './event-pages.ts'
import { decodeOfficeCall, type OfficeCall } from './office-call.ts'

/** In the governor's order. */
const STATES = [
  'pending',
  'active',
  'canceled',
  'defeated',
  'succeeded',
  'queued',
  'expired',
  'executed',
] as const

export type VoteState = (typeof STATES)[number]

/** One of the calls that a vote decides on. */
export interface VotedCall {
  readonly target: Hex
  readonly data: Hex
  /** `null`: none of the alliance's contracts, or no function that this version knows. */
  readonly call: OfficeCall | null
}

/** What an account said. */
export interface Voice {
  readonly account: Hex
  /** For how many voices the council counted it: zero of an account that held no seat when the vote began. */
  readonly weight: number
  /** In the governor's order. */
  readonly support: 'against' | 'for' | 'abstain'
}

export interface Vote {
  /** Its place among all that were ever proposed to this council, from one. */
  readonly number: number
  readonly id: bigint
  readonly proposer: Hex
  readonly description: string
  readonly descriptionHash: Hex
  readonly calls: readonly VotedCall[]
  readonly values: readonly bigint[]
  readonly state: VoteState
  readonly against: number
  readonly inFavour: number
  readonly abstaining: number
  /** How many seats must take part; as there are seats today while it has not begun, or was withdrawn. */
  readonly quorum: number
  readonly voices: readonly Voice[]
  /** Unix seconds: it is voted on from the first to the second. */
  readonly beginsAt: number
  readonly endsAt: number
  /** Unix seconds from which on it can be carried out; `null` until it is queued. */
  readonly executableAt: number | null
}

/** @throws {LedgerUnavailableError} */
export async function readVotes(reader: PublicClient, network: AllianceNetwork): Promise<readonly Vote[]> {
  const event = getAbiItem({ abi: councilAbi, name: 'ProposalCreated' })
  const told = await readEvents(reader, network.council, event, network.deploymentBlock)
  const voices = await readVoices(reader, network)
  const votes: Vote[] = []
  for (const [place, { args }] of told.entries()) {
    const { proposalId, proposer, description, targets, calldatas, values } = args
    votes.push({
      number: place + 1,
      id: proposalId,
      proposer: proposer.toLowerCase() as Hex,
      description,
      descriptionHash: keccak256(stringToHex(description)),
      calls: await readCalls(reader, network, targets, calldatas),
      values,
      voices: voices.get(proposalId) ?? [],
      ...(await readProgress(reader, network, proposalId)),
    })
  }
  return votes
}

async function readCalls(
  reader: PublicClient,
  network: AllianceNetwork,
  targets: readonly Hex[],
  calldatas: readonly Hex[],
): Promise<readonly VotedCall[]> {
  const calls: VotedCall[] = []
  for (const [place, target] of targets.entries()) {
    const data = calldatas[place] ?? '0x'
    const contract = await contractAt(reader, network, target)
    calls.push({ target, data, call: contract === null ? null : decodeOfficeCall(contract, data) })
  }
  return calls
}

const SUPPORTS = ['against', 'for', 'abstain'] as const

/** What every seat said, by the vote. */
async function readVoices(
  reader: PublicClient,
  network: AllianceNetwork,
): Promise<ReadonlyMap<bigint, readonly Voice[]>> {
  const event = getAbiItem({ abi: councilAbi, name: 'VoteCast' })
  const told = await readEvents(reader, network.council, event, network.deploymentBlock)
  const voices = new Map<bigint, Voice[]>()
  for (const { proposalId, voter, support, weight } of told.map(({ args }) => args)) {
    const account = voter.toLowerCase() as Hex
    const voice = { account, weight: Number(weight), support: SUPPORTS[support] ?? 'abstain' }
    voices.set(proposalId, [...(voices.get(proposalId) ?? []), voice])
  }
  return voices
}

type Progress = Pick<
  Vote,
  'state' | 'against' | 'inFavour' | 'abstaining' | 'quorum' | 'beginsAt' | 'endsAt' | 'executableAt'
>

async function readProgress(reader: PublicClient, network: AllianceNetwork, id: bigint): Promise<Progress> {
  const { council } = network
  const at = { address: council, abi: councilAbi, args: [id] } as const
  const [state, voices, begins, ends, executable] = await answered(
    Promise.all([
      reader.readContract({ ...at, functionName: 'state' }),
      reader.readContract({ ...at, functionName: 'proposalVotes' }),
      reader.readContract({ ...at, functionName: 'proposalSnapshot' }),
      reader.readContract({ ...at, functionName: 'proposalDeadline' }),
      reader.readContract({ ...at, functionName: 'proposalEta' }),
    ]),
  )
  const [against, inFavour, abstaining] = voices.map(Number)
  return {
    state: STATES[state] ?? 'expired',
    against: against ?? 0,
    inFavour: inFavour ?? 0,
    abstaining: abstaining ?? 0,
    quorum: await readQuorum(reader, network, UNBEGUN.has(STATES[state] ?? 'expired') ? null : begins),
    beginsAt: Number(begins),
    endsAt: Number(ends),
    executableAt: executable === 0n ? null : Number(executable),
  }
}

/** One that was withdrawn was withdrawn before it began. */
const UNBEGUN: ReadonlySet<VoteState> = new Set(['pending', 'canceled'])

/** More than half of the seats at the beginning of the vote (Unix seconds; `null`: it is still to come), as Council.sol counts. */
async function readQuorum(
  reader: PublicClient,
  { council, seats }: AllianceNetwork,
  begins: bigint | null,
): Promise<number> {
  if (begins !== null) {
    const args = [begins] as const
    return Number(
      await answered(
        reader.readContract({ address: council, abi: councilAbi, functionName: 'quorum', args }),
      ),
    )
  }
  const seated = await answered(
    reader.readContract({ address: seats, abi: seatsAbi, functionName: 'seated' }),
  )
  return Math.floor(seated.length / 2) + 1
}

/** For how many voices the council counts what an account says: one, when it held a seat at the beginning and holds it still. */
export async function readVoicesOf(
  reader: PublicClient,
  { council }: AllianceNetwork,
  account: Hex,
  { beginsAt }: Pick<Vote, 'beginsAt'>,
): Promise<number> {
  const args = [account, BigInt(beginsAt)] as const
  const asked = reader.readContract({ address: council, abi: councilAbi, functionName: 'getVotes', args })
  return Number(await answered(asked))
}
