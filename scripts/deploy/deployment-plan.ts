/** What a deployment consists of: each contract, its artifact, what it is constructed with, and what it must answer to. */
import type { RestrictedContract } from './roles.ts'

/** Where a ledger was deployed: what every reader of it must know. */
export interface Deployment {
  readonly chainId: number
  readonly ledger: string
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

export type ContractName = 'accessManager' | 'ledger' | 'rulebook' | 'lens' | 'seats' | 'council' | 'registry'

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

export const LEDGER = 'contracts/Ledger.sol/Ledger.json'
export const FORM_RULES = 'contracts/modules/FormRules.sol/FormRules.json'
export const SEATS = 'contracts/governance/Seats.sol/Seats.json'
export const COUNCIL = 'contracts/governance/Council.sol/Council.json'
export const ACCESS_MANAGER = '@openzeppelin/contracts/access/manager/AccessManager.sol/AccessManager.json'
const RULEBOOK = 'contracts/Rulebook.sol/Rulebook.json'
const LENS = 'contracts/Lens.sol/Lens.json'
const REGISTRY = 'contracts/governance/Registry.sol/Registry.json'

/** In this order: each may name those before it. */
export const PLANS: readonly Plan[] = [
  { name: 'accessManager', artifact: ACCESS_MANAGER, args: (_, { deployer }) => [deployer] },
  { name: 'ledger', artifact: LEDGER, args: ({ accessManager }) => [accessManager] },
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

/** The artifacts of the contracts whose functions the access manager restricts. */
export const RESTRICTED: Readonly<Record<RestrictedContract, string>> = {
  ledger: LEDGER,
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
  { of: 'rulebook', getter: 'authority', to: 'accessManager' },
  { of: 'rulebook', getter: 'ledger', to: 'ledger' },
  { of: 'registry', getter: 'authority', to: 'accessManager' },
  { of: 'lens', getter: 'ledger', to: 'ledger' },
  { of: 'seats', getter: 'ledger', to: 'ledger' },
  { of: 'council', getter: 'token', to: 'seats' },
  { of: 'council', getter: 'accessManager', to: 'accessManager' },
]
