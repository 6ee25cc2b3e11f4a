/**
 * Proof of whose rules the ledger follows. It begins with the deployed rulebook; another is the council's to name, so
 * one that was named while the deployer still had its powers was not named by the council.
 */
import { Contract, getAddress, type Provider } from 'ethers'
import { assertDeployed, readArtifact } from './artifact.ts'
import { readLink, timeOfBlock } from './contract-proof.ts'
import { type Deployment, LEDGER_INTERFACE, RESTRICTED } from './deployment-plan.ts'
import type { EventPlace } from './event-log.ts'
import { type Defect, type ProofLine, prove, type Sentence } from './proof-line.ts'

/** A rulebook, and the time (Unix seconds) from which it is in force, until the next is. */
export interface NamedRulebook {
  readonly rulebook: string
  readonly from: number
}

/** All rulebooks that the ledger ever named, in the order of time. */
export async function readRulebooks(provider: Provider, ledger: string): Promise<readonly NamedRulebook[]> {
  const contract = new Contract(ledger, readArtifact(LEDGER_INTERFACE).abi, provider)
  const named: readonly { readonly rulebook: string; readonly from: bigint }[] =
    await contract.getFunction('rulebooks')()
  return named.map(({ rulebook, from }) => ({ rulebook, from: Number(from) }))
}

/** A line for the rulebooks together, and one for each that followed the first. */
export async function proveRulebooks(
  provider: Provider,
  deployment: Deployment,
  handedOver: EventPlace | undefined,
  named: readonly NamedRulebook[],
): Promise<readonly ProofLine[]> {
  const lines = [await proveSuccession(provider, deployment, handedOver, named)]
  for (const { rulebook } of named.slice(1)) lines.push(await proveLater(provider, deployment, rulebook))
  return lines
}

function proveSuccession(
  provider: Provider,
  { rulebook }: Deployment,
  handedOver: EventPlace | undefined,
  [first, ...later]: readonly NamedRulebook[],
): Promise<ProofLine> {
  const claim = {
    zh: `互认链最初的规则手册是 ${rulebook}，部署者交权之前未换过`,
    en: `the ledger began with the rulebook ${rulebook}, and named no other before the deployer gave up its powers`,
  }
  return prove(claim, async () => {
    const defects: Defect[] = []
    if (first?.rulebook !== getAddress(rulebook)) {
      defects.push({
        zh: `最初实为 ${first?.rulebook}`,
        en: `it began with ${first?.rulebook}`,
        isFinal: true,
      })
    }
    const isEarly = later.length === 0 ? () => false : await readIsEarly(provider, handedOver)
    for (const one of later.filter(isEarly)) {
      defects.push({
        zh: `此前换为 ${one.rulebook}`,
        en: `before that it named ${one.rulebook}`,
        isFinal: true,
      })
    }
    return defects
  })
}

/** Whether a rulebook was named before the hand-over; in the same second counts as before. */
async function readIsEarly(
  provider: Provider,
  handedOver: EventPlace | undefined,
): Promise<(named: NamedRulebook) => boolean> {
  if (handedOver === undefined) return () => true
  const time = await timeOfBlock(provider, handedOver.blockNumber)
  return ({ from }) => from <= time
}

/** By the council's vote it may be of another make; then what this script compiled cannot prove it. */
function proveLater(
  provider: Provider,
  { ledger, accessManager }: Deployment,
  rulebook: string,
): Promise<ProofLine> {
  const claim = {
    zh: `后来的规则手册 ${rulebook} 的代码与编译结果一致，且属于本互认链`,
    en: `the code of the later rulebook ${rulebook} is what was compiled, and it is of this ledger`,
  }
  return prove(claim, async () => {
    await assertDeployed(provider, rulebook, RESTRICTED.rulebook)
    const defects: Sentence[] = []
    for (const [getter, shall] of [
      ['ledger', ledger],
      ['authority', accessManager],
    ] as const) {
      const found = await readLink(provider, rulebook, getter)
      if (found !== getAddress(shall)) {
        defects.push({ zh: `其 ${getter} 实为 ${found}`, en: `its ${getter} is ${found}` })
      }
    }
    return defects
  })
}
