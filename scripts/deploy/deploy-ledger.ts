/**
 * Deploys the ledger with its parts, access manager, rulebook, lens, seats, council and registry from Hardhat's artifacts: on a chain
 * that can carry it, each contract once, whatever was interrupted before, and each checked before the next.
 */
import { Contract, getAddress, getCreateAddress, NonceManager, type Provider, type Signer } from 'ethers'
import { assertDeployed, DeploymentMismatchError, encodeDeployment, readArtifact } from './artifact.ts'
import { assertFit } from './chain/chain-check.ts'
import { readLink, timeOfBlock } from './contract-proof.ts'
import {
  type ContractName,
  DEFAULT_VOTING,
  type Deployment,
  LEDGER_INTERFACE,
  LINKS,
  PLANS,
  type Plan,
  type VotingTimes,
} from './deployment-plan.ts'
import type { DeploymentRecord } from './deployment-record.ts'
import { blockOfCode } from './first-block.ts'
import { NodeProvider } from './node-provider.ts'
import { readRulebooks } from './rulebook-proof.ts'

export { DeploymentMismatchError } from './artifact.ts'
export type { Deployment } from './deployment-plan.ts'

export interface DeployOptions {
  readonly rpcUrl: string
  /** The chain that is meant; any when it is not said. */
  readonly chainId?: number | undefined
  /** Pays, and becomes the access manager's first admin. */
  readonly deployer: Signer
  /** What an earlier run recorded: what stands is not deployed again. */
  readonly recorded?: DeploymentRecord | undefined
  /** Called before each contract is sent, with all addresses so far, so that a run that dies can be resumed. */
  readonly record?: (progress: DeploymentRecord) => void
  readonly voting?: VotingTimes
}

/** How long a transaction of an interrupted run may take to be mined. */
const PENDING_TIMEOUT_MS = 60_000
const POLLING_INTERVAL_MS = 100

type Addresses = Readonly<Record<ContractName, string>>

/**
 * Deploys what does not stand yet, and compares all code on the chain with what was compiled.
 *
 * @throws {DeploymentMismatchError} when it is another chain, or other code stands there
 * @throws {UnfitChainError} when the chain cannot carry the ledger
 */
export async function deployLedger(options: DeployOptions): Promise<Deployment> {
  const provider = new NodeProvider(options.rpcUrl, POLLING_INTERVAL_MS)
  try {
    const deployment = await deployOn(provider, options)
    await assertLinks(provider, deployment)
    return deployment
  } finally {
    provider.destroy()
  }
}

/**
 * The node's chain. Addresses follow from the deployer and its nonce: the same ones may bear the same code on another.
 *
 * @param recorded of the record of a deployment; undefined: there is none yet
 * @throws {DeploymentMismatchError} when it is another than the record's
 */
export async function assertChain(provider: Provider, recorded: number | undefined): Promise<number> {
  const chainId = Number((await provider.getNetwork()).chainId)
  if (recorded === undefined || recorded === chainId) return chainId
  throw new DeploymentMismatchError({
    zh: `节点所在的是链 ${chainId}，而部署记录是链 ${recorded} 的；请核对 --rpc 和 --record`,
    en: `the chain is ${chainId}, the record is of chain ${recorded}: check --rpc and --record`,
  })
}

async function deployOn(provider: Provider, options: DeployOptions): Promise<Deployment> {
  const { recorded = {}, voting = DEFAULT_VOTING } = options
  const chainId = await assertChain(provider, recorded.chainId)
  await assertFit(options.rpcUrl, options.chainId)
  const signer = new NonceManager(options.deployer.connect(provider))
  const deployer = await signer.getAddress()
  let openedAt = 0
  const progress: { -readonly [Name in keyof DeploymentRecord]: DeploymentRecord[Name] } = {
    ...recorded,
    chainId,
  }
  for (const plan of PLANS) {
    const args = plan.args(progress as Addresses, { deployer, voting, openedAt })
    await ensureDeployed(signer, provider, plan, args, progress[plan.name], (address) => {
      progress[plan.name] = address
      options.record?.({ ...progress })
    })
    if (plan.name === 'ledger') {
      progress.deploymentBlock ??= await blockOfCode(provider, String(progress.ledger))
      openedAt = await timeOfBlock(provider, progress.deploymentBlock)
    }
  }
  await ensureRulebookNamed(signer, provider, progress as Deployment)
  return progress as Deployment
}

/** Tells the ledger its first rulebook; a ledger that has one is the council's to change. */
async function ensureRulebookNamed(
  signer: Signer,
  provider: Provider,
  { ledger, rulebook }: Deployment,
): Promise<void> {
  const isNamed = async (): Promise<boolean> => (await readRulebooks(provider, ledger)).length > 0
  if (await isNamed()) return
  // An interrupted run may have told it by a transaction that is still on its way.
  await awaitMined(provider, await signer.getAddress())
  if (await isNamed()) return
  const contract = new Contract(ledger, readArtifact(LEDGER_INTERFACE).abi, signer)
  await (await contract.getFunction('changeRulebook')(rulebook)).wait()
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
  const hasCode = async (): Promise<boolean> => (await provider.getCode(address)) !== '0x'
  if (await hasCode()) return true
  const from = await signer.getAddress()
  const nonce = await awaitMined(provider, from)
  return (await hasCode()) || !isNext(from, nonce, address)
}

/** Waits until no transaction of the account is on its way; tells the nonce of its next. */
async function awaitMined(provider: Provider, from: string): Promise<number> {
  const deadline = Date.now() + PENDING_TIMEOUT_MS
  for (;;) {
    const [mined, pending] = await Promise.all([
      provider.getTransactionCount(from, 'latest'),
      provider.getTransactionCount(from, 'pending'),
    ])
    if (mined === pending) return mined
    if (Date.now() > deadline) throw new Error(`wait for the pending transactions of ${from}: none was mined`)
    await new Promise((resolve) => setTimeout(resolve, POLLING_INTERVAL_MS))
  }
}

/** Only what the next transaction would deploy may still be missing; anything else missing is a mismatch. */
function isNext(from: string, nonce: number, address: string): boolean {
  return getCreateAddress({ from, nonce }) === getAddress(address)
}

async function assertLinks(provider: Provider, deployment: Deployment): Promise<void> {
  const [first] = await readRulebooks(provider, deployment.ledger)
  if (first?.rulebook !== getAddress(deployment.rulebook)) {
    throw new DeploymentMismatchError({
      zh: `互认链合约 ${deployment.ledger} 最初的规则手册是 ${first?.rulebook}，不是 ${deployment.rulebook}`,
      en: `the ledger ${deployment.ledger} began with the rulebook ${first?.rulebook}, not with ${deployment.rulebook}`,
    })
  }
  for (const { of, getter, to } of LINKS) {
    const found = await readLink(provider, deployment[of], getter)
    if (found !== getAddress(deployment[to])) {
      throw new DeploymentMismatchError({
        zh: `合约 ${deployment[of]} 的 ${getter} 是 ${found}，不是 ${deployment[to]}`,
        en: `the contract ${deployment[of]} answers to ${found} as its ${getter}, not to ${deployment[to]}`,
      })
    }
  }
}
