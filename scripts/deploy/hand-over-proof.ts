/** The whole proof of a hand-over, from the chain's answers and not from the steps that led there. */
import { Contract, type Provider } from 'ethers'
import { readArtifact } from './artifact.ts'
import { proveContents } from './contents-proof.ts'
import { proveContracts } from './contract-proof.ts'
import { ACCESS_MANAGER, type Deployment, type VotingTimes } from './deployment-plan.ts'
import type { EventPlace } from './event-log.ts'
import { handedOverAt } from './handed-over.ts'
import type { Holding, Keepers } from './holders.ts'
import { outsidersOf, proveKeepers } from './keeper-proof.ts'
import type { ProofLine } from './proof-line.ts'
import { readRoleHistory } from './role-events.ts'
import { proveRoles } from './role-proof.ts'
import { proveRulebooks, readRulebooks } from './rulebook-proof.ts'
import { proveSeats } from './seat-proof.ts'
import { proveVotes } from './vote-proof.ts'

export interface HandOverQuestion {
  readonly deployment: Deployment
  /** Who deployed; the powers it may still hold are stated among the holdings. */
  readonly deployer: string
  readonly keepers: Keepers
  /** All there shall be, and no other. */
  readonly holdings: readonly Holding[]
  readonly voting: VotingTimes
}

/** One line for each thing that must be so: contracts, rulebooks, roles, contents, votes, keepers, seats. */
export async function proveHandOver(
  provider: Provider,
  question: HandOverQuestion,
): Promise<readonly ProofLine[]> {
  const { deployment, deployer, holdings } = question
  const manager = new Contract(deployment.accessManager, readArtifact(ACCESS_MANAGER).abi, provider)
  const history = await readRoleHistory(provider, deployment.accessManager)
  const handedOver = handedOverAt({ history, deployment, deployer, holdings })
  const { code, state, rulebooks } = await proveAround(provider, question, handedOver)
  const roles = await proveRoles({
    provider,
    manager,
    history,
    deployment,
    deployer,
    rulebooks,
    holdings,
    handedOver,
  })
  return [...code, ...roles, ...state]
}

/** What must be so before any role moves, and no step of the hand-over could make so: all but the roles. */
export async function proveGround(
  provider: Provider,
  question: Omit<HandOverQuestion, 'holdings'>,
): Promise<readonly ProofLine[]> {
  const { code, state } = await proveAround(provider, question, undefined)
  return [...code, ...state]
}

/** What was so before the event by which the powers went over; undefined: they have not. */
async function proveAround(
  provider: Provider,
  { deployment, deployer, keepers, voting }: Omit<HandOverQuestion, 'holdings'>,
  handedOver: EventPlace | undefined,
): Promise<{
  readonly code: readonly ProofLine[]
  readonly state: readonly ProofLine[]
  readonly rulebooks: readonly string[]
}> {
  const contracts = await proveContracts(provider, deployment, deployer, voting)
  const named = await readRulebooks(provider, deployment.ledger)
  const rules = await proveRulebooks(provider, deployment, handedOver, named)
  const contents = await proveContents(provider, deployment, handedOver)
  const votes = await proveVotes(provider, deployment, voting, handedOver)
  const offices = await proveKeepers(deployment, deployer, keepers)
  const seats = await proveSeats(provider, {
    deployment,
    outsiders: outsidersOf(deployment, deployer, keepers),
    isHandedOver: handedOver !== undefined,
  })
  return {
    code: [...contracts, ...rules],
    state: [...contents, ...votes, ...offices, ...seats],
    rulebooks: named.map(({ rulebook }) => rulebook),
  }
}
