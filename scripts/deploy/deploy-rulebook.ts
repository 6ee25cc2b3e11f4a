/** Another rulebook of a ledger that stands: empty, and its functions the council's alone, until they are given to their roles. */
import { type Signer, TransactionReceipt } from 'ethers'
import { assertDeployed, DeploymentMismatchError, encodeDeployment } from './artifact.ts'
import { assertChain } from './deploy-ledger.ts'
import { type Deployment, RESTRICTED } from './deployment-plan.ts'
import { NodeProvider } from './node-provider.ts'

export interface DeployRulebookOptions {
  readonly rpcUrl: string
  /** Anybody: a rulebook has no owner, and who deployed it may do nothing in it. */
  readonly signer: Signer
  readonly deployment: Pick<Deployment, 'chainId' | 'accessManager' | 'ledger'>
}

/** Elsewhere a rulebook would name contracts that are not there. */
async function assertStands(provider: NodeProvider, ledger: string): Promise<void> {
  if ((await provider.getCode(ledger)) !== '0x') return
  throw new DeploymentMismatchError({
    zh: `${ledger} 处没有部署记录所记的互认链合约；请核对 --rpc 和 --record`,
    en: `the ledger of the record does not stand at ${ledger}: check --rpc and --record`,
  })
}

/**
 * The address of the new rulebook, in lower case.
 *
 * @throws {DeploymentMismatchError} when the chain is not the record's, the ledger does not stand there, or other code
 *   stands there than was compiled
 */
export async function deployRulebook({
  rpcUrl,
  signer,
  deployment: { chainId, accessManager, ledger },
}: DeployRulebookOptions): Promise<string> {
  const provider = new NodeProvider(rpcUrl, 100)
  try {
    await assertChain(provider, chainId)
    await assertStands(provider, ledger)
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
