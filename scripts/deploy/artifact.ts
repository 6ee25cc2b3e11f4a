/** What Hardhat compiled, and whether that is what stands on a chain. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ContractFactory, dataSlice, type InterfaceAbi, type Provider } from 'ethers'

/** Bytes of the deployed code. */
interface Place {
  readonly start: number
  readonly length: number
}

interface Artifact {
  readonly abi: InterfaceAbi
  readonly bytecode: string
  readonly deployedBytecode: string
  readonly immutableReferences?: Readonly<Record<string, readonly Place[]>>
}

const ARTIFACTS = join(import.meta.dirname, '../../artifacts')

/** A chain holds another thing than what was compiled or recorded. */
export class DeploymentMismatchError extends Error {
  override readonly name = 'DeploymentMismatchError'
}

/** The artifact of a contract, named by its path below `artifacts/`. */
export function readArtifact(path: string): Artifact {
  return JSON.parse(readFileSync(join(ARTIFACTS, path), 'utf8'))
}

/** The transaction data that deploys a contract. */
export async function encodeDeployment(path: string, args: readonly unknown[]): Promise<string> {
  const { abi, bytecode } = readArtifact(path)
  return (await new ContractFactory(abi, bytecode).getDeployTransaction(...args)).data
}

/**
 * Compares code on the chain with what was compiled. What the constructor wrote into it (immutables) may be anything,
 * but is the same wherever it stands.
 *
 * @throws {DeploymentMismatchError} when other code, or none, stands at the address
 */
export async function assertDeployed(provider: Provider, address: string, path: string): Promise<void> {
  const { deployedBytecode, immutableReferences = {} } = readArtifact(path)
  const code = await provider.getCode(address)
  const immutables = Object.values(immutableReferences)
  if (blankPlaces(code, immutables.flat()) !== blankPlaces(deployedBytecode, immutables.flat())) {
    throw new DeploymentMismatchError(`the code at ${address} is not that of ${path}`)
  }
  for (const places of immutables) {
    const found = new Set(places.map(({ start, length }) => dataSlice(code, start, start + length)))
    if (found.size > 1) {
      throw new DeploymentMismatchError(
        `the code at ${address} takes one immutable of ${path} for ${[...found].join(' and for ')}`,
      )
    }
  }
}

function blankPlaces(code: string, places: readonly Place[]): string {
  let blanked = code
  for (const { start, length } of places) {
    const [from, to] = [2 + 2 * start, 2 + 2 * (start + length)]
    blanked = blanked.slice(0, from) + '0'.repeat(to - from) + blanked.slice(to)
  }
  return blanked
}
