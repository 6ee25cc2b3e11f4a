/** Proof that every keeper is somebody of its own: nobody whom the deployment itself made, and nobody twice. */
import { getAddress, ZeroAddress } from 'ethers'
import { type Deployment, PLANS } from './deployment-plan.ts'
import type { Keepers } from './holders.ts'
import { type ProofLine, prove, type Sentence } from './proof-line.ts'
import type { Outsiders } from './seat-proof.ts'

const TITLES: Readonly<Record<keyof Keepers, Sentence>> = {
  superior: { zh: '省级以上确认人', en: 'the superior of provinces' },
  catalogue: { zh: '目录保管者', en: 'the catalogue keeper' },
  emergency: { zh: '应急保管者', en: 'the emergency keeper' },
}

/** A line for each keeper. */
export async function proveKeepers(
  deployment: Deployment,
  deployer: string,
  keepers: Keepers,
): Promise<readonly ProofLine[]> {
  const lines: ProofLine[] = []
  for (const office of Object.keys(TITLES) as (keyof Keepers)[]) {
    const { zh, en } = TITLES[office]
    const keeper = keepers[office]
    const claim = {
      zh: `${zh} ${keeper} 不是空账户，也不是本次部署的合约、部署者或另一保管者`,
      en: `${en} ${keeper} is not nobody, no contract of the deployment, not the deployer and no other keeper`,
    }
    const outsiders = outsidersOf(deployment, deployer, { ...keepers, [office]: ZeroAddress })
    lines.push(await prove(claim, async () => keeperDefects(keeper, outsiders)))
  }
  return lines
}

/**
 * Who can hold no office beside: the deployer, the keepers, and the contracts of the deployment, by whose accounts others
 * call: the access manager’s is that of everyone who may execute through it.
 */
export function outsidersOf(deployment: Deployment, deployer: string, keepers: Keepers): Outsiders {
  const offices = Object.entries(TITLES) as [keyof Keepers, Sentence][]
  const outsiders = new Map<string, Sentence>([
    ...PLANS.map(({ name }): [string, Sentence] => [
      getAddress(deployment[name]),
      { zh: `本次部署的合约 ${name}`, en: `the contract ${name} of the deployment` },
    ]),
    ...offices.map(([office, title]): [string, Sentence] => [getAddress(keepers[office]), title]),
    [getAddress(deployer), { zh: '部署者', en: 'the deployer' }],
  ])
  outsiders.delete(ZeroAddress)
  return outsiders
}

/** A role that nobody can use is none; of an account that holds two, one key does what two are there for. */
function keeperDefects(keeper: string, outsiders: Outsiders): readonly Sentence[] {
  const account = getAddress(keeper)
  if (account === ZeroAddress) return [{ zh: '是空账户，请另指定', en: 'it is nobody: name another' }]
  const also = outsiders.get(account)
  return also === undefined ? [] : [{ zh: `是${also.zh}，请另指定`, en: `it is ${also.en}: name another` }]
}
