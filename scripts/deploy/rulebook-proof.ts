/**
 * Proof of whose rules the ledger follows. It begins with the deployed rulebook; another is the council's to name, so
 * one that was named while the deployer still had its powers was not named by the council.
 */
import { Contract, getAddress, id, type Provider, toBeHex, zeroPadValue } from 'ethers'
import { assertDeployed, readArtifact } from './artifact.ts'
import { readLink, timeOfBlock } from './contract-proof.ts'
import { type Deployment, LEDGER_INTERFACE, RESTRICTED } from './deployment-plan.ts'
import { readLogs } from './event-log.ts'
import { blockOfCode } from './first-block.ts'
import { type ProofLine, prove, type Sentence } from './proof-line.ts'
import { ADMIN_ROLE } from './roles.ts'

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
  deployer: string,
  named: readonly NamedRulebook[],
): Promise<readonly ProofLine[]> {
  const lines = [await proveSuccession(provider, deployment, deployer, named)]
  for (const { rulebook } of named.slice(1)) lines.push(await proveLater(provider, deployment, rulebook))
  return lines
}

function proveSuccession(
  provider: Provider,
  deployment: Deployment,
  deployer: string,
  [first, ...later]: readonly NamedRulebook[],
): Promise<ProofLine> {
  const { rulebook } = deployment
  const claim = {
    zh: `ledger 最初的规则手册是 rulebook ${rulebook}，部署者交权之前未换过`,
    en: `the ledger began with the rulebook ${rulebook}, and named no other before the deployer gave up its powers`,
  }
  return prove(claim, async () => {
    const defects: Sentence[] = []
    if (first?.rulebook !== getAddress(rulebook)) {
      defects.push({ zh: `最初实为 ${first?.rulebook}`, en: `it began with ${first?.rulebook}` })
    }
    const handedOverAt = later.length === 0 ? 0 : await timeOfHandOver(provider, deployment, deployer)
    for (const one of later.filter(({ from }) => from <= handedOverAt)) {
      defects.push({ zh: `此前换为 ${one.rulebook}`, en: `before that it named ${one.rulebook}` })
    }
    return defects
  })
}

/** Infinite while the deployer has its powers. */
async function timeOfHandOver(
  provider: Provider,
  { accessManager }: Deployment,
  deployer: string,
): Promise<number> {
  const manager = { address: accessManager, topic: id('RoleRevoked(uint64,address)') }
  const given = [zeroPadValue(toBeHex(ADMIN_ROLE), 32), zeroPadValue(deployer, 32).toLowerCase()]
  const revoked = await readLogs(provider, manager, await blockOfCode(provider, accessManager))
  const last = revoked.findLast(({ topics }) => topics[1] === given[0] && topics[2] === given[1])
  return last === undefined ? Number.POSITIVE_INFINITY : await timeOfBlock(provider, last.blockNumber)
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
