/**
 * Deploys the ledger with its access manager, its two parts, seats and council from Hardhat's artifacts: each contract
 * once, whatever was interrupted before, and each checked before the next.
 */
import {
  Contract,
  getAddress,
  getCreateAddress,
  JsonRpcProvider,
  NonceManager,
  type Provider,
  type Signer,
} from 'ethers'
import { assertDeployed, DeploymentMismatchError, encodeDeployment } from './artifact.ts'

export { DeploymentMismatchError } from './artifact.ts'

/** Where a ledger was deployed: what every reader of it must know. */
export interface Deployment {
  readonly chainId: number
  readonly ledger: string
  readonly accessManager: string
  /** Parts of the ledger: their code answers at its address. */
  readonly members: string
  readonly remedies: string
  readonly seats: string
  readonly council: string
  /** The ledger's block: no fact of it is older. */
  readonly deploymentBlock: number
}

/** A deployment that may have been interrupted. */
export type DeploymentRecord = Partial<Deployment>

export interface DeployOptions {
  readonly rpcUrl: string
  /** Pays, and becomes the access manager's first admin. */
  readonly deployer: Signer
  /** What an earlier run recorded: what stands is not deployed again. */
  readonly recorded?: DeploymentRecord | undefined
  /** Called before each contract is sent, with all addresses so far, so that a run that dies can be resumed. */
  readonly record?: (progress: DeploymentRecord) => void
  readonly voting?: VotingTimes
}

/** Seconds. */
export interface VotingTimes {
  readonly delay: number
  readonly period: number
}

const ONE_DAY = 86_400
const DEFAULT_VOTING: VotingTimes = { delay: ONE_DAY, period: 7 * ONE_DAY }
/** How long a transaction of an interrupted run may take to be mined. */
const PENDING_TIMEOUT_MS = 60_000
const POLLING_INTERVAL_MS = 100

type ContractName = 'accessManager' | 'members' | 'remedies' | 'ledger' | 'seats' | 'council'
type Addresses = Readonly<Record<ContractName, string>>

interface Plan {
  readonly name: ContractName
  readonly artifact: string
  readonly args: (known: Addresses, deployer: string, voting: VotingTimes) => readonly unknown[]
}

/** In this order: each may name those before it. */
const PLANS: readonly Plan[] = [
  {
    name: 'accessManager',
    artifact: '@openzeppelin/contracts/access/manager/AccessManager.sol/AccessManager.json',
    args: (_, deployer) => [deployer],
  },
  { name: 'members', artifact: 'contracts/office/Members.sol/Members.json', args: () => [] },
  { name: 'remedies', artifact: 'contracts/office/Remedies.sol/Remedies.json', args: () => [] },
  {
    name: 'ledger',
    artifact: 'contracts/Ledger.sol/Ledger.json',
    args: ({ accessManager, members, remedies }) => [accessManager, members, remedies],
  },
  { name: 'seats', artifact: 'contracts/governance/Seats.sol/Seats.json', args: ({ ledger }) => [ledger] },
  {
    name: 'council',
    artifact: 'contracts/governance/Council.sol/Council.json',
    args: ({ seats, accessManager }, _, { delay, period }) => [seats, accessManager, delay, period],
  },
]

/**
 * Deploys what does not stand yet, and compares all code on the chain with what was compiled.
 *
 * @throws {DeploymentMismatchError} when it is another chain, or other code stands there
 */
export async function deployLedger(options: DeployOptions): Promise<Deployment> {
  const provider = new JsonRpcProvider(options.rpcUrl, undefined, {
    cacheTimeout: -1,
    polling: true,
    pollingInterval: POLLING_INTERVAL_MS,
  })
  try {
    const deployment = await deployOn(provider, options)
    await assertLinks(provider, deployment)
    return deployment
  } finally {
    provider.destroy()
  }
}

async function deployOn(provider: Provider, options: DeployOptions): Promise<Deployment> {
  const { recorded = {}, voting = DEFAULT_VOTING } = options
  const chainId = Number((await provider.getNetwork()).chainId)
  // Addresses follow from the deployer and its nonce: the same ones may bear the same code on another chain.
  if (recorded.chainId !== undefined && recorded.chainId !== chainId) {
    throw new DeploymentMismatchError(`the chain is ${chainId}, the record is of chain ${recorded.chainId}`)
  }
  const signer = new NonceManager(options.deployer.connect(provider))
  const progress: { -readonly [Name in keyof DeploymentRecord]: Deployment[Name] } = { ...recorded, chainId }
  for (const plan of PLANS) {
    const args = plan.args(progress as Addresses, await signer.getAddress(), voting)
    await ensureDeployed(signer, provider, plan, args, progress[plan.name], (address) => {
      progress[plan.name] = address
      options.record?.({ ...progress })
    })
    if (plan.name === 'ledger') {
      progress.deploymentBlock ??= await blockOfCode(provider, String(progress.ledger))
    }
  }
  return progress as Deployment
}

/** An address is recorded before the transaction is sent, so it may be recorded and still be empty. */
async function ensureDeployed(
  signer: NonceManager,
  provider: Provider,
  { artifact }: Plan,
  args: readonly unknown[],
  recorded: string | undefined,
  record: (address: string) => void,
): Promise<void> {
  if (recorded !== undefined && (await isOccupied(signer, provider, recorded))) {
    await assertDeployed(provider, recorded, artifact)
    return
  }
  const nonce = await signer.getNonce('pending')
  const address = getCreateAddress({ from: await signer.getAddress(), nonce })
  record(address)
  const sent = await signer.sendTransaction({ data: await encodeDeployment(artifact, args) })
  await sent.wait()
  await assertDeployed(provider, address, artifact)
}

/** Whether code stands there, or a transaction on its way will put it there. */
async function isOccupied(signer: Signer, provider: Provider, address: string): Promise<boolean> {
  const from = await signer.getAddress()
  const deadline = Date.now() + PENDING_TIMEOUT_MS
  for (;;) {
    const hasCode = (await provider.getCode(address)) !== '0x'
    const [mined, pending] = await Promise.all([
      provider.getTransactionCount(from, 'latest'),
      provider.getTransactionCount(from, 'pending'),
    ])
    if (hasCode || mined === pending) return hasCode || !isNext(from, mined, address)
    if (Date.now() > deadline) throw new Error(`wait for the pending transactions of ${from}: none was mined`)
    await new Promise((resolve) => setTimeout(resolve, POLLING_INTERVAL_MS))
  }
}

/** Only what the next transaction would deploy may still be missing; anything else missing is a mismatch. */
function isNext(from: string, nonce: number, address: string): boolean {
  return getCreateAddress({ from, nonce }) === getAddress(address)
}

/** The first block in which code stands at the address. */
async function blockOfCode(provider: Provider, address: string): Promise<number> {
  let [without, withCode] = [-1, await provider.getBlockNumber()]
  while (withCode - without > 1) {
    const middle = without + Math.floor((withCode - without) / 2)
    if ((await provider.getCode(address, middle)) === '0x') without = middle
    else withCode = middle
  }
  return withCode
}

async function assertLinks(provider: Provider, deployment: Deployment): Promise<void> {
  const { ledger, accessManager, members, remedies, seats, council } = deployment
  const links: readonly (readonly [of: string, getter: string, to: string])[] = [
    [ledger, 'authority', accessManager],
    [ledger, 'members', members],
    [ledger, 'remedies', remedies],
    [seats, 'ledger', ledger],
    [council, 'token', seats],
    [council, 'accessManager', accessManager],
  ]
  for (const [of, getter, to] of links) {
    const contract = new Contract(of, [`function ${getter}() view returns (address)`], provider)
    const found: string = await contract.getFunction(getter)()
    if (found !== getAddress(to)) {
      throw new DeploymentMismatchError(
        `the contract ${of} answers to ${found} as its ${getter}, not to ${to}`,
      )
    }
  }
}
