/** What a deployment consists of: each contract, its artifact, what it is constructed with, and what it must answer to. */
import type { RestrictedContract } from './roles.ts'

/** Where a ledger was deployed: what every reader of it must know. */
export interface Deployment {
  readonly chainId: number
  readonly ledger: string
  /** The three parts of the ledger. */
  readonly members: string
  readonly remedies: string
  readonly appointments: string
  readonly accessManager: string
  /** The rulebook that the ledger was given first; the ledger tells which is in force. */
  readonly rulebook: string
  readonly lens: string
  readonly seats: string
  readonly council: string
  readonly registry: string
  /** The ledger's block: no fact of it is older. */
  readonly deploymentBlock: number
}

export type ContractName =
  | 'accessManager'
  | 'members'
  | 'remedies'
  | 'appointments'
  | 'ledger'
  | 'rulebook'
  | 'lens'
  | 'seats'
  | 'council'
  | 'registry'

/** Seconds. */
export interface VotingTimes {
  readonly delay: number
  readonly period: number
}

/** What the constructors are told beside addresses. */
export interface Circumstances {
  readonly deployer: string
  readonly voting: VotingTimes
  /** Time of the ledger's block (Unix seconds). */
  readonly openedAt: number
}

type Addresses = Readonly<Record<ContractName, string>>

export interface Plan {
  readonly name: ContractName
  readonly artifact: string
  readonly args: (known: Addresses, circumstances: Circumstances) => readonly unknown[]
}

const ONE_DAY = 86_400
export const DEFAULT_VOTING: VotingTimes = { delay: ONE_DAY, period: 7 * ONE_DAY }
/** Seconds from the end of a vote to what it decided: what `Council.sol` is made with. */
export const MIN_EXECUTION_DELAY = 2 * ONE_DAY
/** Seats taken when a deployment is handed over: one alone would be the council, and of two either could stop it. */
export const LEAST_SEATS = 3

/** Also tells the event of its `AccessManaged`, which no interface of ours has. */
export const LEDGER_CODE = 'contracts/Ledger.sol/Ledger.json'
/** What the ledger's address answers to, whichever part of it does; but for what `AccessManaged` has, and the addresses of the parts. */
export const LEDGER_INTERFACE = 'contracts/interfaces/ILedger.sol/ILedger.json'
export const SEATS = 'contracts/governance/Seats.sol/Seats.json'
export const COUNCIL = 'contracts/governance/Council.sol/Council.json'
export const ACCESS_MANAGER = '@openzeppelin/contracts/access/manager/AccessManager.sol/AccessManager.json'
const MEMBERS = 'contracts/office/Members.sol/Members.json'
const REMEDIES = 'contracts/office/Remedies.sol/Remedies.json'
const APPOINTMENTS = 'contracts/office/Appointments.sol/Appointments.json'
const RULEBOOK = 'contracts/Rulebook.sol/Rulebook.json'
const LENS = 'contracts/Lens.sol/Lens.json'
const REGISTRY = 'contracts/governance/Registry.sol/Registry.json'

/** In this order: each may name those before it. */
export const PLANS: readonly Plan[] = [
  { name: 'accessManager', artifact: ACCESS_MANAGER, args: (_, { deployer }) => [deployer] },
  { name: 'members', artifact: MEMBERS, args: () => [] },
  { name: 'remedies', artifact: REMEDIES, args: () => [] },
  { name: 'appointments', artifact: APPOINTMENTS, args: () => [] },
  {
    name: 'ledger',
    artifact: LEDGER_CODE,
    args: ({ accessManager, members, remedies, appointments }) => [
      accessManager,
      members,
      remedies,
      appointments,
    ],
  },
  {
    name: 'rulebook',
    artifact: RULEBOOK,
    args: ({ accessManager, ledger }) => [accessManager, ledger],
  },
  { name: 'lens', artifact: LENS, args: ({ ledger }) => [ledger] },
  { name: 'seats', artifact: SEATS, args: ({ ledger }) => [ledger] },
  {
    name: 'council',
    artifact: COUNCIL,
    args: ({ seats, accessManager }, { voting }) => [seats, accessManager, voting.delay, voting.period],
  },
  {
    name: 'registry',
    artifact: REGISTRY,
    args: ({ accessManager, ledger }, { openedAt }) => [accessManager, ledger, openedAt],
  },
]

/** The interfaces of the contracts whose functions the access manager restricts. */
export const RESTRICTED: Readonly<Record<RestrictedContract, string>> = {
  ledger: LEDGER_INTERFACE,
  rulebook: RULEBOOK,
  registry: REGISTRY,
}

/** One contract names another, and tells which by a getter. */
export interface Link {
  readonly of: ContractName
  readonly getter: string
  readonly to: ContractName
}

export const LINKS: readonly Link[] = [
  { of: 'ledger', getter: 'authority', to: 'accessManager' },
  { of: 'ledger', getter: 'members', to: 'members' },
  { of: 'ledger', getter: 'remedies', to: 'remedies' },
  { of: 'ledger', getter: 'appointments', to: 'appointments' },
  { of: 'rulebook', getter: 'authority', to: 'accessManager' },
  { of: 'rulebook', getter: 'ledger', to: 'ledger' },
  { of: 'registry', getter: 'authority', to: 'accessManager' },
  { of: 'lens', getter: 'ledger', to: 'ledger' },
  { of: 'seats', getter: 'ledger', to: 'ledger' },
  { of: 'council', getter: 'token', to: 'seats' },
  { of: 'council', getter: 'accessManager', to: 'accessManager' },
]
