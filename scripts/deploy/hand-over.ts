/**
 * Hands the deployer's powers over to the council and the keepers of the roles, and proves that nothing is left.
 * May be run again after an interruption: every step asks first whether it was done.
 */
import { ExplainedError } from '@hefu/service'
import { Contract, isError, NonceManager, type Provider, type Signer } from 'ethers'
import { readArtifact } from './artifact.ts'
import {
  ACCESS_MANAGER,
  DEFAULT_VOTING,
  type Deployment,
  RESTRICTED,
  SEATS,
  type VotingTimes,
} from './deployment-plan.ts'
import { proveGround, proveHandOver } from './hand-over-proof.ts'
import { DEFAULT_DELAYS, type Delays, type Holding, holdingsOf, type Keepers } from './holders.ts'
import { NodeProvider } from './node-provider.ts'
import { type ProofLine, renderProofLine, renderSentence, type Sentence } from './proof-line.ts'
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
export class HandOverError extends ExplainedError {
  override readonly name = 'HandOverError'
  readonly code = 'hand-over-refused'

  /** @param lines of the proof, which are in the message alone: who sees what it says has seen them */
  constructor(says: Sentence, lines: readonly string[] = []) {
    super(says)
    this.message = [renderSentence(says), ...lines].join('\n')
  }
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
 * The proof is made three times: all but the roles before anything is moved, all of it before the deployer gives up its
 * last power, so that a defect can still be mended, and all of it after.
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
        await assertReady(options, hands)
        await assignFunctions(manager, deployment)
        await grantRoles(hands)
      } catch (error) {
        if (error instanceof HandOverError) throw error
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
    throw new HandOverError({
      zh: '各保管者、理事会和部署者须是五个不同的账户，没有任何改动',
      en: 'hand over: the keepers, the council and the deployer must be five different accounts; nothing was changed',
    })
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

/** Nothing was moved yet: what is not so is put right first, and then it is run again. */
async function assertReady(options: HandOverOptions, { provider, deployer }: Hands): Promise<void> {
  const { deployment, keepers, voting = DEFAULT_VOTING } = options
  const lines = await proveGround(provider, { deployment, deployer, keepers, voting })
  refuseUnproven(options, lines, unready)
}

/** What can be mended is told with how, line by line; beside what cannot, that would be lost labour. */
function unready(refuted: readonly ProofLine[]): Sentence {
  const final = refuted.filter(({ defects }) => defects.some(({ isFinal }) => isFinal === true)).length
  const moved = { zh: '没有移交任何权限', en: 'hand over: nothing was moved' }
  if (final > 0) {
    return {
      zh: `${moved.zh}：以上 ${refuted.length} 项不成立，其中 ${final} 项已记录在链上，本次部署无法补救；请另行部署（换一个 --record），移交之前不要试用`,
      en: `${moved.en}, for ${refuted.length} claims do not hold; ${final} of them are on the chain for good and cannot be mended on this deployment: deploy another (with another --record), and do not try it out before the hand-over`,
    }
  }
  return {
    zh: `${moved.zh}：以上 ${refuted.length} 项按各行所述办妥后，再运行本命令`,
    en: `${moved.en}, for ${refuted.length} things must be so first: put right what each line says, and run it again`,
  }
}

/** The last power is still the deployer's: what it granted too much, it can take. */
function unfinished({ length }: readonly ProofLine[]): Sentence {
  return {
    zh: `移交没有完成：函数和保管者的角色可能已经移交，部署者仍持有角色 0，尚可补救；以上 ${length} 项没有得到证明，请逐项办妥（多授的角色用 hefu-council revoke-role 收回），再运行本命令`,
    en: `hand over: it is not done; functions and roles of the keepers may have gone over, and the deployer still holds role 0 and can mend it: ${length} of the proof's claims are not proven; put each right (hefu-council revoke-role takes a role that is too much) and run it again`,
  }
}

/** What is proven is printed; when anything is not, all is. */
async function assertProven(
  options: HandOverOptions,
  { provider, deployer, holdings }: Hands,
  printProven: (line: string) => void,
): Promise<void> {
  const { deployment, keepers, voting = DEFAULT_VOTING } = options
  const lines = await proveHandOver(provider, { deployment, deployer, keepers, holdings, voting })
  const isRehearsal = holdings.some(({ account }) => account.toLowerCase() === deployer.toLowerCase())
  refuseUnproven(
    options,
    lines,
    isRehearsal
      ? unfinished
      : ({ length }) => ({
          zh: `移交没有完成：以上 ${length} 项没有得到证明`,
          en: `hand over: ${length} of the proof's claims are not proven`,
        }),
  )
  for (const line of lines) printProven(renderProofLine(line))
}

/** @throws {HandOverError} once all lines are printed */
function refuseUnproven(
  { print = () => {} }: HandOverOptions,
  lines: readonly ProofLine[],
  summarise: (refuted: readonly ProofLine[]) => Sentence,
): void {
  const refuted = lines.filter(({ defects }) => defects.length > 0)
  if (refuted.length === 0) return
  for (const line of lines) print(renderProofLine(line))
  throw new HandOverError(
    summarise(refuted),
    refuted.map((line) => renderProofLine(line)),
  )
}

/** The proof made again by anybody, at any time after: nothing is sent. */
export interface ProofOptions extends Omit<HandOverOptions, 'deployer' | 'print'> {
  /** Address of who deployed. */
  readonly deployer: string
}

export async function proveHandedOver(options: ProofOptions): Promise<readonly ProofLine[]> {
  const { rpcUrl, deployment, deployer, keepers, delays = DEFAULT_DELAYS, voting = DEFAULT_VOTING } = options
  const provider = new NodeProvider(rpcUrl, 100)
  try {
    const holdings = holdingsOf(deployment, keepers, delays)
    return await proveHandOver(provider, { deployment, deployer, keepers, holdings, voting })
  } finally {
    provider.destroy()
  }
}

/** Whether the account still has the power over all others. */
export async function holdsAdministration({
  rpcUrl,
  deployment,
  deployer,
}: Pick<ProofOptions, 'rpcUrl' | 'deployment' | 'deployer'>): Promise<boolean> {
  const provider = new NodeProvider(rpcUrl, 100)
  try {
    const manager = new Contract(deployment.accessManager, readArtifact(ACCESS_MANAGER).abi, provider)
    return await holds(manager, ADMIN_ROLE, deployer)
  } catch (error) {
    // Of a contract that is none the proof has a line.
    if (isError(error, 'BAD_DATA') || isError(error, 'CALL_EXCEPTION')) return false
    throw error
  } finally {
    provider.destroy()
  }
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
