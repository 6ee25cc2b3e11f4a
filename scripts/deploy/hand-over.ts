/**
 * Hands the deployer's powers over to the council and the keepers of the roles, and proves that nothing is left.
 * May be run again after an interruption: every step asks first whether it was done.
 */
import { Contract, NonceManager, type Provider, type Signer } from 'ethers'
import { readArtifact } from './artifact.ts'
import {
  ACCESS_MANAGER,
  DEFAULT_VOTING,
  type Deployment,
  RESTRICTED,
  SEATS,
  type VotingTimes,
} from './deployment-plan.ts'
import { proveHandOver } from './hand-over-proof.ts'
import { DEFAULT_DELAYS, type Delays, type Holding, holdingsOf, type Keepers } from './holders.ts'
import { NodeProvider } from './node-provider.ts'
import { type ProofLine, renderProofLine } from './proof-line.ts'
import { selectorsOf } from './role-proof.ts'
import { ADMIN_ROLE, type RestrictedContract, ROLES } from './roles.ts'
import { readProvinces } from './seat-proof.ts'

export interface HandOverOptions {
  readonly rpcUrl: string
  readonly deployer: Signer
  readonly deployment: Deployment
  readonly keepers: Keepers
  readonly delays?: Delays
  /** What the deployment was made with. */
  readonly voting?: VotingTimes
  /** Takes the lines of the proof. */
  readonly print?: (line: string) => void
}

/** The hand-over did not leave, or cannot leave, the alliance in nobody's single hand. */
export class HandOverError extends Error {
  override readonly name = 'HandOverError'
}

/** A function and its arguments. */
type Call = readonly [name: string, ...args: unknown[]]

/** Each question is asked at once: ethers would wait for more of them. */
interface Hands {
  readonly provider: Provider
  readonly manager: Contract
  readonly deployer: string
  readonly holdings: readonly Holding[]
}

/**
 * The proof is made twice: before the deployer gives up its last power, so that a defect can still be mended, and after.
 *
 * @throws {HandOverError} when one account would hold two roles, or when anything of the proof does not hold
 */
export async function handOver(options: HandOverOptions): Promise<void> {
  const provider = new NodeProvider(options.rpcUrl, 100)
  try {
    const signer = new NonceManager(options.deployer.connect(provider))
    const { deployment, keepers, delays = DEFAULT_DELAYS } = options
    const manager = new Contract(deployment.accessManager, readArtifact(ACCESS_MANAGER).abi, signer)
    const deployer = await signer.getAddress()
    assertSeparate(options, deployer)
    const hands = { provider, manager, deployer, holdings: holdingsOf(deployment, keepers, delays) }
    if (await holds(manager, ADMIN_ROLE, deployer)) {
      const last = { role: ADMIN_ROLE, account: deployer, delay: 0 }
      const rehearse = () =>
        assertProven(options, { ...hands, holdings: [...hands.holdings, last] }, () => {})
      try {
        await vacateDeadSeats(provider, signer, deployment)
        await assignFunctions(manager, deployment)
        await grantRoles(hands)
      } catch (error) {
        // What stands in the way of a step is among what the proof names.
        await rehearse()
        throw error
      }
      await rehearse()
      await send(manager, 'renounceRole', ADMIN_ROLE, deployer)
    }
    await assertProven(options, hands, options.print ?? (() => {}))
  } finally {
    provider.destroy()
  }
}

function assertSeparate({ keepers, deployment }: HandOverOptions, deployer: string): void {
  const holders = [keepers.superior, keepers.catalogue, keepers.emergency, deployment.council, deployer]
  const distinct = new Set(holders.map((address) => address.toLowerCase()))
  if (distinct.size !== holders.length) {
    throw new HandOverError(
      'hand over: the keepers, the council and the deployer must be five different accounts',
    )
  }
}

/** A province that was suspended since it took its seat. */
async function vacateDeadSeats(provider: Provider, signer: Signer, deployment: Deployment): Promise<void> {
  const seats = new Contract(deployment.seats, readArtifact(SEATS).abi, signer)
  for (const province of await readProvinces(provider, deployment)) {
    const account: string = await seats.getFunction('seatOf')(province)
    const isDead = BigInt(account) !== 0n && !(await seats.getFunction('isSeated')(account))
    if (isDead) await send(seats, 'sync', province)
  }
}

async function assignFunctions(manager: Contract, deployment: Deployment): Promise<void> {
  const contracts = Object.keys(RESTRICTED) as RestrictedContract[]
  const calls = Object.values(ROLES).flatMap((role): readonly Call[] => [
    ...contracts
      .map((contract) => ({ target: deployment[contract], selectors: selectorsOf(role, contract) }))
      .filter(({ selectors }) => selectors.length > 0)
      .map(({ target, selectors }): Call => ['setTargetFunctionRole', target, selectors, role.id]),
    ['labelRole', role.id, role.label],
  ])
  await sendAll(manager, calls)
}

/** What is of other make (granted earlier with another delay, guarded by others) is not mended here: the proof names it. */
async function grantRoles({ manager, holdings }: Hands): Promise<void> {
  const calls: Call[] = []
  for (const { role, account, delay } of holdings) {
    if (!(await holds(manager, role, account))) calls.push(['grantRole', role, account, delay])
  }
  for (const { id, guardian } of Object.values(ROLES)) {
    const found: bigint = await manager.getFunction('getRoleGuardian')(id)
    if (found === ADMIN_ROLE && guardian !== found) calls.push(['setRoleGuardian', id, guardian])
  }
  await sendAll(manager, calls)
}

/** What is proven is printed; when anything is not, all is. */
async function assertProven(
  { deployment, keepers, voting = DEFAULT_VOTING, print = () => {} }: HandOverOptions,
  { provider, deployer, holdings }: Hands,
  printProven: (line: string) => void,
): Promise<void> {
  const lines = await proveHandOver(provider, { deployment, deployer, keepers, holdings, voting })
  const refuted = lines.filter(({ defects }) => defects.length > 0)
  const show = refuted.length === 0 ? printProven : print
  for (const line of lines) show(renderProofLine(line))
  if (refuted.length > 0) throw new HandOverError(describe(refuted))
}

function describe(refuted: readonly ProofLine[]): string {
  const lines = refuted.map((line) => renderProofLine(line))
  return `hand over: ${refuted.length} of the proof's claims are not proven\n${lines.join('\n')}`
}

async function holds(manager: Contract, role: bigint, account: string): Promise<boolean> {
  const [isMember] = await manager.getFunction('hasRole')(role, account)
  return isMember
}

async function send(contract: Contract, name: string, ...args: readonly unknown[]): Promise<void> {
  await sendAll(contract, [[name, ...args]])
}

/** Sent one after another, so that a refused one leaves no gap in the nonces, and waited for together. */
async function sendAll(contract: Contract, calls: readonly Call[]): Promise<void> {
  const sent: { wait(): Promise<unknown> }[] = []
  for (const [name, ...args] of calls) sent.push(await contract.getFunction(name)(...args))
  for (const one of sent) await one.wait()
}
