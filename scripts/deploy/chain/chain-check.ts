/** Whether a chain can carry the ledger: an ordered table of checks, each answered in a sentence. */
import { ExplainedError } from '@hefu/service'
import type { ChainCheck, Circumstances, Judgement } from './check.ts'
import { CLOCK_SKEW, TIME_UNIT } from './clock.ts'
import { BLOCK_GAS, CODE_SIZE, MCOPY, PUSH0 } from './evm.ts'
import { ARCHIVE, FINALIZED, STATE_PROOF } from './history.ts'
import { CHAIN_ID } from './identity.ts'
import { connectRpc } from './json-rpc.ts'

/** The answer to one check. */
export interface ChainFinding extends Judgement {
  readonly name: string
  /** A ledger is not deployed unless the answer is yes. */
  readonly isRequired: boolean
}

/** The chain cannot carry the ledger. */
export class UnfitChainError extends ExplainedError {
  override readonly name = 'UnfitChainError'
  readonly code = 'unfit-chain'
  /** A line for each check that refuses it. */
  readonly lines: readonly string[]

  constructor(unfit: readonly ChainFinding[]) {
    super({
      zh: `此链不能部署：${unfit.map(({ name, zh }) => `${name}：${zh}`).join('；')}`,
      en: `deploy: the chain cannot carry the ledger: ${unfit.map(({ name, en }) => `${name}: ${en}`).join('; ')}`,
    })
    this.lines = unfit.map(renderFinding)
  }
}

const CHECKS: readonly ChainCheck[] = [
  CHAIN_ID,
  TIME_UNIT,
  PUSH0,
  MCOPY,
  CODE_SIZE,
  BLOCK_GAS,
  CLOCK_SKEW,
  FINALIZED,
  STATE_PROOF,
  ARCHIVE,
]

/**
 * All checks are run; none hides another. Never throws: what a node does not answer is unknown.
 *
 * @param chainId the chain that is meant; any when it is not said
 */
export function checkChain(rpcUrl: string, chainId?: number): Promise<readonly ChainFinding[]> {
  return runChecks(CHECKS, rpcUrl, chainId)
}

/** @throws {UnfitChainError} unless every required check is answered yes */
export async function assertFit(rpcUrl: string, chainId?: number): Promise<void> {
  const required = CHECKS.filter(({ isRequired }) => isRequired)
  const unfit = (await runChecks(required, rpcUrl, chainId)).filter(refuses)
  if (unfit.length > 0) throw new UnfitChainError(unfit)
}

/** Whether the deployment is refused for it. */
export function refuses({ answer, isRequired }: ChainFinding): boolean {
  return isRequired && answer !== 'yes'
}

async function runChecks(
  checks: readonly ChainCheck[],
  rpcUrl: string,
  chainId: number | undefined,
): Promise<readonly ChainFinding[]> {
  const circumstances = { rpc: connectRpc(rpcUrl), chainId, now: Math.floor(Date.now() / 1000) }
  const findings: ChainFinding[] = []
  for (const check of checks) {
    const { name, isRequired } = check
    findings.push({ name, isRequired, ...(await judge(check, circumstances)) })
  }
  return findings
}

async function judge({ run }: ChainCheck, circumstances: Circumstances): Promise<Judgement> {
  try {
    return await run(circumstances)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { answer: 'unknown', zh: `节点没有回答（${reason}）`, en: `the node does not answer (${reason})` }
  }
}

const SIGNS = { yes: '✔', no: '✘', unknown: '?' } as const

/** One printed line. */
export function renderFinding({ name, answer, zh, en }: ChainFinding): string {
  return `${SIGNS[answer]} ${name}  ${zh} · ${en}`
}
