/** Another rulebook of a ledger that stands: empty, and its functions the council's alone, until they are given to their roles. */
import { type Signer, TransactionReceipt } from 'ethers'
import { assertDeployed, encodeDeployment } from './artifact.ts'
import { type Deployment, RESTRICTED } from './deployment-plan.ts'
import { NodeProvider } from './node-provider.ts'

export interface DeployRulebookOptions {
  readonly rpcUrl: string
  /** Anybody: a rulebook has no owner, and who deployed it may do nothing in it. */
  readonly signer: Signer
  readonly deployment: Pick<Deployment, 'accessManager' | 'ledger'>
}

/**
 * The address of the new rulebook, in lower case.
 *
 * @throws {DeploymentMismatchError} when other code stands there than was compiled
 */
export async function deployRulebook({
  rpcUrl,
  signer,
  deployment: { accessManager, ledger },
}: DeployRulebookOptions): Promise<string> {
  const provider = new NodeProvider(rpcUrl, 100)
  try {
    const data = await encodeDeployment(RESTRICTED.rulebook, [accessManager, ledger])
    const sent = await signer.connect(provider).sendTransaction({ data })
    const receipt = await sent.wait()
    if (!(receipt instanceof TransactionReceipt) || receipt.contractAddress === null)
      throw new Error(`deploy a rulebook: ${sent.hash} created nothing`)
    await assertDeployed(provider, receipt.contractAddress, RESTRICTED.rulebook)
    return receipt.contractAddress.toLowerCase()
  } finally {
    provider.destroy()
  }
}
