/** What Hardhat compiled, and whether that is what stands on a chain. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ExplainedError } from '@hefu/service'
import { ContractFactory, Interface, type Provider } from 'ethers'

interface Artifact {
  readonly abi: Interface
  readonly bytecode: string
  readonly deployedBytecode: string
  readonly immutableReferences?: Readonly<Record<string, readonly { start: number; length: number }[]>>
}

const ARTIFACTS = join(import.meta.dirname, '../../artifacts')

/** A chain holds another thing than what was compiled or recorded. */
export class DeploymentMismatchError extends ExplainedError {
  override readonly name = 'DeploymentMismatchError'
  readonly code = 'mismatch'
}

const read = new Map<string, Artifact>()

/** The artifact of a contract, named by its path below `artifacts/`; read once, for a proof asks for it again and again. */
export function readArtifact(path: string): Artifact {
  const known = read.get(path)
  if (known !== undefined) return known
  const { abi, ...code } = JSON.parse(readFileSync(join(ARTIFACTS, path), 'utf8'))
  const artifact = { ...code, abi: Interface.from(abi) }
  read.set(path, artifact)
  return artifact
}

/** The transaction data that deploys a contract. */
export async function encodeDeployment(path: string, args: readonly unknown[]): Promise<string> {
  const { abi, bytecode } = readArtifact(path)
  return (await new ContractFactory(abi, bytecode).getDeployTransaction(...args)).data
}

/** @throws {DeploymentMismatchError} when other code, or none, stands at the address */
export async function assertDeployed(provider: Provider, address: string, path: string): Promise<void> {
  const { deployedBytecode, immutableReferences = {} } = readArtifact(path)
  const code = blankImmutables(await provider.getCode(address), immutableReferences)
  if (code !== blankImmutables(deployedBytecode, immutableReferences)) {
    throw new DeploymentMismatchError({
      zh: `${address} 处的代码不是 ${path} 的代码`,
      en: `the code at ${address} is not that of ${path}`,
    })
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
