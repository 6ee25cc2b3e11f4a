/**
 * Hands the deployer's powers over to the council and the keepers of the roles, and proves that nothing is left.
 * May be run again after an interruption: every step asks first whether it was done.
 */
import { Contract, Interface, JsonRpcProvider, NonceManager, type Provider, type Signer } from 'ethers'
import { readArtifact } from './artifact.ts'
import type { Deployment } from './deploy-ledger.ts'
import { ADMIN_ROLE, type GovernedContract, ROLES, type Role } from './roles.ts'

export interface HandOverOptions {
  readonly rpcUrl: string
  readonly deployer: Signer
  readonly deployment: Deployment
  readonly keepers: Keepers
  /** Seconds from scheduling to execution. */
  readonly delays?: Delays
}

/** Accounts, best multi-signature ones, that hold a role beside the council. */
export interface Keepers {
  readonly catalogue: string
  readonly emergency: string
}

export interface Delays {
  readonly council: number
  readonly catalogue: number
}

/** The hand-over did not leave, or cannot leave, the alliance in nobody's single hand. */
export class HandOverError extends Error {
  override readonly name = 'HandOverError'
}

const DEFAULT_DELAYS: Delays = { council: 2 * 86_400, catalogue: 86_400 }
const ACCESS_MANAGER = '@openzeppelin/contracts/access/manager/AccessManager.sol/AccessManager.json'
const LEDGER = 'contracts/Ledger.sol/Ledger.json'
const GOVERNED: Readonly<Record<GovernedContract, string>> = {
  ledger: LEDGER,
  rulebook: 'contracts/Rulebook.sol/Rulebook.json',
}
const SEATS = 'contracts/governance/Seats.sol/Seats.json'

interface Hands {
  readonly provider: Provider
  readonly manager: Contract
  readonly deployer: string
}

/** @throws {HandOverError} when no province has a seat yet, when one account would hold two roles, or when powers are left */
export async function handOver(options: HandOverOptions): Promise<void> {
  const provider = new JsonRpcProvider(options.rpcUrl, undefined, { cacheTimeout: -1, pollingInterval: 100 })
  try {
    const signer = new NonceManager(options.deployer.connect(provider))
    const { accessManager } = options.deployment
    const manager = new Contract(accessManager, readArtifact(ACCESS_MANAGER).abi, signer)
    const hands: Hands = { provider, manager, deployer: await signer.getAddress() }
    assertSeparate(options, hands.deployer)
    if (await holds(manager, ADMIN_ROLE, hands.deployer)) {
      await seatProvinces(signer, options.deployment)
      await assignFunctions(manager, options.deployment)
      await grantRoles(manager, options)
      await assertNoOthers(hands, options)
      await send(manager, 'renounceRole', ADMIN_ROLE, hands.deployer)
    }
    await assertNothingLeft(hands, options)
  } finally {
    provider.destroy()
  }
}

function assertSeparate({ keepers, deployment }: HandOverOptions, deployer: string): void {
  const holders = [keepers.catalogue, keepers.emergency, deployment.council, deployer]
  const distinct = new Set(holders.map((address) => address.toLowerCase()))
  if (distinct.size !== holders.length) {
    throw new HandOverError(
      'hand over: the keepers, the council and the deployer must be four different accounts',
    )
  }
}

/** Without a seat nobody could ever propose anything again. */
async function seatProvinces(signer: Signer, { ledger, seats, deploymentBlock }: Deployment): Promise<void> {
  const ledgerContract = new Contract(ledger, readArtifact(LEDGER).abi, signer)
  const seatsContract = new Contract(seats, readArtifact(SEATS).abi, signer)
  const admitted = await ledgerContract.queryFilter('RegionAdmitted', deploymentBlock)
  let seated = 0
  for (const event of admitted) {
    const region: bigint = 'args' in event ? event.args['region'] : 0n
    await send(seatsContract, 'sync', region)
    if ((await seatsContract.getFunction('seatOf')(region)) !== `0x${'0'.repeat(40)}`) seated++
  }
  if (seated === 0) throw new HandOverError('hand over: no active province has a seat in the council yet')
}

async function assignFunctions(manager: Contract, deployment: Deployment): Promise<void> {
  for (const role of Object.values(ROLES)) {
    for (const [contract, selectors] of selectorsOf(role)) {
      await send(manager, 'setTargetFunctionRole', deployment[contract], selectors, role.id)
    }
    await send(manager, 'labelRole', role.id, role.label)
  }
}

async function grantRoles(
  manager: Contract,
  { deployment, keepers, delays = DEFAULT_DELAYS }: HandOverOptions,
): Promise<void> {
  for (const { id, account, delay } of holdersOf(deployment, keepers, delays)) {
    if (!(await holds(manager, id, account))) await send(manager, 'grantRole', id, account, delay)
  }
  // What the catalogue keeper announced can be stopped before its delay is over.
  await send(manager, 'setRoleGuardian', ROLES.catalogue.id, ROLES.emergency.id)
}

function holdersOf({ council }: Deployment, keepers: Keepers, delays: Delays) {
  return [
    { id: ROLES.admission.id, account: council, delay: delays.council },
    { id: ROLES.baseline.id, account: council, delay: delays.council },
    { id: ROLES.rulebook.id, account: council, delay: delays.council },
    { id: ROLES.catalogue.id, account: keepers.catalogue, delay: delays.catalogue },
    { id: ROLES.emergency.id, account: keepers.emergency, delay: 0 },
    { id: ADMIN_ROLE, account: council, delay: delays.council },
  ] as const
}

/** Nobody holds any role but those who should, and the deployer for one step more: what was granted before is undone first. */
async function assertNoOthers({ manager, deployer }: Hands, options: HandOverOptions): Promise<void> {
  const { deployment, keepers, delays = DEFAULT_DELAYS } = options
  const nameOf = (role: bigint, account: string): string => `${role}/${account.toLowerCase()}`
  const expected = new Set(
    holdersOf(deployment, keepers, delays).map(({ id, account }) => nameOf(id, account)),
  )
  expected.add(nameOf(ADMIN_ROLE, deployer))
  for (const event of await manager.queryFilter('RoleGranted')) {
    const [role, account]: [bigint, string] = 'args' in event ? [event.args[0], event.args[1]] : [0n, '']
    if (!expected.has(nameOf(role, account)) && (await holds(manager, role, account))) {
      throw new HandOverError(`hand over: ${account} holds role ${role}; revoke it first`)
    }
  }
}

/** Asks the access manager about each role and each function: the chain's answers, not this script's steps. */
async function assertNothingLeft({ manager, deployer }: Hands, options: HandOverOptions): Promise<void> {
  const { deployment, keepers, delays = DEFAULT_DELAYS } = options
  for (const { id, account } of holdersOf(deployment, keepers, delays)) {
    if (await holds(manager, id, deployer))
      throw new HandOverError(`hand over: the deployer still holds role ${id}`)
    if (!(await holds(manager, id, account)))
      throw new HandOverError(`hand over: ${account} does not hold role ${id}`)
  }
  for (const role of Object.values(ROLES)) {
    for (const [contract, selectors] of selectorsOf(role)) {
      for (const selector of selectors) {
        await assertFunction({ manager, deployer }, role, deployment[contract], selector)
      }
    }
  }
}

async function assertFunction(
  { manager, deployer }: Pick<Hands, 'manager' | 'deployer'>,
  role: Role,
  target: string,
  selector: string,
): Promise<void> {
  if ((await manager.getFunction('getTargetFunctionRole')(target, selector)) !== role.id) {
    throw new HandOverError(`hand over: the function ${selector} is not of role ${role.label}`)
  }
  const [immediate, delay] = await manager.getFunction('canCall')(deployer, target, selector)
  if (immediate || delay !== 0n) throw new HandOverError(`hand over: the deployer can still call ${selector}`)
}

function selectorsOf({ functions }: Role): (readonly [contract: GovernedContract, selectors: string[]])[] {
  return (Object.entries(functions) as [GovernedContract, readonly string[]][]).map(([contract, names]) => {
    const abi = Interface.from(readArtifact(GOVERNED[contract]).abi)
    const selectors = names.map((name) => {
      const found = abi.getFunction(name)
      if (found === null) throw new HandOverError(`hand over: the ${contract} has no function ${name}`)
      return found.selector
    })
    return [contract, selectors]
  })
}

async function holds(manager: Contract, role: bigint, account: string): Promise<boolean> {
  const [isMember] = await manager.getFunction('hasRole')(role, account)
  return isMember
}

async function send(contract: Contract, name: string, ...args: readonly unknown[]): Promise<void> {
  await (await contract.getFunction(name)(...args)).wait()
}
