/**
 * Proof that every contract of a deployment is what was compiled, and was made as the plan says. The code alone would
 * not do: a constructor of another make can leave the same code with other immutables and another state.
 */
import { Contract, getAddress, getCreateAddress, type Provider, type TransactionResponse } from 'ethers'
import { assertDeployed, DeploymentMismatchError, encodeDeployment } from './artifact.ts'
import {
  type Circumstances,
  type Deployment,
  LINKS,
  type Link,
  PLANS,
  type Plan,
  type VotingTimes,
} from './deployment-plan.ts'
import { blockOfCode } from './first-block.ts'
import { type Defect, type ProofLine, prove } from './proof-line.ts'

/** A line for the code and creation of each contract, and one for each link between two. */
export async function proveContracts(
  provider: Provider,
  deployment: Deployment,
  deployer: string,
  voting: VotingTimes,
): Promise<readonly ProofLine[]> {
  const lines: ProofLine[] = []
  for (const plan of PLANS) lines.push(await proveCreation(provider, deployment, plan, deployer, voting))
  for (const link of LINKS) lines.push(await proveLink(provider, deployment, link))
  return lines
}

function proveCreation(
  provider: Provider,
  deployment: Deployment,
  plan: Plan,
  deployer: string,
  voting: VotingTimes,
): Promise<ProofLine> {
  const address = deployment[plan.name]
  const claim = {
    zh: `${plan.name} ${address} 的代码与编译结果一致，创建交易与部署方案一致`,
    en: `the code of ${plan.name} ${address} is what was compiled, and it was created as planned`,
  }
  return prove(claim, async () => {
    await assertDeployed(provider, address, plan.artifact)
    const openedAt = await timeOfBlock(provider, deployment.deploymentBlock)
    const created = await findCreation(provider, address)
    return creationDefects(deployment, plan, { deployer, voting, openedAt }, created)
  })
}

async function creationDefects(
  deployment: Deployment,
  { artifact, args }: Plan,
  circumstances: Circumstances,
  created: TransactionResponse | undefined,
): Promise<readonly Defect[]> {
  if (created === undefined) {
    return [{ zh: '找不到创建它的交易', en: 'the transaction that created it was not found' }]
  }
  const isPlanned = created.data === (await encodeDeployment(artifact, args(deployment, circumstances)))
  if (isPlanned && created.from === getAddress(circumstances.deployer)) return []
  return [
    {
      zh: `创建它的交易 ${created.hash} 与部署方案不符`,
      en: `the transaction ${created.hash} that created it is not the planned one`,
      isFinal: true,
    },
  ]
}

/** The transaction that created the contract: its address follows from who sent it, and as which of its transactions. */
async function findCreation(provider: Provider, address: string): Promise<TransactionResponse | undefined> {
  const block = await provider.getBlock(await blockOfCode(provider, address), true)
  return block?.prefetchedTransactions.find(
    ({ from, to, nonce }) => to === null && getCreateAddress({ from, nonce }) === getAddress(address),
  )
}

/**
 * Unix seconds.
 *
 * @throws {DeploymentMismatchError} when the chain has no such block
 */
export async function timeOfBlock(provider: Provider, number: number): Promise<number> {
  const block = await provider.getBlock(number)
  if (block === null) {
    throw new DeploymentMismatchError({
      zh: `链上没有区块 ${number}`,
      en: `the chain has no block ${number}`,
    })
  }
  return block.timestamp
}

function proveLink(provider: Provider, deployment: Deployment, { of, getter, to }: Link): Promise<ProofLine> {
  const claim = {
    zh: `${of} 的 ${getter} 是 ${to} ${deployment[to]}`,
    en: `the ${getter} of ${of} is the ${to} ${deployment[to]}`,
  }
  return prove(claim, async () => {
    const found = await readLink(provider, deployment[of], getter)
    if (found === getAddress(deployment[to])) return []
    return [{ zh: `实为 ${found}`, en: `it is ${found}`, isFinal: true }]
  })
}

export async function readLink(provider: Provider, address: string, getter: string): Promise<string> {
  const contract = new Contract(address, [`function ${getter}() view returns (address)`], provider)
  return await contract.getFunction(getter)()
}
