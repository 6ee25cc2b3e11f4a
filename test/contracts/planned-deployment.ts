/** Every contract of the deployment's plan on the chain of the contract tests, and the hand-over by the table of roles. */
import { Contract, ContractFactory, type ContractRunner } from 'ethers'
import { readArtifact } from '../../scripts/deploy/artifact.ts'
import {
  type ContractName,
  DEFAULT_VOTING,
  type Deployment,
  LEDGER_INTERFACE,
  PLANS,
  RESTRICTED,
} from '../../scripts/deploy/deployment-plan.ts'
import { type Delays, holdingsOf, type Keepers } from '../../scripts/deploy/holders.ts'
import { selectorsOf } from '../../scripts/deploy/role-proof.ts'
import { ADMIN_ROLE, type RestrictedContract, ROLES } from '../../scripts/deploy/roles.ts'
import {
  atLedger,
  blockTime,
  chain,
  ethers,
  type Ledger,
  type LookupFacts,
  type LookupQuery,
  type RegionFacts,
  type Rulebook,
} from './ledger-fixture.ts'

export type Account = Awaited<ReturnType<typeof ethers.getSigners>>[number]

/** The lens's external functions that the tests ask, typed. */
export interface Lens {
  lookupMany(queries: readonly LookupQuery[]): Promise<LookupFacts[]>
  regions(codes: readonly number[]): Promise<RegionFacts[]>
}

export interface PlannedDeployment {
  readonly deployer: Account
  readonly ledger: Ledger
  readonly rulebook: Rulebook
  readonly lens: Lens
  readonly registry: Contract
  readonly seats: Contract
  readonly council: Contract
  readonly manager: Contract
}

/** In the order of the plan; the deployer holds all powers still. */
export async function deployPlanned(): Promise<PlannedDeployment> {
  const [deployer] = await ethers.getSigners()
  if (!deployer) throw new Error('too few accounts')
  const circumstances = {
    deployer: deployer.address,
    voting: DEFAULT_VOTING,
    openedAt: await blockTime(),
  }
  const addresses = {} as Record<ContractName, string>
  for (const { name, artifact, args } of PLANS) {
    const { abi, bytecode } = readArtifact(artifact)
    const deployed = await new ContractFactory(abi, bytecode, deployer).deploy(
      ...args(addresses, circumstances),
    )
    addresses[name] = await deployed.getAddress()
  }
  const at = (name: ContractName): Contract => {
    const artifact = PLANS.find((plan) => plan.name === name)?.artifact ?? LEDGER_INTERFACE
    return new Contract(addresses[name], readArtifact(artifact).abi, deployer)
  }
  const ledger = await atLedger(addresses.ledger, deployer)
  await ledger.changeRulebook(addresses.rulebook)
  return {
    deployer,
    ledger,
    rulebook: at('rulebook') as unknown as Rulebook,
    lens: at('lens') as unknown as Lens,
    registry: at('registry'),
    seats: at('seats'),
    council: at('council'),
    manager: at('accessManager'),
  }
}

/** Assigns every function and role of the table, and gives the deployer's last power up. */
export async function handOverTo(
  keepers: Keepers,
  planned: PlannedDeployment,
  delays: Delays,
): Promise<void> {
  const { manager, deployer } = planned
  const targets: Readonly<Record<RestrictedContract, string>> = {
    ledger: await planned.ledger.getAddress(),
    rulebook: await planned.rulebook.getAddress(),
    registry: await planned.registry.getAddress(),
  }
  const send = async (name: string, ...args: readonly unknown[]): Promise<void> => {
    await (await manager.getFunction(name)(...args)).wait()
  }
  for (const role of Object.values(ROLES)) {
    for (const contract of Object.keys(RESTRICTED) as RestrictedContract[]) {
      await send('setTargetFunctionRole', targets[contract], selectorsOf(role, contract), role.id)
    }
    if (role.guardian !== ADMIN_ROLE) await send('setRoleGuardian', role.id, role.guardian)
  }
  const deployment = { council: await planned.council.getAddress() } as Deployment
  for (const { role, account, delay } of holdingsOf(deployment, keepers, delays)) {
    await send('grantRole', role, account, delay)
  }
  await send('renounceRole', ADMIN_ROLE, deployer.address)
}

/**
 * Sends as a role does whose acts are delayed: by way of the access manager, which is told, waited for, and carries it
 * out. So the council does what it decided.
 */
export function delayed(account: Account, manager: Contract, seconds: number): ContractRunner {
  return {
    provider: account.provider,
    call: (transaction) => account.call(transaction),
    sendTransaction: async ({ to, data }) => {
      const own = manager.connect(account) as Contract
      await own.getFunction('schedule')(to, data, 0)
      await chain.time.increase(seconds)
      return await own.getFunction('execute')(to, data)
    },
  }
}
