/** Deploys the ledger with its access manager from Hardhat's artifacts, or checks that a recorded deployment stands. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  Contract,
  ContractFactory,
  getAddress,
  type InterfaceAbi,
  JsonRpcProvider,
  type Signer,
} from 'ethers'

/** Where a ledger was deployed: what every reader of it must know. */
export interface Deployment {
  readonly chainId: number
  readonly ledger: string
  readonly accessManager: string
  /** The ledger's block: no fact of it is older. */
  readonly deploymentBlock: number
}

export interface DeployOptions {
  readonly rpcUrl: string
  /** Pays, and becomes the access manager's first admin. */
  readonly deployer: Signer
  /** An earlier deployment: when it stands, nothing is deployed again. */
  readonly recorded?: Deployment | undefined
}

/** What a chain holds is not what was compiled or recorded. */
export class DeploymentMismatchError extends Error {
  override readonly name = 'DeploymentMismatchError'
}

interface Artifact {
  readonly abi: InterfaceAbi
  readonly bytecode: string
  readonly deployedBytecode: string
  readonly immutableReferences?: Readonly<Record<string, readonly { start: number; length: number }[]>>
}

const ARTIFACTS = join(import.meta.dirname, '../../artifacts')
const LEDGER = 'contracts/Ledger.sol/Ledger.json'
const ACCESS_MANAGER = '@openzeppelin/contracts/access/manager/AccessManager.sol/AccessManager.json'

/**
 * Deploys, or finds the recorded deployment, and compares the code on the chain with what was compiled.
 *
 * @throws {DeploymentMismatchError} when it is another chain, or other code stands there
 */
export async function deployLedger({ rpcUrl, deployer, recorded }: DeployOptions): Promise<Deployment> {
  const provider = new JsonRpcProvider(rpcUrl, undefined, {
    cacheTimeout: -1,
    polling: true,
    pollingInterval: 100,
  })
  try {
    const chainId = Number((await provider.getNetwork()).chainId)
    const deployment = recorded ?? { chainId, ...(await deploy(deployer.connect(provider))) }
    // Addresses follow from the deployer and its nonce: the same ones may bear the same code on another chain.
    if (deployment.chainId !== chainId) {
      throw new DeploymentMismatchError(
        `the chain is ${chainId}, the record is of chain ${deployment.chainId}`,
      )
    }
    await assertDeployed(provider, deployment.accessManager, ACCESS_MANAGER)
    await assertDeployed(provider, deployment.ledger, LEDGER)
    await assertAuthority(provider, deployment)
    return deployment
  } finally {
    provider.destroy()
  }
}

async function deploy(deployer: Signer): Promise<Omit<Deployment, 'chainId'>> {
  const council = await deployer.getAddress()
  const accessManager = await deployContract(deployer, ACCESS_MANAGER, council)
  const ledger = await deployContract(deployer, LEDGER, accessManager.address)
  return {
    ledger: ledger.address,
    accessManager: accessManager.address,
    deploymentBlock: ledger.block,
  }
}

async function deployContract(
  deployer: Signer,
  name: string,
  argument: string,
): Promise<{ address: string; block: number }> {
  const { abi, bytecode } = readArtifact(name)
  const contract = await new ContractFactory(abi, bytecode, deployer).deploy(argument)
  const receipt = await contract.deploymentTransaction()?.wait()
  if (!receipt) throw new Error(`the deployment of ${name} was not confirmed`)
  return { address: await contract.getAddress(), block: receipt.blockNumber }
}

function readArtifact(name: string): Artifact {
  return JSON.parse(readFileSync(join(ARTIFACTS, name), 'utf8'))
}

async function assertDeployed(provider: JsonRpcProvider, address: string, name: string): Promise<void> {
  const { deployedBytecode, immutableReferences = {} } = readArtifact(name)
  const code = blankImmutables(await provider.getCode(address), immutableReferences)
  if (code !== blankImmutables(deployedBytecode, immutableReferences)) {
    throw new DeploymentMismatchError(`the code at ${address} is not that of ${name}`)
  }
}

async function assertAuthority(
  provider: JsonRpcProvider,
  { ledger, accessManager }: Deployment,
): Promise<void> {
  const contract = new Contract(ledger, ['function authority() view returns (address)'], provider)
  const authority: string = await contract.getFunction('authority')()
  if (authority !== getAddress(accessManager)) {
    throw new DeploymentMismatchError(`the ledger ${ledger} answers to ${authority}, not to ${accessManager}`)
  }
}

/** Immutables are written into the code by the constructor: where they stand, code may differ. */
function blankImmutables(code: string, references: NonNullable<Artifact['immutableReferences']>): string {
  let blanked = code
  for (const { start, length } of Object.values(references).flat()) {
    const [from, to] = [2 + 2 * start, 2 + 2 * (start + length)]
    blanked = blanked.slice(0, from) + '0'.repeat(to - from) + blanked.slice(to)
  }
  return blanked
}
